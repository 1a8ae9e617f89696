//! One WebSocket.

use super::listener::Listener;
use super::{js, window};
use farhand_shared::client::Failure;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, WebSocket};

/// News of a socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SocketNews {
    /// It is open.
    Opened,
    /// A text frame came.
    Text(String),
    /// It closed or failed; nothing more will come.
    Closed,
}

/// A socket that closes when it is dropped; after that it reports nothing.
pub struct Socket {
    inner: WebSocket,
    _listeners: [Listener; 4],
}

impl Socket {
    /// Connects to `path` on the page's own host.
    ///
    /// # Errors
    /// The browser refused the address.
    pub fn open(path: &str, report: impl Fn(SocketNews) + 'static) -> Result<Self, Failure> {
        let location = window().location();
        let scheme = match location.protocol().as_deref() {
            Ok("https:") => "wss://",
            _ => "ws://",
        };
        let address = [scheme, &location.host().unwrap_or_default(), path].concat();
        let inner = WebSocket::new(&address).map_err(|error| js::failure(&error))?;
        let report = Rc::new(report);
        let plain = |kind, news: SocketNews| {
            let report = report.clone();
            Listener::new(&inner, kind, move |_| report(news.clone()))
        };
        let listeners = [
            plain("open", SocketNews::Opened),
            plain("close", SocketNews::Closed),
            plain("error", SocketNews::Closed),
            Listener::new(&inner, "message", {
                let report = report.clone();
                move |event| {
                    let text = event.unchecked_ref::<MessageEvent>().data().as_string();
                    // The relay sends only text; anything else is not ours.
                    if let Some(text) = text {
                        report(SocketNews::Text(text));
                    }
                }
            }),
        ];
        Ok(Self {
            inner,
            _listeners: listeners,
        })
    }

    /// Sends a text frame. A socket that is not open drops it: the link repeats what matters.
    pub fn send(&self, text: &str) {
        if self.inner.ready_state() == WebSocket::OPEN {
            let _ = self.inner.send_with_str(text);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = self.inner.close();
    }
}
