//! What administrators decide: whose address may have an account, and who may sign in.

use super::api;
use super::ask::{Ask, FaultLine};
use super::route::Route;
use super::shell::Shell;
use super::to::To;
use crate::platform::clock;
use crate::text::{agent as words, agent_call, record};
use crate::widgets::TextField;
use farhand_shared::id::SessionId;
use farhand_shared::time::Time;
use farhand_shared::wire::http::accounts::{AgentRow, ChangeAgent, DomainRow};
use leptos::prelude::*;

/// The page.
#[component]
pub fn AdminPage() -> impl IntoView {
    view! {
        <Shell heading=words::ADMIN_TITLE>
            <div class="home-cards">
                <Domains />
                <Agents />
                <Problems />
                <Ratings />
            </div>
        </Shell>
    }
}

#[component]
fn Domains() -> impl IntoView {
    let ask = Ask::new();
    let rows = RwSignal::new(None::<Vec<DomainRow>>);
    let typed = RwSignal::new(String::new());
    let keep = move |list| {
        rows.try_set(Some(list));
    };
    ask.run(api::domains(), keep);
    let allow = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        ask.run(api::allow_domain(typed.get_untracked()), move |list| {
            keep(list);
            typed.try_set(String::new());
        });
    };
    let list = move || {
        let list = rows.get().unwrap_or_default();
        list.into_iter()
            .map(|row| view! { <Domain row ask rows /> })
            .collect_view()
    };
    view! {
        <section class="card" aria-labelledby="domains-title">
            <h2 id="domains-title">{words::DOMAINS_TITLE}</h2>
            <p class="muted">{words::DOMAINS_LEAD}</p>
            <Show when=move || rows.with(|rows| rows.as_ref().is_some_and(Vec::is_empty))>
                <p>{words::NO_DOMAINS}</p>
            </Show>
            <ul role="list" class="recent">{list}</ul>
            <form on:submit=allow>
                <TextField id="domain" label=words::DOMAIN hint=words::DOMAIN_HINT value=typed />
                <FaultLine fault=ask.fault />
                <button type="submit" class="button button-primary">{words::ALLOW}</button>
            </form>
        </section>
    }
}

#[component]
fn Domain(row: DomainRow, ask: Ask, rows: RwSignal<Option<Vec<DomainRow>>>) -> impl IntoView {
    let domain = StoredValue::new(row.domain.clone());
    let remove = move |_| {
        ask.run(api::remove_domain(domain.get_value()), move |()| {
            rows.try_update(|rows| {
                if let Some(rows) = rows {
                    rows.retain(|row| domain.try_with_value(|gone| row.domain != *gone) == Some(true));
                }
            });
        });
    };
    let label = [words::REMOVE, " ", &row.domain].concat();
    view! {
        <li>
            <strong>{row.domain}</strong>
            {if row.configured {
                view! { <span class="muted">{words::CONFIGURED}</span> }.into_any()
            } else {
                view! { <button type="button" class="button" aria-label=label on:click=remove>{words::REMOVE}</button> }
                    .into_any()
            }}
        </li>
    }
}

#[component]
fn Agents() -> impl IntoView {
    let ask = Ask::new();
    let rows = RwSignal::new(Vec::<AgentRow>::new());
    ask.run(api::agents(), move |list| {
        rows.try_set(list);
    });
    let list = move || {
        rows.get()
            .into_iter()
            .map(|row| view! { <Agent row ask rows /> })
            .collect_view()
    };
    view! {
        <section class="card" aria-labelledby="agents-title">
            <h2 id="agents-title">{words::AGENTS_TITLE}</h2>
            <FaultLine fault=ask.fault />
            <ul role="list" class="recent">{list}</ul>
        </section>
    }
}

#[component]
fn Agent(row: AgentRow, ask: Ask, rows: RwSignal<Vec<AgentRow>>) -> impl IntoView {
    let id = row.id;
    let change = move |body: ChangeAgent| {
        ask.run(api::change_agent(id, body), move |changed| {
            rows.try_update(|rows| {
                if let Some(row) = rows.iter_mut().find(|row| row.id == changed.id) {
                    *row = changed;
                }
            });
        });
    };
    let (disabled, admin) = (row.disabled, row.admin);
    let lock = move |_| {
        change(ChangeAgent {
            disabled: Some(!disabled),
            admin: None,
        });
    };
    let promote = move |_| {
        change(ChangeAgent {
            disabled: None,
            admin: Some(!admin),
        });
    };
    let state = match (disabled, row.verified, admin) {
        (true, ..) => words::IS_DISABLED,
        (false, false, _) => words::NOT_VERIFIED,
        (false, true, true) => words::IS_ADMIN,
        (false, true, false) => words::IS_AGENT,
    };
    let lock_word = if disabled { words::ENABLE } else { words::DISABLE };
    let promote_word = if admin { words::UNMAKE_ADMIN } else { words::MAKE_ADMIN };
    let about = |what: &str| [what, ": ", &row.name].concat();
    view! {
        <li>
            <div>
                <strong>{row.name.clone()}</strong>
                <p class="muted">{row.email.clone()}</p>
            </div>
            <span class="pill">{state}</span>
            <button type="button" class="button" aria-label=about(lock_word) on:click=lock>{lock_word}</button>
            <button type="button" class="button" aria-label=about(promote_word) on:click=promote>{promote_word}</button>
        </li>
    }
}

/// What somebody said of a session.
#[derive(Clone, PartialEq)]
struct Said {
    session: SessionId,
    who: String,
    text: String,
    at: Time,
}

#[component]
fn Problems() -> impl IntoView {
    let (ask, rows) = (Ask::new(), RwSignal::new(None::<Vec<Said>>));
    ask.run(api::problems(), move |list| {
        let said = list.into_iter().map(|row| Said {
            session: row.session,
            who: row.by,
            text: row.text,
            at: row.at,
        });
        rows.try_set(Some(said.collect()));
    });
    view! { <SaidCard id="problems-title" title=record::PROBLEMS nothing=record::NO_PROBLEMS ask rows /> }
}

#[component]
fn Ratings() -> impl IntoView {
    let (ask, rows) = (Ask::new(), RwSignal::new(None::<Vec<Said>>));
    ask.run(api::ratings(), move |list| {
        let said = list.into_iter().map(|row| Said {
            session: row.session,
            who: [agent_call::role(row.role), ": ", &record::stars(row.rating.stars)].concat(),
            text: row.rating.text,
            at: row.at,
        });
        rows.try_set(Some(said.collect()));
    });
    view! { <SaidCard id="ratings-title" title=record::RATINGS nothing=record::NO_RATINGS ask rows /> }
}

/// What people said of sessions, each with the way to its record.
#[component]
fn SaidCard(
    id: &'static str,
    title: &'static str,
    nothing: &'static str,
    ask: Ask,
    rows: RwSignal<Option<Vec<Said>>>,
) -> impl IntoView {
    let row = |said: Said| {
        let about = [" ", &said.who, " ", &clock::date(said.at)].concat();
        view! {
            <li>
                <div>
                    <strong>{said.who}</strong>
                    <p class="muted">{clock::date(said.at)} " · " {clock::time_of_day(said.at)}</p>
                    <p class="written">{said.text}</p>
                </div>
                <To route=Route::Record(said.session) class="button button-quiet">
                    {record::DETAILS}
                    <span class="visually-hidden">{about}</span>
                </To>
            </li>
        }
    };
    view! {
        <section class="card" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <FaultLine fault=ask.fault />
            <Show when=move || rows.with(|rows| rows.as_ref().is_some_and(Vec::is_empty))><p>{nothing}</p></Show>
            <ul role="list" class="recent">
                {move || rows.get().unwrap_or_default().into_iter().map(row).collect_view()}
            </ul>
        </section>
    }
}
