//! Copying something, and saying that it was copied.

use crate::platform::{clipboard, spawn};
use crate::text::agent as words;
use crate::widgets::{Announcer, Icon};
use leptos::prelude::*;

/// A button that copies `text`. Its label stays: whether it worked is said to readers and shown by the icon.
#[component]
pub fn CopyButton(label: &'static str, #[prop(into)] text: Signal<String>) -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let copied = RwSignal::new(None::<bool>);
    let press = move |_| {
        let copying = clipboard::copy(text.get_untracked());
        spawn(async move {
            let worked = copying.await;
            copied.try_set(Some(worked));
            announcer.say(if worked { words::COPIED } else { words::NOT_COPIED });
        });
    };
    view! {
        <button type="button" class="button" on:click=press>
            {move || view! { <Icon name=if copied.get() == Some(true) { "check" } else { "copy" } /> }}
            <span>{label}</span>
        </button>
        <Show when=move || copied.get() == Some(false)>
            <span class="muted">{words::NOT_COPIED}</span>
        </Show>
    }
}
