//! The service worker, which keeps the shell of the pages for the next visit.

use super::{js, window};

/// Registers the worker at `path`. Browsers without one, and pages without HTTPS, do without.
pub fn register(path: &str) {
    if let Some(container) = js::get(&window().navigator(), "serviceWorker") {
        js::forget(js::call(&container, "register", &[&path.into()]));
    }
}
