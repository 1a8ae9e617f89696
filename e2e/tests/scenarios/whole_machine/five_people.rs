//! Five people in one call: a customer, two agents, a guest and a viewer. Whatever a viewer does is refused.

use std::sync::Arc;

use farhand_e2e::{
    Stage,
    browser::Kind,
    find::{Thing, button},
    page::Page,
    person::{Agent, in_call},
    play_alone,
    sound::Voice,
    stack::Options,
};
use serde_json::json;

use crate::visits::{PICTURE, comes_as, guest, makes_link};

/// Keeps the page's own sockets, and what the server refuses on them.
const CATCH: &str = r#"
window.farhandSockets = [];
window.farhandRefused = [];
window.WebSocket = class extends WebSocket {
  constructor(...from) {
    super(...from);
    farhandSockets.push(this);
    this.addEventListener("message", ({ data }) => {
      const { refused } = JSON.parse(data);
      if (refused) farhandRefused.push(refused);
    });
  }
};
"#;

/// Sends commands on the socket that the page has, as somebody would who means harm.
const FORGE: &str = r#"
const socket = farhandSockets.findLast((each) => each.readyState === WebSocket.OPEN);
for (const command of arguments[0]) socket.send(JSON.stringify({ do: { id: crypto.randomUUID(), command } }));
return true;
"#;

/// Somebody who only looks on, with a page that does more than ours.
async fn viewer(stage: &Stage, ana: &Agent) -> Arc<Page> {
    let link = makes_link(ana, "Make an external view link").await;
    let vera = stage.person("Vera", Kind::laptop()).await;
    vera.browser().before_every_page(CATCH).await;
    let heading = "Ana invites you to watch a video session";
    comes_as(&vera, "Vera", &link, heading, "Watch").await;
    vera
}

/// The server refuses each of them, and nobody notices.
async fn forges_in_vain(vera: &Page, others: &[&Page]) {
    let commands = json!([
        "end",
        { "say": { "text": "forged by a viewer" } },
        { "set_mode": "photo" },
        { "pause": true },
        "start",
        { "set_case": "forged" },
        { "report_camera": { "live": { "facing": "front", "torch": false, "zoom": null } } },
        { "report_mic": "on" },
    ]);
    let sent = commands.as_array().map_or(0, Vec::len);
    vera.waits_for::<bool>("its own socket", FORGE, vec![commands]).await;
    let refused = "return farhandRefused.length >= arguments[0] ? farhandRefused.map((each) => each.why) : null;";
    let refused: Vec<String> = vera.waits_for("the refusals", refused, vec![json!(sent)]).await;
    assert_eq!(refused, vec!["not_allowed"; sent]);
    for page in others {
        let text = page
            .finds_in_text("the page", |text| Some(text.contains("forged")))
            .await;
        assert!(!text, "{} reads what a viewer forged", page.who());
        page.sees_the_picture_move(Some(PICTURE)).await;
    }
}

#[tokio::test]
async fn five_people_share_a_call_and_leaving_keeps_it() {
    play_alone("five people", Options::default(), async |stage| {
        let (ana, cleo) = in_call(stage).await;
        // A colleague finds the session among those that run.
        let ben = Agent::signs_up(stage, "Ben").await;
        ben.press_button("Join Cleo").await;
        let to_guests = makes_link(&ana, "Make a guest link").await;
        let gil = guest(stage, &ana, "Gil", &to_guests).await;
        let vera = viewer(stage, &ana).await;
        for page in [&*ana as &Page, &*ben, &gil, &vera] {
            page.sees_the_picture_move(Some(PICTURE)).await;
        }
        ben.press_button("Camera").await;
        for page in [&*ana as &Page, &gil, &vera] {
            page.sees_the_picture_move(Some("Ben")).await;
        }
        cleo.hears(Voice::Computer).await;
        forges_in_vain(&vera, &[&*ana, &*ben, &gil, &vera]).await;
        // Larger cameras have no room for all: the rest is on other pages.
        gil.press_button("Camera").await;
        ana.sees_the_picture_move(Some("Gil")).await;
        ana.press_button("Larger cameras").await;
        let shown = async || {
            let gil = ana.sees_now(&Thing::new("video", "Gil")).await;
            (gil, ana.sees_now(&Thing::new("video", "Ben")).await)
        };
        let first = shown().await;
        assert!(first.0 != first.1, "one of two: {first:?}");
        ana.press_button("More people (1 of 2)").await;
        ana.sees(button("More people (2 of 2)")).await;
        assert_eq!(shown().await, (first.1, first.0), "the other one");
        ana.photograph("five people").await;
        vera.photograph("five people").await;

        // The agent who started goes; the call stays with the other.
        ana.leaves().await;
        for page in [&*ben as &Page, &gil, &vera] {
            page.sees_the_picture_move(Some(PICTURE)).await;
        }
        gil.press_button("Leave").await;
        gil.sees(Thing::new("heading", "You have left")).await;
        ben.sees_the_picture_move(Some(PICTURE)).await;
        ben.ends().await;
        vera.sees(Thing::new("heading", "The session has ended")).await;
        cleo.sees(Thing::new("heading", "Session ended")).await;
    })
    .await;
}
