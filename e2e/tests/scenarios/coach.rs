//! Light and shake: what the phone's own camera sees becomes a hint on both sides, and the light is one press away.

use farhand_e2e::{
    Stage,
    browser::{Chromium, Kind, Screen},
    find::button,
    person::{Agent, Customer, Invite, NUMBER, Start, Talk},
    play,
    scene::Scene,
};
use serde_json::json;

const LENS: &str = include_str!("lens.js");

/// Ana and Cleo in a call, with Cleo's rear camera in front of a scene.
async fn in_front_of(stage: &Stage, scene: Scene) -> (Agent, Customer) {
    let ana = Agent::first(stage, "Ana").await;
    ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
    let link = stage.stack.phones.sms_for(NUMBER).await.link();
    let mut phone = Chromium::on(Screen::PHONE);
    phone.flags.push(scene.flag());
    let cleo = Customer::with(stage, "Cleo", Kind::Chromium(phone)).await;
    cleo.browser().before_every_page(LENS).await;
    cleo.taps_link(&link).await;
    cleo.turns_camera_on(Talk::PhoneCall).await;
    cleo.is_seen_by("Ana").await;
    (ana, cleo)
}

#[tokio::test]
async fn in_a_dark_room_both_read_it_and_the_customer_turns_on_the_light_at_once() {
    play("coach dark", async |stage| {
        let (ana, cleo) = in_front_of(stage, Scene::Dark).await;
        cleo.reads("It is very dark.").await;
        ana.reads("It is very dark.").await;
        cleo.photograph("dark").await;
        ana.photograph("dark").await;
        cleo.is_accessible("a hint").await;
        ana.is_accessible("a hint").await;
        cleo.press_button("Turn on the light?").await;
        cleo.sees(button("Light off")).await;
        let script = "return farhandLenses.at(-1).torch === true;";
        cleo.waits_for::<bool>("the light", script, vec![json!(null)]).await;
        cleo.sees_no_more(button("Turn on the light?")).await;
        ana.sees_no_more(button("Turn on the light?")).await;
    })
    .await;
}

#[tokio::test]
async fn who_shakes_is_asked_to_hold_still() {
    play("coach shaking", async |stage| {
        let (ana, cleo) = in_front_of(stage, Scene::Shaking).await;
        cleo.reads("Hold still.").await;
        ana.reads("Hold still.").await;
        cleo.photograph("shaking").await;
    })
    .await;
}
