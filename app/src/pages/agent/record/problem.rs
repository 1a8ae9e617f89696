//! Telling the administrator what did not work.

use crate::pages::agent::api;
use crate::pages::agent::ask::{Ask, FaultLine};
use crate::pages::agent::desk::use_desk;
use crate::text::record as words;
use crate::widgets::{Button, Kind};
use farhand_shared::id::SessionId;
use farhand_shared::limit;
use leptos::prelude::*;

/// The way to the administrator, where the operator wants it.
#[component]
pub fn ReportProblem(session: SessionId, #[prop(default = "notes")] class: &'static str) -> impl IntoView {
    let wanted = use_desk().agent(|me| me.problem_reports);
    view! { <Show when=move || wanted.get() == Some(true)><ProblemForm session class /></Show> }
}

/// A button that becomes a form.
#[component]
fn ProblemForm(session: SessionId, class: &'static str) -> impl IntoView {
    let (open, sent, text) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(String::new()));
    let ask = Ask::new();
    let send = move |()| {
        ask.run(api::report_problem(session, text.get_untracked()), move |()| {
            open.try_set(false);
            text.try_set(String::new());
            sent.try_set(true);
        });
    };
    view! {
        <div class=class>
            <Show
                when=move || open.get()
                fallback=move || view! {
                    <Button label=words::PROBLEM icon="warning" on_press=move |()| { sent.set(false); open.set(true); } />
                }
            >
                <label for="problem">{words::PROBLEM_LABEL}</label>
                <p id="problem-hint" class="hint">{words::PROBLEM_LEAD}</p>
                <textarea
                    id="problem"
                    class="input"
                    rows="4"
                    maxlength=limit::PROBLEM_CHARS
                    aria-describedby="problem-hint"
                    bind:value=text
                ></textarea>
                <Button label=words::PROBLEM_SEND kind=Kind::Plain busy=ask.busy on_press=send />
            </Show>
            <FaultLine fault=ask.fault />
            <p role="status">{move || sent.get().then_some(words::PROBLEM_SENT)}</p>
        </div>
    }
}
