// Stands for a permission question that is on the screen and not answered. Headless browsers have no such screen and
// refuse at once, so requests wait here until farhandAnswer() hands them to the browser, which by then has its answer.
(() => {
  const devices = navigator.mediaDevices;
  if (!devices || window.farhandAnswer) return;
  const ask = devices.getUserMedia.bind(devices);
  const waiting = [];
  devices.getUserMedia = (constraints) =>
    new Promise((resolve, reject) => waiting.push(() => ask(constraints).then(resolve, reject)));
  window.farhandAnswer = () => {
    devices.getUserMedia = ask;
    waiting.splice(0).forEach((request) => request());
  };
})();
