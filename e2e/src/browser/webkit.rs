//! WebKitGTK's MiniBrowser on a screen that nobody sees.

use std::{path::PathBuf, process::Command};

use serde_json::json;
use thirtyfour::Capabilities;

use super::chromium::from_json;

pub(super) fn driver(port: u16) -> Command {
    let mut command = Command::new("xvfb-run");
    command.args([
        "--auto-servernum",
        "--server-args=-screen 0 1366x900x24",
        "WebKitWebDriver",
    ]);
    command.arg(format!("--port={port}"));
    // The sandbox needs user namespaces, which containers and root do not have.
    command
        .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
        .env("LIBGL_ALWAYS_SOFTWARE", "1");
    command
}

pub(super) fn capabilities() -> Capabilities {
    from_json(json!({
        "browserName": "MiniBrowser",
        "unhandledPromptBehavior": "ignore",
        "webkitgtk:browserOptions": { "binary": mini_browser(), "args": ["--automation"] },
    }))
}

/// Debian keeps the browser that belongs to the driver among the libraries.
fn mini_browser() -> PathBuf {
    let libraries = [
        "/usr/lib/x86_64-linux-gnu",
        "/usr/lib/aarch64-linux-gnu",
        "/usr/libexec",
    ];
    let versions = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];
    let mut places = libraries
        .iter()
        .flat_map(|library| versions.map(|version| PathBuf::from(library).join(version)));
    let found = places.find(|place| place.join("MiniBrowser").exists());
    found
        .unwrap_or_else(|| panic!("no MiniBrowser; `scripts/setup test` installs it"))
        .join("MiniBrowser")
}
