//! Photo Mode and the pictures of a session.

use super::Agent;

// Customer
pub const DECK: &str = "Photos";
pub const TAKE: &str = "Take photo";
pub const TAKE_WITH_APP: &str = "Take photo with the camera app";
pub const GALLERY: &str = "From gallery";
pub const RETAKE: &str = "Retake";
pub const SENT_PHOTOS: &str = "Your photos";
pub const TAKEN_BY_AGENT: &str = "Picture taken. You can put the phone down.";
pub const SCREENSHOT: &str = "Screenshot";
/// Where it may part on small screens.
pub const SCREENSHOT_PARTED: [&str; 2] = ["Screen", "shot"];
pub const PAUSED: &str = "Your camera is paused. Tap Show to take photos.";
pub const NEW_PHOTO: &str = "The photo that you just took";

// Agent
pub const NEWEST: &str = "Newest photo";
pub const NONE_YET: &str = "Photo Mode: the customer's video is paused. Photos show up here.";
pub const ON_ITS_WAY: &str = "A photo is on its way…";
pub const SHARP_SOON: &str = "The sharp picture is on its way…";
pub const PHOTO_TOOLS: &str = "Photos";
pub const ASK_LABEL: &str = "Ask for a photo of";
pub const ASK: &str = "Ask";
pub const ASK_NO_MORE: &str = "Stop asking";

/// How far a photo is, on the phone that took it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Until the signal returns.
    Waiting,
    /// So many of a hundred parts have arrived.
    Sending(u8),
    /// Whole.
    Sent,
    /// Somebody has looked at it large or drawn on it.
    Seen,
    /// It could not be made or sent.
    Failed,
}

/// In words.
pub fn progress(progress: Progress) -> String {
    match progress {
        Progress::Waiting => "Waiting".to_owned(),
        Progress::Sending(percent) => ["Sending ", &percent.to_string(), " %"].concat(),
        Progress::Sent => "Sent".to_owned(),
        Progress::Seen => "Seen".to_owned(),
        Progress::Failed => "Not sent".to_owned(),
    }
}

/// One of several, as readers say it.
pub fn numbered(number: usize, how: Progress) -> String {
    ["Photo ", &number.to_string(), ", ", &progress(how)].concat()
}

/// So many wait on the phone. The same words on both sides.
pub fn waiting(count: usize) -> String {
    let word = if count == 1 {
        " photo waiting"
    } else {
        " photos waiting"
    };
    [&count.to_string(), word].concat()
}

/// What an agent wants to see.
pub fn asked(agent: &Agent, what: &str) -> String {
    [agent.first(), " asks: Please take a photo of ", what].concat()
}

/// What an agent reads about their own question.
pub fn asking(what: &str) -> String {
    ["Asked for a photo of ", what].concat()
}
