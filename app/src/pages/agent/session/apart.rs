//! The call in a window of its own.

use crate::platform::pop_out::{self, PopOut};
use crate::text::agent_call as words;
use crate::widgets::{Button, Kind};
use leptos::html;
use leptos::prelude::*;

/// Where the parts of the call are. Copied freely; lives as long as the call's screen.
#[derive(Clone, Copy)]
pub struct Apart {
    /// All parts of the call.
    pub parts: NodeRef<html::Div>,
    /// They are in a window of their own.
    pub is_out: RwSignal<bool>,
    window: StoredValue<Option<PopOut>, LocalStorage>,
}

impl Apart {
    /// In their place.
    pub fn new() -> Self {
        Self {
            parts: NodeRef::new(),
            is_out: RwSignal::new(false),
            window: StoredValue::new_local(None),
        }
    }

    /// Out, or back to their place.
    pub fn toggle(self) {
        if self.is_out.get_untracked() {
            self.window.set_value(None);
            return;
        }
        let Some(parts) = self.parts.get_untracked() else {
            return;
        };
        let opened = move |opened: Option<PopOut>| {
            self.is_out.try_set(opened.is_some());
            self.window.try_set_value(opened);
        };
        let back = move || {
            self.is_out.try_set(false);
        };
        pop_out::open(
            &parts,
            words::SESSION_TITLE,
            "console-middle call popped-out",
            opened,
            back,
        );
    }
}

/// What stands in their place meanwhile.
#[component]
pub fn ElsewhereNote(apart: Apart) -> impl IntoView {
    view! {
        <div role="status">
            <Show when=move || apart.is_out.get()>
                <div class="banner">
                    <p>{words::IS_OUT}</p>
                    <Button label=words::BRING_BACK kind=Kind::Plain on_press=move |()| apart.toggle() />
                </div>
            </Show>
        </div>
    }
}
