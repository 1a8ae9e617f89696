//! Pictures of the screens for README and docs, of a scene that looks like work. With `E2E_PICTURES=docs/pictures` they
//! are kept there; without it they stay among the evidence, and what they show is played all the same.

use std::path::PathBuf;

use farhand_e2e::{
    Stage,
    browser::{Chromium, Kind, Screen},
    drawing,
    find::{button, radio, tab},
    page::{LiveInk, Page, Spot},
    person::{Agent, Customer, Invite, NUMBER, Start, Talk},
    play_alone, see,
    see::PATIENCE,
    stack::Options,
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
    let camera = drawing::camera_of_drawing(&painter, include_str!("../boiler.svg")).await;
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
    let (desk, own) = ("Customer's camera", "Your camera");
    ana.press_button("Draw").await;
    draws_live(ana, desk, &ring((0.375, 0.83), (0.09, 0.13))).await;
    sees_ink(cleo, own, LiveInk::Agents).await;
    draws_live(cleo, own, &[(0.57, 0.62)]).await;
    sees_ink(ana, desk, LiveInk::Customers).await;
    of_desk(stage, ana, "live").await;
    of_phone(stage, cleo, "live").await;
    ana.lifts(ana.spot(desk, (0.375, 0.7)).await).await;
    cleo.lifts(cleo.spot(own, (0.57, 0.62)).await).await;
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

async fn still(stage: &Stage, ana: &Agent, cleo: &Customer) {
    ana.press_button("Screenshot").await;
    for side in [&**ana as &Page, cleo] {
        side.sees_still_sharp().await;
    }
    ana.press_button("Arrow").await;
    ana.draws_on_still(&[(0.2, 0.92), (0.28, 0.88), (0.34, 0.82)]).await;
    ana.press_button("Number").await;
    ana.draws_on_still(&[(0.5, 0.59)]).await;
    ana.draws_on_still(&[(0.17, 0.93)]).await;
    ana.press_button("Text").await;
    ana.draws_on_still(&[(0.52, 0.9)]).await;
    ana.keys("a quarter turn to the left\u{e007}").await;
    cleo.press_button("Circle").await;
    cleo.draws_on_still(&[(0.3, 0.51), (0.4, 0.6), (0.48, 0.67)]).await;
    let marks = "Picture 1 with 4 marks by Ana and 1 by you";
    cleo.sees_still(marks).await;
    ana.sees_still("Picture 1 with 1 mark by Cleo and 4 by you").await;
    cleo.is_told_of_no_picture().await;
    of_desk(stage, ana, "still").await;
    of_phone(stage, cleo, "still").await;
    ana.press_button("Send to chat").await;
    ana.sees_no_more(Page::still()).await;
}

async fn photos(stage: &Stage, ana: &Agent, cleo: &Customer) {
    cleo.press(radio("Photo")).await;
    for number in ["Photo 2, Sent", "Photo 3, Sent"] {
        cleo.press_button("Take photo").await;
        cleo.sees(button(number)).await;
    }
    ana.fill("Ask for a photo of", "the label, from close by").await;
    ana.press_button("Ask").await;
    cleo.reads("Please take a photo of the label, from close by").await;
    cleo.sees_no_more(button("Retake")).await;
    of_phone(stage, cleo, "photo").await;
    ana.press(tab("Pictures")).await;
    ana.sees(button("Save picture 4")).await;
    of_desk(stage, ana, "gallery").await;
}

#[tokio::test]
async fn every_screen_has_a_picture() {
    play_alone("pictures", Options::default(), async |stage| {
        let (ana, cleo) = come(stage).await;
        live(stage, &ana, &cleo).await;
        chat(stage, &ana, &cleo).await;
        still(stage, &ana, &cleo).await;
        photos(stage, &ana, &cleo).await;
    })
    .await;
}
