//! The other side is calling.

use super::frame::Frame;
use crate::engine::use_engine;
use crate::text::{Agent, customer as words};
use crate::widgets::{Button, Icon, Kind};
use farhand_shared::client::Gesture;
use leptos::prelude::*;

/// Accept or decline; the ring has a picture of its own for those who do not hear it.
#[component]
pub fn Ringing() -> impl IntoView {
    let engine = use_engine();
    let agent = engine.agent_name();
    let actions = view! {
        <Button label=words::ACCEPT kind=Kind::Primary icon="camera" on_press=move |()| engine.dispatch(Gesture::Start) />
        <Button
            label=words::DECLINE
            kind=Kind::Danger
            icon="phone-end"
            on_press=move |()| engine.dispatch(Gesture::DeclineCall)
        />
    };
    view! {
        <Frame heading=Signal::derive(move || words::calling(&Agent(agent.get()))) actions=actions.into_any()>
            <div class="ring" aria-hidden="true"><Icon name="bell" /></div>
        </Frame>
    }
}
