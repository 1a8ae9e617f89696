//! One click: visitors who have a page of the organisation's website open, on the home page and behind a CRM's link.
//!
//! The link is `/agent/visitor#id=4711` or `/agent/visitor#id=4711&case=T-1`; it works in a frame of the CRM too, where the
//! operator allows that.

use super::api;
use super::ask::{Ask, FaultLine, Known};
use super::desk::{Desk, use_desk};
use super::shell::Shell;
use crate::platform::page;
use crate::platform::storage::{self, Keep};
use crate::text::agent as words;
use crate::widgets::{Icon, TextField};
use farhand_shared::session::{Mode, Talk};
use farhand_shared::wire::http::sessions::{Invite, StartSession};
use farhand_shared::wire::http::site::SiteVisitor;
use leptos::prelude::*;

/// Everybody who can be invited by a click; nothing where that is not set up.
#[component]
pub fn SiteCard() -> impl IntoView {
    let is_on = use_desk().agent(|me| me.site);
    view! {
        <Show when=move || is_on.get() == Some(true)><Visitors /></Show>
    }
}

#[component]
fn Visitors() -> impl IntoView {
    let (desk, ask) = (use_desk(), Ask::new());
    let known = Known::keep_asking(api::visitors);
    let nobody = move || known.now.with(|here| here.as_ref().is_none_or(Vec::is_empty));
    let typed = RwSignal::new(String::new());
    let here = move || {
        let typed = typed.get().trim().to_lowercase();
        let all = known.now.get().unwrap_or_default();
        // A code must not lead to somebody whose number happens to contain it.
        let by_code = all.iter().any(|one| one.code == typed);
        let fits = |one: &SiteVisitor| match by_code {
            true => one.code == typed,
            false => one.name.to_lowercase().contains(&typed) || one.id.to_lowercase().starts_with(&typed),
        };
        all.into_iter().filter(fits).collect::<Vec<_>>()
    };
    view! {
        <section class="card" aria-labelledby="site-title">
            <h2 id="site-title">{words::SITE_TITLE}</h2>
            <Show when=nobody><p class="muted">{words::SITE_NOBODY}</p></Show>
            <Show when=move || !nobody()>
                <TextField id="visitor-code" label=words::SITE_FIND hint=words::SITE_FIND_HINT value=typed />
                <p class="muted" role="status">{move || here().is_empty().then_some(words::SITE_NOT_FOUND)}</p>
            </Show>
            <FaultLine fault=ask.fault />
            <ul role="list" class="recent">
                <For each=here key=|one| (one.id.clone(), one.name.clone(), one.code.clone()) let(one)>
                    <li>
                        <strong>{named(&one)}</strong>
                        <span class="muted">{one.id.clone()} " · " {words::SITE_CODE} " " {one.code.clone()}</span>
                        <JoinVisitor label=words::join_visitor(&named(&one)) visitor=one case_id=None desk ask />
                    </li>
                </For>
            </ul>
        </section>
    }
}

/// What agents call a visitor.
fn named(visitor: &SiteVisitor) -> String {
    let name = if visitor.name.is_empty() {
        words::VISITOR
    } else {
        &visitor.name
    };
    name.to_owned()
}

/// The orange button.
#[component]
fn JoinVisitor(label: String, visitor: SiteVisitor, case_id: Option<String>, desk: Desk, ask: Ask) -> impl IntoView {
    let press = move |_| {
        let invite = Invite::Site {
            visitor: visitor.id.clone(),
        };
        let body = StartSession {
            mode: Mode::Video,
            talk: Talk::Page,
            case_id: case_id.clone(),
            customer_name: (!visitor.name.is_empty()).then(|| visitor.name.clone()),
            invite: invite.clone(),
        };
        ask.run(api::start(body), move |started| desk.begin(invite, &started));
    };
    view! {
        <button
            type="button"
            class="button button-join"
            aria-label=label
            aria-disabled=move || ask.busy.get().then_some("true")
            on:click=press
        >
            <Icon name="camera" />
            <span>{words::JOIN}</span>
        </button>
    }
}

/// Marks a tab that a CRM's link opened.
const BY_CRM: &str = "farhand.by-crm";

/// Whether this tab was opened by a CRM's link, for one visitor.
pub fn by_crm() -> bool {
    storage::read(Keep::Tab, BY_CRM).is_some()
}

/// The tab is used for more than that one visitor.
pub fn stays_open() {
    storage::remove(Keep::Tab, BY_CRM);
}

/// What is behind a CRM's link.
#[component]
pub fn VisitorPage() -> impl IntoView {
    // A frame is the CRM's to close.
    if !page::is_framed() {
        storage::write(Keep::Tab, BY_CRM, "1");
    }
    let is_on = use_desk().agent(|me| me.site);
    // A CRM may show another customer by changing no more than what follows the `#`.
    let named = || (page::fragment_value("id"), page::fragment_value("case"));
    let now = RwSignal::new(named());
    let _back = StoredValue::new_local(page::on_back(move || {
        now.try_set(named());
    }));
    let problem = |problem| view! { <p class="banner banner-danger" role="alert">{problem}</p> }.into_any();
    view! {
        <Shell heading=words::VISITOR_TITLE>
            {move || match (is_on.get(), now.get()) {
                (Some(false), _) => problem(words::SITE_OFF),
                (_, (Some(id), case_id)) if !id.is_empty() => view! { <OneVisitor id case_id /> }.into_any(),
                _ => problem(words::VISITOR_LINK_BAD),
            }}
        </Shell>
    }
}

#[component]
fn OneVisitor(id: String, case_id: Option<String>) -> impl IntoView {
    let (desk, ask) = (use_desk(), Ask::new());
    let Known { now, fault } = Known::keep_asking(move || {
        let id = id.clone();
        async move { api::visitor(&id).await }
    });
    view! {
        <section class="card visitor" aria-live="polite">
            {move || match now.get() {
                None => view! { <p class="muted">{words::LOADING}</p> }.into_any(),
                Some(None) => view! { <p>{words::VISITOR_GONE}</p> }.into_any(),
                Some(Some(visitor)) => {
                    let name = named(&visitor);
                    view! {
                        <p><strong>{name.clone()}</strong> " " {words::VISITOR_HERE}</p>
                        <JoinVisitor label=words::join_visitor(&name) visitor case_id=case_id.clone() desk ask />
                    }
                    .into_any()
                }
            }}
        </section>
        <FaultLine fault />
        <FaultLine fault=ask.fault />
    }
}
