//! Firefox, which brings a fake camera and microphone of its own.

use std::process::Command;

use serde_json::json;
use thirtyfour::Capabilities;

use super::{Screen, chromium::from_json};

pub(super) fn driver(port: u16) -> Command {
    let mut command = Command::new("geckodriver");
    command.args(["--port", &port.to_string()]);
    command
}

pub(super) fn capabilities() -> Capabilities {
    let Screen { width, height, .. } = Screen::LAPTOP;
    from_json(json!({
        "browserName": "firefox",
        "unhandledPromptBehavior": "ignore",
        "moz:firefoxOptions": {
            "args": ["-headless", format!("--width={width}"), format!("--height={height}")],
            "prefs": {
                "media.navigator.streams.fake": true,
                "media.navigator.permission.disabled": true,
                // Peers on one machine see each other by address, as they do after a camera was allowed.
                "media.peerconnection.ice.obfuscate_host_addresses": false,
                "media.peerconnection.ice.loopback": true,
            },
        },
    }))
}
