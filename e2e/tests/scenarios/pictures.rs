//! Pictures of the screens for README and docs, of a scene that looks like work. With `E2E_PICTURES=docs/pictures` they
//! are kept there; without it they stay among the evidence, and what they show is played all the same.

use std::path::PathBuf;

use farhand_e2e::{
    Stage,
    browser::{Chromium, Kind, Screen},
    drawing,
    page::{LiveInk, Page, Spot},
    person::{Agent, Customer, Invite, NUMBER, Start, Talk},
    play, see,
    see::PATIENCE,
};

/// No picture of a screen may weigh more.
const MOST_BYTES: u64 = 150_000;

/// Where the pictures go.
fn folder(stage: &Stage) -> PathBuf {
    let wanted = std::env::var_os("E2E_PICTURES");
    wanted.map_or_else(
        || stage.evidence().folder().to_owned(),
        |folder| farhand_e2e::root().join(folder),
    )
}

async fn picture(stage: &Stage, page: &Page, name: &str, width: u32) {
    let file = folder(stage).join(format!("{name}.webp"));
    drawing::save_screen(page, &file, width).await;
    let bytes = std::fs::metadata(&file).map(|data| data.len()).unwrap_or_default();
    assert!((1..MOST_BYTES).contains(&bytes), "{} has {bytes} bytes", file.display());
}

async fn of_phone(stage: &Stage, page: &Page, name: &str) {
    picture(stage, page, &format!("customer-{name}"), 500).await;
}

async fn of_desk(stage: &Stage, page: &Page, name: &str) {
    picture(stage, page, &format!("agent-{name}"), 1280).await;
}

/// Draws along places of the live picture and keeps the pen down: what is being drawn does not fade.
async fn draws_live(page: &Page, label: &str, along: &[Spot]) {
    for (index, share) in along.iter().enumerate() {
        let spot = page.spot(label, *share).await;
        if index == 0 {
            page.touches(spot).await;
        } else {
            page.slides(spot).await;
        }
    }
}

async fn sees_ink(page: &Page, label: &str, ink: LiveInk) {
    let seen = see::until(PATIENCE, async || {
        (page.painted(label, ink).await.0 > 100).then_some(())
    });
    assert!(seen.await.is_ok(), "{} sees no {ink:?}", page.who());
}

/// A hand-drawn ring around a place.
fn ring((x, y): Spot, (across, down): Spot) -> Vec<Spot> {
    let spot = |step: u32| {
        let angle = f64::from(step) / 20.0 * core::f64::consts::TAU;
        let grows = 1.0 + 0.004 * f64::from(step);
        (x + across * grows * angle.sin(), y - down * grows * angle.cos())
    };
    (0..=20).map(spot).collect()
}

async fn come(stage: &Stage) -> (Agent, Customer) {
    let painter = stage.person("Painter", Kind::laptop()).await;
    let camera = drawing::camera_of_drawing(&painter, include_str!("boiler.svg")).await;
    stage.goes(&painter);
    drop(painter);
    let ana = Agent::first_with(stage, "Ana", Kind::laptop()).await;
    of_desk(stage, &ana, "home").await;
    ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
    let link = stage.stack.phones.sms_for(NUMBER).await.link();
    let mut phone = Chromium::on(Screen::PHONE);
    phone.flags.push(camera);
    let cleo = Customer::with(stage, "Cleo", Kind::Chromium(phone)).await;
    cleo.taps_link(&link).await;
    of_phone(stage, &cleo, "start").await;
    cleo.turns_camera_on(Talk::Page).await;
    cleo.is_seen_by("Ana").await;
    let sharp = "return findAll({ role: 'video', name: \"Customer's camera\", exact: true })[0]?.videoWidth >= 1280;";
    ana.waits_for::<bool>("a sharp picture", sharp, vec![]).await;
    (ana, cleo)
}

async fn live(stage: &Stage, ana: &Agent, cleo: &Customer) {
    let desk = "Customer's camera";
    ana.press_button("Draw").await;
    draws_live(ana, desk, &ring((0.375, 0.83), (0.09, 0.13))).await;
    sees_ink(cleo, "Your camera", LiveInk::Agents).await;
    of_desk(stage, ana, "live").await;
    of_phone(stage, cleo, "live").await;
    ana.lifts(ana.spot(desk, (0.375, 0.7)).await).await;
}

async fn chat(stage: &Stage, ana: &Agent, cleo: &Customer) {
    cleo.press_button("Chat").await;
    for (page, words) in [
        (&**ana as &Page, "Please show me the label, and the display below it."),
        (cleo, "It says F 28, and it drips here."),
        (ana, "That is the pressure. I will show you which handle to turn."),
    ] {
        page.fill("Message", words).await;
        page.press_button("Send").await;
        for side in [&**ana as &Page, cleo] {
            side.reads(words).await;
        }
    }
    of_phone(stage, cleo, "chat").await;
    cleo.press_button("Close chat").await;
}

#[tokio::test]
async fn the_call_has_its_pictures() {
    play("pictures", async |stage| {
        let (ana, cleo) = come(stage).await;
        live(stage, &ana, &cleo).await;
        chat(stage, &ana, &cleo).await;
    })
    .await;
}
