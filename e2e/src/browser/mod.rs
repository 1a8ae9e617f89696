//! Browser processes, one per person, each with a driver process of its own. Between scenarios they wait for the next
//! person of their kind.

mod chromium;
mod driver;
mod firefox;
pub(crate) mod idle;
mod webkit;

pub use chromium::{Chromium, Permission};
pub use driver::Browser;

use crate::picture::Film;

/// What a person holds in their hands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Screen {
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
    /// Device pixels per CSS pixel.
    pub density: f64,
    /// A phone: touch instead of a mouse, a mobile viewport.
    pub touch: bool,
}

impl Screen {
    /// An ordinary phone of today, held upright.
    pub const PHONE: Self = Self {
        width: 390,
        height: 844,
        density: 3.0,
        touch: true,
    };
    /// The smallest laptop that a call centre buys.
    pub const LAPTOP: Self = Self {
        width: 1366,
        height: 768,
        density: 1.0,
        touch: false,
    };
}

/// Which browser.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Chromium(Chromium),
    /// Firefox ESR with its own fake camera and microphone, allowed to the pages.
    Firefox,
    /// WebKitGTK, which has no WebRTC: for layout and for what is shown without it.
    WebKit,
}

impl Kind {
    /// A phone with Chromium, the known picture in front of the camera and the known tone at the microphone.
    pub fn phone() -> Self {
        Self::Chromium(Chromium::on(Screen::PHONE))
    }

    /// The same with a camera of 1280x720.
    pub fn phone_with_large_picture() -> Self {
        Self::Chromium(Chromium {
            film: Some(Film::Large),
            ..Chromium::on(Screen::PHONE)
        })
    }

    /// A laptop with Chromium and three cameras; the second one is dark.
    pub fn laptop_with_three_cameras() -> Self {
        Self::Chromium(Chromium {
            film: None,
            ..Chromium::on(Screen::LAPTOP)
        })
    }

    /// A laptop with Chromium.
    pub fn laptop() -> Self {
        Self::Chromium(Chromium::on(Screen::LAPTOP))
    }
}
