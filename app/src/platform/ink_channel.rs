//! The data channel that carries ink: unordered and never repeated, since a newer piece is better than an older one again.

use super::js;
use super::listener::Listener;
use crate::json;
use farhand_shared::client::PeerInput;
use farhand_shared::ink::Ink;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::RtcPeerConnection;

/// More bytes than this on their way mean that the line cannot follow.
const MOST_WAITING: f64 = 16_384.0;

/// One connection's channel.
pub struct InkChannel {
    channel: JsValue,
    _listeners: [Listener; 3],
}

impl InkChannel {
    /// Both sides make it under the same number before they negotiate, so it needs no event. None where the browser has
    /// no data channels.
    pub fn open(connection: &RtcPeerConnection, report: impl Fn(PeerInput) + 'static) -> Option<Self> {
        let options = js::object([
            ("negotiated", true.into()),
            ("id", 0.into()),
            ("ordered", false.into()),
            ("maxRetransmits", 0.into()),
        ]);
        let channel = js::call(connection, "createDataChannel", &[&"ink".into(), &options]).ok()?;
        let report = Rc::new(report);
        let on = |kind, news: fn(&JsValue) -> Option<PeerInput>| {
            let report = report.clone();
            let target: &web_sys::EventTarget = channel.unchecked_ref();
            Listener::new(target, kind, move |event| {
                if let Some(news) = news(&event) {
                    report(news);
                }
            })
        };
        let listeners = [
            on("open", |_| Some(PeerInput::Channel(true))),
            on("close", |_| Some(PeerInput::Channel(false))),
            on("message", |event| {
                let text = js::text(event, "data")?;
                json::from_str(&text).ok().map(PeerInput::Ink)
            }),
        ];
        Some(Self {
            channel,
            _listeners: listeners,
        })
    }

    /// Sends ink, unless older ink still waits.
    pub fn send(&self, ink: &Ink) {
        let waiting = js::number(&self.channel, "bufferedAmount").unwrap_or_default();
        if waiting > MOST_WAITING {
            return;
        }
        if let Ok(text) = json::to_string(ink) {
            let _ = js::call(&self.channel, "send", &[&text.into()]);
        }
    }
}
