//! What keeps me, who helps, from being seen or heard: my camera, my microphone, and for visitors their link.

use crate::call::{BannerLine, WayOut};
use crate::engine::use_engine;
use crate::text::agent_call as words;
use crate::text::camera::{self as camera_text, Way};
use farhand_shared::client::{Gesture, LinkView};
use farhand_shared::session::{Camera, Mic};
use leptos::prelude::*;

/// One line for each; nothing while all is well. `link`: also the connection, which agents read elsewhere.
#[component]
pub fn MyTrouble(#[prop(optional)] link: bool) -> impl IntoView {
    let engine = use_engine();
    let camera = engine.read(|view| match view.camera.camera {
        Camera::Unknown | Camera::Off | Camera::Asking | Camera::Live(_) => None,
        camera => Some(camera),
    });
    let mic = engine.read(|view| view.mic == Mic::Blocked);
    let lost = engine.read(move |view| match view.link {
        LinkView::Offline { since } if link => Some((words::OFFLINE, since, false)),
        LinkView::Reconnecting { since, .. } if link => Some((words::RECONNECTING, since, true)),
        _ => None,
    });
    let lost_line = move || {
        lost.get().map(|(text, since, can_try)| {
            let way_out: Option<WayOut> = can_try.then_some((words::TRY_NOW, || Gesture::RetryNow));
            view! { <BannerLine icon="wifi-0" text=text.to_owned() since=Some(since) way_out /> }
        })
    };
    let camera_line = move || {
        camera.get().map(|camera| {
            let way_out: Option<WayOut> = match camera_text::way_out(camera) {
                Way::Try(label) => Some((label, || Gesture::TurnOnCamera)),
                Way::OtherBrowser | Way::Wait => None,
            };
            view! { <BannerLine icon="camera-off" text=words::my_camera(camera) since=None way_out /> }
        })
    };
    let mic_line = move || {
        mic.get().then(|| {
            view! { <BannerLine icon="mic-off" text=words::MY_MIC_BLOCKED.to_owned() since=None way_out=None /> }
        })
    };
    view! { <div role="alert" class="matters">{lost_line} {camera_line} {mic_line}</div> }
}
