//! What every page of the door has in common.

use crate::pages::agent::ask::{Ask, FaultLine};
use crate::text::agent as words;
use leptos::prelude::*;

/// Brand beside (or above) a form.
#[component]
pub fn DoorFrame(heading: &'static str, lead: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="door">
            <header class="door-brand">
                <svg class="logo" aria-hidden="true" viewBox="0 0 24 24"><use href="#logo"></use></svg>
                <p class="door-name">{words::PRODUCT}</p>
                <p>{words::CLAIM}</p>
            </header>
            <main class="door-main">
                <h1 tabindex="-1">{heading}</h1>
                <p class="muted">{lead}</p>
                {children()}
            </main>
        </div>
    }
}

/// A form that sends itself by `on_send`, with its fault above its one button.
#[component]
pub fn DoorForm(
    ask: Ask,
    #[prop(into)] button: Signal<&'static str>,
    #[prop(into)] on_send: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <form
            class="card"
            on:submit=move |event| {
                event.prevent_default();
                on_send.run(());
            }
        >
            {children()}
            <FaultLine fault=ask.fault />
            <button
                type="submit"
                class="button button-primary button-large"
                aria-disabled=move || ask.busy.get().then_some("true")
            >
                {button}
            </button>
        </form>
    }
}
