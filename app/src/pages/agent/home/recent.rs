//! The agent's sessions and the customers who wait.

use crate::json;
use crate::pages::agent::api;
use crate::pages::agent::ask::{Ask, FaultLine, Known};
use crate::pages::agent::desk::{Desk, use_desk};
use crate::pages::agent::route::Route;
use crate::pages::agent::to::To;
use crate::pages::agent::waited::WaitedPill;
use crate::platform::clock::{self, Clock};
use crate::platform::timer::Interval;
use crate::text::{agent as words, agent_call, duration, handover, record};
use crate::widgets::{Button, Icon, Kind, TextField};
use core::time::Duration;
use farhand_shared::id::SessionId;
use farhand_shared::limit;
use farhand_shared::session::Status;
use farhand_shared::time::Time;
use farhand_shared::wire::http::sessions::{JoinSession, RecentSession};
use leptos::prelude::*;

/// A waiting customer's time counts in these.
const SECOND: Duration = Duration::from_secs(1);

/// Takes a seat in a session of the list.
fn enter(desk: Desk, ask: Ask, session: SessionId) {
    ask.run(api::join(JoinSession::Session(session)), move |seated| {
        desk.enter(seated.session, &seated.seat);
    });
}

/// Since when its customer waits.
fn since(one: &RecentSession) -> Time {
    one.waiting.as_ref().map_or(one.created_at, |waiting| waiting.since)
}

/// Everything that a call shows is in its key, but for the time, which only counts: a change makes the call anew.
fn call_key(one: &RecentSession) -> String {
    let device = one.waiting.as_ref().map(|waiting| &waiting.device);
    key(&(
        one.session,
        &one.asked_by,
        &one.customer_name,
        &one.case_id,
        one.mode,
        device,
    ))
}

/// What a row shows as the key of the row. Not by `{:?}`, which the pages are built without (scripts/pages).
fn key(parts: &impl serde::Serialize) -> String {
    json::to_string(parts).unwrap_or_default()
}

/// The button to take a seat. `name` says to readers whose session it is.
#[component]
fn Enter(
    class: &'static str,
    name: String,
    words: &'static str,
    session: SessionId,
    desk: Desk,
    ask: Ask,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=class
            aria-label=name
            aria-disabled=move || ask.busy.get().then_some("true")
            on:click=move |_| enter(desk, ask, session)
        >
            {words}
        </button>
    }
}

/// Customers who wait, as incoming calls. The region is always there, so that readers hear of them.
#[component]
pub(super) fn Incoming() -> impl IntoView {
    let (desk, ask) = (use_desk(), Ask::new());
    let waiting = Memo::new(move |_| desk.waiting.customers());
    let accept = window_event_listener(leptos::ev::keydown, move |event| {
        let held = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        let longest = waiting.with_untracked(|waiting| {
            waiting
                .iter()
                .min_by_key(|one| (one.asked_by.is_some(), since(one)))
                .map(|one| one.session)
        });
        if let Some(session) = longest.filter(|_| held && event.key() == "Enter" && !ask.busy.get_untracked()) {
            event.prevent_default();
            enter(desk, ask, session);
        }
    });
    on_cleanup(move || accept.remove());
    view! {
        <div role="alert" class="incoming-list">
            <For each=move || waiting.get() key=call_key let(one)>
                <Call one desk ask />
            </For>
        </div>
        <FaultLine fault=ask.fault />
    }
}

#[component]
fn Call(one: RecentSession, desk: Desk, ask: Ask) -> impl IntoView {
    let session = one.session;
    let who = words::customer(&one);
    let accept = [words::ACCEPT, " ", &who].concat();
    let asked = one.asked_by.as_deref().map(|by| [&*handover::asks(by), ": "].concat());
    // Whoever is asked for now need not know how long the session has been going on.
    let waits = asked.is_none().then_some(words::WAITS);
    let waited = asked.is_none().then(|| view! { <Waited session desk /> });
    let is_asked = asked.is_some();
    // Whoever waits keeps waiting for the others; a colleague who asks is told.
    let decline = move |()| match is_asked {
        true => ask.run(api::decline_handover(session), move |()| {
            desk.waiting.drop_asked(session)
        }),
        false => desk.waiting.leave_to_others(session),
    };
    let case = one.case_id.clone().map(|case| [" · ", &case].concat());
    let device = one
        .waiting
        .as_ref()
        .and_then(|one| one.device.as_ref())
        .map(|device| [" · ", &agent_call::device(device)].concat());
    view! {
        <section class="card incoming" aria-label=words::INCOMING_TITLE>
            <span class="incoming-bell" aria-hidden="true"><Icon name="bell" /></span>
            <p>{asked} <strong>{who}</strong> " " {waits} " · " {words::mode(one.mode)} {case} {device} " " {waited}</p>
            <Enter class="button button-primary" name=accept words=words::ACCEPT session desk ask />
            <Button label=handover::NOT_NOW kind=Kind::Plain on_press=decline />
        </section>
    }
}

/// How long somebody has been waiting, by this device's clock.
#[component]
fn Waited(session: SessionId, desk: Desk) -> impl IntoView {
    let clock = StoredValue::new_local(Clock::new());
    let waited = move || {
        let began = desk.waiting.list.with_untracked(|list| {
            let one = list.iter().flatten().find(|one| one.session == session);
            one.map(since)
        });
        let now = clock.try_with_value(Clock::now);
        began.zip(now).map(|(began, now)| now.since(began)).unwrap_or_default()
    };
    let shown = RwSignal::new(waited());
    let _tick = StoredValue::new_local(Interval::every(SECOND, move || {
        shown.try_set(waited());
    }));
    view! { <WaitedPill waited=shown /> }
}

/// Colleagues' sessions that run; nothing while there are none.
#[component]
pub(super) fn LiveCard() -> impl IntoView {
    let (desk, ask) = (use_desk(), Ask::new());
    let known = Known::keep_asking(api::live);
    let live = move || known.now.get().unwrap_or_default();
    let row = move |one: RecentSession| {
        let session = one.session;
        let who = words::customer(&one);
        let join = words::join_visitor(&who);
        view! {
            <li>
                <div>
                    <strong>{who}</strong>
                    <p class="muted">{words::live_with(one.with.as_deref().unwrap_or_default(), one.mode)}</p>
                </div>
                <Enter class="button" name=join words=words::JOIN session desk ask />
            </li>
        }
    };
    view! {
        <Show when=move || !live().is_empty()>
            <section class="card" aria-labelledby="live-title">
                <h2 id="live-title">{words::LIVE_TITLE}</h2>
                <ul role="list" class="recent">{move || live().into_iter().map(row).collect_view()}</ul>
                <FaultLine fault=ask.fault />
            </section>
        </Show>
    }
}

/// The list, newest first; or what was looked for.
#[component]
pub(super) fn RecentCard() -> impl IntoView {
    let (desk, ask) = (use_desk(), Ask::new());
    let sessions = desk.waiting;
    let found = RwSignal::new(None::<Vec<RecentSession>>);
    let known = move || sessions.list.with(Option::is_some);
    let loading = move || !known() && sessions.fault.with(Option::is_none);
    let rows = move || found.get().or_else(|| sessions.list.get()).unwrap_or_default();
    let empty = move || {
        if found.with(Option::is_some) {
            return found.with(|list| {
                list.as_ref()
                    .is_some_and(Vec::is_empty)
                    .then_some(record::FOUND_NOTHING)
            });
        }
        (known() && rows().is_empty()).then_some(words::NO_RECENT)
    };
    view! {
        <section class="card" aria-labelledby="recent-title">
            <h2 id="recent-title">{words::RECENT_TITLE}</h2>
            <Find found />
            <Show when=loading><p class="muted">{words::LOADING}</p></Show>
            <p class="muted" role="status">{empty}</p>
            <FaultLine fault=sessions.fault />
            <FaultLine fault=ask.fault />
            <ul role="list" class="recent">
                <For
                    each=rows
                    // Everything that a row shows is in its key: a change makes the row anew.
                    key=|row| key(&(row.session, row.status, row.mode, row.open, &row.case_id))
                    let(row)
                >
                    <Row row desk ask />
                </For>
            </ul>
        </section>
    }
}

/// Looks for sessions; `found` is none while the latest are shown.
#[component]
fn Find(found: RwSignal<Option<Vec<RecentSession>>>) -> impl IntoView {
    let (ask, typed) = (Ask::new(), RwSignal::new(String::new()));
    let look = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if typed.with_untracked(|typed| typed.trim().is_empty()) {
            found.set(None);
            return;
        }
        ask.run(api::find(typed.get_untracked()), move |list| {
            found.try_set(Some(list));
        });
    };
    let clear = move |()| {
        typed.set(String::new());
        found.set(None);
    };
    view! {
        <form class="find" role="search" on:submit=look>
            <TextField id="find" label=record::FIND hint=record::FIND_HINT value=typed most_chars=limit::FIND_CHARS />
            <button type="submit" class="button">{record::FIND_GO}</button>
        </form>
        <FaultLine fault=ask.fault />
        <Show when=move || found.with(Option::is_some)>
            <Button label=record::FIND_CLEAR kind=Kind::Quiet on_press=clear />
        </Show>
    }
}

#[component]
fn Row(row: RecentSession, desk: Desk, ask: Ask) -> impl IntoView {
    let session = row.session;
    let who = words::customer(&row);
    let who_again = who.clone();
    let over = row.status.is_over();
    let back_in = words::back_in(over, &who, row.mode);
    let since = Clock::new().now().since(row.last_at);
    let when = [
        &words::ago(&duration::words(since)),
        " · ",
        &clock::time_of_day(row.created_at),
    ]
    .concat();
    let pill = match row.status {
        Status::InProgress { .. } => "pill pill-ok",
        Status::Requested | Status::Confirmed => "pill pill-warn",
        Status::Done { .. } | Status::Cancelled { .. } => "pill",
    };
    view! {
        <li>
            <div>
                <strong>{who}</strong>
                {row.case_id.clone().map(|case| view! { <span class="muted">" · " {case}</span> })}
                <p class="muted">{words::mode(row.mode)} " · " {when}</p>
            </div>
            <span class=pill>{words::status(row.status)}</span>
            <To route=Route::Record(session) class="button button-quiet">
                {record::DETAILS}
                <span class="visually-hidden">" " {who_again}</span>
            </To>
            {row.open.then(|| view! {
                <Enter class="button" name=back_in words={if over { words::REJOIN } else { words::JOIN }} session desk ask />
            })}
        </li>
    }
}
