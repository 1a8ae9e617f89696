//! The keyboard on the screen, which covers the lower part of the page without making the page smaller.

use super::listener::Listener;
use super::{js, window};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::EventTarget;

/// Watches it until it is dropped.
pub struct KeyboardWatch {
    _listeners: Vec<Listener>,
}

impl KeyboardWatch {
    /// Reports how many pixels of the page's lower end are covered, now and whenever that changes.
    pub fn start(report: impl Fn(u32) + 'static) -> Self {
        let visual = js::get(&window(), "visualViewport");
        let Some(visual) = visual.and_then(|visual| visual.dyn_into::<EventTarget>().ok()) else {
            return Self { _listeners: Vec::new() };
        };
        let look = {
            let visual = visual.clone();
            Rc::new(move || {
                let number = |key| js::number(&visual, key).unwrap_or_default();
                let whole = js::number(&window(), "innerHeight").unwrap_or_default();
                // Pinched in, the page is not covered but magnified.
                let covered = if number("scale") > 1.0 {
                    0.0
                } else {
                    whole - number("offsetTop") - number("height")
                };
                report(covered.max(0.0) as u32);
            })
        };
        look();
        let listen = |kind| {
            let look = look.clone();
            Listener::new(&visual, kind, move |_| look())
        };
        Self {
            _listeners: vec![listen("resize"), listen("scroll")],
        }
    }
}
