//! How well the picture travels, in words people understand.

use serde::{Deserialize, Serialize};

/// Connection quality of one person (`Good · Weak · Very weak · Reconnecting · Lost`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// Loss below 2 %, round trip below 250 ms, 15 frames per second or more.
    #[default]
    Good,
    /// Loss 2-8 %, round trip 250-600 ms or 8-15 frames per second.
    Weak,
    /// Worse than weak, or less than 150 kbit/s.
    VeryWeak,
    /// No media for 3 s, or ICE disconnected.
    Reconnecting,
    /// No media for 15 s.
    Lost,
}
