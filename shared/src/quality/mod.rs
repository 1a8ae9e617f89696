//! How well the picture travels: in words people understand, and as steps that make it travel better.
//!
//! [`Ladder`] says what to ask of the encoder of one connection; [`Photo`] is its last step, from video to photos and
//! back; [`thresholds`] has every number.

mod ladder;
mod photo;
mod room;
pub mod thresholds;

pub use ladder::{Aim, Encoding, Ladder};
pub use photo::{Photo, Situation};
pub use room::{Look, Sent};

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
