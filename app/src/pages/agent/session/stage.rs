//! The customer's picture, large, and how the agent looks at it.

use super::dock::Dock;
use super::keys;
use super::matters::{Matters, picture_is_old};
use super::panel::to_customer;
use super::photo::{NewestPhoto, PhotoBar, PhotoNote};
use super::tools::StageTools;
use super::zoom::Look;
use crate::call::{Picture, Voices};
use crate::engine::{Handle, use_engine};
use crate::platform::pointer;
use crate::platform::stream::Stream;
use crate::text::agent_call as words;
use crate::widgets::{Button, Kind};
use farhand_shared::client::{Gesture, Phase};
use farhand_shared::session::{Camera, Mode, Session};
use leptos::html;
use leptos::prelude::*;

/// The stage as its parts know it.
#[derive(Clone, Copy)]
pub struct Stage {
    /// The way of looking.
    pub look: RwSignal<Look>,
    /// The element that full screen fills.
    pub element: NodeRef<html::Div>,
    /// The list of shortcuts is open.
    pub help: RwSignal<bool>,
}

/// Stage, tools, end banner, dock.
#[component]
pub fn CallMiddle() -> impl IntoView {
    let stage = Stage {
        look: RwSignal::new(Look::default()),
        element: NodeRef::new(),
        help: RwSignal::new(false),
    };
    let engine = use_engine();
    keys::everywhere(engine);
    view! {
        <Matters />
        <Window stage />
        <PhotoBar />
        <StageTools stage />
        <Ending />
        <Dock />
        <Voices />
        <keys::Sheet open=stage.help />
    }
}

/// The customer's stream. The last one stays when a connection goes: its last picture is better than black.
fn picture(engine: Handle) -> Signal<Option<Stream>, LocalStorage> {
    let peer = engine.read(|view| to_customer(view).map(|(person, peer)| (person, peer.connection)));
    let last = StoredValue::new_local(None::<Stream>);
    Signal::derive_local(move || {
        let now = peer
            .get()
            .and_then(|(person, connection)| engine.picture_from(person, connection));
        if now.is_some() {
            last.set_value(now.clone());
        }
        now.or_else(|| last.get_value())
    })
}

#[component]
fn Window(stage: Stage) -> impl IntoView {
    let engine = use_engine();
    let stream = picture(engine);
    let old = engine.read(picture_is_old);
    let photo = engine.in_session(|session: &Session| session.mode() == Mode::Photo);
    let grip = StoredValue::new(None::<(f64, f64)>);
    let down = move |event: leptos::ev::PointerEvent| {
        let at = pointer::grip(&event);
        grip.set_value(Some((at.x, at.y)));
        pointer::capture(&event);
    };
    let drag = move |event: leptos::ev::PointerEvent| {
        let Some((x, y)) = grip.get_value() else { return };
        let at = pointer::grip(&event);
        stage.look.update(|look| look.shift(at.x - x, at.y - y));
        grip.set_value(Some((at.x, at.y)));
    };
    let look = stage.look;
    view! {
        <div
            node_ref=stage.element
            class="stage"
            class:zoomed=move || !look.get().is_fit()
            role="group"
            tabindex="0"
            aria-label=words::STAGE
            on:keydown=move |event| keys::on_stage(engine, stage, &event)
            on:wheel=move |event| {
                event.prevent_default();
                look.update(|look| look.step(event.delta_y() < 0.0));
            }
            on:pointerdown=down
            on:pointermove=drag
            on:pointerup=move |_| grip.set_value(None)
            on:pointercancel=move |_| grip.set_value(None)
        >
            <div
                class="stage-picture"
                class:actual=move || look.get().actual
                class:sideways=move || look.get().sideways()
                class:old=move || old.get()
                style:transform=move || look.get().transform()
            >
                <Picture stream label=words::STAGE />
                <NewestPhoto />
            </div>
            <Show when=move || stream.with(Option::is_none) && photo.get() != Some(true)>
                <p class="stage-empty">{words::NO_PICTURE}</p>
            </Show>
            <PhotoNote />
            <OwnPicture />
        </div>
    }
}

/// What the customer sees of me, while my camera is on.
#[component]
fn OwnPicture() -> impl IntoView {
    let engine = use_engine();
    let on = engine.read(|view| matches!(view.camera.camera, Camera::Live(_)) && !view.camera.paused);
    view! {
        <Show when=move || on.get()>
            <div class="stage-own">
                <Picture
                    stream=Signal::derive_local(move || engine.preview())
                    label=words::MY_CAMERA
                    mirrored=Signal::stored(true)
                />
            </div>
        </Show>
    }
}

/// Five seconds to take the end back, instead of a question.
#[component]
fn Ending() -> impl IntoView {
    let engine = use_engine();
    let ending = engine.read(|view| matches!(view.phase, Phase::Ending { .. }));
    view! {
        <div role="alert">
            <Show when=move || ending.get()>
                <div class="ending">
                    <p>{words::ENDING}</p>
                    <Button label=words::STAY kind=Kind::Plain on_press=move |()| engine.dispatch(Gesture::Stay) />
                </div>
            </Show>
        </div>
    }
}
