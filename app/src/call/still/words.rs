//! A field for words, on the picture itself.

use super::state::Still;
use crate::platform::focus;
use crate::text::still as words;
use farhand_shared::limit;
use leptos::html;
use leptos::prelude::*;

/// The field, while a place for words is chosen. Enter writes them down, and so does turning elsewhere; Escape does not.
#[component]
pub fn WordsField(still: Still) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            focus::on(&field);
        }
    });
    let at = Memo::new(move |_| {
        let (_, at) = still.writing.get()?;
        Some(still.board.fit.get()?.to_view(at))
    });
    let shown = Memo::new(move |_| at.get().is_some());
    let pixels = |length: f32| [(length as i32).to_string().as_str(), "px"].concat();
    let finish = move || {
        let text = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        still.write(&text);
    };
    let field = move || {
        view! {
            <input
                node_ref=field
                class="still-words"
                type="text"
                aria-label=words::WORDS
                maxlength=limit::MARK_TEXT_CHARS.to_string()
                autocomplete="off"
                enterkeyhint="done"
                style:left=move || at.get().map(|(x, _)| pixels(x))
                style:top=move || at.get().map(|(_, y)| pixels(y))
                on:keydown=move |event| {
                    // Letters are words here, not tools.
                    if !(event.ctrl_key() || event.meta_key()) {
                        event.stop_propagation();
                    }
                    match event.key().as_str() {
                        "Enter" => finish(),
                        "Escape" => still.writing.set(None),
                        _ => {}
                    }
                }
                on:blur=move |_| finish()
            />
        }
    };
    move || shown.get().then(field)
}
