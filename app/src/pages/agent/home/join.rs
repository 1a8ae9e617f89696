//! Joining a session by its number.

use crate::pages::agent::api;
use crate::pages::agent::ask::{Ask, FaultLine};
use crate::pages::agent::desk::use_desk;
use crate::text::{Say, agent as words};
use crate::widgets::PinField;
use farhand_shared::pin::Pin;
use farhand_shared::wire::http::sessions::JoinSession;
use leptos::prelude::*;

/// The card.
#[component]
pub fn JoinCard() -> impl IntoView {
    let (desk, ask) = (use_desk(), Ask::new());
    let typed = RwSignal::new(String::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match Pin::parse(&typed.get_untracked()) {
            Ok(pin) => ask.run(api::join(JoinSession::Pin(pin.digits())), move |seated| {
                desk.enter(seated.session, &seated.seat);
            }),
            Err(_) => ask.fault.set(Some(Say::new(words::PIN_INCOMPLETE, words::PIN_HINT))),
        }
    };
    view! {
        <section class="card" aria-labelledby="join-title">
            <h2 id="join-title">{words::JOIN_TITLE}</h2>
            <form on:submit=send>
                <PinField id="pin" label=words::PIN hint=words::PIN_HINT value=typed error=Signal::stored(None::<String>) />
                <FaultLine fault=ask.fault />
                <button
                    type="submit"
                    class="button button-large"
                    aria-disabled=move || ask.busy.get().then_some("true")
                >
                    {words::JOIN}
                </button>
            </form>
        </section>
    }
}
