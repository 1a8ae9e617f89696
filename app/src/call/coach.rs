//! What could be better about the customer's picture, in the same words for both sides.

use crate::engine::use_engine;
use crate::platform::coach::Watch;
use crate::text::network as words;
use crate::widgets::{Button, Icon, Kind};
use farhand_shared::client::Gesture;
use farhand_shared::coach::Hint;
use farhand_shared::session::{Camera, Torch};
use leptos::html;
use leptos::prelude::*;

/// Shows nothing: looks at the own camera in `video` while it runs.
#[component]
pub fn CameraWatch(video: NodeRef<html::Video>) -> impl IntoView {
    let engine = use_engine();
    let runs = engine.read(|view| matches!(view.camera.camera, Camera::Live(_)) && !view.camera.paused);
    let watch = StoredValue::new_local(None);
    Effect::new(move || {
        engine.hint(None);
        let look = || Watch::start(move || video.get_untracked(), move |hint| engine.hint(hint));
        watch.set_value(runs.get().then(look));
    });
    on_cleanup(move || engine.hint(None));
}

/// The hint, with the light's button where there is a light. `light` is what pressing it wants: the customer switches it
/// on, the agent asks for it.
#[component]
pub fn CoachHint(
    /// What the button wants.
    light: fn() -> Gesture,
) -> impl IntoView {
    let engine = use_engine();
    let hint = engine.read(|view| view.hint);
    let unlit = engine.in_session(|session| {
        let customer = session.customer();
        customer.is_some_and(|customer| customer.torch == Torch::Off)
    });
    view! {
        <div role="status" class="coach">
            {move || hint.get().map(|hint| view! {
                <div class="pill pill-video">
                    <Icon name="warning" />
                    <span>{words::hint(hint)}</span>
                    <Show when=move || hint == Hint::Dark && unlit.get() == Some(true)>
                        <Button
                            label=words::LIGHT
                            kind=Kind::Plain
                            on_press=move |()| engine.dispatch(light())
                        />
                    </Show>
                </div>
            })}
        </div>
    }
}
