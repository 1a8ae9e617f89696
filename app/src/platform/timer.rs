//! Timers that stop when they are dropped.

use super::window;
use core::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Longest delay that `setTimeout` takes without wrapping round to "now".
const LONGEST: u128 = i32::MAX as u128;

fn millis(wait: Duration) -> i32 {
    wait.as_millis().min(LONGEST) as i32
}

/// One call after a while.
pub struct Timeout {
    id: i32,
    _callback: Closure<dyn FnMut()>,
}

impl Timeout {
    /// Calls `due` once after `wait`.
    pub fn after(wait: Duration, due: impl FnOnce() + 'static) -> Self {
        let callback = Closure::once(due);
        let id = window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(callback.as_ref().unchecked_ref(), millis(wait))
            .unwrap_or_default();
        Self {
            id,
            _callback: callback,
        }
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        window().clear_timeout_with_handle(self.id);
    }
}

/// A call again and again.
pub struct Interval {
    id: i32,
    _callback: Closure<dyn FnMut()>,
}

impl Interval {
    /// Calls `due` every `period`.
    pub fn every(period: Duration, due: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(due);
        let id = window()
            .set_interval_with_callback_and_timeout_and_arguments_0(callback.as_ref().unchecked_ref(), millis(period))
            .unwrap_or_default();
        Self {
            id,
            _callback: callback,
        }
    }
}

impl Drop for Interval {
    fn drop(&mut self) {
        window().clear_interval_with_handle(self.id);
    }
}

/// Waits inside an `async` block.
pub async fn sleep(wait: Duration) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis(wait));
    });
    let _ = super::js::settle(promise.into()).await;
}
