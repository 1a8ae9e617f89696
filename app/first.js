// The first screen, before the program is there: fills in who asks, remembers a tap, and says so when the program
// cannot run. The program takes over through `window.farhandFirst` (see src/platform/first.rs).
(() => {
  "use strict";
  const find = (id) => document.getElementById(id);
  const first = { look: null, tapped: false, joined: false, code: "", leave };
  window.farhandFirst = first;

  const invited = location.pathname === "/j" && location.hash.length > 1;
  find("first-home").hidden = invited;
  find("first-invite").hidden = !invited;

  const fill = (look) => {
    find("first-who").textContent =
      look.agent && look.company
        ? `${look.agent} from ${look.company} wants to see what you see.`
        : `${look.agent || "Your agent"} wants to see what you see.`;
    if (look.agent) find("first-title").textContent = `Show ${look.agent} what you see.`;
  };

  const look = (more) =>
    fetch("/api/invites/look", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ secret: location.hash.slice(1), ...more }),
    });
  if (invited) {
    first.look = look().then(async (answer) => ({ ok: answer.ok, text: await answer.text() }));
    first.look.then(({ ok, text }) => ok && fill(JSON.parse(text))).catch(() => {});
  }

  const busy = (button, words) => {
    button.setAttribute("aria-disabled", "true");
    button.textContent = words;
  };
  find("first-turn-on").addEventListener("click", (event) => {
    first.tapped = true;
    busy(event.currentTarget, "One moment…");
  });
  find("first-form").addEventListener("submit", (event) => {
    event.preventDefault();
    first.joined = true;
    busy(find("first-join"), "One moment…");
  });

  // The agent hears of it, after the first look, and knows what to say; or that it is all right now.
  let [told, telling] = [false, null];
  const tell = (no_program) => {
    if (!invited || told === no_program) return;
    told = no_program;
    const say = () => look({ no_program });
    telling = (telling ?? first.look).then(say, say);
    telling.catch(() => {});
  };

  // Lockdown Mode and very old browsers have no WebAssembly; bad networks lose its file.
  const giveUp = () => {
    if (!find("app").contains(find("first-home")) || !find("no-program").hidden) return;
    find("no-program").hidden = false;
    tell(true);
  };
  if (typeof WebAssembly !== "object") giveUp();
  addEventListener("error", giveUp, true);
  addEventListener("unhandledrejection", giveUp);

  function leave() {
    first.code = find("first-code").value;
    find("no-program").hidden = true;
    tell(false);
    removeEventListener("error", giveUp, true);
    removeEventListener("unhandledrejection", giveUp);
  }
})();
