//! Buttons.

use super::Icon;
use leptos::prelude::*;

/// How much a button matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The one thing to do on this screen: full width.
    Primary,
    /// One of several.
    #[default]
    Plain,
    /// Full width, but not the one thing.
    Large,
    /// A way out that should not draw the eye.
    Quiet,
    /// Ends something.
    Danger,
}

impl Kind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary button-large",
            Self::Plain => "button",
            Self::Large => "button button-large",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger button-large",
        }
    }
}

/// A button with a text and maybe an icon. While `busy` its icon turns and presses are ignored.
#[component]
pub fn Button(
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] kind: Kind,
    #[prop(optional)] icon: Option<&'static str>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=kind.class()
            aria-disabled=move || busy.get().then_some("true")
            data-busy=move || busy.get().then_some("true")
            on:click=move |_| if !busy.get_untracked() { on_press.run(()) }
        >
            {icon.map(|name| view! { <Icon name /> })}
            <span>{move || label.get()}</span>
        </button>
    }
}
