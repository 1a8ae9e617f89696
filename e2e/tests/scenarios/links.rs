//! What becomes of an invite link: opened twice, copied to another browser, withdrawn.

use farhand_e2e::{
    browser::{Chromium, Kind, Screen},
    find::{Thing, button, heading},
    page::THUMB,
    person::{Agent, Customer, Invite, NUMBER, Start, Talk, in_call},
    play,
};
use serde_json::Value;

#[tokio::test]
async fn a_link_copied_to_another_browser_goes_on_there_and_comes_back() {
    play("link copied", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        let link = stage.stack.phones.sms_for(NUMBER).await.link();
        let tablet = Customer::with_phone(stage, "Cleo's tablet").await;
        tablet.taps_link(&link).await;
        tablet.turns_camera_on(Talk::Page).await;
        tablet.is_seen_by("Ana").await;
        ana.sees_the_customer().await;

        cleo.sees(heading("You're not connected")).await;
        cleo.reads("This session was opened in another tab or browser.").await;
        cleo.is_accessible("opened elsewhere").await;
        cleo.press_button("Continue here").await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
        tablet.reads("This session was opened in another tab or browser.").await;
    })
    .await;
}

/// Makes another link of the session and takes it back, as a program of the organisation does.
const WITHDRAW: &str = r#"
window.farhandWithdrawn ??= (async () => {
  const place = `/api/sessions/${location.pathname.split("/").at(-1)}/invitations`;
  const headers = { "content-type": "application/json" };
  const made = await (await fetch(place, { method: "POST", headers, body: '"link"' })).json();
  const { status } = await fetch(`${place}/${made.invitation}`, { method: "DELETE" });
  return { status, link: made.link };
})();
farhandWithdrawn.then((value) => (window.farhandAnswer = value));
return window.farhandAnswer ?? null;
"#;

#[tokio::test]
async fn a_withdrawn_and_a_damaged_link_open_nothing_and_say_what_to_do() {
    play("link withdrawn", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Link)).await;
        let link = ana.copies_link().await;
        let withdrawn: Value = ana.waits_for("a link to be withdrawn", WITHDRAW, vec![]).await;
        assert_eq!(withdrawn["status"], 204);

        let cleo = Customer::with_phone(stage, "Cleo").await;
        cleo.open(withdrawn["link"].as_str().expect("a link")).await;
        cleo.sees(heading("This link doesn't work")).await;
        cleo.reads("This link was withdrawn. Ask your agent for a new link or the PIN.")
            .await;
        cleo.is_accessible("withdrawn link").await;
        // Another fragment alone would load nothing.
        cleo.open("about:blank").await;
        cleo.open(&link[..link.len() - 1]).await;
        cleo.reads("This link is not complete or not ours.").await;
        cleo.open("about:blank").await;
        cleo.taps_link(&link).await;
    })
    .await;
}

#[tokio::test]
async fn inside_another_app_the_link_is_copied_out_first() {
    play("in another app", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Link)).await;
        let link = ana.copies_link().await;
        let app =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Instagram 380.0";
        let phone = Chromium {
            user_agent: Some(app.to_owned()),
            ..Chromium::on(Screen::PHONE)
        };
        let cleo = Customer::with(stage, "Cleo", Kind::Chromium(phone)).await;
        cleo.open(&link).await;
        cleo.reads("You opened this page inside Instagram.").await;
        assert!(
            !cleo.sees_now(&button("Turn on camera")).await,
            "the way out comes first"
        );
        cleo.is_accessible("in another app").await;
        // Nothing was pressed yet, but the agent knows where the page is and what to say.
        ana.reads("They opened the link inside Instagram").await;
        ana.reads("Tap Copy link. Then open Safari or Chrome").await;
        ana.is_accessible("customer in another app").await;
        ana.photograph("customer in another app").await;
        cleo.press_button("Copy link").await;
        cleo.press_button("Try here anyway").await;
        cleo.turns_camera_on(Talk::PhoneCall).await;
        ana.reads_no_more("They opened the link inside Instagram").await;
    })
    .await;
}

#[tokio::test]
async fn inside_other_apps_photos_can_be_sent_instead() {
    play("photos from another app", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Link)).await;
        let link = ana.copies_link().await;
        let opens_in = async |name: &str, token: &str| {
            let app = format!("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 {token}");
            let phone = Chromium {
                user_agent: Some(app),
                ..Chromium::on(Screen::PHONE)
            };
            let customer = Customer::with(stage, name, Kind::Chromium(phone)).await;
            customer.open(&link).await;
            customer
        };
        let plain = opens_in("Cleo", "Version/18.6 Mobile/15E148 Safari/604.1").await;
        plain.sees(button("Turn on camera")).await;
        ana.reads("They have the page open and have not pressed anything yet.")
            .await;
        ana.sees(Thing::new("group", "On the customer's screen")).await;
        ana.is_accessible("customer has the page open").await;
        ana.photograph("customer has the page open").await;
        stage.goes(&plain);
        drop(plain);
        for (token, app) in [
            ("Mobile/15E148", "another app"),
            ("Mobile/15E148 [FBAN/FBIOS;FBAV/500.0.0.1]", "Facebook"),
        ] {
            let cleo = opens_in(app, token).await;
            cleo.reads(&format!("You opened this page inside {app}.")).await;
            ana.reads(&format!("They opened the link inside {app}")).await;
            cleo.is_accessible_in_every_light(app).await;
            cleo.fits_however_looked_at(THUMB, app).await;
            cleo.photograph(app).await;
            if app == "Facebook" {
                cleo.press_button("Send photos instead").await;
                cleo.takes_photo_with_the_camera_app().await;
                ana.sees(Thing::new("img", "Newest photo")).await;
                cleo.photograph("photos from another app").await;
            }
            stage.goes(&cleo);
        }
    })
    .await;
}
