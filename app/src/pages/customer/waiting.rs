//! Before the call: at the door, and ready inside.

use super::camera_help::CameraTrouble;
use super::entry::use_entry;
use super::frame::Frame;
use super::pin_card::PinCard;
use crate::call::chat::{ChatButton, Latest};
use crate::call::{Banner, LightButton, Picture, SaveData};
use crate::engine::use_engine;
use crate::text::{Agent, customer as words, duration};
use crate::widgets::{Button, Kind};
use farhand_shared::client::Gesture;
use farhand_shared::session::{Camera, Creator, Facing};
use leptos::prelude::*;

/// Knocked by number; an agent lets them in.
#[component]
pub fn Knocking() -> impl IntoView {
    let entry = use_entry();
    let noticed = use_engine().read(|view| view.noticed);
    let actions = view! {
        <Button label=words::GO_AWAY kind=Kind::Quiet on_press=move |()| entry.start_over() />
    };
    view! {
        <Frame heading=words::KNOCKING_TITLE actions=actions.into_any()>
            <p role="status">{move || if noticed.get() { words::NOTICED } else { words::KNOCKING }}</p>
            <Elapsed />
            <Banner />
        </Frame>
    }
}

/// Ready: sees the own picture and waits for the other side.
#[component]
pub fn Waiting() -> impl IntoView {
    let (engine, entry) = (use_engine(), use_entry());
    let agent = engine.agent_name();
    let camera = engine.read(|view| matches!(view.camera.camera, Camera::Live(_)));
    let walk_in = engine.in_session(|session| session.creator() == Creator::Customer);
    let ready = move || {
        if agent.with(Option::is_none) && walk_in.get() == Some(true) {
            words::READY_WALK_IN.to_owned()
        } else {
            words::ready(&Agent(agent.get()), camera.get())
        }
    };
    let actions = view! {
        <ChatButton />
        <Button label=words::GO_AWAY kind=Kind::Quiet on_press=move |()| entry.start_over() />
    };
    view! {
        <Frame heading=words::READY_TITLE actions=actions.into_any()>
            <p role="status">{ready}</p>
            <PinCard />
            <Elapsed />
            <Banner />
            <Latest />
            <Show when=move || camera.get() fallback=CameraTrouble>
                <Preview />
            </Show>
        </Frame>
    }
}

/// The own picture with flip and light. The same stream goes on into the call.
#[component]
fn Preview() -> impl IntoView {
    let engine = use_engine();
    let front = engine.read(|view| view.camera.lens.is_some_and(|lens| lens.facing == Facing::Front));
    let busy = engine.read(|view| view.camera.busy);
    view! {
        <div class="preview call">
            <Picture
                stream=Signal::derive_local(move || engine.preview())
                label=words::MY_PICTURE
                mirrored=front
            />
            <div class="preview-controls">
                <Button
                    label=words::FLIP
                    icon="flip"
                    busy
                    on_press=move |()| engine.dispatch(Gesture::Flip)
                />
                <LightButton />
            </div>
        </div>
        <SaveData />
    }
}

/// How long this screen has been waiting.
#[component]
fn Elapsed() -> impl IntoView {
    let engine = use_engine();
    let since = untrack(|| engine.now());
    view! {
        <p class="muted">
            {words::WAITING_FOR}
            <span class="clock">{move || duration::clock(engine.now().since(since))}</span>
        </p>
    }
}
