//! The agent steers the customer's camera: light, the other camera, zoom. The customer sees who did it.

use farhand_e2e::{
    browser::Kind,
    find::{Thing, button, tab},
    person::{Agent, Customer, Invite, NUMBER, Start, Talk},
    play,
};
use serde_json::{Value, json};

const LENS: &str = include_str!("lens.js");

/// What the open lens is told to do.
async fn lens(cleo: &Customer, what: &str) -> Value {
    let script = "return farhandLenses.at(-1)[arguments[0]] ?? 'nothing';";
    cleo.waits_for("the lens", script, vec![json!(what)]).await
}

/// Whether a tool of the agent is pressed.
async fn pressed(ana: &Agent, tool: Thing, on: bool) {
    let name = tool.to_string();
    let script = "const [tool] = findAll({ role: 'button', name: arguments[0], exact: true, within: null }); \
                  return tool?.getAttribute('aria-pressed') === arguments[1];";
    let label = name.trim_start_matches("button ").trim_matches('"').to_owned();
    let wanted = if on { "true" } else { "false" };
    ana.waits_for::<bool>(
        &format!("{label} to be {wanted}"),
        script,
        vec![json!(label), json!(wanted)],
    )
    .await;
}

#[tokio::test]
async fn the_agent_asks_for_light_zoom_and_the_other_camera_and_the_phone_does_it() {
    play("lens", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
        let sms = stage.stack.phones.sms_for(NUMBER).await;
        let cleo = Customer::with(stage, "Cleo", Kind::phone()).await;
        cleo.browser().before_every_page(LENS).await;
        cleo.taps_link(&sms.link()).await;
        cleo.turns_camera_on(Talk::PhoneCall).await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
        ana.press(tab("Customer")).await;
        ana.reads("Rear camera, live").await;

        ana.press_button("Light").await;
        cleo.reads("Ana switched on your light.").await;
        cleo.sees(button("Light off")).await;
        assert_eq!(lens(&cleo, "torch").await, json!(true));
        pressed(&ana, button("Light"), true).await;
        cleo.photograph("light by the agent").await;

        ana.press_button("Zoom lens in").await;
        ana.reads("The phone zoomed.").await;
        assert_eq!(lens(&cleo, "zoom").await, json!(1.5));
        assert_eq!(lens(&cleo, "torch").await, json!(true), "zooming leaves the light on");

        ana.press_button("Flip").await;
        cleo.reads("Ana changed your camera.").await;
        ana.reads("Front camera, live").await;
        assert_eq!(lens(&cleo, "facingMode").await, json!("user"));
        cleo.sees_no_more(button("Light off")).await;
        ana.sees_the_customer().await;
        assert!(
            !ana.can_use_now(&button("Light")).await,
            "the front camera has no light"
        );

        cleo.press_button("Flip").await;
        ana.reads("Rear camera, live").await;
        assert_eq!(lens(&cleo, "facingMode").await, json!("environment"));
        cleo.sees(button("Light off")).await;
        pressed(&ana, button("Light"), true).await;
        assert_eq!(
            lens(&cleo, "torch").await,
            json!(true),
            "the light that was on comes back"
        );
        cleo.press_button("Light off").await;
        pressed(&ana, button("Light"), false).await;
        ana.sees_the_customer().await;

        // By keys while the picture has the focus.
        ana.press(Thing::new("group", "Customer's camera")).await;
        ana.keys("l").await;
        pressed(&ana, button("Light"), true).await;
        ana.keys("c").await;
        ana.reads("Front camera, live").await;

        cleo.ends().await;
        let dark = "return farhandTracks.length > 3 && farhandTracks.every((track) => track.readyState === 'ended');";
        cleo.waits_for::<bool>("the camera to be really off", dark, vec![])
            .await;
    })
    .await;
}
