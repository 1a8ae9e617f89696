//! Asking a colleague to take the session over, and what becomes of it.

use crate::engine::use_engine;
use crate::pages::agent::api;
use crate::pages::agent::ask::{Ask, FaultLine};
use crate::platform::timer::Interval;
use crate::text::{agent as home_words, handover as words};
use crate::widgets::{Button, Icon, Kind};
use core::time::Duration;
use farhand_shared::client::Gesture;
use farhand_shared::id::{AgentId, SessionId};
use farhand_shared::wire::http::handovers::{Colleague, Handover, Stands};
use leptos::prelude::*;

/// How often to look while it rings at the colleague.
const LOOK: Duration = Duration::from_secs(2);

/// What was asked in this session and how it stands. Copied freely; lives as long as the session's page.
#[derive(Clone, Copy)]
pub struct Asking {
    session: SessionId,
    now: RwSignal<Option<Handover>>,
    ask: Ask,
}

impl Asking {
    /// Looks what was asked before this page was loaded, makes it known, and looks on while it rings.
    pub fn start(session: SessionId) {
        let asking = Self {
            session,
            now: RwSignal::new(None),
            ask: Ask::new(),
        };
        provide_context(asking);
        let engine = use_engine();
        let is_in = engine.read(|view| super::me(view).is_some());
        let rings = Memo::new(move |_| {
            asking
                .now
                .with(|now| now.as_ref().is_some_and(|now| now.stands == Stands::Rings))
        });
        let timer = StoredValue::new_local(None::<Interval>);
        Effect::new(move || {
            if is_in.get() {
                asking.look();
            }
        });
        Effect::new(move || {
            timer.set_value(rings.get().then(|| Interval::every(LOOK, move || asking.look())));
        });
    }

    fn look(self) {
        self.ask.run(api::handover(self.session), move |now| {
            self.now.try_set(now);
        });
    }

    fn ring(self, colleague: AgentId, ask: Ask, done: impl FnOnce() + 'static) {
        ask.run(api::ask_handover(self.session, colleague), move |now| {
            self.now.try_set(Some(now));
            done();
        });
    }

    fn close(self) {
        self.now.set(None);
        let ask = Ask::new();
        ask.run(api::withdraw_handover(self.session), |()| {});
    }
}

/// The colleagues who can be asked; part of a dialog that closes when one is.
#[component]
pub fn Colleagues(open: RwSignal<bool>) -> impl IntoView {
    let asking = expect_context::<Asking>();
    let (look, ask) = (Ask::new(), Ask::new());
    let known = RwSignal::new(None::<Vec<Colleague>>);
    Effect::new(move || {
        if open.get() {
            look.run(api::colleagues(), move |list| {
                known.try_set(Some(list));
            });
        }
    });
    let row = move |colleague: Colleague| {
        let press = move |()| asking.ring(colleague.id, ask, move || open.set(false));
        view! {
            <li>
                <p>{colleague.name.clone()} " " <span class="muted">{home_words::desk_status(colleague.status)}</span></p>
                <Button label=words::ask(&colleague.name) icon="bell" busy=ask.busy on_press=press />
            </li>
        }
    };
    view! {
        <section class="visit-links" aria-labelledby="colleagues-title">
            <h3 id="colleagues-title">{words::TITLE}</h3>
            <p class="muted">{words::HINT}</p>
            <FaultLine fault=look.fault />
            <FaultLine fault=ask.fault />
            <Show when=move || known.with(|list| list.as_ref().is_some_and(Vec::is_empty))>
                <p class="muted">{words::NOBODY}</p>
            </Show>
            <ul role="list">{move || known.get().into_iter().flatten().map(row).collect_view()}</ul>
        </section>
    }
}

/// How the asking stands, with what to do next. The region is always there, so that readers hear of it.
#[component]
pub fn HandoverLine() -> impl IntoView {
    let engine = use_engine();
    let asking = expect_context::<Asking>();
    let line = move || {
        let now = asking.now.get()?;
        let leave = (now.stands == Stands::Accepted).then(|| {
            view! {
                <Button label=words::LEAVE_IT kind=Kind::Plain on_press=move |()| {
                    asking.now.set(None);
                    engine.dispatch(Gesture::Leave);
                } />
            }
        });
        Some(view! {
            <div class="banner knock">
                <Icon name="user-plus" />
                <p>{words::stands(&now.colleague, now.stands)}</p>
                {leave}
                <Button label=words::close(now.stands) kind=Kind::Plain on_press=move |()| asking.close() />
            </div>
        })
    };
    view! { <div role="status" class="knocks">{line}</div> }
}
