//! More people in a call: a guest who is let in, takes part and is sent away, and the pages of guests and viewers.

use farhand_e2e::{
    Stage,
    browser::{Kind, Permission},
    find::{Thing, button, entry, field},
    page::{LiveInk, MOUSE, Page, Window},
    person::{Agent, Customer, Invite, Start, in_call},
    play, see,
    see::PATIENCE,
};
use serde_json::json;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

pub(crate) const PICTURE: &str = "Customer's camera";

pub(crate) fn dialog() -> Thing {
    Thing::new("dialog", "Add people")
}

/// Makes a link at the desk and reads it.
pub(crate) async fn makes_link(ana: &Page, by: &str) -> String {
    ana.press_button("Add people").await;
    ana.sees(dialog()).await;
    let fields =
        r#"return findAll({ role: "textbox", name: "Link to pass on", exact: true }).map((each) => each.value);"#;
    let before: Vec<String> = ana.waits_for("the links", fields, vec![]).await;
    ana.press(button(by).within(dialog())).await;
    let script = format!(
        "{{ const links = (() => {{ {fields} }})();
            return links.find((link) => link && !arguments[0].includes(link)) ?? null; }}"
    );
    let link: String = ana.waits_for("the new link", &script, vec![json!(before)]).await;
    ana.is_accessible("people dialog").await;
    ana.photograph("people dialog").await;
    if by == "Make a guest link" {
        copies(ana, &link).await;
    }
    ana.press(button("Close").within(dialog())).await;
    link
}

/// What the first button copies is the guests' link.
async fn copies(ana: &Page, link: &str) {
    ana.browser().permit("clipboard-read", Permission::Allowed, None).await;
    ana.press(button("Copy link").within(dialog())).await;
    let copied = "const text = await navigator.clipboard.readText(); return text === arguments[0];";
    let copied = format!("return (async () => {{ {copied} }})();");
    ana.waits_for::<bool>("the copied link", &copied, vec![json!(link)])
        .await;
}

/// Somebody without an account opens a visitor's link and types their name.
pub(crate) async fn comes(stage: &Stage, name: &str, link: &str, heading: &str, press: &str) -> Arc<Page> {
    let page = stage.person(name, Kind::laptop()).await;
    comes_as(&page, name, link, heading, press).await;
    page
}

/// The same with a page that is there.
pub(crate) async fn comes_as(page: &Page, name: &str, link: &str, heading: &str, press: &str) {
    page.open(link).await;
    page.sees(Thing::new("heading", heading)).await;
    page.is_accessible("visitor's door").await;
    page.fill("Your name", name).await;
    page.press_button(press).await;
}

pub(crate) async fn guest(stage: &Stage, ana: &Agent, name: &str, link: &str) -> Arc<Page> {
    let heading = "Ana invites you to help in a video session";
    let gil = comes(stage, name, link, heading, "Ask to come in").await;
    gil.sees(Thing::new("heading", "Read this number to the agent")).await;
    gil.is_accessible("number to read out").await;
    gil.photograph("number").await;
    let digits = |text: &str| {
        let mut words = text.split_whitespace();
        let code = words.find(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()));
        code.map(str::to_owned)
    };
    let code = gil.finds_in_text("the number", digits).await;
    ana.reads(&format!("{name} wants to come in · Guest, code {code}"))
        .await;
    ana.is_accessible("guest at the door").await;
    ana.photograph("guest at the door").await;
    let wrong = if code == "0000" { "0001" } else { "0000" };
    ana.fill("Guest's number", wrong).await;
    ana.press_button("Let in by number").await;
    ana.reads("No guest at the door has this number.").await;
    ana.fill("Guest's number", &code).await;
    ana.press_button("Let in by number").await;
    gil
}

/// Whoever is in the list of people, by name and role.
pub(crate) async fn lists(ana: &Page, name: &str, role: &str) {
    ana.reads(&format!("{name} {role}")).await;
}

async fn says(from: &Page, to: &[&Page], words: &str) {
    from.fill("Message", words).await;
    from.press_button("Send").await;
    for page in to {
        page.reads(words).await;
    }
}

/// Any camera can be the large one; the small ones come in two sizes.
async fn looks_at_everybody(ana: &Page) {
    ana.press_button("Show Gil large").await;
    ana.sees_the_picture_move(Some("Gil")).await;
    ana.sees_no_more(button("Show Gil large")).await;
    ana.press_button("Larger cameras").await;
    ana.sees_the_picture_move(Some("Cleo")).await;
    ana.is_accessible("larger cameras").await;
    ana.photograph("larger cameras").await;
    ana.press_button("Smaller cameras").await;
    ana.press_button("Show Cleo large").await;
    ana.sees_the_picture_move(Some(PICTURE)).await;
}

/// Ink, voice and chat are taken from the guest and given back.
async fn keeps_to_what_the_agent_lets(ana: &Page, gil: &Page) {
    let choices = ["May draw", "May speak", "Sees the chat"].map(|name| Thing::new("checkbox", name));
    for choice in &choices {
        ana.press(choice.clone()).await;
    }
    gil.reads("The agent has not let you draw. The agent has not let you speak.")
        .await;
    gil.sees_no_more(button("Draw")).await;
    gil.sees_no_more(field("Message")).await;
    assert!(!gil.can_use_now(&button("Microphone")).await, "the guest could speak");
    gil.is_accessible("guest who only looks on").await;
    ana.photograph("guest who only looks on").await;
    gil.photograph("guest who only looks on").await;
    says(ana, &[], "only between us").await;
    for choice in &choices {
        ana.press(choice.clone()).await;
    }
    gil.sees(button("Draw")).await;
    says(ana, &[gil], "this one is for all").await;
    let kept = gil.finds_in_text("the chat", |text| Some(!text.contains("only between us")));
    assert!(kept.await, "the guest reads what was kept from them");
}

/// The agent can hide a guest's or the customer's picture; they are told so and cannot show it themselves. How long the first
/// took.
async fn hides_and_shows(ana: &Page, cleo: &Page, gil: &Page) -> Duration {
    let pressed = Instant::now();
    ana.press_button("Hold camera: Gil").await;
    gil.reads("An agent has put your camera on hold.").await;
    let held_after = pressed.elapsed();
    ana.sees_no_more(Thing::new("video", "Gil")).await;
    gil.is_accessible("on hold").await;
    ana.press_button("Show camera: Gil").await;
    ana.sees_the_picture_move(Some("Gil")).await;
    ana.press_button("Hold camera: Cleo").await;
    cleo.reads("Ana has put your camera on hold.").await;
    ana.reads("The customer's camera is on hold").await;
    for page in [ana, gil] {
        let dark = see::until(PATIENCE, async || {
            let glimpse = page.glimpse(Some(PICTURE)).await;
            glimpse
                .is_none_or(|glimpse| glimpse.middle.iter().all(|value| *value < 25))
                .then_some(())
        });
        assert!(dark.await.is_ok(), "the customer's picture is still seen");
    }
    cleo.is_accessible("on hold").await;
    cleo.photograph("on hold").await;
    ana.photograph("on hold").await;
    ana.press_button("Show camera: Cleo").await;
    for page in [ana, gil] {
        page.sees_the_picture_move(Some(PICTURE)).await;
    }
    held_after
}

#[tokio::test]
async fn a_guest_is_let_in_takes_part_and_is_sent_away() {
    play("guest", async |stage| {
        let (ana, cleo): (Agent, Customer) = in_call(stage).await;
        let link = makes_link(&ana, "Make a guest link").await;
        let gil = guest(stage, &ana, "Gil", &link).await;
        for page in [&*ana as &Page, &cleo] {
            page.reads("Gil (guest) is here now.").await;
        }
        gil.sees_the_picture_move(Some(PICTURE)).await;
        lists(&ana, "Gil", "Guest").await;
        for (name, role) in [("Ana", "Agent"), ("Cleo", "Customer"), ("Gil (you)", "Guest")] {
            lists(&gil, name, role).await;
        }
        gil.is_accessible("guest in the call").await;

        // Everybody sees the guest's camera and reads what the guest writes.
        gil.press_button("Camera").await;
        for page in [&*ana as &Page, &cleo] {
            page.sees_the_picture_move(Some("Gil")).await;
        }
        says(&gil, &[&ana], "I know this boiler").await;
        keeps_to_what_the_agent_lets(&ana, &gil).await;
        looks_at_everybody(&ana).await;
        // Of several who show themselves the customer looks at whom they choose.
        ana.press_button("Camera").await;
        cleo.sees_the_picture_move(Some("Ana")).await;
        cleo.press_button("Small picture").await;
        cleo.press(entry("Show Gil")).await;
        cleo.sees_the_picture_move(Some("Gil")).await;
        cleo.press_button("Small picture").await;
        cleo.press(entry("Larger or smaller")).await;
        cleo.photograph("guest in the small picture").await;
        ana.press_button("Camera").await;

        let held_after = hides_and_shows(&ana, &cleo, &gil).await;
        ana.photograph("guest's camera").await;
        gil.photograph("in the call").await;
        gil.press_button("Camera").await;
        ana.sees_no_more(Thing::new("video", "Gil")).await;

        // The guest points at the customer's picture.
        gil.press_button("Draw").await;
        let (from, to) = (gil.spot(PICTURE, (0.3, 0.4)).await, gil.spot(PICTURE, (0.7, 0.6)).await);
        gil.draws(from, to).await;
        let seen = see::until(PATIENCE, async || {
            (cleo.painted("Your camera", LiveInk::Guests).await.0 > 100).then_some(())
        });
        assert!(seen.await.is_ok(), "the customer sees no ink of the guest");

        // A reload brings the same guest back without another number.
        gil.reload().await;
        gil.sees_the_picture_move(Some(PICTURE)).await;

        let pressed = Instant::now();
        ana.press_button("Send away: Gil").await;
        gil.sees(Thing::new("heading", "You are not in this session")).await;
        let gone_after = pressed.elapsed();
        cleo.reads("Gil (guest) has left.").await;
        // For people to read: from the agent's press to the words on the other screen, the driver's own time included.
        let figures = format!("on hold after {held_after:?}\nsent away after {gone_after:?}\n");
        stage.evidence().note("effects.txt", &figures);
        gil.reads("The agent has ended your visit.").await;
        gil.is_accessible("sent away").await;
        ana.sees_no_more(button("Send away: Gil")).await;
        ana.sees_the_customer().await;
        cleo.is_seen_by("Ana").await;
    })
    .await;
}

#[tokio::test]
async fn the_pages_of_guests_and_viewers_are_for_everybody() {
    play("visitors' pages", async |stage| {
        let (ana, _cleo) = in_call(stage).await;
        let link = makes_link(&ana, "Make a guest link").await;
        let gil = stage.person("Gil", Kind::laptop()).await;
        gil.open(&link).await;
        gil.sees(Thing::new("heading", "Ana invites you to help in a video session"))
            .await;
        gil.is_for_everybody(MOUSE, "guest's door").await;
        gil.fill("Your name", "Gil").await;
        gil.press_button("Ask to come in").await;
        gil.sees(Thing::new("heading", "Read this number to the agent")).await;
        // The camera can be tried at the door; nobody sees it yet.
        gil.press_button("Camera").await;
        gil.sees_the_picture_move(Some("Your camera")).await;
        gil.is_for_everybody(MOUSE, "number to read out").await;
        ana.press_button("Ask for a moment").await;
        gil.reads("The agent knows that you are here and lets you in soon.")
            .await;
        ana.press_button("Decline").await;
        gil.sees(Thing::new("heading", "You are not in this session")).await;
        gil.photograph("declined").await;
        gil.open("about:blank").await;
        gil.open(&link).await;
        gil.fill("Your name", "Gil").await;
        gil.press_button("Ask to come in").await;
        // What a guest may do is chosen at the door already.
        let sees_chat = || Thing::new("checkbox", "Sees the chat");
        ana.press(sees_chat()).await;
        ana.press_button("Admit").await;
        gil.reads("The agent keeps the chat to the others.").await;
        ana.press(sees_chat()).await;
        gil.sees(field("Message")).await;
        gil.sees_the_picture_move(Some(PICTURE)).await;
        gil.is_for_everybody(MOUSE, "guest in the call").await;
        gil.fits(Window::of(390, 844), MOUSE, "guest on a phone").await;
        gil.press_button("Leave").await;
        gil.sees(Thing::new("heading", "You have left")).await;
        gil.is_for_everybody(MOUSE, "guest has left").await;
        stage.goes(&gil);
        drop(gil);

        let link = makes_link(&ana, "Make an external view link").await;
        let vera = stage.person("Vera", Kind::laptop()).await;
        vera.open(&link).await;
        vera.sees(Thing::new("heading", "Ana invites you to watch a video session"))
            .await;
        vera.is_for_everybody(MOUSE, "viewer's door").await;
        vera.fill("Your name", "Vera").await;
        vera.press_button("Watch").await;
        vera.sees_the_picture_move(Some(PICTURE)).await;
        vera.is_for_everybody(MOUSE, "viewer in the call").await;
    })
    .await;
}

/// Lets somebody knock by a guest link, without a page of their own.
const KNOCK: &str = r#"
const open = (name) => fetch("/api/visits/open", {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ secret: arguments[0], name }),
});
return Promise.all(arguments[1].map(open)).then((answers) => answers.every(({ ok }) => ok));
"#;

#[tokio::test]
async fn a_fourth_agent_and_a_fifth_guest_find_no_room() {
    play("no room", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Link)).await;
        let pin = ana.reads_pin().await;
        for name in ["Ben", "Cem"] {
            let agent = Agent::signs_up(stage, name).await;
            agent.joins(&pin).await;
            // Their place is kept when their browser is closed.
            stage.goes(&agent);
        }
        let dan = Agent::signs_up(stage, "Dan").await;
        dan.fill("Session number (PIN)", &pin).await;
        dan.press_button("Join").await;
        dan.reads("Enough agents are in this session already.").await;
        dan.photograph("no room for a fourth agent").await;
        stage.goes(&dan);
        drop(dan);

        let link = makes_link(&ana, "Make a guest link").await;
        let hal = stage.person("Hal", Kind::laptop()).await;
        hal.open(&stage.stack.server.address("/")).await;
        let secret = link.split_once('#').map_or("", |(_, secret)| secret);
        let names = json!(["Guest one", "Guest two", "Guest three", "Guest four"]);
        hal.waits_for::<bool>("four guests at the door", KNOCK, vec![json!(secret), names])
            .await;
        for _ in 0..4 {
            ana.admits().await;
        }
        ana.sees_no_more(button("Admit")).await;
        let invites = "Ana invites you to help in a video session";
        comes_as(&hal, "Hal", &link, invites, "Ask to come in").await;
        ana.admits().await;
        ana.reads("Enough guests are in this session already.").await;
        ana.photograph("no room for a fifth guest").await;
        assert!(
            hal.sees_now(&Thing::new("heading", "Read this number to the agent"))
                .await,
            "still at the door"
        );
        ana.declines().await;
        hal.sees(Thing::new("heading", "You are not in this session")).await;
    })
    .await;
}
