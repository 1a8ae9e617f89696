//! Files of one's own: from a phone's gallery, or documents.

use crate::engine::use_engine;
use crate::platform::{blob, spawn};
use crate::text::chat as words;
use crate::widgets::Icon;
use farhand_shared::client::Gesture;
use farhand_shared::limit;
use farhand_shared::session::FileKind;
use leptos::prelude::*;

/// The button. What is too large is refused before a byte of it travels.
#[component]
pub fn Attach(fault: RwSignal<Option<String>>, sent: Callback<()>) -> impl IntoView {
    let engine = use_engine();
    let chosen = move |event: leptos::ev::Event| {
        fault.set(None);
        let most = engine.peek(|view| view.settings.file_bytes).unwrap_or_default();
        for picked in blob::picked(&event) {
            if picked.blob.size() > most {
                fault.set(Some(words::too_large(&picked.name, most)));
                continue;
            }
            let kind = if picked.blob.kind().starts_with("image/") {
                FileKind::Picture
            } else {
                FileKind::Document
            };
            let name: String = picked.name.chars().take(limit::FILE_NAME_CHARS).collect();
            spawn(async move {
                let file = engine.share(picked.blob, kind, name, None).await;
                let (text, file) = (String::new(), Some(file));
                engine.dispatch(Gesture::Say { text, file });
                sent.try_run(());
            });
        }
    };
    view! {
        <label class="button composer-attach" title=words::ATTACH>
            <input type="file" class="visually-hidden" aria-label=words::ATTACH multiple on:change=chosen />
            <Icon name="attach" />
        </label>
    }
}

/// Why a file was not sent.
#[component]
pub fn AttachFault(fault: RwSignal<Option<String>>) -> impl IntoView {
    view! {
        <div role="alert" class="attach-fault">
            {move || fault.get().map(|fault| view! { <p class="error">{fault}</p> })}
        </div>
    }
}
