//! The middle before the call runs: how far the invitation is, and everything to help the customer in.

use super::arrival::OnTheirScreen;
use super::dock::may_show;
use super::invite_dialog::InviteButtons;
use super::matters::Matters;
use super::me;
use super::my_devices::MyDevices;
use super::progress::{InviteProgress, newest};
use super::read_aloud::ReadAloud;
use crate::engine::use_engine;
use crate::text::agent_call as words;
use crate::widgets::{Button, Kind};
use farhand_shared::client::{Gesture, LinkView, Phase};
use farhand_shared::session::{Seat, Session};
use leptos::prelude::*;

/// The middle.
#[component]
pub fn BeforeMiddle() -> impl IntoView {
    let engine = use_engine();
    let invited = engine.read(|view| newest(view).is_some());
    let known = engine.read(|view| view.session.is_some());
    view! {
        <div class="before">
            <Matters />
            <Ringing />
            <Show when=move || known.get() fallback=|| view! { <Connecting /> }>
                <State />
                <OnTheirScreen />
                <Show when=move || invited.get()>
                    <InviteProgress />
                </Show>
                <InviteButtons />
                <ReadAloud />
                <MyDevices shows=may_show() />
            </Show>
            <super::dock::WayOut />
        </div>
    }
}

#[component]
fn Connecting() -> impl IntoView {
    let engine = use_engine();
    let trying = engine.read(|view| matches!(view.link, LinkView::Connecting | LinkView::Live));
    view! { <Show when=move || trying.get()><p class="muted">{words::CONNECTING}</p></Show> }
}

/// Whether the customer is in already, and the Start button for somebody who has not pressed it.
#[component]
fn State() -> impl IntoView {
    let engine = use_engine();
    let customer_in = engine.in_session(|session: &Session| session.customer().is_some_and(|person| person.connected));
    let in_lobby = engine.read(|view| {
        let ringing = matches!(view.phase, Phase::Ringing { .. });
        !ringing && me(view).is_some_and(|me| me.seat == Seat::Lobby)
    });
    let is_in = move || customer_in.get() == Some(true);
    view! {
        <div class="before-state" role="status">
            <h2>{move || if is_in() { words::CUSTOMER_IS_IN } else { words::WAITING_FOR_CUSTOMER }}</h2>
            <Show when=is_in><p class="muted">{words::CUSTOMER_READIES}</p></Show>
        </div>
        <Show when=move || in_lobby.get()>
            <Button label=words::START_CALL kind=Kind::Primary on_press=move |()| engine.dispatch(Gesture::Start) />
        </Show>
    }
}

/// The customer pressed Start first: it rings here.
#[component]
fn Ringing() -> impl IntoView {
    let engine = use_engine();
    let ringing = engine.read(|view| matches!(view.phase, Phase::Ringing { .. }));
    view! {
        <div role="alert">
            <Show when=move || ringing.get()>
                <section class="card incoming">
                    <p><strong>{words::CALLING}</strong></p>
                    <Button label=words::ACCEPT kind=Kind::Primary on_press=move |()| engine.dispatch(Gesture::Start) />
                    <Button
                        label=words::DECLINE
                        kind=Kind::Plain
                        on_press=move |()| engine.dispatch(Gesture::DeclineCall)
                    />
                </section>
            </Show>
        </div>
    }
}
