//! Pictures by the customer's device: screenshots, photos by either side's shutter, photos without a signal.

use farhand_e2e::{
    Stage,
    browser::Kind,
    find::{Thing, button, radio, region},
    page::{Chosen, Page},
    person::{Agent, Customer, Invite, NUMBER, Start, Talk},
    play,
};
use serde::Deserialize;
use serde_json::{Value, json};

const TAKEN: &str = "Picture taken. You can put the phone down.";

/// Something that the customer's page has uploaded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Uploaded {
    file: String,
    hash: String,
    width: u32,
    height: u32,
}

/// Something that the customer's browser keeps.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Kept {
    file: String,
    hash: String,
}

/// Ana and Cleo in a call; what Cleo uploads is watched.
async fn in_watched_call(stage: &Stage) -> (Agent, Customer) {
    let ana = Agent::first(stage, "Ana").await;
    ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
    let sms = stage.stack.phones.sms_for(NUMBER).await;
    let cleo = Customer::with(stage, "Cleo", Kind::phone_with_large_picture()).await;
    cleo.browser().before_every_page(include_str!("photo.js")).await;
    cleo.taps_link(&sms.link()).await;
    cleo.turns_camera_on(Talk::Page).await;
    cleo.is_seen_by("Ana").await;
    ana.sees_the_customer().await;
    (ana, cleo)
}

async fn to_photo_mode(ana: &Agent, cleo: &Customer) {
    cleo.press(radio("Photo")).await;
    cleo.sees(button("Take photo")).await;
    ana.sees(region("Photos")).await;
}

fn newest_photo() -> Thing {
    Thing::new("img", "Newest photo")
}

/// Waits until the photo on Ana's stage has this many pixels across.
async fn shows_photo(ana: &Page, what: &str, test: &str) -> (u32, u32) {
    let script = format!(
        r#"const photo = document.querySelector('img[alt="Newest photo"]');
           if (!photo?.complete || !photo.naturalWidth) return null;
           const width = photo.naturalWidth;
           return {test} ? [width, photo.naturalHeight] : null;"#
    );
    ana.waits_for(what, &script, vec![]).await
}

/// The size of what the camera gives.
async fn camera_size(cleo: &Page) -> (u32, u32) {
    let script = r#"
        const track = document.querySelector('video[aria-label="Your camera"]')?.srcObject?.getVideoTracks()[0];
        const { width, height } = track?.getSettings() ?? {};
        return width ? [width, height] : null;"#;
    cleo.waits_for("the camera's size", script, vec![]).await
}

/// What the page answers to an asynchronous question.
async fn answers(page: &Page, question: &str) -> Value {
    let start = format!(
        "const key = {key}; window.farhandAnswers ??= {{}};
         {question}.then((answer) => {{ window.farhandAnswers[key] = [answer]; }});
         return true;",
        key = json!(question)
    );
    let read = "const found = window.farhandAnswers?.[arguments[0]]; if (!found) return null;
                delete window.farhandAnswers[arguments[0]]; return found;";
    let _: bool = page.waits_for("the question to be asked", &start, vec![]).await;
    let answer: [Value; 1] = page.waits_for(question, read, vec![json!(question)]).await;
    let [answer] = answer;
    answer
}

async fn uploaded(cleo: &Page) -> Vec<Uploaded> {
    let mut list: Vec<Uploaded> =
        serde_json::from_value(answers(cleo, "window.farhandUploads()").await).expect("uploads");
    list.sort();
    list
}

async fn kept(cleo: &Page) -> Vec<Kept> {
    let mut list: Vec<Kept> = serde_json::from_value(answers(cleo, "window.farhandKept()").await).expect("kept");
    list.sort();
    list
}

/// Size of what the server gives Ana for a file.
async fn served(ana: &Page, file: &str) -> (u32, u32) {
    let question = format!(
        "fetch('/api/files/{file}?size=whole').then((answer) => answer.blob()).then(createImageBitmap)\
         .then((picture) => [picture.width, picture.height])"
    );
    serde_json::from_value(answers(ana, &question).await).expect("a size")
}

async fn hold(cleo: &Page) {
    let script = "sessionStorage.setItem('farhandHold', '1'); return (window.farhandHold = true);";
    let _: bool = cleo.waits_for("uploads to be held", script, vec![]).await;
}

async fn release(cleo: &Page) {
    let _: bool = cleo
        .waits_for("uploads to go on", "window.farhandRelease(); return true;", vec![])
        .await;
}

#[tokio::test]
async fn a_screenshot_is_as_large_as_the_camera_and_the_customer_is_told() {
    play("screenshot", async |stage| {
        let (ana, cleo) = in_watched_call(stage).await;
        let camera = camera_size(&cleo).await;
        ana.press_button("Screenshot").await;
        cleo.reads(TAKEN).await;
        cleo.photograph("told").await;
        let sent = cleo
            .waits_for::<usize>(
                "the upload",
                "return Object.keys(window.farhandSent).length || null;",
                vec![],
            )
            .await;
        assert_eq!(sent, 1);
        let sent = uploaded(&cleo).await;
        let still = &sent[0];
        assert_eq!((still.width, still.height), camera, "the picture that was sent");
        assert_eq!(served(&ana, &still.file).await, camera, "the picture that is stored");
    })
    .await;
}

#[tokio::test]
async fn a_photo_is_there_small_at_once_and_then_sharp() {
    play("photo", async |stage| {
        let (ana, cleo) = in_watched_call(stage).await;
        to_photo_mode(&ana, &cleo).await;
        cleo.is_accessible("photo mode").await;
        hold(&cleo).await;
        cleo.press_button("Take photo").await;
        let (small, _) = shows_photo(&ana, "the small photo", "width <= 640").await;
        assert!(small > 0);
        ana.reads("The sharp picture is on its way").await;
        ana.photograph("small photo").await;
        cleo.photograph("photo being sent").await;
        release(&cleo).await;
        let (width, height) = shows_photo(&ana, "the sharp photo", "width > 640").await;
        let sent = uploaded(&cleo).await;
        assert_eq!((sent[0].width, sent[0].height), (width, height));
        cleo.sees(button("Photo 1, Sent")).await;
        ana.photograph("sharp photo").await;
        ana.is_accessible("photo mode").await;
        cleo.photograph("photo sent").await;
    })
    .await;
}

#[tokio::test]
async fn the_agent_asks_for_a_photo_and_takes_one() {
    play("asked photo", async |stage| {
        let (ana, cleo) = in_watched_call(stage).await;
        to_photo_mode(&ana, &cleo).await;
        ana.fill("Ask for a photo of", "the type plate").await;
        ana.press_button("Ask").await;
        cleo.reads("Ana asks: Please take a photo of the type plate").await;
        ana.reads("Asked for a photo of the type plate").await;
        cleo.photograph("asked").await;
        ana.press_button("Take photo").await;
        cleo.reads(TAKEN).await;
        ana.sees(newest_photo()).await;
        // The photo answers the question.
        cleo.reads_no_more("Please take a photo of").await;
        ana.reads_no_more("Asked for a photo of").await;
    })
    .await;
}

#[tokio::test]
async fn photos_without_a_signal_arrive_when_it_returns() {
    play("photos offline", async |stage| {
        let (ana, cleo) = in_watched_call(stage).await;
        to_photo_mode(&ana, &cleo).await;
        hold(&cleo).await;
        stage.stack.server.kill();
        cleo.reads("Connection lost").await;
        cleo.press_button("Take photo").await;
        cleo.reads("1 photo waiting").await;
        cleo.press_button("Take photo").await;
        cleo.reads("2 photos waiting").await;
        cleo.photograph("two waiting").await;
        let waiting = kept(&cleo).await;
        assert_eq!(waiting.len(), 2);

        stage.stack.server.start_again().await;
        ana.reads("2 photos waiting").await;
        ana.photograph("two waiting").await;
        release(&cleo).await;
        ana.reads_no_more("2 photos waiting").await;
        cleo.reads_no_more("photos waiting").await;
        cleo.sees(button("Photo 2, Sent")).await;
        let sent = uploaded(&cleo).await;
        let hashes: Vec<_> = sent.iter().map(|one| (&one.file, &one.hash)).collect();
        let expected: Vec<_> = waiting.iter().map(|one| (&one.file, &one.hash)).collect();
        assert_eq!(hashes, expected, "what was kept is what was sent, byte for byte");
        for one in &sent {
            // Stored pictures are encoded anew by the server: their size in pixels must be the same.
            assert_eq!(served(&ana, &one.file).await, (one.width, one.height));
        }
        // The browser keeps nothing that has arrived.
        cleo.waits_for::<bool>(
            "an empty database",
            "window.farhandKept().then((kept) => { window.farhandLeft = kept.length; });
             return window.farhandLeft === 0;",
            vec![],
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_reload_loses_no_photo_and_the_mode_stays() {
    play("photo reload", async |stage| {
        let (ana, cleo) = in_watched_call(stage).await;
        to_photo_mode(&ana, &cleo).await;
        hold(&cleo).await;
        cleo.press_button("Take photo").await;
        shows_photo(&ana, "the small photo", "width <= 640").await;
        cleo.comes_back().await;
        cleo.sees(button("Take photo")).await;
        release(&cleo).await;
        shows_photo(&ana, "the sharp photo", "width > 640").await;

        cleo.ends().await;
        ana.press_button("Rejoin session").await;
        cleo.press_button("Rejoin session").await;
        cleo.sees(button("Take photo")).await;
        ana.sees(region("Photos")).await;
        ana.sees(newest_photo()).await;
    })
    .await;
}

#[tokio::test]
async fn pictures_of_the_gallery_are_sent_without_their_place() {
    play("gallery", async |stage| {
        let (ana, cleo) = in_watched_call(stage).await;
        to_photo_mode(&ana, &cleo).await;
        let picture = Chosen::Picture {
            width: 900,
            height: 700,
        };
        cleo.chooses("From gallery", "IMG_1.png", picture).await;
        let (width, height) = shows_photo(&ana, "the picture", "width > 640").await;
        assert_eq!((width, height), (900, 700));
    })
    .await;
}
