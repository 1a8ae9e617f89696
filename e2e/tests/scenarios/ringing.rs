//! Whoever waits is heard and seen by the agent, wherever in the console; in a call only softly.

use farhand_e2e::{
    find::{button, heading, switch},
    person::{Agent, Customer, Invite, Mode, Start, Talk, in_call},
    play,
};

/// Counts the notes of every sound that the page starts.
const LISTEN: &str = r#"
window.farhandSounds = [];
let notes = 0;
const { setValueAtTime } = AudioParam.prototype;
AudioParam.prototype.setValueAtTime = function (...what) { notes += 1; return setValueAtTime.apply(this, what); };
const { start } = OscillatorNode.prototype;
OscillatorNode.prototype.start = function (...when) { farhandSounds.push(notes); notes = 0; return start.apply(this, when); };
"#;

/// The sounds started since the page was loaded: how many notes each has.
async fn sounds(ana: &Agent) -> Vec<u32> {
    ana.try_script("return farhandSounds;", vec![])
        .await
        .unwrap_or_default()
}

/// Waits until the tab's title begins like this.
async fn title(ana: &Agent, start: &str) {
    let what = format!("a title that begins with {start}");
    let script = "return document.title.startsWith(arguments[0]);";
    ana.waits_for::<bool>(&what, script, vec![start.into()]).await;
}

#[tokio::test]
async fn in_a_call_a_waiting_customer_is_shown_with_a_soft_tick_and_a_knock_too() {
    play("waiting during a call", async |stage| {
        let (ana, _cleo) = in_call(stage).await;
        // The reload loads the page with the listener; the call goes on.
        ana.browser().before_every_page(LISTEN).await;
        ana.reload().await;
        ana.sees_the_customer().await;
        let pin = ana.reads_pin().await;
        ana.press(switch("Go online")).await;
        title(&ana, "Session").await;
        let before = sounds(&ana).await;

        let dora = Customer::with_phone(stage, "Dora").await;
        dora.starts_own_session(stage, Mode::Video).await;
        dora.turns_camera_on(Talk::PhoneCall).await;
        ana.reads("waits for you").await;
        title(&ana, "(1) Session").await;
        assert_eq!(sounds(&ana).await[before.len()..], [1], "one soft note, no ring");
        ana.photograph("somebody waits").await;
        ana.is_accessible("somebody waits").await;

        let eve = Customer::with_phone(stage, "Eve").await;
        eve.knocks(stage, &pin).await;
        ana.sees(button("Admit")).await;
        title(&ana, "(2) Session").await;
        assert_eq!(sounds(&ana).await[before.len()..], [1, 1]);
        ana.declines().await;
        title(&ana, "(1) Session").await;
        drop(dora);
    })
    .await;
}

#[tokio::test]
async fn before_the_call_a_knock_rings_until_it_is_answered() {
    play("knock rings", async |stage| {
        let ana = Agent::first_watched(stage, "Ana", LISTEN).await;
        ana.starts_session(&Start::video(Invite::Link)).await;
        let pin = ana.reads_pin().await;
        let cleo = Customer::with_phone(stage, "Cleo").await;
        cleo.knocks(stage, &pin).await;
        cleo.sees(heading("Waiting to be let in")).await;
        title(&ana, "(1) Session").await;
        let heard = sounds(&ana).await;
        assert!(heard.iter().any(|notes| *notes > 10), "it rings: {heard:?}");
        ana.admits().await;
        title(&ana, "Session").await;
    })
    .await;
}
