//! Pictures and documents in the chat, and what a keyboard writes with Shift.

use farhand_e2e::{
    find::{Thing, button, field},
    page::keyboard::{ENTER, SHIFT},
    page::{Chosen, Page, Window},
    person::in_call,
    play,
};
use serde_json::json;

const ATTACH: &str = "Attach a picture or file";

/// The card of a picture in the chat.
fn card() -> Thing {
    button("Picture. Open it for both of you.")
}

/// Waits until the text of a message is exactly this, line ends and all.
async fn reads_lines(page: &Page, lines: &str) {
    let script = "const log = findAll({ role: 'log', name: 'Messages', exact: true, within: null })[0];
        return [...(log?.querySelectorAll('li p') ?? [])].some((p) => p.innerText === arguments[0]);";
    page.waits_for::<bool>(lines, script, vec![json!(lines)]).await;
}

#[tokio::test]
async fn pictures_and_documents_arrive_and_what_is_too_large_is_refused_with_words() {
    play("chat files", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        cleo.press_button("Chat").await;
        let (width, height) = (900, 700);
        cleo.chooses(ATTACH, "IMG_1.png", Chosen::Picture { width, height })
            .await;
        cleo.sees(card()).await;
        ana.sees(card()).await;

        ana.chooses(ATTACH, "wiring plan.txt", Chosen::Text { bytes: 2048 })
            .await;
        cleo.sees(button("wiring plan.txt 2 KB")).await;
        cleo.photograph("picture and document").await;
        cleo.is_accessible("picture and document").await;
        // What is saved is what was chosen, fetched with this page's seat.
        let spy = "window.farhandSaved ??= []; const blobs = new Map(); const { createObjectURL } = URL;
            URL.createObjectURL = (blob) => {
              const address = createObjectURL.call(URL, blob);
              blobs.set(address, blob);
              return address;
            };
            HTMLAnchorElement.prototype.click = function () {
              const { download, href } = this;
              blobs.get(href)?.text().then((text) => farhandSaved.push([download, text.length]));
            };
            return true;";
        cleo.waits_for::<bool>("the spy", spy, vec![]).await;
        cleo.press_button("wiring plan.txt 2 KB").await;
        let saved = "return farhandSaved[0] ?? null;";
        let saved: (String, usize) = cleo.waits_for("the document", saved, vec![]).await;
        assert_eq!(saved, ("wiring plan.txt".to_owned(), 2048));

        // A picture opens for both.
        ana.press(card()).await;
        cleo.sees(Page::still()).await;
        cleo.reads("Ana opened a picture. It is open for everybody.").await;
        ana.press_button("Close").await;
        cleo.sees_no_more(Page::still()).await;

        let huge = 26 << 20;
        ana.chooses(ATTACH, "film.txt", Chosen::Text { bytes: huge }).await;
        ana.reads("film.txt is too large. Files up to").await;
        ana.photograph("too large").await;
        cleo.chooses(ATTACH, "film.txt", Chosen::Text { bytes: huge }).await;
        cleo.reads("film.txt is too large. Files up to").await;
        let cards = "return findAll({ role: 'button', name: 'film.txt', exact: false, within: null }).length === 0;";
        assert_eq!(
            ana.try_script::<bool>(cards, vec![]).await,
            Some(true),
            "nothing of it was sent"
        );
    })
    .await;
}

#[tokio::test]
async fn enter_sends_and_shift_with_enter_makes_a_new_line() {
    play("chat lines", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        ana.press(field("Message")).await;
        ana.keys("first").await;
        ana.chord(&[SHIFT], ENTER).await;
        ana.keys("second").await;
        ana.keys(ENTER).await;
        reads_lines(&ana, "first\nsecond").await;
        cleo.press(button("Chat").loosely()).await;
        reads_lines(&cleo, "first\nsecond").await;
    })
    .await;
}

#[tokio::test]
async fn the_sheet_is_readable_in_the_dark_and_beside_the_picture_when_held_sideways() {
    play("chat dark", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        cleo.press_button("Chat").await;
        ana.fill("Message", "Please show me the label").await;
        ana.press_button("Send").await;
        cleo.reads("Please show me the label").await;
        for window in [
            Window::of(320, 568),
            Window::of(320, 568).with_large_text(),
            Window::of(740, 360),
        ] {
            cleo.looks_through(window).await;
            cleo.is_accessible_in_every_light(&format!("chat, {} px, {} %", window.width, window.text))
                .await;
        }
        // Sideways the picture stays in sight beside it.
        cleo.sees_the_picture_move(Some("Your camera")).await;
    })
    .await;
}
