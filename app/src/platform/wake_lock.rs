//! Keeps the screen awake. Browsers take the lock away when the page is hidden, so it is asked for again on every return.

use super::listener::Listener;
use super::{js, page, window};
use core::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Held until it is dropped.
pub struct WakeLock {
    sentinel: Rc<RefCell<Option<JsValue>>>,
    _listener: Option<Listener>,
}

impl WakeLock {
    /// Asks for the lock now and on every return to the page. A browser without it lets the screen sleep.
    pub fn hold() -> Self {
        let sentinel = Rc::new(RefCell::new(None));
        ask(&sentinel);
        let listener = window().document().map(|document| {
            let sentinel = sentinel.clone();
            Listener::new(&document, "visibilitychange", move |_| {
                if !page::is_hidden() {
                    ask(&sentinel);
                }
            })
        });
        Self {
            sentinel,
            _listener: listener,
        }
    }
}

impl Drop for WakeLock {
    fn drop(&mut self) {
        if let Some(sentinel) = self.sentinel.take() {
            js::ignore(js::call(&sentinel, "release", &[]));
        }
    }
}

fn ask(sentinel: &Rc<RefCell<Option<JsValue>>>) {
    let Some(lock) = js::get(&window().navigator(), "wakeLock") else {
        return;
    };
    // Only the owner keeps the cell alive: when it is gone by the time of the answer, the lock is given back.
    let waiting = Rc::downgrade(sentinel);
    wasm_bindgen_futures::spawn_local(async move {
        let Ok(got) = js::call_later(&lock, "request", &[&"screen".into()]).await else {
            return;
        };
        let old = match waiting.upgrade() {
            Some(sentinel) => sentinel.replace(Some(got)),
            None => Some(got),
        };
        if let Some(old) = old {
            js::ignore(js::call(&old, "release", &[]));
        }
    });
}
