//! One session: before the customer is in, in the call, after the end.
//!
//! | Phase of the machine | Screen |
//! |---|---|
//! | Start, Knocking, Waiting, Ringing | how far the invitation has come, beside the people and the customer's details |
//! | Live, Ending | the stage with the tools below |
//! | Ended, Left, Refused | what happened and the ways on |

mod after;
mod apart;
mod arrival;
mod before;
mod camera_choice;
mod commands;
mod details;
pub mod dock;
mod grants;
mod handover;
mod invite_dialog;
mod keys;
mod knocks;
mod matters;
pub mod my_devices;
pub mod my_trouble;
mod panel;
mod parts;
mod people_dialog;
pub mod photo;
mod progress;
pub mod rail;
mod read_aloud;
pub mod stage;
mod still_tools;
pub mod strip;
mod their_screen;
mod tools;

use super::api;
use super::ask::{Ask, FaultLine};
use super::desk::{Desk, use_desk};
use super::record::NotesState;
use super::shell::{Header, heading_follows};
use crate::call::chat::{Chat, Unread};
use crate::engine::{Handle, SeatPlace, Setup};
use crate::text::{agent_call as words, ink, refusals};
use crate::widgets::{Announcer, Toasts};
use farhand_shared::client::{Gesture, Notice, Phase, View};
use farhand_shared::id::SessionId;
use farhand_shared::role::Role;
use farhand_shared::session::{Person, Seat, Session, Status};
use farhand_shared::wire::Closing;
use farhand_shared::wire::http::sessions::JoinSession;
use leptos::prelude::*;
use parts::Part;

/// What is on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Screen {
    Before,
    Call,
    Ended,
    Left,
    Refused(Closing),
}

const fn screen(phase: Phase) -> Screen {
    match phase {
        Phase::Start | Phase::Knocking | Phase::Waiting | Phase::Ringing { .. } => Screen::Before,
        Phase::Live | Phase::Ending { .. } => Screen::Call,
        Phase::Ended { .. } => Screen::Ended,
        Phase::Left => Screen::Left,
        Phase::Refused(why) => Screen::Refused(why),
    }
}

/// The page of one session, with an engine of its own.
#[component]
pub fn SessionPage(session: SessionId) -> impl IntoView {
    let desk = use_desk();
    let ask = Ask::new();
    let engine = Handle::start(Setup::agent(session));
    engine.open_desk();
    provide_context(session);
    sit(desk, engine, session, ask);
    take_part(desk, engine, session);
    announce(engine);
    handover::Asking::start(session);
    panel::Panel::start();
    provide_context(NotesState::new(session));
    chat(desk);
    knocks::count(desk, engine);
    after::CallLength::watch();
    let phase = engine.read(|view| view.phase);
    let shown = Memo::new(move |_| screen(phase.get()));
    heading_follows(shown);
    view! {
        <FaultLine fault=ask.fault />
        {move || match shown.get() {
            Screen::Before => view! { <Console call=false /> }.into_any(),
            Screen::Call => view! { <Console call=true /> }.into_any(),
            Screen::Ended => after::Ended().into_any(),
            Screen::Left => after::Left().into_any(),
            Screen::Refused(why) => view! { <after::Refused why /> }.into_any(),
        }}
        <Notices />
    }
}

/// Takes the seat that this tab has, or asks for one.
fn sit(desk: Desk, engine: Handle, session: SessionId, ask: Ask) {
    if let Some(seat) = engine.kept_seat() {
        engine.take_seat(seat);
        return;
    }
    ask.run(api::join(JoinSession::Session(session)), move |seated| {
        SeatPlace::agent(seated.session).write(&seated.seat);
        desk.joining.try_set(Some(session));
        engine.take_seat(seated.seat);
    });
}

/// Whoever has just pressed Send & join, Join, Accept or Rejoin need not press again here.
fn take_part(desk: Desk, engine: Handle, session: SessionId) {
    let state = engine.read(|view| Some((view.session.as_ref()?.status(), me(view)?.seat)));
    Effect::new(move || {
        let Some((status, seat)) = state.get() else { return };
        if desk.joining.get() != Some(session) {
            return;
        }
        desk.joining.set(None);
        match (status, seat) {
            (Status::Done { .. }, _) => engine.dispatch(Gesture::Rejoin),
            (_, Seat::Ready) => {}
            _ => engine.dispatch(Gesture::Start),
        }
    });
}

/// The chat of this session, with what is new in the tab's title.
fn chat(desk: Desk) {
    let chat = Chat::start();
    chat.watch();
    let unread = chat.unread();
    Effect::new(move || desk.unread.set(unread.get()));
    on_cleanup(move || {
        desk.unread.try_set(0);
    });
}

/// Tells readers what eyes see: who came and went, and what ended.
fn announce(engine: Handle) {
    let announcer = expect_context::<Announcer>();
    let customer = engine.read(|view| {
        let customer = customer(view.session.as_ref()?)?;
        Some(words::seat(
            customer.seat,
            customer.connected,
            customer.away.map(|(why, _)| why),
        ))
    });
    let ended = engine.read(|view| match view.phase {
        Phase::Ended { reason, .. } => Some(reason),
        _ => None,
    });
    Effect::new(move || {
        if let Some(state) = customer.get() {
            announcer.say([words::CUSTOMER, ": ", state].concat());
        }
    });
    Effect::new(move || {
        if let Some(reason) = ended.get() {
            announcer.alert(words::ended(reason));
        }
    });
}

/// My own seat.
pub(super) fn me(view: &View) -> Option<&Person> {
    view.session.as_ref()?.person(view.you?)
}

/// The customer who is or was in: the one with a seat, else the last who left.
fn customer(session: &Session) -> Option<&Person> {
    let left = || {
        let mut people = session.people().iter().rev();
        people.find(|person| person.role == Role::Customer && person.seat == Seat::Left)
    };
    session.customer().or_else(left)
}

/// Rail, middle, panel.
#[component]
fn Console(call: bool) -> impl IntoView {
    let shown = expect_context::<panel::Panel>().part;
    let panel_open = move || shown.get() == Part::Panel;
    view! {
        <div class=move || [if call { "console console-live " } else { "console " }, shown.get().class()].concat()>
            <Header />
            <rail::Rail />
            <main class="console-middle" class:call=call>
                <h1 tabindex="-1" class="visually-hidden">{words::SESSION_TITLE}</h1>
                <handover::HandoverLine />
                <knocks::Knocks />
                <knocks::Others />
                <button
                    type="button"
                    class="button drawer-button"
                    aria-expanded=move || if panel_open() { "true" } else { "false" }
                    aria-controls="customer-panel"
                    on:click=move |_| shown.set(if untrack(panel_open) { Part::Picture } else { Part::Panel })
                >
                    {words::SHOW_PANEL}
                    <Unread />
                </button>
                {if call { stage::CallMiddle().into_any() } else { before::BeforeMiddle().into_any() }}
            </main>
            <panel::SidePanel />
            <parts::Parts />
        </div>
    }
}

/// What happened just now.
#[component]
fn Notices() -> impl IntoView {
    let engine = crate::engine::use_engine();
    let oldest = engine.read(|view| {
        // A refusal answers what I have just pressed: it does not wait until everybody's coming is told.
        let refused = |(_, notice): &&(u32, Notice)| matches!(notice, Notice::Refused(_));
        let (number, notice) = view.notices.iter().find(refused).or(view.notices.first())?;
        let person = match notice {
            Notice::Opened(by, _) | Notice::Came(by) | Notice::Went(by) => view.session.as_ref()?.person(*by),
            _ => None,
        };
        // Who comes is a guest or a viewer: that is part of the news.
        let name = person.map(|person| match notice {
            Notice::Came(_) | Notice::Went(_) => words::named(&ink::name(person), person.role),
            _ => ink::name(person),
        });
        Some((*number, words::notice(notice, &name.unwrap_or_default())))
    });
    view! { <Toasts oldest=oldest on_read=move |number| engine.dispatch(Gesture::DismissNotice(number)) /> }
}

/// The relay's words for a closed door.
fn closed(why: Closing) -> crate::text::Say {
    refusals::closing(why)
}
