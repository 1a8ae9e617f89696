//! What happened just now, for customers.

use crate::engine::use_engine;
use crate::text::{Agent, notices};
use crate::widgets::Toasts;
use farhand_shared::client::{Gesture, Notice};
use farhand_shared::session::Session;
use leptos::prelude::*;

/// Shows the machine's notices one at a time.
#[component]
pub fn Notices() -> impl IntoView {
    let engine = use_engine();
    let oldest = engine.read(|view| {
        let (number, notice) = view.notices.first()?;
        let agent = asker(notice, view.session.as_ref());
        Some((*number, notices::customer(notice, &agent)))
    });
    view! {
        <Toasts oldest=oldest on_read=move |number| engine.dispatch(Gesture::DismissNotice(number)) />
    }
}

fn asker(notice: &Notice, session: Option<&Session>) -> Agent {
    let (Notice::AgentDid(_, by) | Notice::Opened(by, _) | Notice::Came(by) | Notice::Went(by)) = notice else {
        return Agent::default();
    };
    let person = session.and_then(|session| session.person(*by));
    let named = person.filter(|person| !person.name.is_empty());
    Agent(named.map(|person| notices::who(&person.name, person.role)))
}
