//! Guests and viewers: how an agent brings them in, and what they see.

use farhand_shared::session::Grants;
use farhand_shared::wire::http::visits::VisitAs;

// At the agent's desk
pub const ADD: &str = "Add people";
pub const GUEST: &str = "A guest takes part";
pub const GUEST_HINT: &str = "They open the link, type their name and read four digits out to you. You let them in. They see, hear, point, draw and write.";
pub const MAKE_GUEST: &str = "Make a guest link";
pub const VIEWER: &str = "A viewer only looks on";
pub const VIEWER_HINT: &str =
    "They open the link and see and hear the call at once. They can do nothing. Take the link back to send them away.";
pub const MAKE_VIEWER: &str = "Make an external view link";
pub const YOUR_LINK: &str = "Link to pass on";
pub const COPY: &str = "Copy link";
pub const LINKS: &str = "Links in use";
pub const NO_LINKS: &str = "No links yet.";
pub const CODE: &str = "code";
pub const GUEST_CODE: &str = "Guest's number";
pub const WRONG_CODE: &str = "No guest at the door has this number.";
pub const WATCHING: &str = "watching";
pub const HELD: &str = "An agent has put your camera on hold. Nobody sees it now.";
pub const EJECT: &str = "Send away";
pub const MAY_DRAW: &str = "May draw";
pub const MAY_SPEAK: &str = "May speak";
pub const SEES_CHAT: &str = "Sees the chat";

/// What a guest may do, for the record.
pub fn granted(grants: Grants) -> String {
    let word = |granted, word: &'static str| if granted { word } else { "" };
    [
        "may now take part",
        word(grants.draw, ", draw"),
        word(grants.speak, ", speak"),
        word(grants.chat, ", see the chat"),
    ]
    .concat()
}

/// The name of the boxes to tick for one guest.
pub fn grants_of(name: &str) -> String {
    ["What ", name, " may do"].concat()
}

/// The name of a link in the list.
pub const fn kind(role: VisitAs) -> &'static str {
    match role {
        VisitAs::Guest => "Guest link",
        VisitAs::Viewer => "External view link",
    }
}

/// Taking a link back.
pub const fn take_back(role: VisitAs) -> &'static str {
    match role {
        VisitAs::Guest => "Take back guest link",
        VisitAs::Viewer => "Take back external view link",
    }
}

/// How many have come by a link.
pub fn visitors(count: u32) -> String {
    match count {
        0 => "nobody has come by it yet".to_owned(),
        1 => "1 person has come by it".to_owned(),
        _ => [&count.to_string(), " people have come by it"].concat(),
    }
}

// At the visitor's
pub const TITLE: &str = "Visit";
pub const LOOKING: &str = "Looking at your link…";
pub const BROKEN: &str = "This link does not work";
pub const NAME: &str = "Your name";
pub const NAME_HINT: &str = "The others see it.";
pub const ASK_IN: &str = "Ask to come in";
pub const WATCH: &str = "Watch";
pub const WAIT_TITLE: &str = "Read this number to the agent";
pub const WAIT: &str = "The agent lets you in when they have heard it.";
pub const NOT_STARTED: &str = "You are in. The call has not started yet.";
/// What a guest is, and what the agent has not let them do.
pub fn guest_line(grants: Grants) -> String {
    let but = |granted, sentence| if granted { "" } else { sentence };
    [
        "You take part as a guest.",
        but(grants.draw, " The agent has not let you draw."),
        but(grants.speak, " The agent has not let you speak."),
        but(grants.chat, " The agent keeps the chat to the others."),
    ]
    .concat()
}
pub const VIEWER_LINE: &str = "You are watching. Nobody sees or hears you.";
pub const CALL: &str = "Call";
pub const PANEL: &str = "People and chat";
pub const LEAVE: &str = "Leave";
pub const LEFT_TITLE: &str = "You have left";
pub const ENDED_TITLE: &str = "The session has ended";
pub const OUT_TITLE: &str = "You are not in this session";
pub const AGAIN: &str = "Open the link again to come back.";
pub const PEOPLE: &str = "People's cameras";
pub const LARGER: &str = "Larger cameras";
pub const SMALLER: &str = "Smaller cameras";

/// The button that pages through people whose cameras do not all fit.
pub fn more_people(page: usize, pages: usize) -> String {
    ["More people (", &page.to_string(), " of ", &pages.to_string(), ")"].concat()
}

/// The button over a small picture.
pub fn make_large(name: &str) -> String {
    ["Show ", name, " large"].concat()
}

/// The heading of the first screen.
pub fn invites(agent: &str, role: VisitAs) -> String {
    let who = if agent.is_empty() { "An agent" } else { agent };
    let what = match role {
        VisitAs::Guest => " invites you to help in a video session",
        VisitAs::Viewer => " invites you to watch a video session",
    };
    [who, what].concat()
}
