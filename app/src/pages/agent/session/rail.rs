//! Left: who is here, and what the session is.

use super::grants::GrantChoices;
use super::me;
use super::people_dialog::AddPeople;
use crate::engine::use_engine;
use crate::platform::timer::Timeout;
use crate::text::{agent_call as words, duration, record, visits};
use crate::widgets::{Icon, Segmented};
use core::time::Duration;
use farhand_shared::client::{Gesture, LinkView, View};
use farhand_shared::id::PersonId;
use farhand_shared::limit;
use farhand_shared::role::Role;
use farhand_shared::session::{Camera, Mode, Session, Status, Talk};
use leptos::prelude::*;

/// The rail.
#[component]
pub fn Rail() -> impl IntoView {
    view! {
        <aside class="console-rail" aria-label=words::SESSION>
            <People />
            <Facts />
        </aside>
    }
}

/// One line of the list.
#[derive(Clone, PartialEq)]
pub struct Row {
    id: PersonId,
    name: String,
    role: Role,
    state: String,
    mine: bool,
    /// Whether the picture of somebody who shows theirs is on hold.
    held: Option<bool>,
}

fn rows(view: &View) -> Vec<Row> {
    let Some(session) = &view.session else {
        return Vec::new();
    };
    let people = session.people().iter().filter(|person| person.holds_seat());
    people
        .map(|person| {
            let seat = match person.role {
                Role::Viewer if person.connected => visits::WATCHING,
                _ => words::seat(person.seat, person.connected, person.away.map(|(why, _)| why)),
            };
            let state = match words::mic(person.mic) {
                Some(mic) => [seat, ", ", mic].concat(),
                None => seat.to_owned(),
            };
            let state = if person.held {
                [&state, ", ", words::ON_HOLD].concat()
            } else {
                state
            };
            let can_hold = matches!(person.role, Role::Customer | Role::Guest);
            let on = matches!(person.camera, Camera::Live(_)) || person.held;
            let name = if person.name.is_empty() {
                words::role(person.role)
            } else {
                &person.name
            };
            Row {
                id: person.id,
                name: name.to_owned(),
                role: person.role,
                state,
                mine: view.you == Some(person.id),
                held: (can_hold && on).then_some(person.held),
            }
        })
        .collect()
}

#[component]
fn People() -> impl IntoView {
    let engine = use_engine();
    let count = engine.in_session(|session| session.people().iter().filter(|person| person.holds_seat()).count());
    let alone = move || count.get().unwrap_or_default() < 2;
    view! {
        <section aria-labelledby="people-title">
            <h2 id="people-title">{words::PEOPLE}</h2>
            <PeopleList tools=|row| view! { <AgentTools row /> }.into_any() />
            <Show when=alone>
                <p class="muted">{words::NOBODY}</p>
            </Show>
            <AddPeople />
        </section>
    }
}

/// Who is here, with name, role and state; `tools` stand beside each.
#[component]
pub fn PeopleList(tools: fn(Row) -> AnyView) -> impl IntoView {
    let people = use_engine().read(rows);
    view! {
        <ul role="list" class="people">
            {move || people.get().into_iter().map(|row| view! { <Someone row tools /> }).collect_view()}
        </ul>
    }
}

#[component]
fn Someone(row: Row, tools: fn(Row) -> AnyView) -> impl IntoView {
    let ring = match row.role {
        Role::Customer => "avatar avatar-customer",
        Role::Agent => "avatar avatar-agent",
        Role::Guest => "avatar avatar-guest",
        Role::Viewer => "avatar avatar-viewer",
    };
    let initial: String = row.name.chars().take(1).flat_map(char::to_uppercase).collect();
    view! {
        <li>
            <span class=ring aria-hidden="true">{initial}</span>
            <div>
                <strong>{row.name.clone()}</strong>
                {row.mine.then(|| view! { <span class="muted">" (" {words::YOU} ")"</span> })}
                <p class="muted">{words::role(row.role)} " · " {row.state.clone()}</p>
            </div>
            {tools(row)}
        </li>
    }
}

/// What an agent can do about somebody.
#[component]
fn AgentTools(row: Row) -> impl IntoView {
    let engine = use_engine();
    let ejectable = matches!(row.role, Role::Guest | Role::Viewer);
    let eject_label = [visits::EJECT, ": ", &row.name].concat();
    let name = row.name.clone();
    let hold_label = move |held: bool| [if held { words::RELEASE } else { words::HOLD }, ": ", &name].concat();
    let choices = (row.role == Role::Guest).then(|| view! { <GrantChoices person=row.id name=row.name.clone() /> });
    view! {
        {row.held.map(|held| view! {
            <button
                type="button"
                class="button person-out"
                aria-label=hold_label(held)
                on:click=move |_| engine.dispatch(Gesture::Hold { person: row.id, on: !held })
            >
                <Icon name=if held { "play" } else { "pause" } />
            </button>
        })}
        {ejectable.then(|| view! {
            <button
                type="button"
                class="button person-out"
                aria-label=eject_label
                on:click=move |_| engine.dispatch(Gesture::Eject(row.id))
            >
                <Icon name="close" />
            </button>
        })}
        {choices}
    }
}

#[component]
fn Facts() -> impl IntoView {
    let engine = use_engine();
    let pin = engine.read(|view| view.pin.map(|now| now.pin));
    view! {
        <section aria-labelledby="facts-title">
            <h2 id="facts-title">{words::SESSION}</h2>
            <dl class="facts">
                <dt>{words::CALL_TIME}</dt>
                <dd><Timer /></dd>
                <dt>{words::PIN}</dt>
                <dd class="mono">{move || pin.get().map_or_else(|| "–".to_owned(), |pin| pin.grouped())}</dd>
            </dl>
            <CaseField />
            <Choices />
        </section>
    }
}

/// Counts from the start of the call.
#[component]
fn Timer() -> impl IntoView {
    let engine = use_engine();
    let since = engine.in_session(|session| match session.status() {
        Status::InProgress { since } => Some(since),
        _ => None,
    });
    view! {
        <span class="clock" role="timer">
            {move || since.get().flatten().map_or_else(
                || words::NOT_STARTED.to_owned(),
                |since| duration::clock(engine.relay_now().since(since)),
            )}
        </span>
    }
}

/// How long nobody types before the case id is saved.
const QUIET: Duration = Duration::from_millis(800);

/// A case id as the session keeps it.
fn cleaned(typed: &str) -> String {
    limit::clean(typed, limit::CASE_ID_CHARS).unwrap_or_default()
}

/// The case id, changed in place; it saves itself. What others type appears here unless it is being edited.
#[component]
fn CaseField() -> impl IntoView {
    let engine = use_engine();
    let known = engine.in_session(|session| session.case_id().unwrap_or_default().to_owned());
    let (typed, touched) = (RwSignal::new(String::new()), RwSignal::new(false));
    Effect::new(move |before: Option<String>| {
        let now = known.get().unwrap_or_default();
        // Whoever types on while the last letters are being saved keeps what they have typed.
        if typed.with_untracked(|typed| cleaned(typed)) == before.unwrap_or_default() {
            typed.set(now.clone());
        }
        now
    });
    let live = engine.read(|view| view.link == LinkView::Live);
    let saved = move || known.with(|known| typed.with(|typed| cleaned(typed) == known.as_deref().unwrap_or_default()));
    let timer = StoredValue::new_local(None::<Timeout>);
    let save = move || {
        if !untrack(saved) {
            engine.dispatch(Gesture::SetCase(typed.get_untracked()));
        }
    };
    let type_in = move |event| {
        typed.set(event_target_value(&event));
        touched.set(true);
        timer.set_value(Some(Timeout::after(QUIET, save)));
    };
    on_cleanup(move || {
        // The waiting has become a call, and this field another one.
        if touched.get_untracked() {
            save();
        }
    });
    let state = move || match (touched.get(), saved() && live.get()) {
        (false, _) => "",
        (true, true) => record::SAVED,
        (true, false) => record::SAVING,
    };
    view! {
        <div class="field">
            <label for="session-case">{words::CASE}</label>
            <input
                id="session-case"
                class="input"
                type="text"
                autocomplete="off"
                maxlength=limit::CASE_ID_CHARS
                prop:value=typed
                on:input=type_in
                on:change=move |_| save()
            />
            <p class="muted" role="status">{state}</p>
        </div>
    }
}

#[component]
fn Choices() -> impl IntoView {
    let engine = use_engine();
    let mode = engine.read(|view| view.session.as_ref().map_or(Mode::Video, Session::mode));
    let talk = engine.read(|view| view.session.as_ref().map_or(Talk::PhoneCall, Session::talk));
    let in_it = engine.read(|view| me(view).is_some());
    view! {
        <Show when=move || in_it.get()>
            <div class="field">
                <span aria-hidden="true">{words::MODE}</span>
                <Segmented
                    name="session-mode"
                    label=words::MODE
                    choices=vec![(Mode::Video, crate::text::agent::VIDEO), (Mode::Photo, crate::text::agent::PHOTO)]
                    chosen=mode
                    on_choose=move |mode| engine.dispatch(Gesture::SetMode(mode))
                />
            </div>
            <div class="field">
                <span aria-hidden="true">{words::TALK}</span>
                <Segmented
                    name="session-talk"
                    label=words::TALK
                    choices=vec![
                        (Talk::PhoneCall, crate::text::agent::BY_PHONE),
                        (Talk::Page, crate::text::agent::BY_PAGE),
                    ]
                    chosen=talk
                    on_choose=move |talk| engine.dispatch(Gesture::SetTalk(talk))
                />
            </div>
        </Show>
    }
}
