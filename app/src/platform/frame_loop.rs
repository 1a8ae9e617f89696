//! The browser's frames, only while somebody wants one.

use super::window;
use core::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Window;

thread_local! {
    /// The window whose frames count, when it is not the page's own, and how often that has changed.
    static IN_FRONT: RefCell<(Option<Window>, u32)> = const { RefCell::new((None, 0)) };
}

/// From now on the frames of this window count; of the page's own when there is none. What was asked of the other one is
/// asked again with the next asking.
pub fn follow(other: Option<Window>) {
    IN_FRONT.with_borrow_mut(|(now, changes)| {
        *now = other;
        *changes += 1;
    });
}

fn in_front() -> (Window, u32) {
    IN_FRONT.with_borrow(|(now, changes)| (now.clone().unwrap_or_else(window), *changes))
}

/// Work for the next frame. Asked for twice it is done once; nothing runs while nobody asks; dropped, it never runs again.
#[derive(Clone)]
pub struct Frames(Rc<Inner>);

struct Inner {
    /// The frame that was asked for, and of which window.
    waiting: Cell<Option<(i32, u32)>>,
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
        let (window, changes) = in_front();
        if self.waiting.get().is_some_and(|(_, of)| of == changes) {
            return;
        }
        if let Some(callback) = &*self.callback.borrow() {
            let asked = window.request_animation_frame(callback.as_ref().unchecked_ref());
            self.waiting.set(asked.ok().map(|id| (id, changes)));
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let (window, changes) = in_front();
        if let Some((id, _)) = self.waiting.get().filter(|(_, of)| *of == changes) {
            let _ = window.cancel_animation_frame(id);
        }
    }
}
