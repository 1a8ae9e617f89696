//! Small phones, large text, phones held sideways, the agent's smallest window: everything is in sight and can be hit.

use farhand_e2e::{
    find::{Thing, button, dialog, field, radio},
    page::keyboard::{CONTROL, ENTER},
    page::{MOUSE, Page, THUMB, Window},
    person::in_call,
    play,
};

/// The smallest phones, large text, and a phone held sideways.
const PHONES: [Window; 4] = [
    Window::of(320, 568),
    Window::of(360, 640),
    Window::of(320, 568).with_large_text(),
    Window::of(740, 360),
];

async fn fits_every_phone(cleo: &Page, screen: &str) {
    // Together, so that one run shows everything that does not fit.
    for window in PHONES {
        cleo.fits(window, THUMB, screen).await;
    }
    cleo.looks_through(PHONES[1]).await;
}

#[tokio::test]
async fn every_screen_of_the_call_fits_small_phones_large_text_and_phones_held_sideways() {
    play("small phones", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        fits_every_phone(&cleo, "live call").await;

        cleo.press_button("Chat").await;
        ana.fill("Message", "Please show me the label, and the screw below it")
            .await;
        ana.press_button("Send").await;
        cleo.reads("Please show me the label").await;
        fits_every_phone(&cleo, "chat").await;
        cleo.press_button("Close chat").await;

        ana.press_button("Screenshot").await;
        cleo.sees_still_sharp().await;
        cleo.is_told_of_no_picture().await;
        fits_every_phone(&cleo, "still").await;
        cleo.press_button("Close").await;
        cleo.sees_no_more(Page::still()).await;

        cleo.press(radio("Photo")).await;
        cleo.press_button("Take photo").await;
        cleo.sees(button("Photo 1, Sent")).await;
        cleo.sees_no_more(button("Retake")).await;
        fits_every_phone(&cleo, "photo mode").await;
    })
    .await;
}

#[tokio::test]
async fn the_agents_tools_stand_in_one_row_and_the_tabs_have_whole_words() {
    play("small laptop", async |stage| {
        let (ana, _cleo) = in_call(stage).await;
        for window in [Window::of(1280, 720), Window::of(1366, 768), Window::of(1024, 768)] {
            ana.fits(window, MOUSE, "live session").await;
            assert_eq!(ana.rows_of("toolbar", "Tools").await, 1, "{window:?}");
        }
        // Where the panel has no room beside the picture it is a drawer.
        ana.sees_no_more(field("Message")).await;
        ana.press(button("Chat and customer").loosely()).await;
        ana.sees(field("Message")).await;
        ana.is_accessible("drawer").await;
        ana.photograph("drawer").await;
        ana.press_button("Close the panel").await;
        ana.sees_no_more(field("Message")).await;

        ana.looks_through(Window::of(1280, 720)).await;
        ana.press_button("Screenshot").await;
        ana.sees_still_sharp().await;
        ana.fits(Window::of(1280, 720), MOUSE, "still").await;
    })
    .await;
}

/// An agent's phone.
const IN_HAND: Window = Window::of(390, 844);

#[tokio::test]
async fn the_call_fits_the_agents_phone_reads_from_right_to_left_and_stands_still_when_asked_to() {
    play("other ways to look", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        ana.looks_through(IN_HAND).await;
        ana.is_accessible("console on a phone").await;
        ana.fits(IN_HAND, MOUSE, "console on a phone").await;
        // One part at a time, chosen at the lower edge.
        let part = |name| {
            button(name)
                .loosely()
                .within(Thing::new("navigation", "Parts of the session"))
        };
        for (name, words, hidden) in [
            ("People", "Add people", [field("Message"), button("Screenshot")]),
            ("Chat", "Notes", [button("Add people"), button("Screenshot")]),
            ("Picture", "Screenshot", [field("Message"), button("Add people")]),
        ] {
            ana.press(part(name)).await;
            ana.reads(words).await;
            for other in hidden {
                assert!(!ana.sees_now(&other).await, "{other} beside {name}");
            }
            ana.is_accessible(&format!("console on a phone, {name}")).await;
            ana.fits(IN_HAND, MOUSE, &format!("console on a phone, {name}")).await;
        }
        // Whatever is shown: a picture that opens comes first, and dialogs open.
        ana.press(part("Chat")).await;
        ana.chord(&[CONTROL], "k").await;
        ana.sees(dialog("Commands")).await;
        ana.fill("Find a command", "screenshot").await;
        ana.keys(ENTER).await;
        ana.sees_still_sharp().await;
        ana.fits(IN_HAND, MOUSE, "still on a phone").await;
        ana.reads_from_right_to_left().await;
        ana.fits(Window::of(1366, 768), MOUSE, "still, right to left").await;
        ana.looks_through(IN_HAND).await;
        ana.press_button("Close").await;

        for page in [&*ana as &Page, &*cleo] {
            page.reads_from_right_to_left().await;
        }
        cleo.fits(PHONES[1], THUMB, "right to left").await;
        ana.fits(Window::of(1366, 768), MOUSE, "right to left").await;
        ana.fits(IN_HAND, MOUSE, "console on a phone, right to left").await;

        for page in [&*ana as &Page, &*cleo] {
            page.wants_no_motion().await;
            page.reload().await;
            page.sees_the_picture_move(None).await;
            assert_eq!(page.moves().await, [""; 0], "{} stands still", page.who());
            page.photograph("without motion").await;
        }
    })
    .await;
}
