//! Copying text.

use super::{js, window};

/// Copies `text`. Must run inside a tap, before anything else is waited for (Safari drops it otherwise).
/// Answers whether it really was copied.
pub async fn copy(text: String) -> bool {
    let Some(clipboard) = js::get(&window().navigator(), "clipboard") else {
        return false;
    };
    js::call_later(&clipboard, "writeText", &[&text.into()]).await.is_ok()
}
