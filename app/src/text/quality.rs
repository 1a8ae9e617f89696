//! Connection quality in words.

use farhand_shared::quality::Quality;

/// One or two words.
pub const fn word(quality: Quality) -> &'static str {
    match quality {
        Quality::Good => "Good",
        Quality::Weak => "Weak",
        Quality::VeryWeak => "Very weak",
        Quality::Reconnecting => "Reconnecting",
        Quality::Lost => "Lost",
    }
}

/// Whose connection, for the pill: always say whose side it is.
pub fn pill(mine: bool, other: &str, quality: Quality) -> String {
    if mine {
        ["Your connection: ", word(quality)].concat()
    } else {
        [other, "’s connection: ", word(quality)].concat()
    }
}
