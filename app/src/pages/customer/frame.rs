//! The frame around every screen outside of the call.

use crate::text::customer as words;
use leptos::prelude::*;

/// Logo, heading, content; actions stay at the thumb.
#[component]
pub fn Frame(
    #[prop(into)] heading: Signal<String>,
    /// What to read and fill in.
    children: Children,
    /// The buttons.
    #[prop(optional)]
    actions: Option<AnyView>,
) -> impl IntoView {
    view! {
        <div class="frame">
            <header class="frame-top">
                <svg class="logo" aria-hidden="true" viewBox="0 0 24 24"><use href="#logo"></use></svg>
                <span>{words::PRODUCT}</span>
            </header>
            <main class="frame-main">
                <h1 tabindex="-1">{move || heading.get()}</h1>
                {children()}
            </main>
            {actions.map(|actions| view! { <div class="frame-actions">{actions}</div> })}
        </div>
    }
}
