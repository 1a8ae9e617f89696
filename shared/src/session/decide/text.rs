//! Texts from outside, made harmless before they become events.

use super::super::reject::Rejection;
use super::super::state::Device;
use crate::limit::{self, TextFault};

/// A cleaned text that may be empty.
pub(super) fn optional(text: &str, most_chars: usize) -> Result<String, Rejection> {
    match limit::clean(text, most_chars) {
        Ok(cleaned) => Ok(cleaned),
        Err(TextFault::Empty) => Ok(String::new()),
        Err(TextFault::TooLong) => Err(Rejection::TextTooLong),
    }
}

/// A device's words about itself. They are cut, not refused: no person typed them, and nobody should be kept out of
/// a session because a browser is wordy.
pub(super) fn device(device: &Device) -> Device {
    Device {
        kind: device.kind,
        system: device_word(&device.system),
        browser: device_word(&device.browser),
        version: device_word(&device.version),
    }
}

fn device_word(word: &str) -> String {
    let start: String = word.chars().take(limit::DEVICE_CHARS).collect();
    limit::clean(&start, limit::DEVICE_CHARS).unwrap_or_default()
}
