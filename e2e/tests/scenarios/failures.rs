//! Every way of not getting a picture: each has its screen, its next step, and photos as the way round.

use farhand_e2e::{
    browser::Kind,
    find::{Thing, button, heading, link, tab},
    page::{Chosen, Page, THUMB},
    person::{Agent, Customer, Invite, NUMBER, Start},
    play,
};
use serde_json::json;

/// What is wrong with this browser is written into its tab's name, which stays from page to page.
const BROKEN: &str = r#"
const fault = window.name;
if (fault === "no devices") {
  Object.defineProperty(navigator, "mediaDevices", { value: undefined });
} else if (fault === "insecure") {
  Object.defineProperty(window, "isSecureContext", { value: false });
  Object.defineProperty(navigator, "mediaDevices", { value: undefined });
} else if (fault === "no program") {
  delete globalThis.WebAssembly;
} else if (fault.includes("Error")) {
  const [name, message] = fault.split(": ");
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException(message ?? "", name));
}
"#;

async fn breaks(page: &Page, fault: &str) {
    page.waits_for::<bool>(
        "the tab's name",
        "window.name = arguments[0]; return true;",
        vec![json!(fault)],
    )
    .await;
    page.reload().await;
}

#[tokio::test]
async fn every_failure_of_the_camera_has_its_screen_its_next_step_and_photos_instead() {
    play("camera failures", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
        let link = stage.stack.phones.sms_for(NUMBER).await.link();
        let cleo = Customer::with(stage, "Cleo", Kind::phone()).await;
        cleo.browser().before_every_page(BROKEN).await;
        cleo.taps_link(&link).await;
        ana.press(tab("Customer")).await;
        let failures = [
            (
                "NotReadableError",
                "Another app is using the camera.",
                "Try again",
                "Used by another app",
            ),
            (
                "no devices",
                "This browser can't give web pages a camera.",
                "Copy link",
                "Not possible in this browser",
            ),
            (
                "insecure",
                "This address isn't secure, so the browser gives it no camera.",
                "Copy link",
                "Not possible in this browser",
            ),
            (
                "NotAllowedError: Permission denied by system",
                "Your device doesn't let this browser use the camera.",
                "Try again",
                "Blocked in the phone's settings",
            ),
            (
                "NotAllowedError: Permission dismissed",
                "The camera question got no answer.",
                "Ask again",
                "The question got no answer",
            ),
            (
                "SecurityError",
                "This page can't use the camera here.",
                "Copy link",
                "Not possible inside this app",
            ),
            (
                "NotFoundError",
                "We can't find a camera on this device.",
                "Look again",
                "No camera on this device",
            ),
        ];
        for (fault, words, way_out, told) in failures {
            breaks(&cleo, fault).await;
            cleo.press_button("Turn on camera").await;
            cleo.reads(words).await;
            cleo.sees(button(way_out)).await;
            cleo.sees(button("Send photos instead")).await;
            ana.reads(told).await;
            cleo.is_accessible_in_every_light(fault).await;
            cleo.fits_however_looked_at(THUMB, fault).await;
            cleo.photograph(fault).await;
        }

        // Without any camera of the page: photos by the phone's own camera app or from its gallery.
        cleo.press_button("Send photos instead").await;
        cleo.sees(Thing::any("radiogroup")).await;
        cleo.takes_photo_with_the_camera_app().await;
        ana.sees(Thing::new("img", "Newest photo")).await;
        cleo.is_accessible("photos instead").await;
        cleo.photograph("photos instead").await;
        ana.photograph("photos instead").await;
    })
    .await;
}

#[tokio::test]
async fn without_a_program_or_scripts_photos_and_messages_go_by_plain_pages() {
    play("page failures", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Link)).await;
        let (pin, invitation) = (ana.reads_pin().await, ana.copies_link().await);
        let cleo = Customer::with(stage, "Cleo", Kind::phone()).await;
        cleo.browser().before_every_page(BROKEN).await;
        cleo.open(&invitation).await;
        breaks(&cleo, "no program").await;
        ana.reads("The page cannot run in their browser").await;
        ana.photograph("no program").await;
        cleo.reads("This page couldn't start in this browser.").await;
        cleo.reads("In Lockdown Mode, switch it off for this website first.")
            .await;
        cleo.is_accessible_in_every_light("no program").await;
        cleo.fits_however_looked_at(THUMB, "no program").await;
        cleo.photograph("no program").await;

        let off = json!({ "value": true });
        cleo.browser()
            .devtools("Emulation.setScriptExecutionDisabled", off)
            .await;
        cleo.reload().await;
        cleo.reads("JavaScript is switched off.").await;
        cleo.photograph("no scripts").await;
        // The plain pages have no scripts, and the driver needs some of its own to press things.
        let on = json!({ "value": false });
        cleo.browser()
            .devtools("Emulation.setScriptExecutionDisabled", on)
            .await;
        cleo.press(link("Send photos instead")).await;
        cleo.sees(heading("Send photos")).await;
        cleo.is_accessible("plain door").await;
        cleo.photograph("plain door").await;
        cleo.fill("Your 6-digit number", "000 000").await;
        cleo.press_button("Join").await;
        cleo.reads("This PIN leads nowhere.").await;
        cleo.fill("Your 6-digit number", &pin).await;
        cleo.fill("Your name (you can leave this empty)", "Cleo").await;
        cleo.press_button("Join").await;
        cleo.sees(heading("Waiting for your agent…")).await;
        cleo.photograph("plain wait").await;
        ana.press_button("Admit").await;

        cleo.sees(heading("Send photos to Ana")).await;
        cleo.fill("Message", "It drips here").await;
        let picture = Chosen::Picture {
            width: 900,
            height: 700,
        };
        cleo.chooses("Photos", "IMG_1.png", picture).await;
        cleo.press_button("Send").await;
        cleo.reads("Your photo was sent.").await;
        cleo.is_accessible("plain photos").await;
        cleo.photograph("plain photos").await;
        ana.sees(Thing::new("img", "Newest photo")).await;
        ana.reads("It drips here").await;
        ana.reads("Not possible in this browser").await;
        ana.photograph("plain photos").await;
        ana.fill("Message", "Turn the red valve").await;
        ana.press_button("Send").await;
        cleo.turns_to_the_frame("Messages").await;
        cleo.reads("Turn the red valve").await;
        cleo.turns_to_the_page().await;
        cleo.press_button("End session").await;
        cleo.sees(heading("Send photos")).await;
    })
    .await;
}
