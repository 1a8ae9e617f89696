//! The lobby: who asks, what will happen, and one button. The camera is asked for only after it.

use super::entry::{Look, use_entry};
use super::frame::Frame;
use super::late::{Late, LatePiece};
use super::pin_card::PinCard;
use crate::call::chat::ChatButton;
use crate::engine::use_engine;
use crate::platform::device;
use crate::text::{Agent, Say, customer as words};
use crate::widgets::{Button, Icon, Kind, Segmented, TextField};
use farhand_shared::limit;
use farhand_shared::session::{Camera, Talk};
use leptos::prelude::*;

/// The explanation and the button, or why the link leads nowhere.
#[component]
pub fn Lobby() -> impl IntoView {
    let entry = use_entry();
    let bad = Memo::new(move |_| match entry.look.get() {
        Look::Bad(say) => Some(Closed {
            title: words::LINK_BAD,
            say,
        }),
        Look::Known(look) if look.status.is_over() => Some(Closed {
            title: words::LINK_OVER,
            say: Say::new(words::LINK_OVER_NEXT, ""),
        }),
        Look::Loading | Look::Known(_) => None,
    });
    move || match bad.get() {
        Some(closed) => view! { <BadLink closed /> }.into_any(),
        None => view! { <Priming /> }.into_any(),
    }
}

#[derive(Clone, PartialEq)]
struct Closed {
    title: &'static str,
    say: Say,
}

#[component]
fn BadLink(closed: Closed) -> impl IntoView {
    let entry = use_entry();
    let actions = view! {
        <Button label=words::JOIN_NEW kind=Kind::Primary on_press=move |()| entry.start_over() />
    };
    view! {
        <Frame heading=closed.title actions=actions.into_any()>
            <p>{closed.say.what}</p>
            <p>{closed.say.next}</p>
        </Frame>
    }
}

/// Who asks: from the session once it is known, from the invitation before.
fn who() -> (Memo<Agent>, Memo<String>) {
    let (engine, entry) = (use_engine(), use_entry());
    let known = engine.agent_name();
    let company = engine.in_session(|session| session.company().to_owned());
    let look = move |part: fn(&farhand_shared::wire::http::sessions::InviteLook) -> &String| match &*entry.look.read() {
        Look::Known(look) => Some(part(look).clone()).filter(|text| !text.is_empty()),
        Look::Loading | Look::Bad(_) => None,
    };
    let agent = Memo::new(move |_| Agent(known.get().or_else(|| look(|look| &look.agent))));
    let company = Memo::new(move |_| company.get().or_else(|| look(|look| &look.company)).unwrap_or_default());
    (agent, company)
}

#[component]
fn Priming() -> impl IntoView {
    let (engine, entry) = (use_engine(), use_entry());
    let (agent, company) = who();
    let in_app = device::now().in_app;
    let warned = RwSignal::new(in_app.is_none());
    let camera = engine.read(|view| view.camera.camera);
    let trouble = engine.read(|view| match view.camera.camera {
        Camera::Unknown | Camera::Off | Camera::Live(_) => false,
        Camera::Asking => view.camera.answer_slow,
        _ => true,
    });
    let busy = Signal::derive(move || entry.busy.get() || matches!(camera.get(), Camera::Asking | Camera::Live(_)));
    let actions = view! {
        <Show when=move || warned.get()>
            <Button
                label=Signal::derive(move || if busy.get() { words::STARTING } else { words::TURN_ON }.to_owned())
                kind=Kind::Primary
                icon="camera"
                busy
                on_press=move |()| entry.turn_on_camera()
            />
            <Button
                label=words::WITHOUT
                kind=Kind::Quiet
                on_press=move |()| entry.go_without_camera()
            />
        </Show>
        <ChatButton />
    };
    view! {
        <Frame
            heading=Signal::derive(move || words::show_what_you_see(&agent.get()))
            actions=actions.into_any()
        >
            <p class="who">{move || agent.with(|agent| company.with(|company| words::invitation(agent, company)))}</p>
            <PinCard />
            {move || entry.fault.get().map(|say| view! {
                <div class="banner banner-danger" role="alert">
                    <Icon name="warning" />
                    <p>{say.what} " " {say.next}</p>
                </div>
            })}
            <Show when=move || !warned.get()>
                {in_app.map(|app| view! { <LatePiece what=Late::InApp(app, warned) /> })}
            </Show>
            <Show when=move || warned.get() && trouble.get()>
                <LatePiece what=Late::Trouble />
            </Show>
            <Show when=move || !trouble.get()>
                <Promises />
            </Show>
            <Choices />
        </Frame>
    }
}

#[component]
fn Promises() -> impl IntoView {
    let lines = words::PROMISES.map(|line| view! { <li><Icon name="check" /><span>{line}</span></li> });
    view! {
        <div class="card question">
            <p>{words::PRIMING_QUESTION}</p>
            <div class="question-drawing" aria-hidden="true"><span></span><span class="question-allow">"Allow"</span></div>
        </div>
        <ul class="promises" role="list">{lines.into_iter().collect_view()}</ul>
    }
}

#[component]
fn Choices() -> impl IntoView {
    let entry = use_entry();
    view! {
        <div class="field">
            <span id="talk-label">{words::TALK_LABEL}</span>
            <Segmented
                name="talk"
                label=words::TALK_LABEL
                choices=vec![(Talk::PhoneCall, words::TALK_PHONE), (Talk::Page, words::TALK_PAGE)]
                chosen=entry.talk
                on_choose=move |talk| entry.say_talk(talk)
            />
        </div>
        <TextField
            id="name"
            label=words::NAME_LABEL
            value=entry.name
            autocomplete="name"
            most_chars=limit::NAME_CHARS
        />
    }
}
