//! A camera that is refused, given later, switched off and on.

use farhand_e2e::{
    Stage,
    browser::{Chromium, Kind, Permission, Screen},
    find::{Thing, button, tab},
    page::{MOUSE, Page},
    person::{Agent, Customer, Invite, NUMBER, Start, Talk, in_call, in_call_with},
    play,
};

/// Cleo has tapped the link and turned the camera on; the browser answers her page with this.
async fn asked(stage: &Stage, camera: Permission) -> (Agent, Customer) {
    let ana = Agent::first(stage, "Ana").await;
    ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
    let sms = stage.stack.phones.sms_for(NUMBER).await;
    let phone = Chromium {
        camera,
        ..Chromium::on(Screen::PHONE)
    };
    let cleo = Customer::with(stage, "Cleo", Kind::Chromium(phone)).await;
    cleo.taps_link(&sms.link()).await;
    cleo.turns_camera_on(Talk::PhoneCall).await;
    (ana, cleo)
}

#[tokio::test]
async fn a_blocked_camera_is_explained_and_the_same_session_goes_on_once_it_is_allowed() {
    play("camera blocked", async |stage| {
        let (ana, cleo) = asked(stage, Permission::Denied).await;
        cleo.reads("The camera is blocked for this page.").await;
        cleo.is_accessible("camera blocked").await;
        cleo.photograph("camera blocked").await;
        // The agent has the same steps to read out.
        ana.press(tab("Customer")).await;
        ana.sees(Thing::new("group", "On the customer's screen")).await;
        ana.reads("It takes 20 seconds to fix.").await;
        for page in [&*ana as &Page, &*cleo] {
            page.reads("Next to Camera, tap Allow.").await;
        }
        ana.press_button("Send this help to the customer").await;
        ana.reads("Sent. It is in the customer's chat.").await;
        ana.is_accessible("customer's camera blocked").await;
        ana.photograph("customer's camera blocked").await;
        cleo.press(button("Chat").loosely()).await;
        cleo.reads("1. ").await;
        cleo.photograph("steps in the chat").await;
        cleo.press_button("Close chat").await;

        cleo.browser().permit("camera", Permission::Allowed, None).await;
        cleo.press(button("Try again")).await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
    })
    .await;
}

/// What a page notices of the way to the settings and back.
const COMES_BACK: &str = r#"
for (const hidden of [true, false]) {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}
return true;
"#;

#[tokio::test]
async fn a_camera_allowed_in_the_browsers_settings_runs_once_the_page_is_back() {
    play("camera allowed in the settings", async |stage| {
        let (ana, cleo) = asked(stage, Permission::Denied).await;
        cleo.sees(button("Try again")).await;
        cleo.browser().permit("camera", Permission::Allowed, None).await;
        cleo.waits_for::<bool>("the way back", COMES_BACK, vec![]).await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
    })
    .await;
}

/// A button that grants something takes no press while it has just appeared or moved: the browser protects people from
/// pressing it unawares.
const STANDS_STILL: &str = r#"
const button = document.querySelector("usermedia");
const [place, now] = [button && JSON.stringify(button.getBoundingClientRect()), performance.now()];
if (!button || window.farhandPlace !== place) {
  button?.scrollIntoView({ block: "center" });
  [window.farhandPlace, window.farhandSince] = [place, now];
  return null;
}
return now - window.farhandSince > 1000 || null;
"#;

#[tokio::test]
async fn the_browsers_own_button_brings_a_blocked_camera_back() {
    play("camera by the browser's button", async |stage| {
        let (ana, cleo) = asked(stage, Permission::Denied).await;
        cleo.reads("Tap this button of your browser, then Allow:").await;
        cleo.browser().permit("camera", Permission::Allowed, None).await;
        cleo.waits_for::<bool>("the button to stand still", STANDS_STILL, vec![])
            .await;
        cleo.press(Thing::any("usermedia")).await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
    })
    .await;
}

#[tokio::test]
async fn a_camera_question_that_nobody_answers_is_noticed_and_can_still_be_answered() {
    play("camera unanswered", async |stage| {
        let (ana, cleo) = asked(stage, Permission::Unanswered).await;
        cleo.reads("Waiting for your answer to the camera question").await;
        ana.press(tab("Customer")).await;
        ana.reads("The browser's question is on the screen").await;
        for page in [&*ana as &Page, &*cleo] {
            page.is_accessible("camera question").await;
            page.photograph("camera question").await;
        }
        cleo.browser().permit("camera", Permission::Allowed, None).await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
    })
    .await;
}

#[tokio::test]
async fn a_pause_hides_the_picture_and_says_so_to_both() {
    play("pause", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        cleo.press_button("Camera off").await;
        cleo.is_not_seen_by("Ana").await;
        cleo.reads("Your camera is off.").await;
        ana.sees_the_picture_stop(Some("Customer's camera")).await;
        cleo.press_button("Camera on").await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
    })
    .await;
}

#[tokio::test]
async fn who_helps_is_told_of_their_own_blocked_camera_and_microphone() {
    play("helper blocked", async |stage| {
        let laptop = Chromium {
            camera: Permission::Denied,
            microphone: Permission::Denied,
            ..Chromium::on(Screen::LAPTOP)
        };
        let (ana, cleo) = in_call_with(stage, Kind::Chromium(laptop), Kind::phone()).await;
        ana.press_button("Microphone").await;
        ana.reads("Your microphone is blocked for this page.").await;
        ana.press_button("Camera").await;
        ana.reads("Your camera is blocked for this page.").await;
        ana.is_accessible_in_every_light("own camera blocked").await;
        ana.fits_however_looked_at(MOUSE, "own camera blocked").await;
        ana.photograph("own camera blocked").await;
        for name in ["camera", "microphone"] {
            ana.browser().permit(name, Permission::Allowed, None).await;
        }
        ana.press_button("Try again").await;
        cleo.sees_the_picture_move(Some("Ana")).await;
        ana.reads_no_more("Your camera is blocked").await;
        ana.press_button("Microphone").await;
        ana.reads_no_more("Your microphone is blocked").await;
    })
    .await;
}
