//! Watching the size of an element.

use super::js;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

/// Watches until it is dropped.
pub struct Resizes {
    observer: Option<JsValue>,
    _callback: Closure<dyn FnMut()>,
}

impl Resizes {
    /// Calls `changed` now and whenever the element's size changes.
    pub fn of(element: &web_sys::Element, changed: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(changed);
        let observer = js::make("ResizeObserver", callback.as_ref());
        if let Some(observer) = &observer {
            let _ = js::call(observer, "observe", &[element]);
        }
        Self {
            observer,
            _callback: callback,
        }
    }
}

impl Drop for Resizes {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            let _ = js::call(observer, "disconnect", &[]);
        }
    }
}
