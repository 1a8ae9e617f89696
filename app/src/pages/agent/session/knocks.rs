//! People at the door who typed the number.

use crate::engine::use_engine;
use crate::text::agent_call as words;
use crate::widgets::{Button, Icon, Kind};
use farhand_shared::client::Gesture;
use farhand_shared::id::PersonId;
use farhand_shared::session::Seat;
use leptos::prelude::*;

#[derive(Clone, PartialEq)]
struct Knock {
    person: PersonId,
    name: String,
    device: Option<String>,
}

/// One line each, with Admit and Decline. The region is always there, so that readers hear of a knock.
#[component]
pub fn Knocks() -> impl IntoView {
    let engine = use_engine();
    let knocks = engine.in_session(|session| {
        let people = session.people().iter();
        let knocking = people.filter(|person| matches!(person.seat, Seat::Knocking { .. }));
        let knocks = knocking.map(|person| Knock {
            person: person.id,
            name: person.name.clone(),
            device: person.device.as_ref().map(words::device),
        });
        knocks.collect::<Vec<_>>()
    });
    view! {
        <div role="alert" class="knocks">
            <For each=move || knocks.get().unwrap_or_default() key=|knock| knock.person let(knock)>
                <Row knock />
            </For>
        </div>
    }
}

#[component]
fn Row(knock: Knock) -> impl IntoView {
    let engine = use_engine();
    let person = knock.person;
    let name = if knock.name.is_empty() {
        words::SOMEBODY.to_owned()
    } else {
        knock.name
    };
    view! {
        <div class="banner knock">
            <Icon name="bell" />
            <p>
                <strong>{name}</strong> " " {words::KNOCKS}
                {knock.device.map(|device| view! { <span class="muted">" · " {device}</span> })}
            </p>
            <Button label=words::ADMIT kind=Kind::Plain on_press=move |()| engine.dispatch(Gesture::Admit(person)) />
            <Button label=words::DECLINE kind=Kind::Plain on_press=move |()| engine.dispatch(Gesture::Decline(person)) />
        </div>
    }
}
