// Whether everything that can be used is in sight, can be hit, and has its words whole. One line per complaint.
function misfits(least, wholeWords) {
  const complaints = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) {
    const rightToLeft = getComputedStyle(document.documentElement).direction === "rtl";
    const end = ({ left, right }) => Math.round(rightToLeft ? clientWidth - left : right);
    const reach = (each) => end(each.getBoundingClientRect());
    const far = [...document.body.querySelectorAll("*")].sort((a, b) => reach(b) - reach(a))[0];
    complaints.push(`the page is ${scrollWidth} px wide: ${far.tagName} "${far.className}" reaches ${reach(far)}`);
  }
  for (const each of [...document.querySelectorAll("video, canvas")].filter(perceivable)) {
    const box = each.getBoundingClientRect();
    const share = shownOf(each, box) / (box.width * box.height);
    if (share < 0.9) complaints.push(`${each.tagName} "${nameOf(each)}" is cut off: ${Math.round(share * 100)} % of it can be seen`);
  }
  const usable = [...document.querySelectorAll("button, input, select, textarea, summary")];
  for (const each of usable.filter((one) => perceivable(one) && one.type !== "hidden")) {
    // Radio buttons and the choice of a file are drawn by their labels.
    const drawn = each.matches("[type=radio], [type=checkbox], [type=file]") ? (each.closest("label") ?? each) : each;
    drawn.scrollIntoView({ block: "nearest", inline: "nearest" });
    const box = drawn.getBoundingClientRect();
    const complain = (what) => complaints.push(`${roleOf(each)} "${nameOf(each)}" ${what}`);
    const round = [box.left, box.top, box.right, box.bottom].map(Math.round);
    if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1) {
      complain(`is out of sight: ${round}`);
    } else {
      const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      if (!drawn.contains(hit)) complain(`is covered by ${hit?.tagName} "${hit?.className}"`);
    }
    if (Math.min(box.width, box.height) < least - 0.5) complain(`is too small: ${box.width} x ${box.height}`);
    for (const word of wordsOf(drawn)) {
      if (word.box.left < box.left - 1 || word.box.right > box.right + 1) complain(`does not hold "${word.text}"`);
      if (wholeWords && word.parts > 1) complain(`breaks "${word.text}"`);
    }
  }
  return complaints;
}

// The area of this box that nothing around the element cuts off.
function shownOf(element, { left, top, right, bottom }) {
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (getComputedStyle(around).overflowX !== "hidden") continue;
    const box = around.getBoundingClientRect();
    [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
    [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
  }
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}

// Every word that is drawn inside of this, and in how many parts. What is written "Screen-shot" may part there.
function wordsOf(element) {
  const found = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    // Words for readers only are clipped away.
    if (getComputedStyle(text.parentElement).clipPath !== "none") continue;
    for (const match of text.data.matchAll(/[^\s\u00ad]+/g)) {
      const range = document.createRange();
      range.setStart(text, match.index);
      range.setEnd(text, match.index + match[0].length);
      const lines = new Set([...range.getClientRects()].filter((line) => line.width > 0).map((line) => Math.round(line.top)));
      found.push({ text: match[0], box: range.getBoundingClientRect(), parts: lines.size });
    }
  }
  return found;
}

// In how many rows the parts of each toolbar stand, by its name.
function rowsOf(role, name) {
  const bar = findAll({ role, name, exact: true })[0];
  if (!bar) return null;
  const parts = [...bar.querySelectorAll("button")].filter(perceivable);
  return new Set(parts.map((part) => Math.round(part.getBoundingClientRect().top))).size;
}
