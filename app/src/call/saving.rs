//! The wish to save data, remembered on the device.

use crate::engine::use_engine;
use crate::platform::device;
use crate::platform::storage::{self, Keep};
use crate::text::network as words;
use farhand_shared::client::Gesture;
use leptos::prelude::*;

const KEY: &str = "farhand.save-data";

/// Shows nothing: recalls what was wished on this device before; else what its browser wishes.
#[component]
pub fn SavedWish() -> impl IntoView {
    let engine = use_engine();
    let wished = storage::read(Keep::Always, KEY).map(|wish| wish == "yes");
    if wished.unwrap_or_else(device::saves_data) {
        engine.dispatch(Gesture::SaveData(true));
    }
}

/// The switch.
#[component]
pub fn SaveData() -> impl IntoView {
    let engine = use_engine();
    let on = engine.read(|view| view.saves_data);
    let toggle = move |_| {
        let wish = !on.get_untracked();
        storage::write(Keep::Always, KEY, if wish { "yes" } else { "no" });
        engine.dispatch(Gesture::SaveData(wish));
    };
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || on.get() on:change=toggle />
            <span>{words::SAVE_DATA}</span>
        </label>
    }
}
