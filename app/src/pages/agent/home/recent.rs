//! The agent's sessions and the customers who wait.

use crate::pages::agent::api;
use crate::pages::agent::ask::{Ask, FaultLine};
use crate::pages::agent::desk::{Desk, use_desk};
use crate::platform::clock::{self, Clock};
use crate::text::{agent as words, duration};
use crate::widgets::Icon;
use farhand_shared::id::SessionId;
use farhand_shared::session::Status;
use farhand_shared::wire::http::sessions::{JoinSession, RecentSession};
use leptos::prelude::*;

/// Takes a seat in a session of the list.
fn enter(desk: Desk, ask: Ask, session: SessionId) {
    ask.run(api::join(JoinSession::Session(session)), move |seated| {
        desk.enter(seated.session, &seated.seat);
    });
}

/// Customers who wait, as incoming calls. The region is always there, so that readers hear of them.
#[component]
pub(super) fn Incoming() -> impl IntoView {
    let (desk, ask) = (use_desk(), Ask::new());
    let waiting = Memo::new(move |_| desk.waiting.customers());
    view! {
        <div role="alert" class="incoming-list">
            <For each=move || waiting.get() key=|one| one.session let(one)>
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
    let case = one.case_id.clone().map(|case| [" · ", &case].concat());
    view! {
        <section class="card incoming" aria-label=words::INCOMING_TITLE>
            <span class="incoming-bell" aria-hidden="true"><Icon name="bell" /></span>
            <p><strong>{who}</strong> " " {words::WAITS} " · " {words::mode(one.mode)} {case}</p>
            <button
                type="button"
                class="button button-primary"
                aria-label=accept
                aria-disabled=move || ask.busy.get().then_some("true")
                on:click=move |_| enter(desk, ask, session)
            >
                {words::ACCEPT}
            </button>
        </section>
    }
}

/// The list, newest first.
#[component]
pub(super) fn RecentCard() -> impl IntoView {
    let (desk, ask) = (use_desk(), Ask::new());
    let sessions = desk.waiting;
    let loading = move || sessions.list.with(Option::is_none) && sessions.fault.with(Option::is_none);
    let empty = move || sessions.list.with(|list| list.as_ref().is_some_and(Vec::is_empty));
    let rows = move || sessions.list.get().unwrap_or_default();
    view! {
        <section class="card" aria-labelledby="recent-title">
            <h2 id="recent-title">{words::RECENT_TITLE}</h2>
            <Show when=loading><p class="muted">{words::LOADING}</p></Show>
            <Show when=empty><p class="muted">{words::NO_RECENT}</p></Show>
            <FaultLine fault=sessions.fault />
            <FaultLine fault=ask.fault />
            <ul role="list" class="recent">
                <For
                    each=rows
                    // Everything that a row shows is in its key: a change makes the row anew.
                    key=|row| format!("{}{:?}{:?}{}{:?}", row.session, row.status, row.mode, row.open, row.case_id)
                    let(row)
                >
                    <Row row desk ask />
                </For>
            </ul>
        </section>
    }
}

#[component]
fn Row(row: RecentSession, desk: Desk, ask: Ask) -> impl IntoView {
    let session = row.session;
    let who = words::customer(&row);
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
            {row.open.then(|| view! {
                <button
                    type="button"
                    class="button"
                    aria-label=back_in
                    aria-disabled=move || ask.busy.get().then_some("true")
                    on:click=move |_| enter(desk, ask, session)
                >
                    {if over { words::REJOIN } else { words::JOIN }}
                </button>
            })}
        </li>
    }
}
