//! The customer's device, camera and connection in words.

use super::their_screen::TheirScreen;
use super::{customer, me};
use crate::engine::use_engine;
use crate::text::camera::{self as camera_text, Way};
use crate::text::{agent, agent_call as words, arrival, customer as their_words, photo, quality};
use crate::widgets::{Button, Icon};
use farhand_shared::client::{Gesture, LinkView, PeerView, View};
use farhand_shared::device::menus_of;
use farhand_shared::id::PersonId;
use farhand_shared::quality::Quality;
use farhand_shared::session::{Camera, Mode, Person, Session, Torch};
use leptos::prelude::*;

/// Everything that is known of the customer.
#[component]
pub fn Details() -> impl IntoView {
    let engine = use_engine();
    let here = engine.read(|view| of_customer(view, |_| ()).is_some());
    view! {
        <Show when=move || here.get() fallback=|| view! { <p class="muted">{words::NOT_HERE}</p> }>
            <CameraState />
            <Phone />
            <Connections />
        </Show>
    }
}

/// Who it is and what they hold in their hands, always in sight.
#[component]
pub fn Who() -> impl IntoView {
    let engine = use_engine();
    let name = engine.read(|view| of_customer(view, |person| person.name.clone()));
    let device = engine.read(|view| of_customer(view, |person| person.device.as_ref().map(words::device)));
    let state = engine.read(|view| of_customer(view, |person| (person.camera, their_quality(person))));
    let waiting = engine.read(|view| {
        let count = of_customer(view, |person| usize::from(person.waiting))?;
        (count > 0).then_some(count)
    });
    let line = move || match device.get() {
        Some(device) => device.unwrap_or_else(|| words::DEVICE_UNKNOWN.to_owned()),
        None => words::NOT_HERE.to_owned(),
    };
    view! {
        <div>
            <h2>{move || name.get().filter(|name| !name.is_empty()).unwrap_or_else(|| words::CUSTOMER.to_owned())}</h2>
            <p class="muted">{line}</p>
            // Said to readers where it is shown in full.
            <p class="muted" aria-live="off">
                {move || state.get().map(|(camera, how)| [&*words::camera(camera).what, " · ", &quality::pill(false, words::CUSTOMER, how)].concat())}
            </p>
            <p role="status">
                {move || waiting.get().map(|count| view! {
                    <span class="pill pill-warn">{photo::waiting(count)}</span>
                })}
            </p>
        </div>
    }
}

fn of_customer<T>(view: &View, part: impl FnOnce(&Person) -> T) -> Option<T> {
    customer(view.session.as_ref()?).map(part)
}

/// The connection to the customer that carries media.
pub fn to_customer(view: &View) -> Option<(PersonId, PeerView)> {
    let person = customer(view.session.as_ref()?)?.id;
    let peer = view.peers.iter().find(|peer| peer.person == person)?;
    Some((person, *peer))
}

#[component]
fn CameraState() -> impl IntoView {
    let engine = use_engine();
    let camera = engine.read(|view| of_customer(view, |person| person.camera).unwrap_or(Camera::Unknown));
    let say = move || words::camera(camera.get());
    // The same that the customer's page shows, to be read out.
    let steps = engine.read(|view| {
        of_customer(view, |person| {
            let (family, system) = menus_of(person.device.as_ref()?);
            let why = camera_text::blocked(person.camera)?;
            Some(camera_text::unblock(why, family, system))
        })
        .flatten()
    });
    let screen = move || {
        let say = camera_text::trouble(camera.get(), false)?;
        let button = match camera_text::way_out(camera.get()) {
            Way::Try(label) => Some(label),
            Way::OtherBrowser => Some(their_words::COPY_LINK),
            Way::Wait => None,
        };
        let steps = steps.get().unwrap_or_default();
        // Where there is nothing to press there is nothing to help with.
        let card = button.map(|_| arrival::card(&say, steps));
        Some(view! {
            {card.map(|card| view! { <SendHelp card /> })}
            <TheirScreen heading=say.what line=say.next button steps />
        })
    };
    view! {
        <section class="camera-state" aria-labelledby="camera-state-title">
            <h3 id="camera-state-title">{words::CAMERA_STATE}</h3>
            <p class="camera-word">
                <span class="dot" class:dot-live=move || matches!(camera.get(), Camera::Live(_)) aria-hidden="true"></span>
                {move || say().what}
            </p>
            {move || {
                let next = say().next;
                (!next.is_empty()).then(|| view! { <p><span class="muted">{words::SAY} ": "</span>{next}</p> })
            }}
            {screen}
        </section>
    }
}

/// Puts what helps into the chat, where it stays on the customer's phone whatever page it shows.
#[component]
fn SendHelp(card: String) -> impl IntoView {
    let engine = use_engine();
    let sent = RwSignal::new(false);
    let send = move |()| {
        let text = card.clone();
        engine.dispatch(Gesture::Say { text, file: None });
        sent.set(true);
    };
    view! {
        <Show when=move || !sent.get()>
            <Button label=arrival::SEND_HELP icon="send" on_press=send.clone() />
        </Show>
        <p class="muted" role="status">{move || sent.get().then_some(arrival::HELP_SENT)}</p>
    }
}

/// What the customer holds in their hands can do and does.
#[component]
fn Phone() -> impl IntoView {
    let engine = use_engine();
    let torch = engine.read(|view| of_customer(view, |person| person.torch).unwrap_or(Torch::None));
    let lens = engine.read(|view| {
        of_customer(view, |person| match person.camera {
            Camera::Live(lens) => Some(lens),
            _ => None,
        })
        .flatten()
    });
    let mode = engine.read(|view| view.session.as_ref().map_or(Mode::Video, Session::mode));
    let measured = engine.read(|view| to_customer(view).and_then(|(_, peer)| peer.measured));
    view! {
        <section aria-labelledby="phone-title">
            <h3 id="phone-title">{words::PHONE}</h3>
            <dl class="facts">
                <dt>{words::LENS}</dt>
                <dd>{move || lens.get().map_or_else(|| "–".to_owned(), words::lens)}</dd>
                <dt>{words::LIGHT}</dt>
                <dd>{move || words::torch(torch.get())}</dd>
                <dt>{words::MODE}</dt>
                <dd>{move || agent::mode(mode.get())}</dd>
                <dt>{words::FROM_THEM}</dt>
                <dd>{move || measured.get().map_or_else(|| words::NOT_MEASURED.to_owned(), words::measured)}</dd>
            </dl>
        </section>
    }
}

/// What this browser knows of its own link comes before what it last reported.
fn my_quality(view: &View) -> Quality {
    match view.link {
        LinkView::Offline { .. } => Quality::Lost,
        LinkView::Reconnecting { .. } => Quality::Reconnecting,
        LinkView::Idle | LinkView::Connecting | LinkView::Live | LinkView::Closed => {
            me(view).map_or(Quality::Good, |person| person.quality)
        }
    }
}

/// Somebody whose socket is gone can report nothing any more.
const fn their_quality(person: &Person) -> Quality {
    if person.connected {
        person.quality
    } else {
        Quality::Lost
    }
}

/// Both sides, each with whose it is.
#[component]
fn Connections() -> impl IntoView {
    let engine = use_engine();
    let mine = engine.read(my_quality);
    let theirs = engine.read(|view| of_customer(view, their_quality).unwrap_or(Quality::Good));
    let row = move |whose: &'static str, how: Quality| {
        let (icon, pill) = match how {
            Quality::Good => ("wifi-3", "pill pill-ok"),
            Quality::Weak => ("wifi-2", "pill pill-warn"),
            Quality::VeryWeak => ("wifi-1", "pill pill-warn"),
            Quality::Reconnecting | Quality::Lost => ("wifi-0", "pill pill-danger"),
        };
        view! {
            <dt>{whose}</dt>
            <dd><span class=pill><Icon name=icon />{quality::word(how)}</span></dd>
        }
    };
    view! {
        <section aria-labelledby="connections-title">
            <h3 id="connections-title">{words::CONNECTIONS}</h3>
            <dl class="facts">
                {move || row(words::MINE, mine.get())}
                {move || row(words::THEIRS, theirs.get())}
            </dl>
        </section>
    }
}
