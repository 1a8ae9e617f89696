//! Showing streams in `<video>` and `<audio>` elements.

use super::js;
use super::stream::Stream;
use wasm_bindgen::JsCast;
use web_sys::{HtmlMediaElement, HtmlVideoElement};

/// Shows `stream` (or nothing) in the element and starts it. `refused` is called when the browser wants a tap first.
pub fn show(element: &impl AsRef<HtmlMediaElement>, stream: Option<&Stream>, refused: impl FnOnce() + 'static) {
    let element = element.as_ref();
    // Attaching anew, even the same stream, wakes iOS from a black picture.
    element.set_src_object(None);
    let Some(stream) = stream else { return };
    element.set_src_object(Some(stream.media()));
    play(element, refused);
}

/// Starts what the element shows. `refused` is called when the browser wants a tap first.
pub fn play(element: &impl AsRef<HtmlMediaElement>, refused: impl FnOnce() + 'static) {
    let started = js::call(element.as_ref().unchecked_ref(), "play", &[]);
    wasm_bindgen_futures::spawn_local(async move {
        let answer = match started {
            Ok(promise) => js::settle(promise).await,
            Err(error) => Err(error),
        };
        // Any other failure means that a newer stream took this one's place.
        if answer.is_err_and(|error| js::failure(&error).name == "NotAllowedError") {
            refused();
        }
    });
}

/// Sets `muted`, which the attribute alone does not do for elements made by scripts.
pub fn mute(element: &impl AsRef<HtmlMediaElement>) {
    element.as_ref().set_muted(true);
}

/// Width and height of the pictures it shows, upright, in their own pixels; zeros before the first.
pub fn size(element: &HtmlVideoElement) -> (f32, f32) {
    (element.video_width() as f32, element.video_height() as f32)
}
