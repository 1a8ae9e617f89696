//! The customer's controls. On phones the label changes with the state; nothing is said by colour alone.

use super::chat::{Unread, use_chat};
use crate::engine::use_engine;
use crate::text::{chat as chat_words, customer as words, photo};
use crate::widgets::{Icon, Segmented};
use farhand_shared::client::{Gesture, Phase};
use farhand_shared::session::{Camera, Mic, Mode, Talk, Torch};
use leptos::prelude::*;

/// One round control with its word below.
#[component]
fn Control(
    #[prop(into)] icon: Signal<&'static str>,
    #[prop(into)] label: Signal<&'static str>,
    /// The label in two, where it may part on small screens.
    #[prop(optional)]
    parted: Option<[&'static str; 2]>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional)] danger: bool,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="control"
            class:control-danger=danger
            aria-disabled=move || busy.get().then_some("true")
            data-busy=move || busy.get().then_some("true")
            on:click=move |_| if !busy.get_untracked() { on_press.run(()) }
        >
            <span class="control-face">{move || view! { <Icon name=icon.get() /> }}</span>
            <span class="control-word">
                {move || match parted {
                    Some([first, second]) => view! { {first}<wbr />{second} }.into_any(),
                    None => label.get().into_any(),
                }}
            </span>
        </button>
    }
}

/// Video or photo.
#[component]
pub fn ModeSwitch() -> impl IntoView {
    let engine = use_engine();
    let mode = engine.read(|view| view.session.as_ref().map_or(Mode::Video, |session| session.mode()));
    view! {
        <Segmented
            name="mode"
            label=words::MODE_LABEL
            choices=vec![(Mode::Video, words::VIDEO), (Mode::Photo, words::PHOTO)]
            chosen=mode
            on_choose=move |mode| engine.dispatch(Gesture::SetMode(mode))
        />
    }
}

/// The light, only where the open lens has one.
#[component]
pub fn LightButton() -> impl IntoView {
    let engine = use_engine();
    let torch = engine.read(|view| view.camera.torch);
    let has_light = engine.read(|view| view.camera.lens.is_some_and(|lens| lens.torch));
    let on = move || torch.get() == Torch::On;
    view! {
        <Show when=move || has_light.get()>
            <button
                type="button"
                class="button light"
                class:light-on=on
                on:click=move |_| engine.dispatch(Gesture::Light(!on()))
            >
                {move || view! { <Icon name=if on() { "light-off" } else { "light" } /> }}
                <span>{move || if on() { words::LIGHT_OFF } else { words::LIGHT_ON }}</span>
            </button>
        </Show>
    }
}

/// Flip, pause or mute, camera, chat, end.
#[component]
pub fn CallBar() -> impl IntoView {
    let engine = use_engine();
    let busy = engine.read(|view| view.camera.busy);
    let live = engine.read(|view| matches!(view.camera.camera, Camera::Live(_)));
    let camera_wanted = engine.read(|view| !matches!(view.camera.camera, Camera::Off | Camera::Unknown));
    let by_page = engine.read(|view| view.session.as_ref().is_some_and(|s| s.talk() == Talk::Page));
    let ending = engine.read(|view| matches!(view.phase, Phase::Ending { .. }));
    let can_freeze = engine.read(|view| {
        let video = view.session.as_ref().is_some_and(|s| s.mode() == Mode::Video);
        video && matches!(view.camera.camera, Camera::Live(_)) && !view.camera.paused
    });
    let toggle_camera = move |()| {
        engine.dispatch(if camera_wanted.get_untracked() {
            Gesture::TurnOffCamera
        } else {
            Gesture::TurnOnCamera
        });
    };
    view! {
        <div class="call-bar">
            <Show when=move || live.get() || busy.get()>
                <Control icon="flip" label=words::FLIP busy=busy on_press=move |()| engine.dispatch(Gesture::Flip) />
            </Show>
            <Show when=move || by_page.get() fallback=PauseControl>
                <MuteControl />
            </Show>
            <Control
                icon=Signal::derive(move || if camera_wanted.get() { "camera-off" } else { "camera" })
                label=Signal::derive(move || if camera_wanted.get() { words::CAMERA_OFF } else { words::CAMERA_ON })
                on_press=toggle_camera
            />
            <ChatControl />
            <Show when=move || can_freeze.get()>
                <Control
                    icon="screenshot"
                    label=photo::SCREENSHOT
                    parted=photo::SCREENSHOT_PARTED
                    on_press=move |()| engine.dispatch(Gesture::TakeStill)
                />
            </Show>
            <Control
                icon="phone-end"
                label=words::END
                danger=true
                busy=ending
                on_press=move |()| engine.dispatch(Gesture::End)
            />
        </div>
    }
}

/// Like the others, with the number of new messages.
#[component]
fn ChatControl() -> impl IntoView {
    let chat = use_chat();
    view! {
        <button
            type="button"
            class="control"
            aria-controls="chat"
            aria-expanded=move || if chat.open.get() { "true" } else { "false" }
            on:click=move |_| chat.open.update(|open| *open = !*open)
        >
            <span class="control-face"><Icon name="chat" /></span>
            <span class="control-word">{chat_words::CHAT}</span>
            <Unread />
        </button>
    }
}

#[component]
fn MuteControl() -> impl IntoView {
    let engine = use_engine();
    let on = engine.read(|view| view.mic == Mic::On);
    view! {
        <Control
            icon=Signal::derive(move || if on.get() { "mic-off" } else { "mic" })
            label=Signal::derive(move || if on.get() { words::MUTE } else { words::UNMUTE })
            on_press=move |()| engine.dispatch(Gesture::Microphone(!on.get_untracked()))
        />
    }
}

#[component]
fn PauseControl() -> impl IntoView {
    let engine = use_engine();
    let paused = engine.read(|view| view.camera.paused);
    let held = engine.read(|view| view.camera.held);
    view! {
        <Show when=move || !held.get()>
        <Control
            icon=Signal::derive(move || if paused.get() { "play" } else { "pause" })
            label=Signal::derive(move || if paused.get() { words::SHOW } else { words::PAUSE })
            on_press=move |()| engine.dispatch(Gesture::Pause(!paused.get_untracked()))
        />
        </Show>
    }
}
