//! After the call, and behind closed doors.

use super::closed;
use crate::call::{Gallery, RateForm, Rater};
use crate::engine::{SeatPlace, use_engine};
use crate::pages::agent::desk::use_desk;
use crate::pages::agent::route::Route;
use crate::pages::agent::shell::Shell;
use crate::pages::agent::site::by_crm;
use crate::platform::page;
use crate::text::{agent_call as words, duration, still};
use crate::widgets::{Button, Kind};
use farhand_shared::client::{Gesture, Phase};
use farhand_shared::id::SessionId;
use farhand_shared::session::Status;
use farhand_shared::time::Time;
use farhand_shared::wire::Closing;
use leptos::prelude::*;

/// The session ended; for a while it can be rejoined, if both sides want.
#[component]
pub fn Ended() -> impl IntoView {
    let (engine, desk) = (use_engine(), use_desk());
    let session = expect_context::<SessionId>();
    let state = engine.read(|view| match view.phase {
        Phase::Ended {
            reason,
            rejoin_until,
            rejoining,
            other_rejoining,
        } => Some((reason, rejoin_until, rejoining, other_rejoining)),
        _ => None,
    });
    let possible = move || state.get().is_some_and(|(_, until, ..)| engine.relay_now() < until);
    let rejoining = Signal::derive(move || state.get().is_some_and(|(_, _, mine, _)| mine));
    let line = move || match state.get() {
        Some((_, _, true, _)) => words::REJOIN_WAIT,
        Some((_, _, false, true)) => words::REJOIN_OTHER,
        Some(_) if !possible() => words::REJOIN_OVER,
        Some(_) => words::REJOIN_BOTH,
        None => "",
    };
    view! {
        <Shell heading=words::ENDED_TITLE>
            <section class="card after">
                <p>{move || state.get().map(|(reason, ..)| words::ended(reason))}</p>
                <Length />
                <p role="status">{line}</p>
                <RateForm rater=Rater::Agent(session) />
                <Show when=possible>
                    <Button
                        label=words::REJOIN
                        kind=Kind::Primary
                        icon="refresh"
                        busy=rejoining
                        on_press=move |()| engine.dispatch(Gesture::Rejoin)
                    />
                </Show>
                <Button label=words::NEW_SESSION kind=Kind::Large on_press=move |()| desk.router.go(Route::Home) />
                <CloseWindow />
            </section>
            <Pictures />
        </Shell>
    }
}

/// For windows that a CRM opened for one visitor. They do not close by themselves: first the session can be rated.
#[component]
fn CloseWindow() -> impl IntoView {
    let refused = RwSignal::new(false);
    let close = move |()| {
        page::close();
        refused.set(true);
    };
    view! {
        {by_crm().then(|| view! { <Button label=words::CLOSE_WINDOW kind=Kind::Large on_press=close /> })}
        <p role="status">{move || refused.get().then_some(words::CLOSE_BY_HAND)}</p>
    }
}

/// What was photographed and drawn, to be saved.
#[component]
fn Pictures() -> impl IntoView {
    view! {
        <section class="card after" aria-labelledby="pictures-title">
            <h2 id="pictures-title">{still::PICTURES}</h2>
            <Gallery live=false empty=still::NO_PICTURES />
        </section>
    }
}

/// How long the last call was, if this page saw it start.
#[component]
fn Length() -> impl IntoView {
    let length = expect_context::<CallLength>();
    view! {
        {move || length.0.get().map(|length| view! {
            <p class="muted">{words::LENGTH} ": " {duration::words(length)}</p>
        })}
    }
}

/// The length of the last call.
#[derive(Clone, Copy)]
pub struct CallLength(RwSignal<Option<core::time::Duration>>);

impl CallLength {
    /// Watches calls start and end, and makes the length known to everything below.
    pub fn watch() {
        let length = RwSignal::new(None);
        let status = use_engine().in_session(farhand_shared::session::Session::status);
        Effect::new(move |since: Option<Option<Time>>| {
            let since = since.flatten();
            match status.get() {
                Some(Status::InProgress { since }) => return Some(since),
                Some(Status::Done { at, .. }) => length.set(since.map(|since| at.since(since))),
                _ => {}
            }
            since
        });
        provide_context(Self(length));
    }
}

/// Left; the others may go on.
#[component]
pub fn Left() -> impl IntoView {
    let (desk, session) = (use_desk(), expect_context::<SessionId>());
    let come_back = move |()| join_again(session);
    view! {
        <Shell heading=words::LEFT_TITLE>
            <section class="card after">
                <p>{words::LEFT}</p>
                <Button label=words::NEW_SESSION kind=Kind::Primary on_press=move |()| desk.router.go(Route::Home) />
                <Button label=words::COME_BACK kind=Kind::Large on_press=come_back />
            </section>
        </Shell>
    }
}

/// A fresh page without a seat asks for one.
fn join_again(session: SessionId) {
    SeatPlace::agent(session).clear();
    page::reload();
}

/// The door is closed for good, or this tab's place was taken.
#[component]
pub fn Refused(why: Closing) -> impl IntoView {
    let (desk, session) = (use_desk(), expect_context::<SessionId>());
    let say = closed(why);
    let again = match why {
        Closing::Replaced => words::CONTINUE_HERE,
        _ => words::JOIN_AGAIN,
    };
    view! {
        <Shell heading=words::REFUSED_TITLE>
            <section class="card after">
                <p>{say.what} " " {say.next}</p>
                <Button label=again kind=Kind::Primary on_press=move |()| join_again(session) />
                <Button label=words::NEW_SESSION kind=Kind::Large on_press=move |()| desk.router.go(Route::Home) />
            </section>
        </Shell>
    }
}
