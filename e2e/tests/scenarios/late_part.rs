//! The customer's page comes in two parts: what the picture needs first, and the rest once the camera runs.

use farhand_e2e::{
    browser::Browser,
    person::{Agent, Customer, Invite, NUMBER, Start, Talk},
    play,
};
use serde_json::json;

/// The late part arrives, or not.
async fn late_part_arrives(browser: &Browser, arrives: bool) {
    let blocked: &[&str] = if arrives { &[] } else { &["*/c/late-*"] };
    browser.devtools("Network.enable", json!({})).await;
    browser
        .devtools("Network.setBlockedURLs", json!({ "urls": blocked }))
        .await;
}

/// The files of the late part that the page has asked for.
const ASKED: &str =
    "return performance.getEntriesByType('resource').filter((each) => each.name.includes('/c/late-')).length;";

#[tokio::test]
async fn nothing_of_the_late_part_is_asked_for_before_the_tap() {
    play("late part waits", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
        let sms = stage.stack.phones.sms_for(NUMBER).await;
        let cleo = Customer::with_phone(stage, "Cleo").await;
        cleo.taps_link(&sms.link()).await;
        cleo.reads("Our phone call").await;
        assert_eq!(cleo.waits_for::<u32>("the requests", ASKED, vec![]).await, 0);

        cleo.turns_camera_on(Talk::PhoneCall).await;
        cleo.is_seen_by("Ana").await;
        let asked = cleo.waits_for::<u32>("the requests", ASKED, vec![]).await;
        assert_eq!(asked, 2, "its program and its style sheet");
    })
    .await;
}

#[tokio::test]
async fn a_late_part_that_does_not_arrive_keeps_no_picture_back_and_can_be_fetched_again() {
    play("late part lost", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
        let sms = stage.stack.phones.sms_for(NUMBER).await;
        let cleo = Customer::with_phone(stage, "Cleo").await;
        late_part_arrives(cleo.browser(), false).await;
        cleo.taps_link(&sms.link()).await;
        cleo.turns_camera_on(Talk::PhoneCall).await;

        cleo.reads("A part of this page didn't arrive").await;
        ana.sees_the_customer().await;
        cleo.photograph("a part did not arrive").await;

        late_part_arrives(cleo.browser(), true).await;
        cleo.press_button("Try again").await;
        cleo.is_seen_by("Ana").await;
        cleo.reads_no_more("A part of this page didn't arrive").await;
    })
    .await;
}
