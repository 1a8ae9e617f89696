//! The page that the customer has open, before they are in: where they are, and what to tell them.

use crate::engine::use_engine;
use crate::pages::agent::api;
use crate::pages::agent::ask::Ask;
use crate::platform::timer::Interval;
use crate::text::{agent_call, arrival as words};
use core::time::Duration;
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
                view! {
                    <section class="card" aria-labelledby="arrival-title">
                        <h2 id="arrival-title">{words::TITLE}</h2>
                        <p class="muted">{agent_call::device(&arrival.device)}</p>
                        <p>{what}</p>
                        <p><span class="muted">{agent_call::SAY} ": "</span>{say}</p>
                    </section>
                }
            })}
        </div>
    }
}
