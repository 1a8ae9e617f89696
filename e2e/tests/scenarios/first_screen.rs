//! On a slow network the first screen is there before the program, and what is tapped meanwhile counts.

use farhand_e2e::{
    find::button,
    person::{Agent, Customer, Invite, NUMBER, Start, Talk},
    play,
};
use serde_json::json;

#[tokio::test]
async fn the_first_screen_is_read_and_tapped_before_the_program_is_there() {
    play("first screen", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        let start = Start {
            talk: Talk::PhoneCall,
            ..Start::video(Invite::Sms(NUMBER.into()))
        };
        ana.starts_session(&start).await;
        let link = stage.stack.phones.sms_for(NUMBER).await.link();
        let sockets = || stage.stack.server.log().matches("/ws").count();
        let before = sockets();
        let cleo = Customer::with_phone(stage, "Cleo").await;
        // The program is on its way and does not arrive.
        let held = json!({ "patterns": [{ "urlPattern": "*.wasm" }] });
        cleo.browser().devtools("Fetch.enable", held).await;
        cleo.open(&link).await;
        cleo.reads("Ana from Farhand wants to see what you see.").await;
        cleo.reads("Your browser will ask to use the camera. Tap Allow.").await;
        cleo.is_accessible("first screen").await;
        cleo.press_button("Turn on camera").await;
        cleo.sees(button("One moment…")).await;
        let opened = "return performance.getEntriesByType('resource').some((each) => each.name.endsWith('.wasm'));";
        assert_eq!(
            cleo.try_script::<bool>(opened, vec![]).await,
            Some(false),
            "not even one byte of it"
        );
        assert_eq!(sockets(), before, "nor a socket");

        cleo.browser().devtools("Fetch.disable", json!({})).await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
        // Talking by phone needs no microphone.
        ana.hears_nothing().await;
    })
    .await;
}
