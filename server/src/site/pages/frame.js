// The frame in a page of the organisation's website: waits for an agent, shows who asks and what the visitor agrees to.
(() => {
  "use strict";
  const find = (id) => document.getElementById(id);
  const dialog = document.querySelector("[role=dialog]");
  const token = location.hash.slice(1);
  let known = null;
  let code = "";

  // The page around it makes the frame this high; 0 hides it.
  const show = (shown) => {
    dialog.hidden = !shown;
    parent.postMessage({ farhand: shown ? dialog.offsetHeight : 0 }, "*");
  };
  const post = (path, body) =>
    fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token, ...body }),
    });

  // What was answered here is not shown again; `known` stays, so that the server sends only what is new.
  find("accept").addEventListener("click", () => show(false));
  find("decline").addEventListener("click", () => {
    show(false);
    post("/api/site/decline", { invitation: known }).catch(() => {});
  });

  const paragraph = (text) => {
    const element = document.createElement("p");
    element.textContent = text;
    return element;
  };
  const ask = ({ invitation, agent, company, terms, link }) => {
    known = invitation;
    find("title").textContent = `${agent} from ${company} would like to help you by video`;
    find("terms").replaceChildren(...terms.split(/\n+/).map(paragraph));
    find("accept").href = link;
    show(true);
    find("title").focus();
  };

  let pause = 0;
  const wait = async () => {
    try {
      const answer = await post("/api/site/wait", { known, code });
      // Expired or not valid: the website's next page brings a fresh token.
      if (answer.status === 401 || answer.status === 404) {
        console.warn("Farhand:", (await answer.json()).message);
        return;
      }
      if (!answer.ok) throw new Error(answer.statusText);
      const { asked, code: mine } = await answer.json();
      pause = 0;
      if (mine !== code) {
        code = mine;
        parent.postMessage({ farhandCode: code }, "*");
      }
      if (!asked) {
        known = null;
        show(false);
      } else if (asked.invitation !== known) {
        ask(asked);
      }
    } catch {
      pause = Math.min(30, 2 * pause + 1);
    }
    setTimeout(wait, pause * 1000);
  };
  wait();
})();
