//! Two people write to each other: from the waiting screen on, through outages, without sound, without a mouse.

use farhand_e2e::{
    Stage,
    find::{Thing, button, entry, field, heading, region, tab},
    page::Page,
    page::keyboard::{ENTER, ESCAPE},
    person::{Agent, Customer, Invite, NUMBER, Start, in_call},
    play,
};
use serde_json::{Value, json};

/// The bubble with these words as it looks here; null until it is there.
const BUBBLE: &str = r"
    const log = findAll({ role: 'log', name: 'Messages', exact: true, within: null })[0];
    const words = (li) => li.querySelector('p + p')?.innerText;
    const all = [...(log?.querySelectorAll('li') ?? [])].filter((li) => words(li) === arguments[0]);
    if (all.length === 0) return null;
    const style = getComputedStyle(all[0]);
    const [own, list] = [all[0].getBoundingClientRect(), all[0].parentElement.getBoundingClientRect()];
    const bubble = {
        count: all.length,
        right: Math.abs(own.right - list.right) < 1 && own.left > list.left + 1,
        fill: style.backgroundColor, text: style.color, edge: style.borderTopColor,
        about: all[0].querySelector('p').innerText,
        links: [...all[0].querySelectorAll('a')].map((a) => [a.getAttribute('href'), a.rel, a.target, a.innerText]),
    };
    return arguments[1] && !bubble.about.endsWith(arguments[1]) ? null : bubble;";

/// Waits for the bubble with these words, once, and says how it looks.
async fn bubble(page: &Page, words: &str) -> Value {
    bubble_that_is(page, words, "").await
}

/// The same, once the line above the words ends like this.
async fn bubble_that_is(page: &Page, words: &str, state: &str) -> Value {
    let what = format!("\"{words}\" {state}");
    let found: Value = page.waits_for(&what, BUBBLE, vec![json!(words), json!(state)]).await;
    assert_eq!(found["count"], 1, "\"{words}\" stands there once");
    found
}

async fn writes(page: &Page, words: &str) {
    page.fill("Message", words).await;
    page.press_button("Send").await;
}

/// Ana has invited Cleo, who has opened the link.
async fn invited(stage: &Stage) -> (Agent, Customer) {
    let ana = Agent::first(stage, "Ana").await;
    ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
    let sms = stage.stack.phones.sms_for(NUMBER).await;
    let cleo = Customer::with_phone(stage, "Cleo").await;
    cleo.taps_link(&sms.link()).await;
    (ana, cleo)
}

#[tokio::test]
async fn both_write_and_each_sees_it_from_their_own_side() {
    play("chat", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        cleo.press_button("Chat").await;
        cleo.reads("Write here if it is too loud to talk").await;
        cleo.photograph("empty chat").await;
        writes(&cleo, "It drips here").await;
        let (blue, white) = ("rgb(31, 95, 214)", "rgb(255, 255, 255)");
        let mine = bubble(&cleo, "It drips here").await;
        assert_eq!(
            (&mine["right"], &mine["fill"], &mine["text"]),
            (&json!(true), &json!(blue), &json!(white))
        );
        let theirs = bubble(&ana, "It drips here").await;
        assert_eq!((&theirs["right"], &theirs["fill"]), (&json!(false), &json!(blue)));
        assert!(
            theirs["about"]
                .as_str()
                .is_some_and(|about| about.starts_with("Cleo · "))
        );

        writes(&ana, "Please show me the label").await;
        let answer = bubble(&cleo, "Please show me the label").await;
        assert_eq!((&answer["right"], &answer["fill"]), (&json!(false), &json!(white)));
        assert_eq!(answer["edge"], "rgb(0, 115, 107)");
        assert_eq!(bubble(&ana, "Please show me the label").await["right"], true);
        // Each has the other's words on the screen.
        bubble_that_is(&cleo, "It drips here", "Seen").await;
        bubble_that_is(&ana, "Please show me the label", "Seen").await;

        cleo.photograph("chat").await;
        ana.photograph("chat").await;
        cleo.is_accessible("chat").await;
        ana.is_accessible("chat").await;
        cleo.press_button("Close chat").await;
        cleo.sees(button("End")).await;
    })
    .await;
}

#[tokio::test]
async fn a_closed_chat_tells_what_is_new_and_is_read_only_when_it_was_shown() {
    play("chat closed", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        writes(&ana, "Can you hear me?").await;
        cleo.sees(button("Ana: Can you hear me?")).await;
        cleo.sees(button("Chat , 1 new").loosely()).await;
        cleo.photograph("newest message over the picture").await;
        cleo.is_accessible("newest message over the picture").await;
        let unread = bubble(&ana, "Can you hear me?").await;
        assert!(!unread["about"].as_str().is_some_and(|about| about.ends_with("Seen")));
        cleo.sees_no_more(button("Ana: Can you hear me?")).await;
        cleo.press(button("Chat").loosely()).await;
        bubble_that_is(&ana, "Can you hear me?", "Seen").await;

        ana.press(tab("Customer")).await;
        cleo.press_button("I can't see it").await;
        ana.sees(tab("Chat , 1 new").loosely()).await;
        let title = "return document.title.startsWith('(1) ');";
        ana.waits_for::<bool>("the number in the title", title, vec![]).await;
        ana.press(tab("Chat").loosely()).await;
        bubble(&ana, "I can't see it").await;
        ana.waits_for::<bool>(
            "no number in the title",
            "return !document.title.startsWith('(');",
            vec![],
        )
        .await;

        ana.press_button("Phrases").await;
        ana.press(entry("Please hold the phone still.")).await;
        bubble(&cleo, "Please hold the phone still.").await;
    })
    .await;
}

#[tokio::test]
async fn one_can_write_before_the_call_starts() {
    play("chat before the call", async |stage| {
        let (ana, cleo) = invited(stage).await;
        writes(&ana, "Take your time").await;
        cleo.press_button("Continue without camera").await;
        cleo.press(button("Chat").loosely()).await;
        bubble(&cleo, "Take your time").await;
        writes(&cleo, "I look for the boiler").await;
        bubble(&ana, "I look for the boiler").await;
        cleo.photograph("chat before the call").await;
    })
    .await;
}

#[tokio::test]
async fn nothing_written_is_lost_or_doubled_by_outages_and_reloads() {
    play("chat outage", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        cleo.press_button("Chat").await;
        writes(&cleo, "before").await;
        bubble(&ana, "before").await;

        // Killed in mid-chat, whatever of "between" has arrived.
        writes(&cleo, "between").await;
        stage.stack.server.kill();
        writes(&cleo, "without a server").await;
        bubble_that_is(&cleo, "without a server", "Sending…").await;
        cleo.photograph("sending").await;
        stage.stack.server.start_again().await;
        for words in ["before", "between", "without a server"] {
            bubble(&ana, words).await;
        }

        stage.stack.server.kill();
        cleo.reads("Connection lost").await;
        writes(&cleo, "and a reload").await;
        bubble_that_is(&cleo, "and a reload", "Sending…").await;
        stage.stack.server.start_again().await;
        cleo.reload().await;
        cleo.press(button("Chat").loosely()).await;
        for words in ["before", "between", "without a server", "and a reload"] {
            bubble(&ana, words).await;
            bubble(&cleo, words).await;
        }
        bubble_that_is(&cleo, "and a reload", "Seen").await;
    })
    .await;
}

#[tokio::test]
async fn addresses_can_be_pressed_and_nothing_else_can() {
    play("chat links", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        cleo.press_button("Chat").await;
        let text = "See https://example.com/a?b=c. <b>javascript:alert(1)</b> https://bank@evil.example";
        writes(&ana, text).await;
        let found = bubble(&cleo, text).await;
        let address = "https://example.com/a?b=c";
        let link = json!([[address, "noopener noreferrer nofollow", "_blank", address]]);
        assert_eq!(found["links"], link);
        let long = "W".repeat(300);
        writes(&ana, &long).await;
        bubble(&cleo, &long).await;
        let wide = "return document.scrollingElement.scrollWidth > innerWidth;";
        assert_eq!(
            cleo.try_script::<bool>(wide, vec![]).await,
            Some(false),
            "long words wrap"
        );
    })
    .await;
}

#[tokio::test]
async fn the_keyboard_is_enough() {
    play("chat keyboard", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        ana.press(field("Message")).await;
        ana.keys("one two").await;
        ana.keys(ENTER).await;
        let focus = "return document.activeElement.getAttribute(arguments[0]);";
        let label = ana.try_script::<String>(focus, vec![json!("aria-label")]).await;
        assert_eq!(label.as_deref(), Some("Message"), "one goes on writing");
        cleo.press(button("Chat").loosely()).await;
        bubble(&cleo, "one two").await;
        cleo.sees(region("Chat")).await;
        cleo.sees(heading("Chat")).await;
        cleo.keys(ESCAPE).await;
        cleo.sees_no_more(region("Chat")).await;
        let back = "return document.activeElement.getAttribute('aria-controls') === 'chat';";
        cleo.waits_for::<bool>("the focus back on the button", back, vec![])
            .await;
        cleo.keys(ENTER).await;
        cleo.sees(region("Chat")).await;
        cleo.sees(Thing::new("log", "Messages")).await;
    })
    .await;
}
