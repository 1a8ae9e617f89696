//! One to five stars and words, after a session.

use crate::engine::Handle;
use crate::platform::http::{self, HttpFault};
use crate::platform::spawn;
use crate::text::{Say, http as http_text, rating as words};
use crate::widgets::{Button, Kind};
use farhand_shared::id::SessionId;
use farhand_shared::limit;
use farhand_shared::wire::SeatToken;
use farhand_shared::wire::http::ratings::{MOST_STARS, RateVisit, Rating};
use leptos::prelude::*;

/// By what right somebody rates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rater {
    /// They hold this seat.
    Seat(SeatToken),
    /// The signed-in agent took part in this session.
    Agent(SessionId),
}

impl Rater {
    /// By the seat that this page keeps.
    pub fn here(engine: Handle) -> Option<Self> {
        engine.kept_seat().map(Self::Seat)
    }

    async fn send(self, rating: Rating) -> Result<(), HttpFault> {
        let (path, body) = match self {
            Self::Seat(seat) => (
                "/api/ratings".to_owned(),
                crate::json::to_string(&RateVisit { seat, rating }),
            ),
            Self::Agent(session) => (
                ["/api/sessions/", &session.to_string(), "/rating"].concat(),
                crate::json::to_string(&rating),
            ),
        };
        let body = body.map_err(|_| HttpFault::Garbled)?;
        http::send("POST", &path, Some(&body)).await.map(drop)
    }
}

/// The stars; words and the button appear with the first of them.
#[component]
pub fn RateForm(rater: Rater) -> impl IntoView {
    let (stars, text) = (RwSignal::new(0), RwSignal::new(String::new()));
    let (busy, done, fault) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(None::<Say>));
    let rater = StoredValue::new(rater);
    let send = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        fault.set(None);
        let rating = Rating {
            stars: stars.get_untracked(),
            text: text.get_untracked(),
        };
        let sending = rater.get_value().send(rating);
        spawn(async move {
            let sent = sending.await;
            busy.try_set(false);
            match sent {
                Ok(()) => done.try_set(true),
                Err(error) => {
                    fault.try_set(Some(http_text::fault(&error)));
                    None
                }
            };
        });
    };
    let star = move |count: u8| {
        view! {
            <label class="star" class:star-on=move || { count <= stars.get() }>
                <input
                    type="radio"
                    name="stars"
                    aria-label=words::stars(count)
                    prop:checked=move || stars.get() == count
                    on:change=move |_| stars.set(count)
                />
                <span aria-hidden="true">"★"</span>
            </label>
        }
    };
    view! {
        <section class="rate" aria-label=words::TITLE>
            <fieldset class="stars">
                <legend>{words::TITLE}</legend>
                {(1..=MOST_STARS).map(star).collect_view()}
            </fieldset>
            <Show when=move || { stars.get() > 0 }>
                <label class="field">
                    {words::WORDS}
                    <textarea class="input" rows="3" maxlength=limit::RATING_CHARS bind:value=text></textarea>
                </label>
                <Button label=words::SEND kind=Kind::Plain busy on_press=send />
            </Show>
            <p role="alert">{move || fault.get().map(|say| [&*say.what, " ", &say.next].concat())}</p>
            <p role="status">{move || done.get().then_some(words::THANKS)}</p>
        </section>
    }
}
