//! Every state of a camera, to the person who holds it: what is the matter, and the way out for their browser.

use super::{Say, Step};
use farhand_shared::device::{Family, InApp, System};
use farhand_shared::session::{Blocked, Camera, Interruption};

/// The one button under the explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Ask for the camera (again).
    Try(&'static str),
    /// Only another browser helps: copy the link.
    OtherBrowser,
    /// Nothing to press: it goes on by itself.
    Wait,
}

/// A camera that does not run: what is the matter and what to do. None while it runs.
pub const fn trouble(camera: Camera, slow: bool) -> Option<Say> {
    Some(match camera {
        Camera::Live(_) => return None,
        Camera::Unknown => Say::new("Your camera is not on yet.", "Turn it on to show what you see."),
        Camera::Asking if slow => Say::new(
            "Waiting for your answer to the camera question…",
            "Do you see a question at the top or bottom of your screen? Tap Allow.",
        ),
        Camera::Asking => Say::new("Waiting for your answer to the camera question…", "Tap Allow."),
        Camera::NotAnswered => Say::new(
            "The camera question got no answer.",
            "If you saw no question, open this page in Safari or Chrome.",
        ),
        Camera::Off => Say::new("Your camera is off.", "Nobody sees anything until you turn it on."),
        Camera::Blocked(Blocked::Site) => {
            Say::new("The camera is blocked for this page.", "It takes 20 seconds to fix.")
        }
        Camera::Blocked(Blocked::System) => Say::new(
            "Your device doesn't let this browser use the camera.",
            "You can change that in the settings.",
        ),
        Camera::Blocked(Blocked::Document) => {
            Say::new("This page can't use the camera here.", "Open it in Safari or Chrome.")
        }
        Camera::Busy => Say::new(
            "Another app is using the camera.",
            "Close the other app, then try again.",
        ),
        Camera::Missing => Say::new(
            "We can't find a camera on this device.",
            "Open the link on a phone, or go on without a camera.",
        ),
        Camera::Unsupported => Say::new(
            "This browser can't give web pages a camera.",
            "Please open this page in Safari or Chrome.",
        ),
        Camera::Interrupted(Interruption::Hidden) => Say::new(
            "Your camera stopped while you were away.",
            "It starts again in a moment.",
        ),
        Camera::Interrupted(Interruption::Taken) => Say::new(
            "Your camera is paused: a phone call or another app has it.",
            "Come back to this page to go on.",
        ),
        Camera::Dead => Say::new("The camera stopped.", "Turn it on again."),
    })
}

/// Instead of [`trouble`] where the address is the reason.
pub const INSECURE: Say = Say::new(
    "This address isn't secure, so the browser gives it no camera.",
    "Open it with https:// in front, or tell your agent.",
);

/// The way out that belongs to [`trouble`].
pub const fn way_out(camera: Camera) -> Way {
    match camera {
        Camera::Live(_) | Camera::Asking | Camera::Interrupted(Interruption::Hidden) => Way::Wait,
        Camera::Blocked(Blocked::Document) | Camera::Unsupported => Way::OtherBrowser,
        Camera::Unknown => Way::Try("Turn on camera"),
        Camera::NotAnswered => Way::Try("Ask again"),
        Camera::Off => Way::Try("Turn camera on"),
        Camera::Blocked(Blocked::Site | Blocked::System) | Camera::Busy => Way::Try("Try again"),
        Camera::Missing => Way::Try("Look again"),
        Camera::Interrupted(Interruption::Taken) => Way::Try("Resume camera"),
        Camera::Dead => Way::Try("Turn camera on again"),
    }
}

/// What keeps a camera from running, where steps in the browser or the system help.
pub const fn blocked(camera: Camera) -> Option<Blocked> {
    match camera {
        Camera::Blocked(why) => Some(why),
        // Most often an app's own window that shows no question.
        Camera::NotAnswered | Camera::Unsupported => Some(Blocked::Document),
        _ => None,
    }
}

/// Steps to unblock the camera in this browser, one line each.
pub const fn unblock(why: Blocked, family: Family, system: System) -> &'static [Step] {
    match (why, system, family) {
        (Blocked::Document, ..) => OTHER_BROWSER,
        (Blocked::System, System::Ios, _) => IOS_SETTINGS,
        (Blocked::System, System::Android, _) => ANDROID_SETTINGS,
        (Blocked::System, System::Mac, _) => MAC_SETTINGS,
        (Blocked::System, System::Windows, _) => WINDOWS_SETTINGS,
        (Blocked::System, ..) => DESKTOP,
        (Blocked::Site, System::Ios, Family::Safari) => IOS_SAFARI,
        (Blocked::Site, System::Ios, _) => IOS_SETTINGS,
        (Blocked::Site, System::Android, Family::Firefox) => FIREFOX_ANDROID,
        (Blocked::Site, System::Android, Family::Samsung) => SAMSUNG,
        (Blocked::Site, System::Android, _) => CHROME_ANDROID,
        (Blocked::Site, System::Mac, Family::Safari) => MAC_SAFARI,
        (Blocked::Site, _, Family::Firefox) => FIREFOX,
        (Blocked::Site, ..) => DESKTOP,
    }
}

const CHROME_ANDROID: &[Step] = &[
    (
        "bar",
        "Tap the icon to the left of the address, at the top or the bottom of the screen. Not there? Tap the three dots (⋮), then ⓘ.",
    ),
    ("row", "Tap Permissions."),
    ("allow", "Next to Camera, tap Allow."),
    ("again", "Come back here and tap Try again."),
];
const SAMSUNG: &[Step] = &[
    (
        "bar",
        "Tap the icon to the left of the address, at the top or the bottom of the screen.",
    ),
    ("row", "Tap Permissions."),
    (
        "allow",
        "Next to Camera, tap Allow. No such entry? Open the phone's Settings, then Apps, Samsung Internet, Permissions.",
    ),
    ("again", "Come back here and tap Try again."),
];
const FIREFOX_ANDROID: &[Step] = &[
    ("bar", "Tap the padlock to the left of the address."),
    ("allow", "Next to Camera, tap Blocked so that it says Allowed."),
    ("again", "Come back here and tap Try again."),
];
const IOS_SAFARI: &[Step] = &[
    ("reload", "Load this page again and tap Allow when Safari asks."),
    (
        "bar",
        "No question? Tap the page menu (aA) in the address bar, then Website Settings.",
    ),
    ("allow", "Set Camera to Allow."),
    ("again", "Come back here and tap Try again."),
];
const IOS_SETTINGS: &[Step] = &[
    ("settings", "Open the Settings of your iPhone or iPad."),
    ("row", "Tap Apps, then the name of this browser."),
    ("allow", "Switch Camera on."),
    ("again", "Come back here and tap Try again."),
];
const ANDROID_SETTINGS: &[Step] = &[
    ("settings", "Open the Settings of your phone."),
    ("row", "Tap Apps, then the name of this browser, then Permissions."),
    ("allow", "Set Camera to Allow."),
    (
        "tiles",
        "Swipe down from the top: if there is a tile Camera access, switch it on.",
    ),
    ("again", "Come back here and tap Try again."),
];
const MAC_SAFARI: &[Step] = &[
    ("row", "In the menu bar, open Safari, then Settings for this website."),
    ("allow", "Set Camera to Allow."),
    ("again", "Come back here and tap Try again."),
];
const MAC_SETTINGS: &[Step] = &[
    (
        "settings",
        "Open System Settings, then Privacy & Security, then Camera.",
    ),
    ("allow", "Switch your browser on."),
    ("reload", "Start the browser again and open this page."),
];
const WINDOWS_SETTINGS: &[Step] = &[
    ("settings", "Open Settings, then Privacy & security, then Camera."),
    ("allow", "Switch on camera access for apps and for your browser."),
    ("again", "Come back here and tap Try again."),
];
const DESKTOP: &[Step] = &[
    ("bar-wide", "Click the icon to the left of the address."),
    ("allow", "Set Camera to Allow."),
    ("again", "Come back here and press Try again."),
];
const FIREFOX: &[Step] = &[
    ("bar-wide", "Click the crossed-out camera to the left of the address."),
    ("allow", "Click the × beside Camera, Blocked."),
    ("again", "Come back here and press Try again."),
];
const OTHER_BROWSER: &[Step] = &[
    ("copy", "Copy the link of this page."),
    ("browser", "Open Safari or Chrome."),
    ("paste", "Paste the link into the address bar."),
];

/// The app around the page, by name, for "open in your browser".
pub const fn app_name(app: InApp) -> &'static str {
    match app {
        InApp::Facebook => "Facebook",
        InApp::Instagram => "Instagram",
        InApp::Line => "LINE",
        InApp::WeChat => "WeChat",
        InApp::Snapchat => "Snapchat",
        InApp::TikTok => "TikTok",
        InApp::LinkedIn => "LinkedIn",
        InApp::X => "X",
        InApp::Google => "the Google app",
        InApp::Other => "another app",
    }
}
