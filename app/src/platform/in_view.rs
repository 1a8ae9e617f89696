//! Whether a place on the page can be seen right now.

use super::js;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Watches one element until it is dropped.
pub struct InView {
    observer: JsValue,
    _callback: Closure<dyn FnMut(JsValue)>,
}

impl InView {
    /// Reports whether `element` is on the screen, now and whenever that changes. None in browsers that cannot tell.
    pub fn watch(element: &web_sys::Element, report: impl Fn(bool) + 'static) -> Option<Self> {
        let callback = Closure::<dyn FnMut(JsValue)>::new(move |entries: JsValue| {
            let last = js_sys::Array::from(&entries).pop();
            report(js::flag(&last, "isIntersecting"));
        });
        let class: js_sys::Function = js::get(&js_sys::global(), "IntersectionObserver")?.dyn_into().ok()?;
        let observer = js_sys::Reflect::construct(&class, &js_sys::Array::of1(callback.as_ref())).ok()?;
        js::call(&observer, "observe", &[element]).ok()?;
        Some(Self {
            observer,
            _callback: callback,
        })
    }
}

impl Drop for InView {
    fn drop(&mut self) {
        let _ = js::call(&self.observer, "disconnect", &[]);
    }
}
