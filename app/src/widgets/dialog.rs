//! Dialogs: the browser keeps the focus inside and gives it back.

use crate::platform::focus;
use leptos::html;
use leptos::prelude::*;

/// A dialog that follows `open`, and sets it to false when the person closes it (Escape included).
#[component]
pub fn Dialog(open: RwSignal<bool>, #[prop(into)] title: Signal<String>, children: Children) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = element.get() else { return };
        if open.get() {
            focus::open_dialog(&dialog);
        } else {
            focus::close_dialog(&dialog);
        }
    });
    view! {
        <dialog
            node_ref=element
            class="dialog"
            aria-label=move || title.get()
            on:close=move |_| open.set(false)
        >
            <h2>{move || title.get()}</h2>
            {children()}
        </dialog>
    }
}
