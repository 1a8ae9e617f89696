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
    local(
        time,
        "toLocaleTimeString",
        &[("hour", "numeric"), ("minute", "2-digit")],
    )
}

/// The same with seconds, such as `14:02:07`.
pub fn time_with_seconds(time: Time) -> String {
    local(
        time,
        "toLocaleTimeString",
        &[("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit")],
    )
}

/// The day of an instant as people here write it, such as `28 Nov 2026`.
pub fn date(time: Time) -> String {
    local(time, "toLocaleDateString", &[("dateStyle", "medium")])
}

fn local(time: Time, method: &str, form: &[(&str, &str)]) -> String {
    let date = js_sys::Date::new(&(time.millis() as f64).into());
    let options = js_sys::Object::new();
    for (name, how) in form {
        super::js::set(&options, name, *how);
    }
    super::js::call(&date, method, &[&wasm_bindgen::JsValue::UNDEFINED, &options])
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}
