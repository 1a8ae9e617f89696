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
mod lobby;
mod photo;
mod pin_card;
mod ringing;
mod waiting;

use crate::call::Notices;
use crate::call::chat::{Chat, Sheet};
use crate::engine::{Handle, Setup, use_engine};
use crate::platform::{focus, page};
use crate::text::{customer as words, refusals};
use crate::widgets::{Announcer, LiveRegions};
use entry::{Entry, Stage};
use farhand_shared::client::Phase;
use leptos::prelude::*;

/// What is on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Screen {
    Home,
    Lobby,
    Knocking,
    Waiting,
    Ringing,
    InCall,
    Ended,
    Left,
    Refused(farhand_shared::wire::Closing),
}

fn screen(stage: Stage, phase: Phase) -> Screen {
    match (stage, phase) {
        (Stage::Home, _) => Screen::Home,
        (Stage::Invited, _) | (Stage::Seated, Phase::Start) => Screen::Lobby,
        (Stage::Seated, Phase::Knocking) => Screen::Knocking,
        (Stage::Seated, Phase::Waiting) => Screen::Waiting,
        (Stage::Seated, Phase::Ringing { .. }) => Screen::Ringing,
        (Stage::Seated, Phase::Live | Phase::Ending { .. }) => Screen::InCall,
        (Stage::Seated, Phase::Ended { .. }) => Screen::Ended,
        (Stage::Seated, Phase::Left) => Screen::Left,
        (Stage::Seated, Phase::Refused(why)) => Screen::Refused(why),
    }
}

/// Everything a customer sees.
#[component]
pub fn CustomerApp() -> impl IntoView {
    let engine = Handle::start(Setup::customer());
    let announcer = Announcer::default();
    provide_context(announcer);
    Chat::start();
    let entry = Entry::start(engine);
    let phase = engine.read(|view| view.phase);
    let shown = Memo::new(move |_| screen(entry.stage.get(), phase.get()));
    follow(shown, announcer);
    let back = page::on_back(move || entry.go_home());
    let _back = StoredValue::new_local(back);
    view! {
        <LiveRegions announcer />
        {move || match shown.get() {
            Screen::Home => home::Home().into_any(),
            Screen::Lobby => lobby::Lobby().into_any(),
            Screen::Knocking => waiting::Knocking().into_any(),
            Screen::Waiting => waiting::Waiting().into_any(),
            Screen::Ringing => ringing::Ringing().into_any(),
            Screen::InCall => in_call::InCall().into_any(),
            Screen::Ended => ended::Ended().into_any(),
            Screen::Left => ended::Left().into_any(),
            Screen::Refused(why) => view! { <ended::Refused why /> }.into_any(),
        }}
        <Sheet />
        <Notices />
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
        if let Some(before) = before {
            focus::to_heading();
            if now == Screen::InCall && before != Screen::InCall {
                announcer.say(words::CALL_RUNS);
            } else if let (Screen::Ended, Some(reason)) = (now, engine.peek(end_reason).flatten()) {
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
        Screen::Knocking => words::KNOCKING_TITLE,
        Screen::Waiting => words::READY_TITLE,
        Screen::Ringing => words::CALLING,
        Screen::InCall => words::CALL_TITLE,
        Screen::Ended => words::ENDED_TITLE,
        Screen::Left => words::LEFT_TITLE,
        Screen::Refused(_) => words::REFUSED_TITLE,
    }
}
