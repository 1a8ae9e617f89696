//! What the line and the light do to the picture, in words: always whose line it is, and what one can do.

use farhand_shared::coach::Hint;

// Customer
pub const SWITCHED: &str = "Weak connection – we switched to photos. You can keep talking.";
pub const BETTER: &str = "Your connection is better. Video would work again.";
pub const BACK_TO_VIDEO: &str = "Back to video";
pub const SAVE_DATA: &str = "Save data: a smaller picture";

// Agent
pub const THEY_SWITCHED: &str = "The customer's connection is weak: switched to photo mode.";
pub const THEY_ARE_BETTER: &str = "The customer's connection is better: video would work again.";
pub const TRY_PHOTOS: &str = "The customer's connection is weak. Photos would be clearer than this video.";
pub const TO_PHOTOS: &str = "Switch to photos";

// Both
pub const LIGHT: &str = "Turn on the light?";

/// The same words on both sides.
pub const fn hint(hint: Hint) -> &'static str {
    match hint {
        Hint::Dark => "It is very dark.",
        Hint::Shaky => "Hold still.",
        Hint::Covered => "Nothing can be seen. Is something in front of the camera?",
    }
}
