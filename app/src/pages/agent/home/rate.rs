//! Rating the last session from home.

use crate::call::{RateForm, Rater};
use crate::pages::agent::desk::use_desk;
use crate::text::{agent, help as words};
use farhand_shared::session::Status;
use leptos::prelude::*;

/// The card.
#[component]
pub fn RateCard() -> impl IntoView {
    let desk = use_desk();
    let last = Memo::new(move |_| {
        let list = desk.waiting.list.get()?;
        let mut ended = list.into_iter().filter(|one| matches!(one.status, Status::Done { .. }));
        let one = ended.next()?;
        Some((one.session, agent::customer(&one)))
    });
    view! {
        <section class="card" aria-labelledby="rate-title">
            <h2 id="rate-title">{words::RATE}</h2>
            {move || match last.get() {
                Some((session, who)) => view! {
                    <p class="muted">{words::RATE_LEAD} " " {who}</p>
                    <RateForm rater=Rater::Agent(session) />
                }.into_any(),
                None => view! { <p class="muted">{words::NOTHING_TO_RATE}</p> }.into_any(),
            }}
        </section>
    }
}
