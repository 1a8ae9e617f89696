//! The browser's clock: steady, and right again after a sleep.

use super::window;
use core::cell::Cell;
use farhand_shared::time::Time;

/// Milliseconds of `Date` ahead of us that mean that the machine slept.
const SLEPT_MS: f64 = 1000.0;

/// Counts on `performance.now()`, which nobody can turn back. Some systems stop it while they sleep, so it leaps forward to
/// `Date` when that is ahead; it never goes back.
pub struct Clock {
    ahead: Cell<f64>,
}

impl Clock {
    /// Starts at what the system calls now.
    pub fn new() -> Self {
        let clock = Self { ahead: Cell::new(0.0) };
        clock.ahead.set(js_sys::Date::now() - ticks());
        clock
    }

    /// Now.
    pub fn now(&self) -> Time {
        let steady = ticks() + self.ahead.get();
        let wall = js_sys::Date::now();
        if wall - steady > SLEPT_MS {
            self.ahead.set(wall - ticks());
        }
        Time::from_millis((ticks() + self.ahead.get()).max(0.0) as u64)
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}

fn ticks() -> f64 {
    window()
        .performance()
        .map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// Milliseconds since 1970 by the device's clock, for what is kept on it.
pub fn since_1970() -> f64 {
    js_sys::Date::now()
}

/// An instant as people here write the time of day, such as `14:02`.
pub fn time_of_day(time: Time) -> String {
    let date = js_sys::Date::new(&(time.millis() as f64).into());
    let form = super::js::object([("hour", "numeric".into()), ("minute", "2-digit".into())]);
    super::js::call(&date, "toLocaleTimeString", &[&wasm_bindgen::JsValue::UNDEFINED, &form])
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}
