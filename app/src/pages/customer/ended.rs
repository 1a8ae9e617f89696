//! After the call: what happened, the way back and the way on.

use super::camera_help::BlockedSteps;
use super::entry::use_entry;
use super::frame::Frame;
use crate::call::{Gallery, RateForm, Rater};
use crate::engine::use_engine;
use crate::text::{Agent, customer as words, duration, refusals};
use crate::widgets::{Button, Dialog, Kind};
use farhand_shared::client::{Gesture, Phase};
use farhand_shared::session::Blocked;
use farhand_shared::wire::Closing;
use leptos::prelude::*;

/// The session ended; for a while it can be rejoined, if both sides want.
#[component]
pub fn Ended() -> impl IntoView {
    let (engine, entry) = (use_engine(), use_entry());
    let agent = engine.agent_name();
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
    let rejoin = move |()| {
        engine.dispatch(Gesture::Rejoin);
        engine.dispatch(Gesture::TurnOnCamera);
    };
    // Whoever pressed Rejoin on the home page has already said so.
    if entry.rejoins.get_untracked() {
        entry.rejoins.set(false);
        rejoin(());
    }
    let line = move || match state.get() {
        Some((_, _, true, _)) => words::REJOIN_WAIT.to_owned(),
        Some((_, _, false, true)) => words::REJOIN_OTHER.to_owned(),
        Some(_) if !possible() => words::REJOIN_OVER.to_owned(),
        Some((reason, ..)) => refusals::ended(reason).to_owned(),
        None => String::new(),
    };
    let actions = view! {
        <CameraSteps />
        <Show when=possible>
            <Button label=words::REJOIN kind=Kind::Primary icon="refresh" busy=rejoining on_press=rejoin />
        </Show>
        <Button label=words::JOIN_NEW kind=Kind::Large on_press=move |()| entry.start_over() />
    };
    view! {
        <Frame heading=words::ENDED_TITLE actions=actions.into_any()>
            <p class="muted">
                {move || entry.call_length.get().map(|length| {
                    words::ended_summary(&duration::words(length), &Agent(agent.get()))
                })}
            </p>
            <p role="status">{line}</p>
            <p>{words::THANKS}</p>
            {Rater::here(engine).map(|rater| view! { <RateForm rater /> })}
            <Gallery live=false />
        </Frame>
    }
}

/// "HERE": the camera steps, for those whose session broke off because of it.
#[component]
fn CameraSteps() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <section aria-label=words::STEPS_TITLE>
            <p>
                {words::HERE_BEFORE}
                <button type="button" class="link" on:click=move |_| open.set(true)>{words::HERE}</button>
            </p>
        </section>
        <Dialog open title=words::STEPS_TITLE>
            <BlockedSteps why=Blocked::Site />
            <Button label=words::CLOSE_DIALOG kind=Kind::Large on_press=move |()| open.set(false) />
        </Dialog>
    }
}

/// Left without ending it.
#[component]
pub fn Left() -> impl IntoView {
    let entry = use_entry();
    let actions = view! {
        <Button label=words::REJOIN kind=Kind::Primary on_press=move |()| entry.rejoin_kept() />
        <Button label=words::JOIN_NEW kind=Kind::Large on_press=move |()| entry.start_over() />
    };
    view! { <Frame heading=words::LEFT_TITLE actions=actions.into_any()><p>{words::THANKS}</p></Frame> }
}

/// The door is closed for good, or this tab's place was taken.
#[component]
pub fn Refused(why: Closing) -> impl IntoView {
    let entry = use_entry();
    let say = refusals::closing(why);
    let again = match why {
        Closing::Replaced => Some(words::CONTINUE_HERE),
        Closing::ProtocolMismatch | Closing::Misbehaved | Closing::TooSlow | Closing::Restarting { .. } => {
            Some(words::LOAD_AGAIN)
        }
        Closing::NoSuchSeat | Closing::Declined | Closing::Ejected => None,
    };
    let actions = view! {
        {again.map(|label| view! {
            <Button label kind=Kind::Primary on_press=move |()| crate::platform::page::reload() />
        })}
        <Button label=words::JOIN_NEW kind=Kind::Large on_press=move |()| entry.start_over() />
    };
    view! {
        <Frame heading=words::REFUSED_TITLE actions=actions.into_any()>
            <p>{say.what}</p>
            <p>{say.next}</p>
        </Frame>
    }
}
