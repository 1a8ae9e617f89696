//! States that last, with their way out: the link is lost, the path is lost, the other side is gone.

use crate::engine::use_engine;
use crate::text::{Agent, customer as words, duration, network};
use crate::widgets::{Button, Icon, Kind};
use farhand_shared::client::{Gesture, LinkView, MediaFlow, View};
use farhand_shared::role::Role;
use farhand_shared::session::{Mic, Mode};
use farhand_shared::time::Time;
use leptos::prelude::*;

/// What is the matter, the worst first.
#[derive(Clone, Debug, PartialEq)]
enum Matter {
    Offline(Time),
    Reconnecting(Time),
    AgentGone,
    NewPath(Time),
    Connecting,
    MicBlocked,
    /// An agent hides my picture.
    Held,
    /// Photo mode because of my network; whether video would hold again.
    Photos(bool),
}

/// A button's words and what it does.
pub type WayOut = (&'static str, fn() -> Gesture);

fn matter(view: &View) -> Option<Matter> {
    match view.link {
        LinkView::Offline { since } => return Some(Matter::Offline(since)),
        LinkView::Reconnecting { since, .. } => return Some(Matter::Reconnecting(since)),
        LinkView::Idle | LinkView::Connecting | LinkView::Live | LinkView::Closed => {}
    }
    let session = view.session.as_ref()?;
    let mut agents = session.agents().peekable();
    if agents.peek().is_some() && agents.all(|agent| !agent.connected) {
        return Some(Matter::AgentGone);
    }
    let with_agent = view.peers.iter().find(|peer| {
        let person = session.person(peer.person);
        person.is_some_and(|person| person.role == Role::Agent)
    });
    match with_agent.map(|peer| peer.flow) {
        Some(MediaFlow::Recovering { since }) => Some(Matter::NewPath(since)),
        Some(MediaFlow::Connecting) => Some(Matter::Connecting),
        _ if view.camera.held => Some(Matter::Held),
        _ if view.mic == Mic::Blocked => Some(Matter::MicBlocked),
        _ if session.is_fallen_back() => Some(Matter::Photos(view.offers_video)),
        _ => None,
    }
}

/// The banner, when there is something to say. `role=status`: readers hear it when it changes.
#[component]
pub fn Banner() -> impl IntoView {
    let engine = use_engine();
    let shown = engine.read(matter);
    let agent = engine.agent_name();
    let line = move || {
        let (text, since) = match shown.get()? {
            Matter::Offline(since) => (words::OFFLINE.to_owned(), Some(since)),
            Matter::Reconnecting(since) => (words::RECONNECTING.to_owned(), Some(since)),
            Matter::AgentGone => (words::agent_gone(&Agent(agent.get())), None),
            Matter::NewPath(since) => (words::NEW_PATH.to_owned(), Some(since)),
            Matter::MicBlocked => (words::MIC_BLOCKED.to_owned(), None),
            Matter::Held => (words::held(&Agent(agent.get())), None),
            Matter::Connecting => (words::FINDING_PATH.to_owned(), None),
            Matter::Photos(false) => (network::SWITCHED.to_owned(), None),
            Matter::Photos(true) => (network::BETTER.to_owned(), None),
        };
        // Photos travel: the line is thin, not gone.
        let icon = match shown.get()? {
            Matter::Photos(_) => "wifi-1",
            Matter::Held => "pause",
            _ => "wifi-0",
        };
        Some((icon, text, since))
    };
    let way_out = move || -> Option<WayOut> {
        match shown.get() {
            Some(Matter::Reconnecting(_)) => Some((words::TRY_NOW, || Gesture::RetryNow)),
            Some(Matter::Photos(true)) => Some((network::BACK_TO_VIDEO, || Gesture::SetMode(Mode::Video))),
            _ => None,
        }
    };
    view! {
        <div role="status" class="banners">
            {move || line().map(|(icon, text, since)| view! { <BannerLine icon text since way_out=way_out() /> })}
        </div>
    }
}

/// One state that lasts: what it is, since when by this browser's clock, and the way out.
#[component]
pub fn BannerLine(icon: &'static str, text: String, since: Option<Time>, way_out: Option<WayOut>) -> impl IntoView {
    let engine = use_engine();
    view! {
        <div class="banner">
            <Icon name=icon />
            <p>
                {text}
                {since.map(|since| view! {
                    " "
                    <span class="clock" aria-hidden="true">{move || duration::clock(engine.now().since(since))}</span>
                })}
            </p>
            {way_out.map(|(label, gesture)| view! {
                <Button label kind=Kind::Plain on_press=move |()| engine.dispatch(gesture()) />
            })}
        </div>
    }
}
