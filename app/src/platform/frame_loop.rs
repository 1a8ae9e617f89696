//! The browser's frames, only while somebody wants one.

use super::window;
use core::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Work for the next frame. Asked for twice it is done once; nothing runs while nobody asks; dropped, it never runs again.
#[derive(Clone)]
pub struct Frames(Rc<Inner>);

struct Inner {
    waiting: Cell<Option<i32>>,
    callback: RefCell<Option<Closure<dyn FnMut()>>>,
}

/// Asks for frames without keeping them alive: for the work itself.
#[derive(Clone)]
pub struct FrameAsker(Weak<Inner>);

impl Frames {
    /// Frames that do `work`.
    pub fn new(work: impl FnMut() + 'static) -> Self {
        Self::with_asker(|_| work)
    }

    /// Frames whose work may itself ask for the next one.
    pub fn with_asker<W: FnMut() + 'static>(make: impl FnOnce(FrameAsker) -> W) -> Self {
        let inner = Rc::new(Inner {
            waiting: Cell::new(None),
            callback: RefCell::new(None),
        });
        let mut work = make(FrameAsker(Rc::downgrade(&inner)));
        let weak = Rc::downgrade(&inner);
        let callback = Closure::<dyn FnMut()>::new(move || {
            if let Some(inner) = weak.upgrade() {
                inner.waiting.set(None);
                work();
            }
        });
        inner.callback.replace(Some(callback));
        Self(inner)
    }

    /// Does the work with the next frame.
    pub fn ask(&self) {
        self.0.ask();
    }
}

impl FrameAsker {
    /// Does the work with the next frame, if it is still wanted at all.
    pub fn ask(&self) {
        if let Some(inner) = self.0.upgrade() {
            inner.ask();
        }
    }
}

impl Inner {
    fn ask(&self) {
        if self.waiting.get().is_some() {
            return;
        }
        if let Some(callback) = &*self.callback.borrow() {
            let asked = window().request_animation_frame(callback.as_ref().unchecked_ref());
            self.waiting.set(asked.ok());
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(id) = self.waiting.get() {
            let _ = window().cancel_animation_frame(id);
        }
    }
}
