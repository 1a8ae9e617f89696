//! The service worker, which keeps the shell of the pages for the next visit.

use super::{js, window};

/// Registers the worker at `path` for all addresses below `scope`. Browsers without one, and pages without HTTPS, do without.
pub fn register(path: &str, scope: &str) {
    if let Some(container) = js::get(&window().navigator(), "serviceWorker") {
        let options = js::object([("scope", scope.into())]);
        js::ignore(js::call(&container, "register", &[&path.into(), &options]));
    }
}
