//! Dragging with any pointer.

use super::{js, window};
use wasm_bindgen::{JsCast, JsValue};

/// Where a pointer event happened, and on what.
pub struct Grip {
    /// Pixels from the left of the window.
    pub x: f64,
    /// Pixels from the top of the window.
    pub y: f64,
}

/// Reads a pointer event.
pub fn grip(event: &web_sys::Event) -> Grip {
    Grip {
        x: js::number(event, "clientX").unwrap_or_default(),
        y: js::number(event, "clientY").unwrap_or_default(),
    }
}

/// Sends the rest of this pointer's events to the event's own element, even outside of it.
pub fn capture(event: &web_sys::Event) {
    let Some(element) = js::get(event, "currentTarget") else {
        return;
    };
    let id = js::get(event, "pointerId").unwrap_or_default();
    let _ = js::call(&element, "setPointerCapture", &[&id]);
}

/// Left, top, width and height of an element in the window, in pixels.
pub fn place(element: &web_sys::Element) -> (f64, f64, f64, f64) {
    let Ok(rect) = js::call(element.unchecked_ref(), "getBoundingClientRect", &[]) else {
        return Default::default();
    };
    let side = |key| js::number(&rect, key).unwrap_or_default();
    (side("left"), side("top"), side("width"), side("height"))
}

/// Width and height of the window in pixels.
pub fn window_size() -> (f64, f64) {
    let side = |key| js::number(&window(), key).unwrap_or_default();
    (side("innerWidth"), side("innerHeight"))
}

/// A short buzz, on devices that have one.
pub fn buzz() {
    let _ = js::call(&window().navigator(), "vibrate", &[&JsValue::from(30)]);
}
