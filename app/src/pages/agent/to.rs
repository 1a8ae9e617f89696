//! Links between the console's pages.

use super::desk::use_desk;
use super::route::Route;
use leptos::prelude::*;

/// A link inside the console: nothing is loaded, and opening it in another tab works as with any link.
#[component]
pub fn To(route: Route, #[prop(default = "")] class: &'static str, children: Children) -> impl IntoView {
    let router = use_desk().router;
    view! {
        <a
            href=route.path()
            class=class
            on:click=move |event| {
                let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
                if !elsewhere {
                    event.prevent_default();
                    router.go(route);
                }
            }
        >
            {children()}
        </a>
    }
}
