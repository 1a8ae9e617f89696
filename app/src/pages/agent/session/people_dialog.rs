//! Bringing people in: links for guests and viewers, taking the links back, and colleagues who take over.

use super::handover::Colleagues;
use super::panel::Panel;
use crate::pages::agent::api;
use crate::pages::agent::ask::{Ask, FaultLine};
use crate::pages::agent::copy::CopyButton;
use crate::text::{agent_call, visits as words};
use crate::widgets::{Button, Dialog, Icon, Kind};
use farhand_shared::id::SessionId;
use farhand_shared::wire::http::visits::{VisitAs, VisitLink};
use leptos::prelude::*;

/// The links that open something, as the server last said.
#[derive(Clone, Copy)]
struct Links {
    session: SessionId,
    known: RwSignal<Vec<VisitLink>>,
    ask: Ask,
}

impl Links {
    fn refresh(self) {
        self.ask.run(api::visit_links(self.session), move |links| {
            self.known.try_set(links);
        });
    }
}

/// A button and its dialog.
#[component]
pub fn AddPeople() -> impl IntoView {
    let open = expect_context::<Panel>().people;
    let links = Links {
        session: expect_context::<SessionId>(),
        known: RwSignal::new(Vec::new()),
        ask: Ask::new(),
    };
    Effect::new(move || {
        if open.get() {
            links.refresh();
        }
    });
    view! {
        <button type="button" class="button" on:click=move |_| open.set(true)>
            <Icon name="user-plus" />
            <span>{words::ADD}</span>
        </button>
        <Dialog open title=words::ADD>
            <Maker links role=VisitAs::Guest title=words::GUEST hint=words::GUEST_HINT make=words::MAKE_GUEST />
            <Maker links role=VisitAs::Viewer title=words::VIEWER hint=words::VIEWER_HINT make=words::MAKE_VIEWER />
            <InUse links />
            <Colleagues open />
            <Button label=agent_call::CLOSE kind=Kind::Large on_press=move |()| open.set(false) />
        </Dialog>
    }
}

/// Makes links of one kind. The newest one is shown until the page goes: the server keeps only a hash.
#[component]
fn Maker(links: Links, role: VisitAs, title: &'static str, hint: &'static str, make: &'static str) -> impl IntoView {
    let ask = Ask::new();
    let link = RwSignal::new(String::new());
    let made = move || link.with(|link| !link.is_empty());
    let press = move |()| {
        ask.run(api::make_visit_link(links.session, role), move |made| {
            link.try_set(made.link);
            links.refresh();
        });
    };
    view! {
        <section class="visit-maker">
            <h3>{title}</h3>
            <p class="muted">{hint}</p>
            <Show when=made>
                <div class="visit-link">
                    <input class="input" readonly aria-label=words::YOUR_LINK prop:value=move || link.get() />
                    <CopyButton label=words::COPY text=link />
                </div>
            </Show>
            <FaultLine fault=ask.fault />
            <Button label=make icon="link" busy=ask.busy on_press=press />
        </section>
    }
}

#[component]
fn InUse(links: Links) -> impl IntoView {
    let ask = Ask::new();
    let take_back = move |id| {
        ask.run(api::revoke_visit_link(links.session, id), move |()| links.refresh());
    };
    view! {
        <section class="visit-links" aria-labelledby="visit-links-title">
            <h3 id="visit-links-title">{words::LINKS}</h3>
            <FaultLine fault=links.ask.fault />
            <FaultLine fault=ask.fault />
            <Show when=move || links.known.with(Vec::is_empty)>
                <p class="muted">{words::NO_LINKS}</p>
            </Show>
            <ul role="list">
                {move || links.known.get().into_iter().map(|link| view! {
                    <li>
                        <p>{words::kind(link.role)} <span class="muted">" · " {words::visitors(link.visitors)}</span></p>
                        <Button label=words::take_back(link.role) icon="close" on_press=move |()| take_back(link.id) />
                    </li>
                }).collect_view()}
            </ul>
        </section>
    }
}
