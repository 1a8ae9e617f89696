//! How long somebody has been waiting.

use crate::text::{agent as words, duration};
use core::time::Duration;
use leptos::prelude::*;

/// The time in words and colour. It counts silently: readers have heard who waits.
#[component]
pub fn WaitedPill(#[prop(into)] waited: Signal<Duration>) -> impl IntoView {
    let minutes = move || waited.get().as_secs() / 60;
    view! {
        <span
            class="pill"
            class:pill-warn=move || minutes() == 1
            class:pill-danger=move || { minutes() >= 2 }
            aria-live="off"
        >
            {move || words::waiting(minutes(), &duration::clock(waited.get()))}
        </span>
    }
}
