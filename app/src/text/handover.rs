//! Asking a colleague into a session, to help or to take it over.

use farhand_shared::wire::http::handovers::Stands;

// In the session of who asks
pub const TITLE: &str = "A colleague helps, or takes over";
pub const HINT: &str =
    "It rings at their desk for a minute. When they have joined you go on together, or leave the call to them.";
pub const NOBODY: &str = "There are no other agents on this server yet.";
pub const LEAVE_IT: &str = "Leave the call to them";

/// The button beside a colleague.
pub fn ask(name: &str) -> String {
    ["Ask ", name].concat()
}

/// How it stands.
pub fn stands(name: &str, stands: Stands) -> String {
    match stands {
        Stands::Rings => ["It rings at ", name, "'s desk. The call goes on with you."].concat(),
        Stands::Accepted => [name, " is here. You can leave: the call goes on."].concat(),
        Stands::Declined => [name, " cannot come now. Ask somebody else, or go on yourself."].concat(),
        Stands::NotAnswered => [name, " has not answered. Ask somebody else, or go on yourself."].concat(),
    }
}

/// The button that takes the line away.
pub const fn close(stands: Stands) -> &'static str {
    match stands {
        Stands::Rings => "Ask no longer",
        Stands::Accepted => "Stay in the call",
        Stands::Declined | Stands::NotAnswered => "Close",
    }
}

// At the colleague's desk
pub const NOT_NOW: &str = "Not now";

/// Who asks.
pub fn asks(by: &str) -> String {
    [by, " asks you to help, or take over"].concat()
}
