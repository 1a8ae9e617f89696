//! States that last, with what to say or do: my link, the customer's link, the path between, their camera, pause.

use super::details::to_customer;
use super::{customer, me};
use crate::call::{BannerLine, WayOut};
use crate::engine::use_engine;
use crate::platform::clock;
use crate::text::{agent_call as words, network};
use farhand_shared::client::{Gesture, LinkView, MediaFlow, View};
use farhand_shared::quality::Quality;
use farhand_shared::session::{Away, Camera, Mode, Seat};
use farhand_shared::time::Time;
use leptos::prelude::*;

/// What is the matter, the worst first. Times of the link are by this browser's clock, all others by the relay's.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Matter {
    Offline(Time),
    Reconnecting(Time),
    CustomerGone(Time),
    Away(Away, Time),
    Camera(Camera),
    Paused,
    /// Hidden by an agent.
    Held,
    NewPath(Time),
    Connecting,
    /// Photo mode because of the customer's network; whether video would hold again.
    Photos(bool),
    /// The customer's line hardly carries this video.
    Weak,
}

fn matter(view: &View) -> Option<Matter> {
    match view.link {
        LinkView::Offline { since } => return Some(Matter::Offline(since)),
        LinkView::Reconnecting { since, .. } => return Some(Matter::Reconnecting(since)),
        LinkView::Idle | LinkView::Connecting | LinkView::Live | LinkView::Closed => {}
    }
    let session = view.session.as_ref()?;
    let in_call = me(view)?.seat == Seat::Ready;
    let customer = customer(session).filter(|person| person.holds_seat())?;
    if !customer.connected {
        // Somebody who has not been here yet is not gone.
        return customer
            .device
            .is_some()
            .then_some(Matter::CustomerGone(customer.connected_at));
    }
    if let Some((why, since)) = customer.away {
        return Some(Matter::Away(why, since));
    }
    match customer.camera {
        Camera::Live(_) => {}
        Camera::Unknown if !in_call => {}
        camera => return Some(Matter::Camera(camera)),
    }
    if customer.held {
        return Some(Matter::Held);
    }
    if customer.paused {
        return Some(Matter::Paused);
    }
    match to_customer(view)?.1.flow {
        MediaFlow::Recovering { since } => Some(Matter::NewPath(since)),
        MediaFlow::Connecting => Some(Matter::Connecting),
        MediaFlow::Flowing if session.is_fallen_back() => Some(Matter::Photos(view.offers_video)),
        MediaFlow::Flowing => {
            let weak = session.mode() == Mode::Video && customer.quality == Quality::VeryWeak;
            weak.then_some(Matter::Weak)
        }
    }
}

/// Whether what the stage shows is not what the customer sees now.
pub fn picture_is_old(view: &View) -> bool {
    match matter(view) {
        Some(
            Matter::CustomerGone(_)
            | Matter::Away(..)
            | Matter::Camera(_)
            | Matter::Paused
            | Matter::Held
            | Matter::NewPath(_),
        ) => true,
        // Media goes another way than the link: the picture may well be live.
        Some(Matter::Offline(_) | Matter::Reconnecting(_) | Matter::Connecting) => false,
        Some(Matter::Photos(_) | Matter::Weak) | None => false,
    }
}

/// What it says: icon, words with what to do next, and since when.
struct Line {
    icon: &'static str,
    text: String,
    /// Counts on by this browser's clock.
    counting: Option<Time>,
}

fn line(matter: Matter) -> Line {
    let plain = |icon, text: &str| Line {
        icon,
        text: text.to_owned(),
        counting: None,
    };
    let dated =
        |text: &str, since: Time| [text, " ", words::LAST_PICTURE, " (", &clock::time_of_day(since), ")"].concat();
    match matter {
        Matter::Offline(since) => Line {
            counting: Some(since),
            ..plain("wifi-0", words::OFFLINE)
        },
        Matter::Reconnecting(since) => Line {
            counting: Some(since),
            ..plain("wifi-0", words::RECONNECTING)
        },
        Matter::NewPath(since) => Line {
            counting: Some(since),
            ..plain("wifi-1", words::NEW_PATH)
        },
        Matter::CustomerGone(since) => plain("wifi-0", &dated(words::CUSTOMER_GONE, since)),
        Matter::Away(why, since) => plain("pause", &dated(words::away(why), since)),
        Matter::Camera(camera) => {
            let say = words::camera(camera);
            let mut text = [words::CUSTOMERS_CAMERA, ": ", &say.what, "."].concat();
            if !say.next.is_empty() {
                text += &[" ", words::SAY, ": ", &say.next].concat();
            }
            plain("camera-off", &text)
        }
        Matter::Paused => plain("pause", words::PAUSED),
        Matter::Held => plain("pause", words::HELD),
        Matter::Connecting => plain("wifi-2", words::FINDING_PATH),
        Matter::Photos(false) => plain("wifi-1", network::THEY_SWITCHED),
        Matter::Photos(true) => plain("wifi-2", network::THEY_ARE_BETTER),
        Matter::Weak => plain("wifi-1", network::TRY_PHOTOS),
    }
}

/// The banner, when there is something to say. Readers hear it when it changes.
#[component]
pub fn Matters() -> impl IntoView {
    let engine = use_engine();
    let shown = engine.read(matter);
    let way_out = move || -> Option<WayOut> {
        match shown.get() {
            Some(Matter::Reconnecting(_)) => Some((words::TRY_NOW, || Gesture::RetryNow)),
            Some(Matter::Photos(true)) => Some((network::BACK_TO_VIDEO, || Gesture::SetMode(Mode::Video))),
            Some(Matter::Weak) => Some((network::TO_PHOTOS, || Gesture::SetMode(Mode::Photo))),
            _ => None,
        }
    };
    view! {
        <div role="status" class="matters">
            {move || shown.get().map(line).map(|line| view! {
                <BannerLine icon=line.icon text=line.text since=line.counting way_out=way_out() />
            })}
        </div>
    }
}
