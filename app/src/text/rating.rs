//! Stars and words after a session, for both sides.

pub const TITLE: &str = "How was it?";
pub const WORDS: &str = "What was good, what should be better?";
pub const SEND: &str = "Send rating";
pub const THANKS: &str = "Thank you. You can still change it.";

/// The name of one choice.
pub const fn stars(count: u8) -> &'static str {
    match count {
        1 => "1 star",
        2 => "2 stars",
        3 => "3 stars",
        4 => "4 stars",
        _ => "5 stars, the best",
    }
}
