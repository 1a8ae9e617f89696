//! A button that opens a short list of actions.

use leptos::prelude::*;
use std::borrow::Cow;

/// What can be chosen, and what happens then.
pub type Choice = (Cow<'static, str>, Callback<()>);

/// Choices with fixed words.
pub fn fixed(choices: Vec<(&'static str, Callback<()>)>) -> Vec<Choice> {
    choices
        .into_iter()
        .map(|(words, choose)| (words.into(), choose))
        .collect()
}

/// The menu closes after a choice, on Escape, and when the focus leaves it.
#[component]
pub fn Menu(label: &'static str, items: Vec<Choice>) -> impl IntoView {
    let open = RwSignal::new(false);
    let list: Vec<_> = items
        .into_iter()
        .map(|(words, choose)| {
            view! {
                <button type="button" role="menuitem" on:click=move |_| {
                    open.set(false);
                    choose.run(());
                }>{words}</button>
            }
        })
        .collect();
    view! {
        <div
            class="menu-holder"
            on:keydown=move |event| if event.key() == "Escape" { open.set(false) }
        >
            <button
                type="button"
                class="button"
                aria-haspopup="menu"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {label}
            </button>
            <div class="menu" role="menu" aria-label=label hidden=move || !open.get()>{list}</div>
        </div>
    }
}
