//! What this browser remembers. Private windows may refuse: then nothing is remembered and nothing breaks.

use super::window;

/// How long something is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Until it is removed (`localStorage`, all tabs).
    Always,
    /// Until this tab closes, reloads included (`sessionStorage`).
    Tab,
}

fn store(keep: Keep) -> Option<web_sys::Storage> {
    match keep {
        Keep::Always => window().local_storage(),
        Keep::Tab => window().session_storage(),
    }
    .ok()
    .flatten()
}

/// What was remembered under `key`.
pub fn read(keep: Keep, key: &str) -> Option<String> {
    store(keep)?.get_item(key).ok().flatten()
}

/// Remembers `value` under `key`.
pub fn write(keep: Keep, key: &str, value: &str) {
    if let Some(store) = store(keep) {
        let _ = store.set_item(key, value);
    }
}

/// Whether a wish was remembered for good.
pub fn is_set(key: &str) -> bool {
    read(Keep::Always, key).is_some()
}

/// Remembers a wish for good, or forgets it.
pub fn set(key: &str, on: bool) {
    if on {
        write(Keep::Always, key, "1");
    } else {
        remove(Keep::Always, key);
    }
}

/// Forgets `key`.
pub fn remove(keep: Keep, key: &str) {
    if let Some(store) = store(keep) {
        let _ = store.remove_item(key);
    }
}
