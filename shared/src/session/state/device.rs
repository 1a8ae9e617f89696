//! A person's device as everybody sees it: what it is, its camera, microphone and light, and what is asked of it.

use serde::{Deserialize, Serialize};

/// What the person's device calls itself; words from the browser, shown to the agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Phone, tablet or desktop.
    pub kind: DeviceKind,
    /// Such as `iOS 26.6`.
    pub system: String,
    /// Such as `Safari`.
    pub browser: String,
    /// Such as `26.6`.
    pub version: String,
}

/// The shape of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// A phone.
    Phone,
    /// A tablet.
    Tablet,
    /// A computer.
    Desktop,
}

/// Which way a lens looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facing {
    /// Away from the person: the default.
    Rear,
    /// At the person.
    Front,
    /// The browser does not say (desktop webcams).
    Unknown,
}

/// The zoom a lens offers; 1 is normal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ZoomRange {
    /// Smallest factor.
    pub min: f32,
    /// Largest factor.
    pub max: f32,
    /// Factor in force.
    pub now: f32,
}

/// The open lens and what it can do.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lens {
    /// Which way it looks.
    pub facing: Facing,
    /// Whether it has a light that the page can drive.
    pub torch: bool,
    /// Its zoom, where the page can drive it.
    pub zoom: Option<ZoomRange>,
}

/// Why a camera may not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blocked {
    /// The person or the browser said no for this page.
    Site,
    /// The operating system says no for the whole browser.
    System,
    /// The document may not use cameras at all (in-app browser, policy).
    Document,
}

/// What stopped a running camera for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interruption {
    /// The page is hidden or the phone locked.
    Hidden,
    /// A phone call or another app took the camera.
    Taken,
}

/// A person's camera as everybody sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Camera {
    /// Never asked for.
    #[default]
    Unknown,
    /// The browser's question is (or should be) on the screen.
    Asking,
    /// The question got no answer for 30 s.
    NotAnswered,
    /// Running.
    Live(Lens),
    /// The person switched it off.
    Off,
    /// May not be used.
    Blocked(Blocked),
    /// Another app has it, or the lens did not open.
    Busy,
    /// There is none.
    Missing,
    /// This browser cannot give pages a camera.
    Unsupported,
    /// Was running; something took it for now.
    Interrupted(Interruption),
    /// Was running and ended; recovery needs a tap.
    Dead,
}

/// A person's microphone as everybody sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mic {
    /// Not in use: they talk by phone, or only look.
    #[default]
    None,
    /// Others can hear it.
    On,
    /// Muted by the person.
    Muted,
    /// Wanted, but not to be had.
    Blocked,
}

/// The light of the open lens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Torch {
    /// The lens has none that a page can drive.
    #[default]
    None,
    /// Off.
    Off,
    /// On.
    On,
}

/// What an agent may ask of a customer's phone. The phone does it and says who asked.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Switch the light on or off.
    Torch(bool),
    /// Change to the other camera.
    Flip,
    /// Zoom to this factor.
    Zoom(f32),
}

/// What became of an [`Ask`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The phone did it.
    Done,
    /// The person said no.
    No,
    /// The phone could not.
    Failed,
}
