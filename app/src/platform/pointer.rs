//! Fingers, pens and mice.

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

/// Which pointer it is, as long as it is down.
pub fn id(event: &web_sys::Event) -> i32 {
    js::number(event, "pointerId").unwrap_or_default() as i32
}

/// Whether it can hover without touching.
pub fn is_mouse(event: &web_sys::Event) -> bool {
    js::text(event, "pointerType").as_deref() == Some("mouse")
}

/// Whether it is the button that draws, a finger or a pen's tip.
pub fn is_primary_button(event: &web_sys::Event) -> bool {
    js::number(event, "button") == Some(0.0)
}

/// Everywhere the pointer has been since the event before, this event's place last. Browsers tell the places between two
/// frames only when asked.
pub fn way(event: &web_sys::Event) -> Vec<Grip> {
    let between = js::call(event, "getCoalescedEvents", &[]).ok();
    let between = between
        .map(|list| js_sys::Array::from(&list))
        .filter(|list| list.length() > 0);
    between.map_or_else(
        || vec![grip(event)],
        |list| list.iter().map(|event| grip(event.unchecked_ref())).collect(),
    )
}

/// Sends the rest of this pointer's events to the event's own element, even outside of it.
pub fn capture(event: &web_sys::Event) {
    let Some(element) = js::get(event, "currentTarget") else {
        return;
    };
    let id = js::get(event, "pointerId").unwrap_or_default();
    let _ = js::call(&element, "setPointerCapture", &[&id]);
}

/// Keeps a finger's way over its element from ending in a fling, where the style sheet leaves fingers to the page
/// (`touch-action: none`): Chromium swallows the tap that follows a fling, though nothing has scrolled.
pub fn without_fling(event: &web_sys::Event) {
    let style =
        js::get(event, "currentTarget").and_then(|element| js::call(&window(), "getComputedStyle", &[&element]).ok());
    if style.and_then(|style| js::text(&style, "touchAction")).as_deref() == Some("none") {
        event.prevent_default();
    }
}

/// Left, top, width and height of an element in the window, in pixels.
pub fn place(element: &web_sys::Element) -> (f64, f64, f64, f64) {
    box_of(element.unchecked_ref())
}

/// The same of the element that listens to the event.
pub fn place_of_target(event: &web_sys::Event) -> (f64, f64, f64, f64) {
    js::get(event, "currentTarget").map_or_else(Default::default, |element| box_of(&element))
}

fn box_of(element: &JsValue) -> (f64, f64, f64, f64) {
    let Ok(rect) = js::call(element, "getBoundingClientRect", &[]) else {
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
