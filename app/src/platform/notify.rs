//! Notes outside of the page, for people who look elsewhere.

use super::{js, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Asks whether such notes may be shown; call it inside a tap. Asked once: browsers remember the answer.
pub fn ask() {
    if let Some(class) = class()
        && js::text(&class, "permission").as_deref() == Some("default")
    {
        // The answer is asked for again when there is something to show.
        let _ = js::call(&class, "requestPermission", &[]);
    }
}

/// Shows one if it may be shown, in place of the last one. A press brings the page to the front.
pub fn show(title: &str) {
    let Some(class) = class() else { return };
    if js::text(&class, "permission").as_deref() != Some("granted") {
        return;
    }
    let form = js::object([("tag", JsValue::from("waiting")), ("renotify", true.into())]);
    let class: js_sys::Function = class.unchecked_into();
    let made = js_sys::Reflect::construct(&class, &js_sys::Array::of2(&title.into(), &form));
    // Chrome on Android has the class but allows notes only to service workers: there the ring has to do.
    if let Ok(note) = made {
        let focus = Closure::once_into_js(|| {
            let _ = window().focus();
        });
        js::set(&note, "onclick", focus);
    }
}

fn class() -> Option<JsValue> {
    js::get(&js_sys::global(), "Notification").filter(|class| class.is_function())
}
