//! Two people write to each other: from the waiting screen on, through outages, without sound.

use farhand_e2e::{
    Stage,
    browser::{Chromium, Kind, Screen},
    find::{Thing, button, entry, field, heading, tab},
    page::Page,
    person::{Agent, Customer, Invite, NUMBER, Start, Talk, in_call},
    play,
};
use serde_json::{Value, json};

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

/// The bubble with these words, as seen here: side, colours, and the line above the words. Nothing until it is there;
/// an error when it is there more than once.
const BUBBLE: &str = r"
    const log = findAll({ role: 'log', name: 'Messages', exact: true, within: null })[0];
    const all = [...(log?.querySelectorAll('li') ?? [])].filter((li) => li.lastElementChild.textContent === arguments[0]);
    if (all.length === 0) return null;
    const style = getComputedStyle(all[0]);
    const [own, list] = [all[0].getBoundingClientRect(), all[0].parentElement.getBoundingClientRect()];
    return {
        count: all.length,
        right: own.right === list.right && own.left > list.left,
        fill: style.backgroundColor, text: style.color, edge: style.borderTopColor,
        about: all[0].firstElementChild.textContent,
        links: [...all[0].querySelectorAll('a')].map((a) => [a.href, a.rel, a.target, a.textContent]),
    };";

async fn bubble(page: &Page, words: &str) -> Value {
    let found: Value = page.waits_for("the bubble", BUBBLE, vec![json!(words)]).await;
    assert_eq!(found["count"], 1, "\"{words}\" stands there once");
    found
}

/// How often these words stand in the chat, once everything is there.
async fn waits_for_state(page: &Page, words: &str, state: &str) {
    let script = format!(
        "const bubble = (() => {{ {BUBBLE} }}).apply(null, arguments); return bubble?.about.endsWith(arguments[1]) ?? false;"
    );
    let script = script
        .replace("arguments[0]", "words")
        .replace(".apply(null, arguments)", "()");
    let script = format!("const words = arguments[0]; {script}");
    page.waits_for::<bool>(state, &script, vec![json!(words), json!(state)])
        .await;
}

async fn writes(page: &Page, words: &str) {
    page.fill("Message", words).await;
    page.press_button("Send").await;
}

/// Ana has invited Cleo, who is ready; the call has not started because the phone call is still going on.
async fn waiting(stage: &Stage, phone: Kind) -> (Agent, Customer) {
    let ana = Agent::first(stage, "Ana").await;
    ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
    let sms = stage.stack.phones.sms_for(NUMBER).await;
    let cleo = Customer::with(stage, "Cleo", phone).await;
    cleo.taps_link(&sms.link()).await;
    (ana, cleo)
}

#[tokio::test]
async fn both_write_and_read_from_their_own_side() {
    play("chat", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        cleo.press_button("Chat").await;
        cleo.reads("Write here if it is too loud to talk").await;
        writes(&cleo, "It drips here").await;
        ana.sees(tab("Chat, 1 new").loosely()).await;
    })
    .await;
}
