//! The system's share sheet.

use super::{js, window};

/// Whether there is one.
pub fn is_possible() -> bool {
    js::get(&window().navigator(), "share").is_some()
}

/// Offers a link to other apps. Answers whether the person sent it somewhere.
pub async fn link(title: &str, address: &str) -> bool {
    let what = js::object([("title", title.into()), ("url", address.into())]);
    js::call_later(&window().navigator(), "share", &[&what]).await.is_ok()
}
