//! Choosing among the cameras of a computer.

use crate::engine::use_engine;
use crate::platform::cameras::{self, CameraDevice};
use crate::platform::spawn;
use crate::text::agent_call as words;
use farhand_shared::client::Gesture;
use leptos::prelude::*;

/// Which of several cameras is mine; nothing where there is only one.
#[component]
pub fn CameraChoice() -> impl IntoView {
    let engine = use_engine();
    let known = RwSignal::new(Vec::<CameraDevice>::new());
    spawn(async move {
        known.try_set(cameras::all().await);
    });
    let choose = move |event| {
        cameras::choose(&event_target_value(&event));
        engine.dispatch(Gesture::TurnOffCamera);
        engine.dispatch(Gesture::TurnOnCamera);
    };
    let options = move || {
        let now = cameras::chosen();
        let option = |one: CameraDevice| {
            let selected = now.as_ref() == Some(&one.id);
            view! { <option value=one.id selected=selected>{one.label}</option> }
        };
        known.get().into_iter().map(option).collect_view()
    };
    view! {
        <Show when=move || known.with(|known| known.len() > 1)>
            <select class="input" aria-label=words::WHICH_CAMERA on:change=choose>{options}</select>
        </Show>
    }
}
