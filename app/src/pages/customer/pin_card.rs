//! The number to read out, large.

use crate::engine::use_engine;
use crate::text::customer as words;
use farhand_shared::pin::Pin;
use leptos::prelude::*;

/// The card; nothing where the session has no number for this person.
#[component]
pub fn PinCard() -> impl IntoView {
    let engine = use_engine();
    let pin = engine.read(|view| view.pin.map(|now| now.pin));
    move || {
        pin.get().map(|pin: Pin| {
            view! {
                <section class="card pin-card">
                    <p>{words::READ_OUT}</p>
                    <p class="code" data-pin="">{pin.grouped()}</p>
                </section>
            }
        })
    }
}
