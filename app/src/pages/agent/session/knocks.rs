//! People at the door who typed the number, and customers who wait in sessions without an agent.

use super::grants::GrantChoices;
use crate::engine::{Handle, use_engine};
use crate::pages::agent::desk::{Desk, use_desk};
use crate::pages::agent::waited::WaitedPill;
use crate::text::agent as home;
use crate::text::{agent_call as words, handover, visits};
use crate::widgets::{Button, Icon, Kind, TextField};
use farhand_shared::client::{Gesture, Phase};
use farhand_shared::id::PersonId;
use farhand_shared::role::Role;
use farhand_shared::session::{Person, Seat};
use farhand_shared::time::Time;
use leptos::prelude::*;

/// Somebody at the door.
fn knock(person: &Person) -> Option<Knock> {
    let Seat::Knocking { since } = person.seat else {
        return None;
    };
    Some(Knock {
        person: person.id,
        name: person.name.clone(),
        device: person.device.as_ref().map(words::device),
        code: (person.role == Role::Guest).then(|| person.spoken_code()),
        since,
    })
}

/// Tells the desk who stands at this session's door and whether a call runs, for what sounds and for the tab's title.
pub fn count(desk: Desk, engine: Handle) {
    let knocks = engine.in_session(|session| {
        let people = session.people().iter();
        people
            .filter(|person| matches!(person.seat, Seat::Knocking { .. }))
            .count()
    });
    let in_call = engine.read(|view| matches!(view.phase, Phase::Live | Phase::Ending { .. }));
    let waiting = desk.waiting;
    Effect::new(move || waiting.at_door.set(knocks.get().unwrap_or(0)));
    Effect::new(move || waiting.in_call.set(in_call.get()));
    on_cleanup(move || {
        waiting.at_door.set(0);
        waiting.in_call.set(false);
    });
}

#[derive(Clone, PartialEq)]
struct Knock {
    person: PersonId,
    name: String,
    device: Option<String>,
    /// What a guest reads out.
    code: Option<String>,
    /// By the relay's clock.
    since: Time,
}

/// One line each, with Admit and Decline. The region is always there, so that readers hear of a knock.
#[component]
pub fn Knocks() -> impl IntoView {
    let engine = use_engine();
    let knocks = engine.in_session(|session| session.people().iter().filter_map(knock).collect::<Vec<_>>());
    view! {
        <div role="alert" class="knocks">
            <For each=move || knocks.get().unwrap_or_default() key=|knock| knock.person let(knock)>
                <Row knock />
            </For>
        </div>
        <CodeField knocks />
    }
}

/// The number that a guest reads out, typed: whoever has it is let in, without looking for the right line.
#[component]
fn CodeField(knocks: Memo<Option<Vec<Knock>>>) -> impl IntoView {
    let engine = use_engine();
    let (typed, wrong) = (RwSignal::new(String::new()), RwSignal::new(false));
    let guests = Memo::new(move |_| {
        let guests = knocks.get().into_iter().flatten();
        guests
            .filter_map(|knock| Some((knock.code?, knock.person)))
            .collect::<Vec<_>>()
    });
    let admit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let code = typed.with_untracked(|typed| typed.trim().to_owned());
        let guest = guests.with_untracked(|guests| guests.iter().find(|(of, _)| *of == code).map(|(_, guest)| *guest));
        wrong.set(guest.is_none());
        if let Some(guest) = guest {
            typed.set(String::new());
            engine.dispatch(Gesture::Admit(guest));
        }
    };
    view! {
        <Show when=move || guests.with(|guests| !guests.is_empty())>
            <form class="banner knock" on:submit=admit>
                <TextField
                    id="guest-code"
                    label=visits::GUEST_CODE
                    error=Signal::derive(move || wrong.get().then(|| visits::WRONG_CODE.to_owned()))
                    value=typed
                    most_chars=4
                />
                <button type="submit" class="button">{words::ADMIT_BY_CODE}</button>
            </form>
        </Show>
    }
}

/// Customers of other sessions, one line each, while the agent is online. They are gone to from home.
#[component]
pub fn Others() -> impl IntoView {
    let desk = use_desk();
    let others = Memo::new(move |_| {
        if desk.online.get() {
            desk.waiting.customers()
        } else {
            Vec::new()
        }
    });
    view! {
        <div role="status" class="knocks">
            <For each=move || others.get() key=|one| (one.session, one.asked_by.clone()) let(one)>
                <div class="banner">
                    <Icon name="bell" />
                    <p>
                        {one.asked_by.as_deref().map(|by| [&*handover::asks(by), ": "].concat())}
                        <strong>{home::customer(&one)}</strong> " "
                        {one.asked_by.is_none().then_some(home::WAITS)}
                        <span class="muted">" · " {home::mode(one.mode)}</span>
                    </p>
                </div>
            </For>
        </div>
    }
}

#[component]
fn Row(knock: Knock) -> impl IntoView {
    let engine = use_engine();
    let person = knock.person;
    let noticed = engine.in_session(move |session| session.person(person).is_some_and(|person| person.noticed));
    let noticed = move || noticed.get() == Some(true);
    let name = if knock.name.is_empty() {
        words::SOMEBODY.to_owned()
    } else {
        knock.name
    };
    let choices = knock
        .code
        .is_some()
        .then(|| view! { <GrantChoices person name=name.clone() /> });
    view! {
        <div class="banner knock">
            <Icon name="bell" />
            <p>
                <strong>{name}</strong> " " {words::KNOCKS}
                {knock.code.map(|code| view! {
                    " · " {words::role(Role::Guest)} ", " {visits::CODE} " " <strong class="mono">{code}</strong>
                })}
                {knock.device.map(|device| view! { <span class="muted">" · " {device}</span> })}
                " " <WaitedPill waited=Signal::derive(move || engine.relay_now().since(knock.since)) />
            </p>
            {choices}
            <Button label=words::ADMIT kind=Kind::Plain on_press=move |()| engine.dispatch(Gesture::Admit(person)) />
            <Button label=words::DECLINE kind=Kind::Plain on_press=move |()| engine.dispatch(Gesture::Decline(person)) />
            <button
                type="button"
                class="button button-quiet"
                aria-disabled=move || noticed().then_some("true")
                on:click=move |_| engine.dispatch(Gesture::AskPatience(person))
            >
                {move || if noticed() { words::NOTICED } else { words::ASK_PATIENCE }}
            </button>
        </div>
    }
}
