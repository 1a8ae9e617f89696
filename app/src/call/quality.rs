//! The connection in words, only when it is not good.

use crate::engine::use_engine;
use crate::text::quality;
use crate::widgets::Icon;
use farhand_shared::quality::Quality;
use farhand_shared::role::Role;
use leptos::prelude::*;

/// Says whose connection is worst and how bad.
#[component]
pub fn QualityPill() -> impl IntoView {
    let engine = use_engine();
    let pill = engine.read(|view| {
        let (whose, how) = view.weakest.filter(|(_, how)| *how != Quality::Good)?;
        let person = whose.and_then(|id| view.session.as_ref()?.person(id));
        let name = person.map_or("", |person| match (person.name.as_str(), person.role) {
            ("", Role::Customer) => "Customer",
            ("", _) => "Agent",
            (name, _) => name,
        });
        Some((quality::pill(whose.is_none(), name, how), how))
    });
    view! {
        {move || pill.get().map(|(text, how)| {
            let icon = if how >= Quality::Reconnecting { "wifi-0" } else { "wifi-1" };
            view! { <p class="pill pill-video quality"><Icon name=icon />{text}</p> }
        })}
    }
}
