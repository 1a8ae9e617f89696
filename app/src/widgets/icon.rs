//! Icons from the page's one sprite (`style/icons.svg`).

use leptos::prelude::*;

/// The drawing `icon-NAME`. Always beside a text: readers do not see it.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" viewBox="0 0 24 24">
            <use href=["#icon-", name].concat()></use>
        </svg>
    }
}
