//! What agents look up: the customer's browsers, how things work, what to do when they do not.

pub const BROWSERS: &str = "Compatible browsers";
pub const BROWSERS_CARD: &str = "View compatible browsers for customer";
pub const BROWSERS_LEAD: &str = "The customer installs nothing. These browsers on the customer's device work; anything older can still send photos and write.";
pub const DEVICE: &str = "Device";
pub const BROWSER: &str = "Browser";
pub const FROM: &str = "From version";
pub const GOOD_TO_KNOW: &str = "Good to know";

/// Device, browser, oldest version, what to know.
pub const TABLE: [[&str; 4]; 8] = [
    [
        "Android phone or tablet",
        "Chrome",
        "109",
        "Light and lens zoom can be driven. Asks for the camera once: after a “no” the steps on the page are needed.",
    ],
    [
        "Android phone or tablet",
        "Samsung Internet",
        "23",
        "Like Chrome. May ask again for the other camera.",
    ],
    ["Android phone or tablet", "Edge", "109", "Like Chrome."],
    [
        "Android phone or tablet",
        "Firefox",
        "126",
        "No light. Asks again for the other camera unless “Remember” is ticked.",
    ],
    [
        "iPhone or iPad",
        "Safari",
        "16.4 (with iOS)",
        "Light on newer systems. Asks on each visit unless the site is set to Allow.",
    ],
    [
        "iPhone or iPad",
        "Chrome, Edge, Firefox",
        "iOS 16.4",
        "All of them use Safari's engine. The app itself needs the camera allowed in Settings.",
    ],
    [
        "Computer",
        "Chrome, Edge",
        "109",
        "For those who hold things in front of a webcam.",
    ],
    ["Computer", "Safari, Firefox", "16.4, 126", "The same."],
];
pub const IN_APP_TITLE: &str = "The link opened inside of another app";
pub const IN_APP: &str = "Mail and social apps often open links in a small browser of their own that gets no camera. The page says so. Ask the customer to tap and hold the link in the message, choose “Copy link”, open Chrome or Safari and paste it there. The link can be opened again.";

pub const HELP: &str = "Help";
pub const CONTACT_TITLE: &str = "Further questions";
pub const CONTACT_PAGE: &str = "What customers read under “Questions?”";
pub const CONTACT: &str = "Ask the administrators of your installation. They see accounts, limits, ratings and reported problems, and can read the server's log.";

/// Headings and paragraphs.
pub const CHAPTERS: [(&str, &[&str]); 6] = [
    (
        "What it is for",
        &[
            "The customer taps a link in a text message and shows what is in front of them with the phone's camera. You see, talk, point, draw, photograph and guide, and nothing is installed.",
            "It helps where words fail: a display with a code, a leak, a cable in the wrong place, a part that nobody can name, a form that nobody understands.",
        ],
    ),
    (
        "Your screen",
        &[
            "Start session: choose video or photo, type the customer's number or e-mail address, or take a link only. A case ID ties the session to a ticket in another system.",
            "Join existing session: a customer or a colleague reads six digits out to you. Up to three agents can be in one session.",
            "Recent sessions: go back into one of yours. It starts in the mode it was last in, once the customer has pressed Rejoin as well.",
            "Before they tap the link, ask the customer to put the phone on speaker.",
            "In the call: point and draw on the live picture, where it fades, or take a screenshot, where it stays. Light, the other camera and zoom are asked of the phone from your tools.",
            "Add people: a guest reads four digits out to you and is let in, with what you tick for them; a viewer only looks on. In the list of people you can put somebody's camera on hold.",
            "Add people also asks a colleague to help, or take over: it rings at their desk. When they have joined you go on together, or leave the call to them.",
            "Pop out moves the call to another monitor. Press a small camera to see it large.",
            "Notes: what you write in this tab saves itself, for you and your colleagues only. Below it stands what happened, to be saved as a file, and, where your administrator wants it, a way to report a problem.",
            "Ctrl or ⌘ + K lists everything that can be done in a call, by name.",
            "Find a session by case ID, name, session number, phone number or e-mail address at home; Details shows its record.",
        ],
    ),
    (
        "The customer's screen",
        &[
            "One button turns the camera on. Below the picture: flip, mute, camera off, chat, screenshot and end.",
            "At the top left they switch between video and photos, at the top right they leave. Where the lens has a light, a thunderbolt is beside the switch.",
            "They can pause the picture at any time; you are told.",
        ],
    ),
    (
        "The camera does not start",
        &[
            "If the customer said no, the session is not lost: both can try again in the same session.",
            "Chrome on Android asks only once. The customer's page shows the steps to allow the camera again, and you see the same steps in the tab “Customer”.",
            "The three dots are at the top right; in some browsers they are at the bottom, with the address.",
            "If another app holds the camera, it must be closed first. If there is no camera, or it never starts, photos from the gallery and the chat still work.",
        ],
    ),
    (
        "The picture is poor",
        &[
            "You see whose connection is weak. On a weak line, photos show more than video: switch the mode to Photo, or let it switch by itself.",
            "When the line is good enough again, video is offered again.",
            "A dark or shaking picture is noticed on both sides; ask for the light, or for a steady hand.",
        ],
    ),
    (
        "Questions that come up",
        &[
            "The text message does not arrive: the customer opens the address of this site, starts a session in the mode they like, and reads the six digits out to you. You join with them.",
            "The link opens in a browser that does not work: tap and hold the link, copy it, paste it into one that does.",
            "Can the customer show their face? Yes: they press Flip. It starts with the camera at the back.",
            "A shortcut for next time: in Safari, Share, then Add to Home Screen; in Chrome, the three dots, then Add to Home screen.",
        ],
    ),
];

pub const RATE: &str = "Rate us";
pub const RATE_LEAD: &str = "Your last session:";
pub const NOTHING_TO_RATE: &str = "Once a session of yours has ended, you can rate it here with one to five stars.";
