// Runs inside the page: where the places of a picture lie on the screen, by the browser's own layout, and what is painted
// there. Nothing of the product's own geometry is asked.

// The biggest video whose label contains `label`.
function videoOf(label) {
  const area = (video) => video.getBoundingClientRect().width * video.getBoundingClientRect().height;
  return [...document.querySelectorAll("video")]
    .filter((each) => each.videoWidth > 0 && nameOf(each).includes(label))
    .sort((a, b) => area(b) - area(a))[0];
}

// How the video and everything around it is turned, mirrored and enlarged: the linear part of all transforms.
function turning(video) {
  let all = new DOMMatrix();
  for (let element = video; element; element = element.parentElement) {
    const style = getComputedStyle(element);
    const own = new DOMMatrix();
    if (style.scale !== "none") {
      const [x, y = x] = style.scale.split(" ").map(Number);
      own.scaleSelf(x, y);
    }
    if (style.transform !== "none") own.multiplySelf(new DOMMatrix(style.transform));
    all = own.multiply(all);
  }
  const { a, b, c, d } = all;
  return new DOMMatrix([a, b, c, d, 0, 0]);
}

// From shares of the picture (0 to 1) to the window: `object-fit: contain` inside the video's box, then the transforms
// around its middle.
function pictureToWindow(video) {
  const box = video.getBoundingClientRect();
  const style = getComputedStyle(video);
  const [width, height] = [parseFloat(style.width), parseFloat(style.height)];
  const scale = Math.min(width / video.videoWidth, height / video.videoHeight);
  return new DOMMatrix()
    .translate(box.x + box.width / 2, box.y + box.height / 2)
    .multiply(turning(video))
    .scale(video.videoWidth * scale, video.videoHeight * scale)
    .translate(-0.5, -0.5);
}

function spot(label, [x, y]) {
  const point = pictureToWindow(videoOf(label)).transformPoint({ x, y });
  return [point.x, point.y];
}

function share(label, [x, y]) {
  const point = pictureToWindow(videoOf(label)).inverse().transformPoint({ x, y });
  return [point.x, point.y];
}

// The canvases that lie over the video's middle, the lowest first.
function canvasesOver(label) {
  const box = videoOf(label)?.parentElement.getBoundingClientRect();
  if (!box) return [];
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return [...document.querySelectorAll("canvas")].filter((each) => {
    const place = each.getBoundingClientRect();
    return place.left <= x && x <= place.right && place.top <= y && y <= place.bottom;
  });
}

// Every painted pixel of about this colour on canvas number `layer` (null: on each), as places in the window with their
// opacity.
function painted(label, layer, colour, near, radius) {
  const canvases = canvasesOver(label);
  const chosen = layer === null ? canvases : [canvases.at(layer)];
  return chosen.flatMap((canvas) => paintedOn(canvas, colour, near, radius));
}

function paintedOn(canvas, colour, near, radius) {
  if (!canvas || canvas.width === 0) return [];
  const place = canvas.getBoundingClientRect();
  const [across, down] = [canvas.width / place.width, canvas.height / place.height];
  const clip = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
  const [left, top, right, bottom] = near
    ? [
        clip((near[0] - radius - place.left) * across, canvas.width),
        clip((near[1] - radius - place.top) * down, canvas.height),
        clip((near[0] + radius - place.left) * across, canvas.width),
        clip((near[1] + radius - place.top) * down, canvas.height),
      ]
    : [0, 0, canvas.width, canvas.height];
  if (right <= left || bottom <= top) return [];
  const width = right - left;
  const { data } = canvas.getContext("2d").getImageData(left, top, width, bottom - top);
  const found = [];
  for (let index = 0; index < data.length; index += 4) {
    if (data[index + 3] < 8) continue;
    if (colour && [0, 1, 2].some((channel) => Math.abs(data[index + channel] - colour[channel]) > 40)) continue;
    const pixel = index / 4;
    const x = left + (pixel % width) + 0.5;
    const y = top + Math.floor(pixel / width) + 0.5;
    found.push([x / across + place.left, y / down + place.top, data[index + 3] / 255]);
  }
  return found;
}

// Where a stroke of this colour ends, near `at`, seen in the direction of `way`: the farthest of its core, taken back by
// half of its width. Other ink nearby (a name tag) lies beside the way.
function endOf(label, colour, at, way, halfWidth) {
  const length = Math.hypot(...way);
  const [dx, dy] = [way[0] / length, way[1] / length];
  const along = ([x, y]) => (x - at[0]) * dx + (y - at[1]) * dy;
  const aside = ([x, y]) => Math.abs((x - at[0]) * dy - (y - at[1]) * dx);
  const core = painted(label, null, colour, at, 30).filter((pixel) => pixel[2] > 0.8 && aside(pixel) < 6);
  if (core.length === 0) return null;
  const farthest = Math.max(...core.map(along));
  const last = core.filter((pixel) => along(pixel) > farthest - 1);
  const mean = (index) => last.reduce((sum, pixel) => sum + pixel[index], 0) / last.length;
  // One pixel's depth is averaged above: its middle is half a pixel behind the end.
  const back = halfWidth - 0.5;
  return [mean(0) - dx * back, mean(1) - dy * back];
}

// The middle of a ring of this colour near `at`, from its left and its lower edge: a name tag may hide the others.
function middleOf(label, colour, at, radius) {
  const ring = painted(label, null, colour, at, radius + 5).filter((pixel) => pixel[2] > 0.8);
  if (ring.length === 0) return null;
  return [Math.min(...ring.map(([x]) => x)) + radius, Math.max(...ring.map(([, y]) => y)) - radius];
}
