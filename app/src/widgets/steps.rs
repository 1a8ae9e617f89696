//! Numbered help, one line each.

use leptos::prelude::*;

/// The steps in order.
#[component]
pub fn Steps(steps: Vec<&'static str>) -> impl IntoView {
    let items: Vec<_> = steps
        .into_iter()
        .map(|step| view! { <li><span>{step}</span></li> })
        .collect();
    view! { <ol class="steps" role="list">{items}</ol> }
}
