//! What of the session an agent's phone shows: its window holds one part at a time, chosen at its lower edge. Larger
//! windows show them beside each other, the panel as a drawer where it does not fit.

use super::panel::Panel;
use crate::call::chat::Unread;
use crate::text::{agent_call as words, chat};
use crate::widgets::Icon;
use leptos::prelude::*;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The picture, or before the call how far the invitation has come.
    Picture,
    /// Chat, customer, pictures, notes.
    Panel,
    /// Who is here, and what the session is.
    People,
}

impl Part {
    /// For the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Picture => "show-picture",
            Self::Panel => "show-panel",
            Self::People => "show-people",
        }
    }
}

/// The choice.
#[component]
pub fn Parts() -> impl IntoView {
    let shown = expect_context::<Panel>().part;
    let parts = [
        (Part::Picture, "camera", words::PICTURE),
        (Part::Panel, "chat", chat::CHAT),
        (Part::People, "user-plus", words::PEOPLE),
    ];
    let buttons = parts.map(|(part, icon, word)| {
        view! {
            <button
                type="button"
                class="console-part"
                aria-current=move || (shown.get() == part).then_some("true")
                on:click=move |_| shown.set(part)
            >
                <Icon name=icon />
                {word}
                {(part == Part::Panel).then(|| view! { <Unread /> })}
            </button>
        }
    });
    view! { <nav class="console-parts" aria-label=words::PARTS>{buttons.into_iter().collect_view()}</nav> }
}
