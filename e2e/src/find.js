// Runs inside the page: finds elements as assistive technology does, by role and accessible name.
// A subset of WAI-ARIA and of the accessible name computation that covers what our pages use; axe-core checks the rest.

const INPUT_ROLES = {
  button: "button", submit: "button", reset: "button", image: "button", checkbox: "checkbox", radio: "radio",
  range: "slider", number: "spinbutton", search: "searchbox",
};
const TAG_ROLES = {
  BUTTON: "button", SUMMARY: "button", TEXTAREA: "textbox", SELECT: "combobox", OPTION: "option", H1: "heading",
  H2: "heading", H3: "heading", H4: "heading", H5: "heading", H6: "heading", DIALOG: "dialog", NAV: "navigation",
  MAIN: "main", UL: "list", OL: "list", LI: "listitem", TABLE: "table", FORM: "form", OUTPUT: "status",
  PROGRESS: "progressbar", METER: "meter", VIDEO: "video", FIELDSET: "group", DETAILS: "group", ASIDE: "complementary",
  IFRAME: "iframe", USERMEDIA: "usermedia", HEADER: "banner", FOOTER: "contentinfo", DT: "term", DD: "definition",
};

function roleOf(element) {
  const given = element.getAttribute("role");
  if (given) return given.split(/\s+/)[0];
  const tag = element.tagName;
  if (tag === "A" || tag === "AREA") return element.hasAttribute("href") ? "link" : "";
  if (tag === "INPUT") return INPUT_ROLES[element.type] ?? (element.type === "hidden" ? "" : "textbox");
  if (tag === "IMG") return element.getAttribute("alt") === "" ? "" : "img";
  if (tag === "SECTION") return element.hasAttribute("aria-label") || element.hasAttribute("aria-labelledby") ? "region" : "";
  return TAG_ROLES[tag] ?? "";
}

const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();

// The text of an element as it is read out: without what is hidden, with the alternatives of pictures.
function contentOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.getAttribute("aria-hidden") === "true" || !node.checkVisibility?.({ visibilityProperty: true })) return "";
  const label = node.getAttribute("aria-label");
  if (label) return label;
  if (node.tagName === "IMG") return node.alt;
  if (node.tagName === "svg") return node.querySelector("title")?.textContent ?? "";
  const inner = [...node.childNodes].map(contentOf).join("");
  return getComputedStyle(node).display.startsWith("inline") ? inner : ` ${inner} `;
}

function nameOf(element) {
  const references = element.getAttribute("aria-labelledby");
  if (references) {
    const labels = references.split(/\s+/).map((id) => document.getElementById(id));
    return tidy(labels.map((label) => label?.textContent ?? "").join(" "));
  }
  const label = tidy(element.getAttribute("aria-label"));
  if (label) return label;
  if (element.labels?.length) return tidy([...element.labels].map((each) => contentOf(each)).join(" "));
  if (element.tagName === "INPUT" && /^(button|submit|reset)$/.test(element.type)) return tidy(element.value);
  if (element.tagName === "IMG") return tidy(element.alt);
  if (element.tagName === "OPTION") return tidy(element.label);
  if (element.tagName === "FIELDSET") return tidy(element.querySelector("legend")?.textContent);
  if (!/^(INPUT|SELECT|TEXTAREA|VIDEO|DIALOG|FORM)$/.test(element.tagName)) {
    const content = tidy(contentOf(element));
    if (content) return content;
  }
  return tidy(element.getAttribute("title") ?? element.getAttribute("placeholder"));
}

function perceivable(element) {
  // The choices of a closed list are not drawn, but can be read and picked.
  if (element.tagName === "OPTION") return perceivable(element.closest("select") ?? element.parentElement);
  if (!element.checkVisibility({ visibilityProperty: true })) return false;
  if (element.closest("[aria-hidden=true], [inert]")) return false;
  const modal = [...document.querySelectorAll("dialog:modal")].at(-1);
  return !modal || modal.contains(element);
}

// `target` = { role, name, exact, within }: `name` null means any; `within` is a target that contains it.
function findAll(target) {
  const roots = target.within ? findAll(target.within) : [document];
  const wanted = target.name === null ? null : tidy(target.name).toLowerCase();
  const named = (element) => {
    if (wanted === null) return true;
    const name = nameOf(element).toLowerCase();
    return target.exact ? name === wanted : name.includes(wanted);
  };
  return roots
    .flatMap((root) => [...root.querySelectorAll("*")])
    .filter((element) => roleOf(element) === target.role && perceivable(element) && named(element));
}

const isEnabled = (element) => !element.matches(":disabled") && element.getAttribute("aria-disabled") !== "true";

// All text that can be seen, for sentences that have no role of their own.
const visibleText = () => tidy(([...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body)?.innerText);

// What the page offers, one line per thing: for people who read why a scenario failed.
function outline() {
  const lines = [`${document.title} <${location.pathname}>`];
  for (const element of document.body?.querySelectorAll("*") ?? []) {
    const role = roleOf(element);
    if (!role || !perceivable(element) || /^(list|listitem|main|form|option)$/.test(role)) continue;
    const state = isEnabled(element) ? "" : " (disabled)";
    const value = /^(textbox|combobox|spinbutton|searchbox)$/.test(role) ? ` = "${element.value}"` : "";
    lines.push(`  ${role} "${nameOf(element).slice(0, 90)}"${value}${state}`);
  }
  lines.push(`  text: ${visibleText().slice(0, 600)}`);
  return lines.join("\n");
}
