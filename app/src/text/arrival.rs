//! What the agent hears of a page that the customer has open and has not pressed anything on yet.

use super::camera::app_name;
use super::{Say, Step};
use farhand_shared::device::InApp;

pub const TITLE: &str = "On the customer's screen";
pub const IN_BROWSER: &str = "They have the page open and have not pressed anything yet.";
pub const SAY_IN_BROWSER: &str = "“Tap Turn on camera, then tap Allow.”";
pub const NO_PROGRAM: &str = "The page cannot run in their browser: it is in Lockdown Mode, or too old.";
pub const SAY_NO_PROGRAM: &str =
    "“Tap Send photos instead and type your number. I let you in.” Or: “Open the link in Safari or Chrome.”";
pub const SAY_IN_APP: &str =
    "“Tap Copy link. Then open Safari or Chrome and paste it into the address bar.” Or: “Tap Send photos instead.”";

/// Where the page is, when an app is around it.
pub fn in_app(app: InApp) -> String {
    [
        "They opened the link inside ",
        app_name(app),
        ", where the camera often doesn't work.",
    ]
    .concat()
}

// Help sent to the customer
pub const SEND_HELP: &str = "Send this help to the customer";
pub const HELP_SENT: &str = "Sent. It is in the customer's chat.";

/// A help card as a message: what is the matter and what helps, then one numbered line for each step.
pub fn card(say: &Say, steps: &[Step]) -> String {
    let mut lines = vec![[&*say.what, " ", &say.next].concat()];
    let numbered = steps.iter().enumerate();
    lines.extend(numbered.map(|(n, (_, words))| [&(n + 1).to_string(), ". ", words].concat()));
    lines.join("\n")
}
