//! Whoever waits is heard and seen by the agent, wherever in the console; in a call only softly.

use farhand_e2e::{
    browser::Permission,
    find::{button, entry, heading, switch},
    page::MOUSE,
    page::keyboard::{CONTROL, ENTER},
    person::{Agent, Customer, Invite, Mode, Start, Talk, in_call},
    play,
};

/// Counts the notes of every sound that the page starts, and keeps how loud it is.
const LISTEN: &str = r#"
window.farhandSounds = [];
window.farhandLevels = [];
let notes = 0;
let loudest = 0;
const { setTargetAtTime } = AudioParam.prototype;
AudioParam.prototype.setTargetAtTime = function (level, ...when) {
  loudest = Math.max(loudest, level);
  return setTargetAtTime.call(this, level, ...when);
};
const { setValueAtTime } = AudioParam.prototype;
AudioParam.prototype.setValueAtTime = function (...what) { notes += 1; return setValueAtTime.apply(this, what); };
const { start } = OscillatorNode.prototype;
OscillatorNode.prototype.start = function (...when) { farhandSounds.push(notes); farhandLevels.push(loudest); notes = loudest = 0; return start.apply(this, when); };
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

/// Keeps what the desktop is asked to show, and makes the page believe that another tab is in front.
const WATCH_NOTES: &str = r#"
window.farhandNotes = [];
const Shown = window.Notification;
window.Notification = class extends Shown {
  constructor(title, form) { super(title, form); farhandNotes.push(title); }
};
Object.defineProperty(document, "hidden", { get: () => window.farhandElsewhere === true });
Object.defineProperty(document, "visibilityState", { get: () => (document.hidden ? "hidden" : "visible") });
"#;

#[tokio::test]
async fn who_is_away_hears_nothing_and_who_looks_elsewhere_gets_a_note_on_the_desktop() {
    play("away", async |stage| {
        let ana = Agent::first_watched(stage, "Ana", &[LISTEN, WATCH_NOTES].concat()).await;
        ana.browser().permit("notifications", Permission::Allowed, None).await;
        ana.goes_online().await;
        ana.press_button("Profile").await;
        ana.press(entry("Away for a moment")).await;
        ana.reads("Away").await;
        let rings = async || sounds(&ana).await.into_iter().filter(|notes| *notes > 10).count();
        let dora = Customer::with_phone(stage, "Dora").await;
        dora.starts_own_session(stage, Mode::Video).await;
        dora.fill("Your name (you can leave this empty)", "Dora").await;
        dora.turns_camera_on(Talk::PhoneCall).await;
        ana.reads("Dora waits for you").await;
        ana.reads("waiting 0:").await;
        ana.reads("Phone · Android 16 · Chrome").await;
        ana.is_accessible_in_every_light("somebody waits at home").await;
        ana.fits_however_looked_at(MOUSE, "somebody waits at home").await;
        ana.photograph("somebody waits at home").await;
        assert_eq!(rings().await, 0, "nothing rings for who is away");
        ana.press_button("Profile").await;
        ana.press(entry("I'm back")).await;
        ana.reads("Online").await;
        ana.waits_for::<bool>("the ring", "return farhandSounds.some((notes) => notes > 10);", vec![])
            .await;

        // The ring can be soft, and silent for a while; who waits is still shown.
        for (entry_name, what) in [("Ring softly", "the soft ring"), ("No ring for 15 minutes", "silence")] {
            ana.press_button("Profile").await;
            ana.press(entry(entry_name)).await;
            ana.press_button("Profile").await;
            ana.sees(entry(if what == "silence" { "Ring again" } else { "Ring loudly" }))
                .await;
            ana.photograph(what).await;
            ana.press_button("Profile").await;
            if what == "the soft ring" {
                let soft = "const [loud, now] = farhandLevels.slice(-2); return now > 0 && now < loud / 2;";
                ana.waits_for::<bool>("a softer ring", soft, vec![]).await;
            }
        }
        ana.reads("Online · silent").await;
        assert!(ana.sees_now(&button("Not now")).await);
        let rung = rings().await;

        // Who cannot come leaves Dora to the others.
        ana.press_button("Not now").await;
        ana.reads_no_more("waits for you").await;

        ana.try_script::<bool>("return (window.farhandElsewhere = true);", vec![])
            .await;
        let eve = Customer::with_phone(stage, "Eve").await;
        eve.starts_own_session(stage, Mode::Video).await;
        eve.fill("Your name (you can leave this empty)", "Eve").await;
        eve.turns_camera_on(Talk::PhoneCall).await;
        let notes = "return farhandNotes.length > 0 ? farhandNotes : null;";
        let notes: Vec<String> = ana.waits_for("a note on the desktop", notes, vec![]).await;
        assert_eq!(notes, ["A customer waits for you"]);
        assert_eq!(rings().await, rung, "nothing rings for now");
        ana.chord(&[CONTROL], ENTER).await;
        ana.reads("In a call").await;

        // A reload does not forget who was left to the others.
        ana.goes_home().await;
        ana.reload().await;
        ana.goes_online().await;
        ana.sees(button("Accept Eve")).await;
        assert!(!ana.sees_now(&button("Accept Dora")).await);
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
        // Who went home meanwhile hears it too.
        ana.goes_home().await;
        ana.goes_online().await;
        let cleo = Customer::with_phone(stage, "Cleo").await;
        cleo.knocks(stage, &pin).await;
        cleo.sees(heading("Waiting to be let in")).await;
        ana.reads("waits for you").await;
        title(&ana, "(1) Your sessions").await;
        ana.press(button("Accept").loosely()).await;
        title(&ana, "(1) Session").await;
        let heard = sounds(&ana).await;
        assert!(heard.iter().any(|notes| *notes > 10), "it rings: {heard:?}");
        ana.admits().await;
        title(&ana, "Session").await;
    })
    .await;
}
