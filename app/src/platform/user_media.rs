//! `<usermedia>`: the browser's own button for the camera, which asks again even after a "no" (Chromium since 151).

use super::listener::Listener;
use super::media::stop_all;
use super::{js, window};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The button; its listener goes with it.
pub struct CameraButton {
    _heard: Listener,
}

/// Whether this browser has it.
pub fn is_known() -> bool {
    js::get(&js_sys::global(), "HTMLUserMediaElement").is_some()
}

impl CameraButton {
    /// Puts the button into `place`. `allowed` is called when the person has pressed it and said yes; the camera itself is
    /// opened in the usual way then, so what the button brings is closed at once.
    pub fn put_into(place: &Element, allowed: impl Fn() + 'static) -> Option<Self> {
        let button = window().document()?.create_element("usermedia").ok()?;
        // Else it asks for the microphone too.
        let camera_only = js::object([("video", js::object([]))]);
        let _ = js::call(&button, "setConstraints", &[&camera_only]);
        let source = button.clone();
        let heard = Listener::new(&button, "stream", move |_| {
            if let Some(stream) = js::get(&source, "stream") {
                stop_all(stream.unchecked_ref());
                allowed();
            }
        });
        place.append_child(&button).ok()?;
        Some(Self { _heard: heard })
    }
}
