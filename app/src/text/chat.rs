//! The chat, on both pages.

use farhand_shared::role::Role;

pub const CHAT: &str = "Chat";
pub const MESSAGES: &str = "Messages";
pub const CLOSE: &str = "Close chat";
pub const MESSAGE: &str = "Message";
pub const SEND: &str = "Send";
pub const YOU: &str = "You";
pub const SENDING: &str = "Sending…";
pub const SEEN: &str = "Seen";
pub const TO_NEWEST: &str = "Newest message";
pub const QUICK: &str = "Quick replies";
pub const PHRASES: &str = "Phrases";
pub const SENT_A_FILE: &str = "sent a file";
pub const ATTACH: &str = "Attach a picture or file";
pub const OPEN_PICTURE: &str = "Picture. Open it for both of you.";
pub const PICTURE_COMES: &str = "The picture is on its way…";
pub const FILE_COMES: &str = ", on its way…";
pub const FILE_GONE: &str = "This file was taken away.";
pub const FILE_FAILED: &str = "This file could not be sent. Try again, or send another one.";
pub const FETCHING: &str = "Fetching the file…";

/// The empty chat of a customer.
pub const EMPTY_CUSTOMER: &str =
    "Write here if it is too loud to talk, or to send a number or a link. Your agent reads it at once.";
/// The empty chat of an agent.
pub const EMPTY_AGENT: &str =
    "Nobody has written yet. The customer can read and answer here from the first screen on, and without sound.";

/// What customers answer most often.
pub const QUICK_REPLIES: [&str; 4] = ["Yes", "No", "I can't see it", "One moment"];

/// What agents say most often.
pub const CANNED: [&str; 8] = [
    "Please hold the phone still.",
    "Please come closer.",
    "Please go further back.",
    "Please turn on the light.",
    "Please show me the label.",
    "Please turn the sound on, or call me back.",
    "Thank you, that is what I wanted to see.",
    "One moment, I am looking it up.",
];

/// Somebody's name, or what they are.
pub fn name(name: &str, role: Role) -> &str {
    match role {
        _ if !name.is_empty() => name,
        Role::Customer => "Customer",
        Role::Agent => "Agent",
        Role::Guest => "Guest",
        Role::Viewer => "Viewer",
    }
}

/// After the word on a button.
pub fn unread(count: usize) -> String {
    [", ", &count.to_string(), " new"].concat()
}

/// When they come faster than they can be read out.
pub fn new_messages(count: usize) -> String {
    let words = if count == 1 { " new message" } else { " new messages" };
    [count.to_string().as_str(), words].concat()
}

/// A file that cannot be sent.
pub fn too_large(name: &str, most: u64) -> String {
    let rest = " is too large. Files up to ";
    [name, rest, &size(most), " can be sent."].concat()
}

/// How large a file is: `900 B`, `12 KB`, `3.4 MB`.
pub fn size(bytes: u64) -> String {
    const KB: u64 = 1 << 10;
    const MB: u64 = 1 << 20;
    match bytes {
        0..KB => [bytes.to_string().as_str(), " B"].concat(),
        KB..MB => [(bytes / KB).to_string().as_str(), " KB"].concat(),
        _ => {
            let (whole, tenth) = (bytes / MB, bytes % MB * 10 / MB);
            [whole.to_string().as_str(), ".", &tenth.to_string(), " MB"].concat()
        }
    }
}
