//! The harness itself, tried on a small page of its own: what it finds, what it waits for, what it refuses.

use std::time::Duration;

use axum::{Router, response::Html, routing::get};
use farhand_e2e::{
    browser::{Chromium, Kind, Permission, Screen},
    evidence::Evidence,
    find::{Thing, button, checkbox, dialog, heading, link},
    page::Page,
    sound::Voice,
};
use serde_json::json;

/// Serves the page until the test ends, and says where.
async fn serve() -> String {
    let app = Router::new().route("/", get(async || Html(include_str!("harness/page.html"))));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound port");
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}/")
}

#[tokio::test]
async fn a_person_finds_things_by_role_and_name() {
    let page = Page::start("Ana", Kind::laptop(), &Evidence::of("harness finds")).await;
    page.open(&serve().await).await;

    page.sees(heading("Harness")).await;
    page.sees(link("Read more about pumps")).await;
    page.sees(button("Turn on camera")).await;
    assert!(!page.sees_now(&button("Camera")).await, "a name counts as a whole");
    assert!(page.sees_now(&button("Camera").loosely()).await);
    assert!(!page.sees_now(&button("Hidden")).await, "what is hidden is not there");
    assert!(!page.can_use_now(&button("Not yet")).await);
    page.fill("Your name", "Ana María").await;
    assert_eq!(page.value_of("Your name").await, "Ana María");
    page.press(checkbox("I agree")).await;
    page.choose("Language", "Deutsch").await;
    page.reads("Language de").await;

    page.press(button("Late button")).await;
    page.reads("pressed late").await;

    page.press(button("Ask")).await;
    page.sees(dialog("Sure?")).await;
    assert!(
        !page.sees_now(&button("Turn on camera")).await,
        "a modal dialog hides the rest"
    );
    page.press(button("Yes").within(dialog("Sure?"))).await;
    page.sees_no_more(dialog("Sure?")).await;
    assert!(page.outline().await.contains("button \"Turn on camera\""));
    page.is_accessible("start").await;
}

/// What somebody has left in the browser.
async fn left_behind(page: &Page) -> serde_json::Value {
    let look = "return { cookie: document.cookie, script: window.ana ?? null, stored: localStorage.ana ?? null,
        dark: matchMedia('(prefers-color-scheme: dark)').matches,
        phone: [innerWidth, navigator.maxTouchPoints > 0, navigator.userAgent.includes('Android')] };";
    page.waits_for("what was left", look, vec![]).await
}

async fn windows(page: &Page) -> usize {
    let targets = page.browser().devtools("Target.getTargets", json!({})).await;
    let targets = targets["targetInfos"].as_array().expect("a list of targets");
    targets.iter().filter(|target| target["type"] == "page").count()
}

#[tokio::test]
async fn the_next_person_at_a_browser_finds_nothing_of_the_one_before() {
    let (address, evidence) = (serve().await, Evidence::of("harness next"));
    let nothing = |stored: Option<&str>| json!({ "cookie": "", "script": null, "stored": stored, "dark": false, "phone": [390, true, true] });
    let page = Page::start("Ana", Kind::phone(), &evidence).await;
    page.browser().before_every_page("window.ana = true;").await;
    page.open(&address).await;
    page.wishes(&[("prefers-color-scheme", "dark")]).await;
    let leave = "document.cookie = 'ana=here'; localStorage.ana = 'here'; console.error('Ana'); open(location.href); return true;";
    page.waits_for::<bool>("something to be left", leave, vec![]).await;
    let everything =
        json!({ "cookie": "ana=here", "script": true, "stored": "here", "dark": true, "phone": [390, true, true] });
    assert_eq!(left_behind(&page).await, everything);
    assert_eq!(windows(&page).await, 2);
    page.gives_browser_back().await;

    let page = Page::start("Ben", Kind::phone(), &evidence).await;
    page.open(&address).await;
    assert_eq!(
        left_behind(&page).await,
        nothing(Some("here")),
        "the same browser: storage is by port"
    );
    assert_eq!(windows(&page).await, 1);
    assert_eq!(page.console_errors().await, [""; 0]);
    // What the whole browser was told is not taken back.
    page.browser().permit("camera", Permission::Denied, None).await;
    page.gives_browser_back().await;

    let page = Page::start("Cleo", Kind::phone(), &evidence).await;
    page.open(&address).await;
    assert_eq!(left_behind(&page).await, nothing(None), "another browser");
}

#[tokio::test]
async fn the_picture_and_the_tone_survive_a_peer_connection() {
    let page = Page::start("Cleo", Kind::phone(), &Evidence::of("harness media")).await;
    page.open(&serve().await).await;
    page.press_button("Call myself").await;
    page.sees_the_picture_move(Some("Remote picture")).await;
    page.hears(Voice::Phone).await;
    let glimpse = page.glimpse(Some("Remote picture")).await.expect("a picture");
    assert!(
        glimpse.corners[0][0] > 180,
        "white in the upper left corner: {glimpse:?}"
    );
    assert!(
        glimpse.corners[1..].iter().all(|corner| corner[0] < 90),
        "black in the others: {glimpse:?}"
    );
    assert!(page.longest_freeze(None, Duration::from_secs(2)).await < Duration::from_secs(1));
    page.press_button("Stop sending").await;
    page.sees_the_picture_stop(Some("Remote picture")).await;
    page.hears_nothing().await;
    page.photograph("stopped").await;
}

#[tokio::test]
async fn the_camera_question_can_be_refused_left_open_and_allowed() {
    let phone = |camera| Chromium {
        camera,
        ..Chromium::on(Screen::PHONE)
    };
    let site = serve().await;
    let page = Page::start(
        "Cleo",
        Kind::Chromium(phone(Permission::Denied)),
        &Evidence::of("harness permission"),
    )
    .await;
    page.open(&site).await;
    page.press_button("Turn on camera").await;
    page.reads("NotAllowedError").await;
    page.browser().permit("camera", Permission::Unanswered, None).await;
    page.reload().await;
    page.press_button("Turn on camera").await;
    page.reads("asking").await;
    page.browser().permit("camera", Permission::Allowed, None).await;
    page.reload().await;
    page.press_button("Turn on camera").await;
    page.reads("camera on").await;
    let size: Vec<u32> = page
        .waits_for("the size of a phone", "return [innerWidth, devicePixelRatio]", vec![])
        .await;
    assert_eq!(size, [390, 3]);
}

#[tokio::test]
async fn firefox_and_webkit_show_the_page_too() {
    let site = serve().await;
    for (who, kind) in [("Fox", Kind::Firefox), ("Kit", Kind::WebKit)] {
        let page = Page::start(who, kind, &Evidence::of(&format!("harness {who}"))).await;
        page.open(&site).await;
        page.fill("Your name", who).await;
        page.press(button("Late button")).await;
        page.reads("pressed late").await;
        page.photograph("page").await;
        let sum: u32 = page.waits_for("a sum", "return arguments[0] + 1", vec![json!(1)]).await;
        assert_eq!(sum, 2);
    }
}

#[tokio::test]
#[should_panic(expected = "Ana waited in vain for button \"Nowhere\"")]
async fn what_never_comes_fails_with_what_was_there_instead() {
    let page = Page::start("Ana", Kind::laptop(), &Evidence::of("harness gives up")).await;
    page.open(&serve().await).await;
    page.sees_within(Duration::from_millis(200), Thing::new("button", "Nowhere"))
        .await;
}
