//! What to read to a customer who got no link: the address and the number, spelled in groups.

use crate::engine::use_engine;
use crate::platform::page;
use crate::text::agent_call as words;
use leptos::prelude::*;

/// The card.
#[component]
pub fn ReadAloud() -> impl IntoView {
    let engine = use_engine();
    let pin = engine.read(|view| view.pin.map(|now| now.pin));
    view! {
        <section class="card read-aloud" aria-labelledby="aloud-title">
            <h2 id="aloud-title">{words::READ_ALOUD}</h2>
            <p>{words::READ_ADDRESS}</p>
            <p class="read-aloud-big">{words::spelled_host(&page::host())}</p>
            {move || match pin.get() {
                Some(pin) => view! {
                    <p>{words::READ_PIN}</p>
                    <p class="code" data-pin="">{pin.grouped()}</p>
                    <p class="muted">{words::spelled_digits(&pin.digits())}</p>
                }
                .into_any(),
                None => view! { <p class="muted">{words::NO_PIN}</p> }.into_any(),
            }}
        </section>
    }
}
