//! What the agent hears of a page that the customer has open and has not pressed anything on yet.

use super::Step;
use super::camera::app_name;
use farhand_shared::device::InApp;

pub const TITLE: &str = "On the customer's screen";
pub const IN_BROWSER: &str = "They have the page open and have not pressed anything yet.";
pub const SAY_IN_BROWSER: &str = "“Tap Turn on camera, then tap Allow.”";
pub const NO_PROGRAM: &str = "The page cannot run in their browser: it is in Lockdown Mode, or too old.";
pub const SAY_NO_PROGRAM: &str =
    "“Tap Send photos instead and type your number. I let you in.” Or: “Open the link in Safari or Chrome.”";
pub const SAY_IN_APP: &str = "“Tap Copy link. Then open Safari or Chrome and paste it into the address bar.”";

/// Where the page is, when an app is around it.
pub fn in_app(app: InApp) -> String {
    [
        "They opened the link inside ",
        app_name(app),
        ", where the camera often doesn't work.",
    ]
    .concat()
}

// Steps sent to the customer
pub const SEND_STEPS: &str = "Send these steps to the customer";
pub const STEPS_SENT: &str = "Sent. They are in the customer's chat.";

/// Steps as a message: one numbered line each.
pub fn steps(steps: &[Step]) -> String {
    let lines = steps
        .iter()
        .enumerate()
        .map(|(n, (_, words))| [&(n + 1).to_string(), ". ", words].concat());
    lines.collect::<Vec<_>>().join("\n")
}
