//! One element over the whole screen.

use super::{js, window};
use wasm_bindgen::JsCast;

/// Fills the screen with the element, or gives the screen back if something fills it already. Must run inside a tap or
/// key press; browsers without it (iPhones) do nothing.
pub fn toggle(element: &web_sys::Element) {
    let Some(document) = window().document() else { return };
    let done = if js::get(&document, "fullscreenElement").is_some() {
        js::call(&document, "exitFullscreen", &[])
    } else {
        js::call(element.unchecked_ref(), "requestFullscreen", &[])
    };
    js::ignore(done);
}
