//! Every way of not getting a picture: each has its screen, its next step, and photos as the way round.

use farhand_e2e::{
    browser::Kind,
    find::{Thing, button, tab},
    page::{Chosen, Page},
    person::{Agent, Customer, Invite, NUMBER, Start},
    play,
};
use serde_json::json;

/// What is wrong with this browser is written into its tab's name, which stays from page to page.
const BROKEN: &str = r#"
const fault = window.name;
if (fault === "no devices") {
  Object.defineProperty(navigator, "mediaDevices", { value: undefined });
} else if (fault === "no program") {
  delete globalThis.WebAssembly;
} else if (fault.endsWith("Error")) {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", fault));
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
            cleo.photograph(fault).await;
        }

        // Without any camera of the page: photos by the phone's own camera app or from its gallery.
        cleo.press_button("Send photos instead").await;
        cleo.sees(Thing::any("radiogroup")).await;
        let picture = Chosen::Picture {
            width: 900,
            height: 700,
        };
        cleo.chooses("Take photo with the camera app", "IMG_1.png", picture)
            .await;
        ana.sees(Thing::new("img", "Newest photo")).await;
        cleo.is_accessible("photos instead").await;
        cleo.photograph("photos instead").await;
        ana.photograph("photos instead").await;
    })
    .await;
}

#[tokio::test]
async fn without_a_program_or_scripts_the_page_says_what_to_do() {
    play("page failures", async |stage| {
        let cleo = Customer::with(stage, "Cleo", Kind::phone()).await;
        cleo.browser().before_every_page(BROKEN).await;
        cleo.open(&stage.stack.server.address("/")).await;
        breaks(&cleo, "no program").await;
        cleo.reads("This page couldn't start in this browser.").await;
        cleo.reads("In Lockdown Mode, switch it off for this website first.")
            .await;
        cleo.is_accessible_in_every_light("no program").await;
        cleo.photograph("no program").await;

        let off = json!({ "value": true });
        cleo.browser()
            .devtools("Emulation.setScriptExecutionDisabled", off)
            .await;
        cleo.reload().await;
        cleo.reads("JavaScript is switched off.").await;
        cleo.photograph("no scripts").await;
    })
    .await;
}
