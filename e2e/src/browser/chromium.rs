//! Chromium with a fake camera and microphone.

use std::{path::Path, process::Command};

use serde_json::{Value, json};
use thirtyfour::Capabilities;

use super::Screen;
use crate::{
    picture::{self, Film},
    sound::{self, Voice},
};

/// What the browser answers when a page asks for a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// The person said yes.
    Allowed,
    /// The person said no, or the phone is set so.
    Denied,
    /// The question is on the screen and nobody answers it.
    Unanswered,
}

impl Permission {
    pub(super) fn setting(self) -> &'static str {
        match self {
            Self::Allowed => "granted",
            Self::Denied => "denied",
            Self::Unanswered => "prompt",
        }
    }
}

/// How a Chromium is set up.
#[derive(Debug, Clone, PartialEq)]
pub struct Chromium {
    pub screen: Screen,
    pub camera: Permission,
    pub microphone: Permission,
    /// What the camera sees; with none there are three cameras, which see what Chromium itself draws: the second one is dark.
    pub film: Option<Film>,
    /// What the microphone hears.
    pub voice: Voice,
    /// What it calls itself; a phone's common browser or its own name when there is none.
    pub user_agent: Option<String>,
    /// More command line flags.
    pub flags: Vec<String>,
    /// A program that starts Chromium instead, given Chromium's path and flags: to put it into another network.
    pub launcher: Option<std::path::PathBuf>,
}

impl Chromium {
    pub fn on(screen: Screen) -> Self {
        Self {
            screen,
            camera: Permission::Allowed,
            microphone: Permission::Allowed,
            film: Some(Film::Small),
            voice: if screen.touch { Voice::Phone } else { Voice::Computer },
            user_agent: None,
            flags: Vec::new(),
            launcher: None,
        }
    }

    pub(super) fn capabilities(&self, folder: &Path) -> Capabilities {
        let mut flags = vec![
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            // Nothing that a scenario is about, and a twelfth of the processor's time.
            "--in-process-gpu".to_owned(),
            "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider".to_owned(),
            // Each person is alone on their machine: a window behind another one is not slowed down.
            "--disable-backgrounding-occluded-windows".to_owned(),
            "--disable-renderer-backgrounding".to_owned(),
            match self.film {
                Some(_) => "--use-fake-device-for-media-stream".to_owned(),
                None => "--use-fake-device-for-media-stream=device-count=3".to_owned(),
            },
            format!(
                "--use-file-for-fake-audio-capture={}",
                sound::microphone_file(self.voice).display()
            ),
            format!("--user-data-dir={}", folder.join("profile").display()),
        ];
        let film = self.film.map(picture::camera_file);
        flags.extend(film.map(|film| format!("--use-file-for-fake-video-capture={}", film.display())));
        flags.extend(self.flags.iter().cloned());
        let allowed = |permission: Permission| u8::from(permission == Permission::Allowed);
        let mut options = json!({
            "args": flags,
            // 0 asks, 1 allows. What was allowed here holds in every tab; refusals are set by tools, see `Browser::permit`.
            "prefs": { "profile.default_content_setting_values": {
                "media_stream_camera": allowed(self.camera),
                "media_stream_mic": allowed(self.microphone),
            } },
            "mobileEmulation": {
                "deviceMetrics": {
                    "width": self.screen.width,
                    "height": self.screen.height,
                    "pixelRatio": self.screen.density,
                    "touch": self.screen.touch,
                    "mobile": self.screen.touch,
                },
            },
        });
        let phone = self.screen.touch.then_some(PHONE_NAME);
        if let Some(name) = self.user_agent.as_deref().or(phone) {
            options["mobileEmulation"]["userAgent"] = json!(name);
        }
        if let Some(launcher) = &self.launcher {
            options["binary"] = json!(launcher);
        }
        let browser_log = json!({ "browser": "ALL" });
        from_json(json!({
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": browser_log,
            "unhandledPromptBehavior": "ignore",
        }))
    }
}

/// What a common phone calls itself.
const PHONE_NAME: &str = "Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) \
                          Chrome/156.0.0.0 Mobile Safari/537.36";

pub(super) fn driver(port: u16) -> Command {
    let mut command = Command::new("chromedriver");
    command.arg(format!("--port={port}"));
    command
}

/// Capabilities from a JSON object.
pub(super) fn from_json(object: Value) -> Capabilities {
    serde_json::from_value(object).unwrap_or_else(|error| panic!("capabilities are an object: {error}"))
}
