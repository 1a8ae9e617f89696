//! The console inside of a session.

use super::Say;
use super::notices::answered;
use super::refusals;
use farhand_shared::client::{Measured, Notice};
use farhand_shared::role::Role;
use farhand_shared::session::{
    Away, Blocked, Camera, Channel, Device, DeviceKind, EndReason, Facing, Interruption, Lens, Mic, Rejection, Seat,
    Torch,
};

pub const SESSION_TITLE: &str = "Session";

// Rail
pub const PEOPLE: &str = "People";
pub const YOU: &str = "you";
pub const NOBODY: &str = "Nobody else is here yet.";
pub const SESSION: &str = "This session";
pub const PIN: &str = "PIN";
pub const CALL_TIME: &str = "Call time";
pub const NOT_STARTED: &str = "Not started";
pub const CASE: &str = "Case ID";
pub const MODE: &str = "Mode";
pub const TALK: &str = "Talk by";

// Before the customer is in
pub const PROGRESS: &str = "Invitation";
pub const STEP_MADE: &str = "Link ready";
pub const STEP_SENT: &str = "Sent";
pub const STEP_ASKED: &str = "Asked on your website";
pub const STEP_DELIVERED: &str = "Delivered";
pub const STEP_OPENED: &str = "Opened";
pub const STEP_CAMERA: &str = "Camera question";
pub const STEP_LIVE: &str = "Live";
pub const STEP_DONE: &str = "done";
pub const STEP_OPEN: &str = "not yet";
pub const DECLINED: &str = "They said “Not now”. Ask again later, or invite them another way.";
pub const FAILED: &str = "The message could not be delivered. Check the number, or choose another way.";
pub const COPY_LINK: &str = "Copy link";
pub const COPY_PIN: &str = "Copy PIN";
pub const SHOW_QR: &str = "QR code";
pub const QR_TITLE: &str = "Scan with the customer's phone";
pub const QR_LABEL: &str = "QR code of the invite link";
pub const INVITE_AGAIN: &str = "Another way or number";
pub const INVITE_SEND: &str = "Invite";
pub const RESEND: &str = "Resend";
pub const RESENT: &str = "The invitation was sent again.";
pub const CLOSE: &str = "Close";
pub const READ_ALOUD: &str = "Read aloud";
pub const READ_ADDRESS: &str = "“Open the browser on your phone and go to”";
pub const READ_PIN: &str = "“Then enter the number”";
pub const NO_PIN: &str = "There is no number right now.";
pub const LINK_GONE: &str = "The link is known only to the tab that made it. Invite again to get a new one.";
pub const START_CALL: &str = "Start the call";
pub const WAITING_FOR_CUSTOMER: &str = "Waiting for the customer";
pub const CUSTOMER_IS_IN: &str = "The customer is in";
pub const CUSTOMER_READIES: &str = "They see the explanation and turn their camera on next.";
pub const CALLING: &str = "The customer is calling";
pub const ACCEPT: &str = "Accept";
pub const ADMIT_BY_CODE: &str = "Let in by number";
pub const DECLINE: &str = "Decline";
pub const ASK_PATIENCE: &str = "Ask for a moment";
pub const NOTICED: &str = "They know that you have seen them.";
pub const ADMIT: &str = "Admit";
pub const KNOCKS: &str = "wants to come in";
pub const SOMEBODY: &str = "Somebody";
pub const CONNECTING: &str = "Connecting to the session…";

// Stage
pub const STAGE: &str = "Customer's camera";
pub const STAGE_TOOLS: &str = "Picture";
pub const FIT: &str = "Fit";
pub const ACTUAL: &str = "100 %";
pub const ZOOM_IN: &str = "Zoom in";
pub const ZOOM_OUT: &str = "Zoom out";
pub const ROTATE: &str = "Rotate";
pub const MIRROR: &str = "Mirror";
pub const FULL_SCREEN: &str = "Full screen";
pub const POP_OUT: &str = "Pop out";
pub const IS_OUT: &str = "The call is in a window of its own.";
pub const BRING_BACK: &str = "Bring it back";
pub const MY_CAMERA: &str = "Your camera";
pub const MY_DEVICES: &str = "Your camera and microphone";
pub const MY_MIC: &str = "Your microphone";
pub const MY_DEVICES_LEAD: &str = "Try it out here. Nobody sees or hears you before the call.";
pub const NO_PICTURE: &str = "No picture yet";
pub const BACK_TO_VIDEO: &str = "Back to video";
pub const SHORTCUTS: &str = "Shortcuts";
pub const COMMANDS: &str = "Commands";
pub const FIND_COMMAND: &str = "Find a command";
pub const FIND_COMMAND_HINT: &str = "A few letters, then Enter takes the first.";
pub const NO_COMMAND: &str = "There is no such command now.";
pub const TO_PHOTO_MODE: &str = "Switch to photo mode";
pub const TO_VIDEO_MODE: &str = "Switch to video mode";

// Dock
pub const TOOLS: &str = "Tools";
pub const LIGHT: &str = "Light";
pub const FLIP: &str = "Flip";
pub const LENS_IN: &str = "Zoom lens in";
pub const LENS_OUT: &str = "Zoom lens out";
pub const MIC: &str = "Microphone";
pub const CAMERA: &str = "Camera";
pub const WHICH_CAMERA: &str = "Which camera";
pub const PAUSE: &str = "Pause";
pub const LEAVE: &str = "Leave session";
pub const END: &str = "End for everyone";
pub const WAYS_OUT: &str = "Other ways to leave";
pub const ENDING: &str = "The session ends in a moment…";
pub const STAY: &str = "Stay";

// Panel
pub const CUSTOMER: &str = "Customer";
pub const NOT_HERE: &str = "Not here yet";
pub const DEVICE: &str = "Device";
pub const DEVICE_UNKNOWN: &str = "Not known yet";
pub const CUSTOMERS_CAMERA: &str = "Customer's camera";
pub const CAMERA_STATE: &str = "Camera";
pub const SAY: &str = "You can say";
pub const PHONE: &str = "Phone";
pub const LENS: &str = "Lens";
pub const FROM_THEM: &str = "Picture and sound";
pub const NOT_MEASURED: &str = "Not measured yet";
pub const CONNECTIONS: &str = "Connection";
pub const MINE: &str = "Yours";
pub const THEIRS: &str = "Customer's";
pub const PANEL: &str = "Chat and customer";
pub const PARTS: &str = "Parts of the session";
pub const PICTURE: &str = "Picture";
pub const SHOW_PANEL: &str = "Chat and customer";
pub const CLOSE_PANEL: &str = "Close the panel";

// After
pub const ENDED_TITLE: &str = "Session ended";
pub const LENGTH: &str = "Length of the call";
pub const REJOIN: &str = "Rejoin session";
pub const REJOIN_WAIT: &str = "Waiting for the customer to rejoin…";
pub const REJOIN_OTHER: &str = "The customer wants to rejoin.";
pub const REJOIN_BOTH: &str = "Both sides must press Rejoin. It works for 15 minutes.";
pub const REJOIN_OVER: &str = "It is too late to rejoin this session.";
pub const NEW_SESSION: &str = "New session";
pub const CLOSE_WINDOW: &str = "Close this window";
pub const CLOSE_BY_HAND: &str = "Your browser leaves closing this window to you.";
pub const LEFT_TITLE: &str = "You left the session";
pub const LEFT: &str = "The others can go on without you.";
pub const COME_BACK: &str = "Come back";
pub const REFUSED_TITLE: &str = "You are not in this session";
pub const CONTINUE_HERE: &str = "Continue here";
pub const JOIN_AGAIN: &str = "Join again";

// Banners
pub const OFFLINE: &str = "Your computer has no internet. We go on as soon as it is back.";
pub const RECONNECTING: &str = "Your connection is lost. Trying again…";
pub const TRY_NOW: &str = "Try now";
pub const CUSTOMER_GONE: &str =
    "The customer's connection is lost. Their place is kept; they come back by the same link.";
pub const FINDING_PATH: &str = "Connecting picture and sound…";
pub const NEW_PATH: &str = "The picture stopped. Looking for another way…";
pub const PAUSED: &str = "The customer paused their picture.";
pub const HELD: &str = "The customer's camera is on hold, and they are told so. Show it again in the list of people.";
pub const HOLD: &str = "Hold camera";
pub const RELEASE: &str = "Show camera";
pub const ON_HOLD: &str = "camera on hold";
pub const LAST_PICTURE: &str = "This is the last picture.";

pub const CAMERA_KEY: &str = "Your camera on or off";
/// Shortcuts with Ctrl or ⌘: keys and what they do.
pub const EVERYWHERE: [(&str, &str); 5] = [
    ("Ctrl or ⌘ + K", "All commands by name"),
    ("Ctrl or ⌘ + Enter", "At home: accept whoever waits longest"),
    ("Ctrl or ⌘ + D", "Microphone on or off"),
    ("Ctrl or ⌘ + E", CAMERA_KEY),
    ("Ctrl or ⌘ + Shift + X", "End for everyone (5 seconds to take it back)"),
];
/// Shortcuts while the stage has the focus.
pub const ON_STAGE: [(&str, &str); 13] = [
    ("P, D and A", "Pointer, draw, arrow; again to put it away"),
    ("Arrow keys, Enter", "Move the pointer by 1 %, mark there"),
    (
        "S or space",
        "Screenshot: freeze the picture for everybody; space again for the live one",
    ),
    ("L", "Ask for light on or off"),
    ("C", "Ask for the other camera"),
    ("F", "Full screen"),
    ("O", "The call in a window of its own, and back"),
    ("0", "Fit the picture"),
    ("+ and −", "Zoom in and out"),
    ("Shift + arrow keys", "Move the zoomed picture"),
    ("R and M", "Rotate, mirror"),
    ("1 to 4", "Chat, customer, pictures, notes"),
    ("?", "This list"),
];
pub const EVERYWHERE_TITLE: &str = "Everywhere";
pub const ON_STAGE_TITLE: &str = "When the picture has the focus";
pub const LETTERS: &str = "Single keys work on the picture";

/// A role.
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Customer => "Customer",
        Role::Agent => "Agent",
        Role::Guest => "Guest",
        Role::Viewer => "Viewer",
    }
}

/// A name with the role: `Gil (guest)`.
pub fn named(name: &str, of: Role) -> String {
    [name, " (", &role(of).to_lowercase(), ")"].concat()
}

/// Where somebody is.
pub const fn seat(seat: Seat, connected: bool, away: Option<Away>) -> &'static str {
    match (seat, connected, away) {
        (Seat::Knocking { .. }, ..) => "waits at the door",
        (Seat::Left, ..) => "left",
        (Seat::Declined, ..) => "was not let in",
        (Seat::Ejected, ..) => "was sent away",
        (_, false, _) => "connection lost",
        (_, true, Some(Away::Hidden)) => "screen off or in another app",
        (_, true, Some(Away::PhoneCall)) => "in a phone call",
        (Seat::Lobby, true, None) => "in the lobby",
        (Seat::Ready, true, None) => "ready",
    }
}

/// A microphone.
pub const fn mic(mic: Mic) -> Option<&'static str> {
    match mic {
        Mic::None => None,
        Mic::On => Some("microphone on"),
        Mic::Muted => Some("muted"),
        Mic::Blocked => Some("microphone blocked"),
    }
}

/// What somebody's device is, as one line.
pub fn device(device: &Device) -> String {
    let kind = match device.kind {
        DeviceKind::Phone => "Phone",
        DeviceKind::Tablet => "Tablet",
        DeviceKind::Desktop => "Computer",
    };
    let browser = [&device.browser, " ", &device.version].concat();
    let parts = [kind, device.system.trim(), browser.trim()];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// The first step's word depends on how the invitation travels.
pub const fn first_step(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms | Channel::Email => STEP_SENT,
        Channel::Link => STEP_MADE,
        Channel::Site => STEP_ASKED,
    }
}

/// A light, as far as the open lens has one.
pub const fn torch(torch: Torch) -> &'static str {
    match torch {
        Torch::None => "None at this lens",
        Torch::Off => "Off",
        Torch::On => "On",
    }
}

/// Which lens is open, and how far it zooms.
pub fn lens(lens: Lens) -> String {
    let way = match lens.facing {
        Facing::Rear => "Rear",
        Facing::Front => "Front",
        Facing::Unknown => "Side not known",
    };
    let zoom = lens.zoom.map(|zoom| {
        let now = format!("{:.1}", zoom.now);
        [", zoom ", &now, " of ", &format!("{:.1}", zoom.max)].concat()
    });
    [way, &zoom.unwrap_or_default()].concat()
}

/// What comes from them, in figures.
pub fn measured(measured: Measured) -> String {
    format!(
        "{:.0} pictures a second, {:.0} kbit/s, {:.0} % lost, {:.0} ms there and back",
        measured.frames,
        measured.bits / 1000.0,
        measured.loss * 100.0,
        measured.rtt_ms
    )
}

/// The customer's camera in words, and what to say to the customer; the second is empty where nothing need be said.
pub const fn camera(camera: Camera) -> Say {
    match camera {
        Camera::Unknown => Say::new("Not asked for yet", "“Tap the blue button Turn on camera.”"),
        Camera::Asking => Say::new("The browser's question is on the screen", "“Tap Allow.”"),
        Camera::NotAnswered => Say::new(
            "The question got no answer",
            "“Tap Ask again. If you see no question, open the link in Safari or Chrome.”",
        ),
        Camera::Live(lens) => match lens.facing {
            Facing::Rear => Say::new("Rear camera, live", ""),
            Facing::Front => Say::new("Front camera, live", ""),
            Facing::Unknown => Say::new("Camera, live", ""),
        },
        Camera::Off => Say::new("Switched off by the customer", "“Tap Camera on when you are ready.”"),
        Camera::Blocked(Blocked::Site) => Say::new(
            "Blocked for this page",
            "“Follow the steps on your screen, then tap Try again.”",
        ),
        Camera::Blocked(Blocked::System) => Say::new(
            "Blocked in the phone's settings",
            "“Your phone's settings keep the browser from the camera. The steps are on your screen.”",
        ),
        Camera::Blocked(Blocked::Document) => Say::new(
            "Not possible inside this app",
            "“Copy the link and open it in Safari or Chrome.”",
        ),
        Camera::Busy => Say::new(
            "Used by another app",
            "“Close other apps that use the camera, then tap Try again.”",
        ),
        Camera::Missing => Say::new(
            "No camera on this device",
            "“Do you have a phone at hand? Open the link there.”",
        ),
        Camera::Unsupported => Say::new(
            "Not possible in this browser",
            "“Please open the link in Safari or Chrome.”",
        ),
        Camera::Interrupted(Interruption::Hidden) => Say::new(
            "Stopped: screen off or in another app",
            "“Please come back to the page with the camera.”",
        ),
        Camera::Interrupted(Interruption::Taken) => Say::new(
            "Taken by a phone call or another app",
            "“Come back to the page and tap Resume camera.”",
        ),
        Camera::Dead => Say::new("Stopped", "“Tap Turn camera on again.”"),
    }
}

/// The camera of somebody who helps, at a computer: what is the matter and what to do.
pub fn my_camera(camera: Camera) -> String {
    let say = match camera {
        Camera::Blocked(Blocked::Site) => Say::new(
            "Your camera is blocked for this page.",
            "Click the icon to the left of the address, set Camera to Allow, then try again.",
        ),
        Camera::Blocked(Blocked::System) => Say::new(
            "Your computer's settings keep this browser from the camera.",
            "Allow it there, then try again.",
        ),
        camera => match super::camera::trouble(camera, false) {
            Some(say) => say,
            None => return String::new(),
        },
    };
    [&*say.what, " ", &say.next].concat()
}
pub const MY_MIC_BLOCKED: &str = "Your microphone is blocked for this page. Click the icon to the left of the address, set Microphone to Allow, then press Microphone again.";

/// Why the customer is away.
pub const fn away(away: Away) -> &'static str {
    match away {
        Away::Hidden => "The customer's screen is off or in another app.",
        Away::PhoneCall => "The customer is in a phone call.",
    }
}

/// Why a session ended.
pub const fn ended(why: EndReason) -> &'static str {
    match why {
        EndReason::CustomerEnded => "The customer ended the session.",
        EndReason::AgentEnded => "An agent ended the session for everyone.",
        EndReason::AgentsLeft => "The last agent left.",
        EndReason::Disconnected => "Everybody was gone for too long.",
        EndReason::Abandoned => "Nobody came.",
    }
}

/// What an agent reads once. `name` is whose doing it was.
pub fn notice(notice: &Notice, name: &str) -> String {
    match notice {
        Notice::Refused(Rejection::NotPossibleNow) => {
            "The customer's phone can't do that right now. Check that their camera is on.".to_owned()
        }
        Notice::Refused(why) => {
            let say = refusals::rejection(*why);
            [&say.what, " ", &say.next].concat()
        }
        Notice::AskAnswered(what, answer) => answered(*what, *answer).to_owned(),
        Notice::BackAgain => "You're connected again.".to_owned(),
        Notice::LightFailed => "The light doesn't work right now.".to_owned(),
        Notice::FlipFailed => "The other camera didn't open.".to_owned(),
        Notice::Opened(..) => super::notices::opened(name),
        Notice::Came(_) => super::notices::came(name),
        Notice::Went(_) => super::notices::went(name),
        Notice::AgentDid(..) => "Another agent changed something on this device.".to_owned(),
    }
}

/// A host name, to be read out: `help · example · com`.
pub fn spelled_host(host: &str) -> String {
    host.split('.').collect::<Vec<_>>().join(" · ")
}

/// Digits as words in groups of three: `four eight two, nine one seven`.
pub fn spelled_digits(digits: &str) -> String {
    const WORDS: [&str; 10] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    let words: Vec<_> = digits
        .chars()
        .filter_map(|c| c.to_digit(10))
        .map(|digit| WORDS[digit as usize])
        .collect();
    let groups: Vec<_> = words.chunks(3).map(|group| group.join(" ")).collect();
    groups.join(", ")
}
