// Stands in pages of the organisation's website: <script src="https://HOST/connect.js" data-token="…" defer></script>.
// Adds the small frame that waits for an agent, and shows it while one asks. Elements with the attribute data-farhand-code
// get the code that the visitor can read out to an agent on the phone.
(() => {
  "use strict";
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const frame = document.createElement("iframe");
  frame.src = `${home}/connect#${script.dataset.token}`;
  let before = null;
  frame.title = "Video help";
  // Hidden, but laid out: it measures how high it has to be.
  frame.style.cssText =
    "position:fixed;inset:auto 16px 16px auto;width:min(360px,calc(100vw - 32px));max-height:calc(100vh - 32px);" +
    "border:0;border-radius:12px;box-shadow:0 4px 24px #0006;z-index:2147483647;height:0;visibility:hidden";
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== home) return;
    if (event.data?.farhandCode) {
      for (const place of document.querySelectorAll("[data-farhand-code]")) place.textContent = event.data.farhandCode;
      return;
    }
    const height = Number(event.data?.farhand);
    if (Number.isNaN(height)) return;
    frame.style.visibility = height ? "visible" : "hidden";
    frame.style.height = `${height}px`;
    // The keyboard goes to the question, and back to where it was.
    if (height) {
      before ??= document.activeElement;
      frame.focus();
    } else if (before) {
      before.focus?.();
      before = null;
    }
  });
  const add = () => document.body.append(frame);
  if (document.body) add();
  else addEventListener("DOMContentLoaded", add);
})();
