//! The customer's screens.

use super::{Agent, Step};

/// The small picture's menu, for one of several who show themselves.
pub fn show_helper(name: &str) -> String {
    ["Show ", name].concat()
}

/// Name of the product, for titles.
pub const PRODUCT: &str = "Farhand";

// Home
pub const HOME_TITLE: &str = "Get help by camera";
pub const HOME_LEAD: &str = "Show an agent what you see. No app, no account.";
pub const CODE_LABEL: &str = "Your 6-digit number";
pub const CODE_HINT: &str = "It is in the message you got, or the agent reads it to you.";
pub const CODE_INCOMPLETE: &str = "The number has six digits. Check it and try again.";
pub const JOIN: &str = "Join";
pub const START_OWN: &str = "Start a new session";
pub const START_OWN_HINT: &str = "You get a number to read to the agent.";
pub const CHOOSE_MODE: &str = "How do you want to show it?";
pub const VIDEO_MODE: &str = "Video Mode";
pub const VIDEO_MODE_HINT: &str = "The agent sees your camera live.";
pub const PHOTO_MODE: &str = "Photo Mode";
pub const PHOTO_MODE_HINT: &str = "You send sharp pictures. Good with a weak connection.";
pub const CANCEL: &str = "Cancel";
pub const REJOIN_TITLE: &str = "You have an open session";
pub const REJOIN: &str = "Rejoin session";
pub const JOIN_NEW: &str = "Join new session";
pub const WHICH_BROWSERS: &str = "Which browsers work?";
pub const BROWSERS: [&str; 3] = [
    "iPhone and iPad: Safari, Chrome, Edge or Firefox with iOS 16.4 or newer.",
    "Android: Chrome, Edge or Samsung Internet from version 109, Firefox from version 126.",
    "Computer: Chrome or Edge 109, Firefox 126, Safari 16.4, or newer.",
];
pub const HOME_SCREEN: &str = "Put this on my home screen";
pub const HOME_SCREEN_IOS: &str = "iPhone and iPad";
pub const HOME_SCREEN_IOS_STEPS: &[Step] = &[
    ("share", "Tap the Share button (a square with an arrow)."),
    ("row", "Scroll down and tap Add to Home Screen."),
    ("add", "Tap Add."),
];
pub const HOME_SCREEN_ANDROID: &str = "Android";
pub const HOME_SCREEN_ANDROID_STEPS: &[Step] = &[
    (
        "dots",
        "Tap the three dots (⋮) beside the address, at the top or the bottom.",
    ),
    ("row", "Tap Add to Home screen."),
    ("add", "Tap Add, or Create shortcut."),
];

// Lobby
pub const PRIMING_QUESTION: &str = "Your browser will ask to use the camera. Tap Allow.";
pub const PROMISES: [&str; 3] = [
    "The agent sees what your camera sees, and nothing else on your phone.",
    "Nothing is recorded.",
    "You can stop at any time.",
];
pub const TURN_ON: &str = "Turn on camera";
pub const STARTING: &str = "One moment…";
pub const WITHOUT: &str = "Continue without camera";
pub const BROWSERS_BUTTON: &str = "Tap this button of your browser, then Allow:";
pub const PHOTOS_INSTEAD: &str = "Send photos instead";
pub const NAME_LABEL: &str = "Your name (you can leave this empty)";
pub const TALK_LABEL: &str = "Talk by";
pub const TALK_PHONE: &str = "Our phone call";
pub const TALK_PAGE: &str = "This page";
pub const LINK_OVER: &str = "This session is over";
pub const LINK_OVER_NEXT: &str = "Ask your agent for a new link, or start a new session.";
pub const LINK_BAD: &str = "This link doesn't work";
pub const KNOCKING_TITLE: &str = "Waiting to be let in";
pub const KNOCKING: &str = "We told the agent that you are here. Keep this page open.";
pub const NOTICED: &str = "The agent knows that you are here and lets you in soon. Keep this page open.";
pub const READ_OUT: &str = "Read this number to the agent:";
pub const WAITING_FOR: &str = "Waiting for ";
pub const ACCEPT: &str = "Accept";
pub const DECLINE: &str = "Decline";
pub const GO_AWAY: &str = "Leave";

// Camera help
pub const COPY_LINK: &str = "Copy link";
pub const COPIED: &str = "Link copied.";
pub const NOT_COPIED: &str = "Copying didn't work. Press and hold the link to copy it:";
pub const HERE_BEFORE: &str = "Camera doesn't work? The steps are ";
pub const HERE: &str = "HERE";
pub const STEPS_TITLE: &str = "If the camera doesn't work";

// Call
pub const CALL_TITLE: &str = "Call";
pub const MODE_LABEL: &str = "Mode";
pub const VIDEO: &str = "Video";
pub const PHOTO: &str = "Photo";
pub const LIGHT_ON: &str = "Light on";
pub const LIGHT_OFF: &str = "Light off";
pub const FLIP: &str = "Flip";
pub const MUTE: &str = "Mute";
pub const UNMUTE: &str = "Unmute";
pub const PAUSE: &str = "Pause";
pub const SHOW: &str = "Show";
pub const CAMERA_OFF: &str = "Camera off";
pub const CAMERA_ON: &str = "Camera on";
pub const END: &str = "End";
pub const CLOSE: &str = "End and close";
pub const STAY: &str = "Stay";
pub const ENDING: &str = "Ending…";
pub const MY_PICTURE: &str = "Your camera";
pub const TAP_TO_SEE: &str = "Tap to see the video";
pub const TAP_TO_HEAR: &str = "Tap to hear the agent";
pub const MIC_BLOCKED: &str = "The microphone is blocked. Talk by phone, or allow it for this page and tap Unmute.";
pub const RECONNECTING: &str = "Connection lost. Trying again…";
pub const OFFLINE: &str = "No internet. We go on as soon as it is back.";
pub const TRY_NOW: &str = "Try now";
pub const NEW_PATH: &str = "The picture stopped. Looking for another way…";
pub const FINDING_PATH: &str = "Connecting the picture…";
pub const MOVE_BUBBLE: &str = "Small picture";
pub const BUBBLE_SIZE: &str = "Larger or smaller";
pub const BUBBLE_CORNERS: [&str; 4] = ["Top left", "Top right", "Bottom left", "Bottom right"];

// After
pub const ENDED_TITLE: &str = "Session ended";
pub const THANKS: &str = "Thank you.";
pub const REJOIN_WAIT: &str = "Waiting for the agent to rejoin…";
pub const REJOIN_OTHER: &str = "The agent wants to rejoin. Tap Rejoin session.";
pub const REJOIN_OVER: &str = "It is too late to rejoin this session.";
pub const LEFT_TITLE: &str = "You left the session";
pub const CONTINUE_HERE: &str = "Continue here";
pub const LOAD_AGAIN: &str = "Load again";

// A part of the page that did not arrive
pub const LATE_LOST: &str =
    "A part of this page didn't arrive. What runs goes on. Check your internet connection, then try again.";
pub const TRY_AGAIN: &str = "Try again";

/// Who asks, on the first screen.
pub fn invitation(agent: &Agent, company: &str) -> String {
    if company.is_empty() {
        [agent.first(), " wants to see what you see."].concat()
    } else {
        [agent.first(), " from ", company, " wants to see what you see."].concat()
    }
}

/// Heading of the explanation.
pub fn show_what_you_see(agent: &Agent) -> String {
    ["Show ", agent.inner(), " what you see."].concat()
}

/// Before the call.
pub fn ready(agent: &Agent, camera: bool) -> String {
    let shared = if camera { " Your picture isn't shared yet." } else { "" };
    ["You're ready. ", agent.first(), " will start in a moment.", shared].concat()
}

/// Before the call of a session that the customer started.
pub const READY_WALK_IN: &str = "You're ready. The agent joins with this number. Your picture isn't shared yet.";

/// The pill that says whether one is seen.
pub fn seen(agent: &Agent, seen: bool) -> String {
    let rest = if seen {
        " can see your camera"
    } else {
        " can't see you now"
    };
    [agent.first(), rest].concat()
}

/// After the end.
pub fn ended_summary(length: &str, agent: &Agent) -> String {
    match &agent.0 {
        Some(name) => [length, " with ", name].concat(),
        None => length.to_owned(),
    }
}

/// The agent is not there for the moment.
pub fn agent_gone(agent: &Agent) -> String {
    [agent.first(), " lost the connection. Please wait a moment."].concat()
}

/// An agent keeps the picture from being seen.
pub fn held(agent: &Agent) -> String {
    [agent.first(), " has put your camera on hold. Nobody sees it now."].concat()
}

/// Inside another app.
pub fn in_app(app: &str) -> String {
    ["You opened this page inside ", app, "."].concat()
}
pub const IN_APP_NEXT: &str = "The camera often doesn't work there. Copy the link and open it in Safari or Chrome.";
pub const IN_APP_ANYWAY: &str = "Try here anyway";
pub const READY_TITLE: &str = "You're ready";
pub const CALLING: &str = "Incoming call";
pub const REFUSED_TITLE: &str = "You're not connected";
pub const CALL_RUNS: &str = "The call has started.";
pub const CLOSE_DIALOG: &str = "Close";

/// The ringing screen's heading.
pub fn calling(agent: &Agent) -> String {
    [agent.first(), " is calling you"].concat()
}
