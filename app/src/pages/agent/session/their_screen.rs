//! What the customer has before their eyes, drawn small, so that an agent can say where to tap.

use crate::text::{Step, arrival as words};
use crate::widgets::Steps;
use leptos::prelude::*;

/// Heading, line, steps and the button to tap, as on the customer's page.
#[component]
pub fn TheirScreen(
    #[prop(into)] heading: String,
    #[prop(into)] line: String,
    /// What its one button says.
    button: Option<&'static str>,
    #[prop(default = &[])] steps: &'static [Step],
) -> impl IntoView {
    view! {
        <div role="group" class="their-screen" aria-label=words::TITLE>
            <strong>{heading}</strong>
            <p>{line}</p>
            {(!steps.is_empty()).then(|| view! { <Steps steps /> })}
            {button.map(|label| view! { <span class="their-button">{label}</span> })}
        </div>
    }
}
