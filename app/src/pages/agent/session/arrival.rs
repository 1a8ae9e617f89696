//! The page that the customer has open, before they are in: where they are, and what to tell them.

use super::their_screen::TheirScreen;
use crate::engine::use_engine;
use crate::pages::agent::api;
use crate::pages::agent::ask::Ask;
use crate::platform::timer::Interval;
use crate::text::camera::app_name;
use crate::text::{Agent, agent, agent_call, arrival as words, customer, duration};
use core::time::Duration;
use farhand_shared::device::InApp;
use farhand_shared::id::SessionId;
use farhand_shared::session::Session;
use farhand_shared::wire::http::sessions::Arrival;
use leptos::prelude::*;

/// How often to look.
const LOOK: Duration = Duration::from_secs(3);

/// Nothing while no page is open, or once the customer has a seat: then the session itself knows more.
#[component]
pub fn OnTheirScreen() -> impl IntoView {
    let engine = use_engine();
    let session = expect_context::<SessionId>();
    let ask = Ask::new();
    let here = RwSignal::new(None::<Arrival>);
    let look = move || {
        ask.run(api::arrival(session), move |arrival| {
            here.try_set(arrival);
        });
    };
    let seated = engine.in_session(|session: &Session| session.customer().is_some());
    let waits = move || seated.get() == Some(false);
    let timer = StoredValue::new_local(None::<Interval>);
    Effect::new(move || {
        let wanted = waits();
        if wanted {
            look();
        }
        timer.set_value(wanted.then(|| Interval::every(LOOK, look)));
    });
    let shown = move || here.get().filter(|_| waits());
    view! {
        <div role="status">
            {move || shown().map(|arrival| {
                let (what, say) = match arrival.in_app {
                    _ if arrival.no_program => (words::NO_PROGRAM.to_owned(), words::SAY_NO_PROGRAM),
                    Some(app) => (words::in_app(app), words::SAY_IN_APP),
                    None => (words::IN_BROWSER.to_owned(), words::SAY_IN_BROWSER),
                };
                let opened = move |at| agent::ago(&duration::words(engine.relay_now().since(at)));
                let screen = (!arrival.no_program).then(|| drawn(arrival.in_app));
                view! {
                    <section class="card" aria-labelledby="arrival-title">
                        <h2 id="arrival-title">{words::TITLE}</h2>
                        <p class="muted">{agent_call::device(&arrival.device)} " · " <span aria-live="off">{move || opened(arrival.at)}</span></p>
                        <p>{what}</p>
                        <p><span class="muted">{agent_call::SAY} ": "</span>{say}</p>
                        {screen}
                    </section>
                }
            })}
        </div>
    }
}

/// The first page, in a browser or inside of an app.
fn drawn(in_app: Option<InApp>) -> impl IntoView {
    let (heading, line, button) = match in_app {
        Some(app) => (
            customer::in_app(app_name(app)),
            customer::IN_APP_NEXT,
            customer::COPY_LINK,
        ),
        None => (
            customer::show_what_you_see(&Agent(None)),
            customer::PRIMING_QUESTION,
            customer::TURN_ON,
        ),
    };
    view! { <TheirScreen heading line button=Some(button) /> }
}
