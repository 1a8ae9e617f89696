//! Numbered help: a line and a drawing each.

use crate::text::Step;
use leptos::prelude::*;

/// The steps in order. The drawings say nothing that the words do not, so readers do not see them.
#[component]
pub fn Steps(steps: &'static [Step]) -> impl IntoView {
    let item = |&(drawing, words): &Step| {
        view! {
            <li>
                <span>{words}</span>
                <svg class="step-drawing" aria-hidden="true" viewBox="0 0 96 64">
                    <use href=["/c/steps.svg#", drawing].concat()></use>
                </svg>
            </li>
        }
    };
    let items: Vec<_> = steps.iter().map(item).collect();
    view! { <ol class="steps" role="list">{items}</ol> }
}
