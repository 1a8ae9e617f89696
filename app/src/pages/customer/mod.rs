//! The customer's pages: home, lobby, call, after the end.
//!
//! Which screen is shown follows from two things only: how the person came in ([`entry::Stage`]) and, once they have a
//! seat, the machine's phase.

mod camera_help;
mod ended;
mod entry;
mod frame;
mod home;
mod in_app;
mod in_call;
pub mod late;
mod lobby;
mod photo;
mod pin_card;
mod ringing;
mod waiting;

use crate::call::chat::Chat;
use crate::engine::{Handle, Setup, use_engine};
use crate::platform::timer::Timeout;
use crate::platform::{focus, page};
use crate::text::{customer as words, refusals};
use crate::widgets::{Announcer, LiveRegions};
use core::time::Duration;
use entry::{Entry, Stage};
use farhand_shared::client::{MediaFlow, Phase};
use farhand_shared::session::Camera;
use late::{Fetch, Late, LatePart, use_late};
use leptos::prelude::*;

/// What is on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Screen {
    Home,
    Lobby,
    /// Stands in for a screen of the late part while that is on its way.
    OneMoment,
    Late(Late),
}

fn screen(stage: Stage, phase: Phase) -> Screen {
    match (stage, phase) {
        (Stage::Home, _) => Screen::Home,
        (Stage::Invited, _) | (Stage::Seated, Phase::Start) => Screen::Lobby,
        (Stage::Seated, Phase::Knocking) => Screen::Late(Late::Knocking),
        (Stage::Seated, Phase::Waiting) => Screen::Late(Late::Waiting),
        (Stage::Seated, Phase::Ringing { .. }) => Screen::Late(Late::Ringing),
        (Stage::Seated, Phase::Live | Phase::Ending { .. }) => Screen::Late(Late::InCall),
        (Stage::Seated, Phase::Ended { .. }) => Screen::Late(Late::Ended),
        (Stage::Seated, Phase::Left) => Screen::Late(Late::Left),
        (Stage::Seated, Phase::Refused(why)) => Screen::Late(Late::Refused(why)),
    }
}

/// Everything a customer sees. `fetch` brings what is not needed before the camera runs.
#[component]
pub fn CustomerApp(fetch: Fetch) -> impl IntoView {
    let engine = Handle::start(Setup::customer());
    let announcer = Announcer::default();
    provide_context(announcer);
    Chat::start();
    let late = LatePart::start(fetch);
    let entry = Entry::start(engine);
    let shown = shown(entry, late);
    follow(shown, announcer);
    let back = page::on_back(move || entry.go_home());
    let _back = StoredValue::new_local(back);
    view! {
        <LiveRegions announcer />
        {move || match shown.get() {
            Screen::Home => home::Home().into_any(),
            Screen::Lobby => lobby::Lobby().into_any(),
            Screen::OneMoment => OneMoment().into_any(),
            Screen::Late(what) => late.show(what).into_any(),
        }}
        {move || late.is_here().then(|| late.show(Late::Beside))}
    }
}

/// How long the late part waits for the first connection.
const PATIENCE: Duration = Duration::from_millis(800);

/// The screen that is due, as soon as it can be shown. Until the browser has got its answer about the camera, the lobby
/// stays: nothing else may be downloaded before the picture.
fn shown(entry: Entry, late: LatePart) -> Memo<Screen> {
    let engine = use_engine();
    let phase = engine.read(|view| view.phase);
    let due = Memo::new(move |_| screen(entry.stage.get(), phase.get()));
    let asks = engine.read(|view| view.camera.camera == Camera::Asking && !view.camera.answer_slow);
    let runs = engine.read(|view| matches!(view.camera.camera, Camera::Live(_)));
    let flows = engine.read(|view| view.peers.iter().any(|peer| peer.flow != MediaFlow::Connecting));
    // The late part would keep the processor from the first connection; without one it does not wait for long.
    let patient = RwSignal::new(true);
    let timer = StoredValue::new_local(None);
    Effect::new(move || {
        if runs.get() {
            timer.set_value(Some(Timeout::after(PATIENCE, move || {
                patient.try_set(false);
            })));
        }
    });
    Effect::new(move || {
        let wanted = matches!(due.get(), Screen::Late(_)) && !asks.get();
        let connects = runs.get() && patient.get() && !flows.get();
        if (wanted || runs.get()) && !connects {
            late.want();
        }
    });
    Memo::new(move |_| match due.get() {
        Screen::Late(_) if late.is_here() => due.get(),
        Screen::Late(_) if asks.get() => Screen::Lobby,
        Screen::Late(_) => Screen::OneMoment,
        here => here,
    })
}

#[component]
fn OneMoment() -> impl IntoView {
    let late = use_late();
    view! {
        <frame::Frame heading=words::STARTING>{move || late.lost()}</frame::Frame>
    }
}

/// On every change of screen: title, spoken heading, and the keyboard's place at the new heading.
fn follow(shown: Memo<Screen>, announcer: Announcer) {
    let engine = use_engine();
    Effect::new(move |before: Option<Screen>| {
        let now = shown.get();
        if before == Some(now) {
            return now;
        }
        let title = title(now);
        page::set_title(&[title, " – ", words::PRODUCT].concat());
        if before.is_some() {
            focus::to_heading();
            if now == Screen::Late(Late::InCall) {
                announcer.say(words::CALL_RUNS);
            } else if let (Screen::Late(Late::Ended), Some(reason)) = (now, engine.peek(end_reason).flatten()) {
                announcer.alert(refusals::ended(reason));
            }
        }
        now
    });
}

fn end_reason(view: &farhand_shared::client::View) -> Option<farhand_shared::session::EndReason> {
    match view.phase {
        Phase::Ended { reason, .. } => Some(reason),
        _ => None,
    }
}

const fn title(screen: Screen) -> &'static str {
    match screen {
        Screen::Home => words::HOME_TITLE,
        Screen::Lobby => words::TURN_ON,
        Screen::OneMoment => words::STARTING,
        Screen::Late(what) => match what {
            Late::Knocking => words::KNOCKING_TITLE,
            Late::Waiting => words::READY_TITLE,
            Late::Ringing => words::CALLING,
            Late::Ended => words::ENDED_TITLE,
            Late::Left => words::LEFT_TITLE,
            Late::Refused(_) => words::REFUSED_TITLE,
            _ => words::CALL_TITLE,
        },
    }
}
