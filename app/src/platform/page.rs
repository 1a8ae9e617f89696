//! The page itself: in front or hidden, online or not, its address, and its last words.

use super::listener::Listener;
use super::{js, window};
use farhand_shared::client::PageInput;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Watches the page until it is dropped.
pub struct PageWatch {
    _listeners: Vec<Listener>,
}

impl PageWatch {
    /// Reports every change.
    pub fn start(report: impl Fn(PageInput) + 'static) -> Self {
        let report = Rc::new(report);
        let window = window();
        let mut listeners = Vec::new();
        if let Some(document) = window.document() {
            let report = report.clone();
            listeners.push(Listener::new(&document, "visibilitychange", move |_| {
                report(if is_hidden() {
                    PageInput::Hidden
                } else {
                    PageInput::Shown
                });
            }));
        }
        let mut watch = |kind, to_input: fn(bool) -> PageInput| {
            let report = report.clone();
            listeners.push(Listener::new(&window, kind, move |event| {
                report(to_input(js::flag(&event, "persisted")));
            }));
        };
        watch("pageshow", |_| PageInput::Shown);
        // A page kept in the back-forward cache is only hidden; it may come back as it was.
        watch(
            "pagehide",
            |kept| if kept { PageInput::Hidden } else { PageInput::Leaving },
        );
        watch("online", |_| PageInput::Online);
        watch("offline", |_| PageInput::Offline);
        Self { _listeners: listeners }
    }
}

/// Whether another tab or app is in front, or the screen is locked.
pub fn is_hidden() -> bool {
    window().document().is_some_and(|document| document.hidden())
}

/// Reports when another tab or app comes in front, and when this page is back.
pub fn on_turn(report: impl Fn() + 'static) -> Option<Listener> {
    let document = window().document()?;
    Some(Listener::new(&document, "visibilitychange", move |_| report()))
}

/// A last word that the browser delivers even when the page goes away.
pub fn beacon(path: &str, json: &str) {
    let parts = js_sys::Array::of1(&json.into());
    let kind = js::object([("type", "application/json".into())]);
    let blob = js::get(&js_sys::global(), "Blob").and_then(|class| {
        let class: js_sys::Function = class.into();
        js_sys::Reflect::construct(&class, &js_sys::Array::of2(&parts, &kind)).ok()
    });
    let body = blob.unwrap_or_else(|| JsValue::from_str(json));
    let _ = js::call(&window().navigator(), "sendBeacon", &[&path.into(), &body]);
}

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}

/// Whether another page shows this one in a frame.
pub fn is_framed() -> bool {
    let top = window().top().ok().flatten();
    top.as_ref() != Some(&window())
}

/// Closes the window, where the browser lets a page do that: mostly only those that another page opened.
pub fn close() {
    let _ = window().close();
}

/// Goes to another address.
pub fn go(address: &str) {
    let _ = window().location().set_href(address);
}

/// The address's path, such as `/code`.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The address's host, such as `help.example`.
pub fn host() -> String {
    window().location().host().unwrap_or_default()
}

/// The secret after the `#` of the address, without the `#`; empty when there is none.
pub fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// The value of `name` in a fragment such as `#id=4711&case=T%201`.
pub fn fragment_value(name: &str) -> Option<String> {
    let fragment = fragment();
    let value = fragment
        .split('&')
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    js_sys::decode_uri_component(value).ok().map(String::from)
}

/// Whether the browser gives this address what it gives to secure ones only, such as cameras.
pub fn is_secure() -> bool {
    window().is_secure_context()
}

/// The whole address.
pub fn address() -> String {
    window().location().href().unwrap_or_default()
}

/// Shows another address without loading anything.
pub fn show_address(path: &str) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// Sets the title of the tab.
pub fn set_title(title: &str) {
    if let Some(document) = window().document() {
        document.set_title(title);
    }
}

/// Reports when the person uses the browser's Back and Forward buttons.
pub fn on_back(report: impl Fn() + 'static) -> Listener {
    Listener::new(&window(), "popstate", move |_| report())
}
