//! The newest message over the picture while the chat is closed (features P25). Readers hear it from the one place that
//! tells them of messages.

use super::{lines, texts_since, use_chat};
use crate::engine::use_engine;
use crate::platform::timer::Timeout;
use core::time::Duration;
use farhand_shared::id::Seq;
use leptos::prelude::*;

/// How long it stays: as long as any short message.
const STAY: Duration = Duration::from_secs(6);

/// The message; a tap opens the chat.
#[component]
pub fn Latest() -> impl IntoView {
    let (engine, chat) = (use_engine(), use_chat());
    let newest = engine.read(|view| view.session.as_ref().map(|_| lines::newest(view)));
    let shown = RwSignal::new(None::<String>);
    let timer = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |known: Option<Option<Seq>>| {
        let now = newest.get();
        if let Some((from, _)) = known.flatten().zip(now)
            && let Some(text) = engine
                .peek(|view| texts_since(view, from))
                .and_then(|mut texts| texts.pop())
        {
            shown.set(Some(text));
            timer.set_value(Some(Timeout::after(STAY, move || {
                shown.try_set(None);
            })));
        }
        now
    });
    let open = move |_| {
        shown.set(None);
        chat.open.set(true);
    };
    move || {
        let text = shown.get().filter(|_| !chat.open.get())?;
        Some(view! { <button type="button" class="latest" on:click=open><span dir="auto">{text}</span></button> })
    }
}
