//! Pointing and drawing on pictures, and the ink that is really painted: pixels of the canvases against the place of the
//! video, both from the browser, neither from the product's own geometry.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Page;
use crate::browser::{Chromium, Kind};

/// The functions for what is painted where.
const INK: &str = include_str!("ink.js");

/// A place in the window, in CSS pixels, or shares of a picture's width and height.
pub type Spot = (f64, f64);

/// Half of a stroke's width without its casing, in CSS pixels.
const HALF_WIDTH: f64 = 2.0;

/// The colour of ink that fades.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiveInk {
    /// Blue.
    Customers,
    /// Red.
    Agents,
    /// White.
    Guests,
}

impl LiveInk {
    const fn colour(self) -> [u8; 3] {
        match self {
            Self::Customers => [0x4c, 0x8d, 0xff],
            Self::Agents => [0xff, 0x4b, 0x3e],
            Self::Guests => [0xff, 0xff, 0xff],
        }
    }
}

/// Rings that are painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ring {
    /// Where somebody points.
    Pointer,
    /// Where somebody has tapped.
    Dot,
}

impl Ring {
    /// To the outer edge of its colour, in CSS pixels.
    const fn radius(self) -> f64 {
        match self {
            Self::Pointer => 12.0 + HALF_WIDTH,
            Self::Dot => 15.0 + HALF_WIDTH,
        }
    }
}

/// Which of the two canvases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// What stands still.
    Base,
    /// Both: a stroke is painted on the upper one until it rests.
    Any,
}

impl Page {
    async fn ink<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> Option<T> {
        self.try_script(&format!("{INK}\n{script}"), arguments).await
    }

    /// Where in the window a place of the picture lies. The picture is the biggest whose label contains `label`.
    pub async fn spot(&self, label: &str, share: Spot) -> Spot {
        let found = self.ink("return spot(...arguments);", vec![json!(label), json!(share)]);
        found
            .await
            .unwrap_or_else(|| panic!("{} has no picture {label}", self.who))
    }

    /// Which place of the picture lies there in the window.
    pub async fn share(&self, label: &str, spot: Spot) -> Spot {
        let found = self.ink("return share(...arguments);", vec![json!(label), json!(spot)]);
        found
            .await
            .unwrap_or_else(|| panic!("{} has no picture {label}", self.who))
    }

    /// Where a painted stroke really ends, near `at`, seen in direction `way`.
    pub async fn painted_end(&self, label: &str, ink: LiveInk, at: Spot, way: Spot) -> Option<Spot> {
        let arguments = vec![
            json!(label),
            json!(ink.colour()),
            json!(at),
            json!(way),
            json!(HALF_WIDTH),
        ];
        self.ink::<Option<Spot>>("return endOf(...arguments);", arguments)
            .await?
    }

    /// Where the middle of a painted ring really is, near `at`.
    pub async fn painted_ring(&self, label: &str, ink: LiveInk, at: Spot, ring: Ring) -> Option<Spot> {
        let arguments = vec![json!(label), json!(ink.colour()), json!(at), json!(ring.radius())];
        self.ink::<Option<Spot>>("return middleOf(...arguments);", arguments)
            .await?
    }

    /// How many painted pixels of this ink there are, and how opaque the most opaque of them is.
    pub async fn painted(&self, label: &str, ink: LiveInk) -> (usize, f64) {
        let script = "const all = painted(arguments[0], null, arguments[1]);
            return [all.length, all.reduce((most, pixel) => Math.max(most, pixel[2]), 0)];";
        let found = self.ink(script, vec![json!(label), json!(ink.colour())]).await;
        found.unwrap_or_default()
    }

    /// How opaque the ink at a place is.
    pub async fn opacity(&self, label: &str, at: Spot) -> f64 {
        let script = "const all = painted(arguments[0], null, null, arguments[1], 4);
            return all.reduce((most, pixel) => Math.max(most, pixel[2]), 0);";
        let arguments = vec![json!(label), json!(at)];
        self.ink(script, arguments).await.unwrap_or_default()
    }

    /// How many pixels of any colour are painted on a layer, within `radius` of a place or anywhere.
    pub async fn painted_near(&self, label: &str, layer: Layer, near: Option<Spot>, radius: f64) -> usize {
        let layer = (layer == Layer::Base).then_some(-2);
        let script = "return painted(arguments[0], arguments[1], null, arguments[2], arguments[3]).length;";
        let arguments = vec![json!(label), json!(layer), json!(near), json!(radius)];
        self.ink(script, arguments).await.unwrap_or_default()
    }

    /// Touches or presses at a place of the window. [`Page::slides`] and [`Page::lifts`] follow.
    pub async fn touches(&self, at: Spot) {
        self.pointer("touchStart", "mousePressed", Some(at)).await;
    }

    /// Moves what is down.
    pub async fn slides(&self, to: Spot) {
        self.pointer("touchMove", "mouseMoved", Some(to)).await;
    }

    /// Lifts what is down, where it was last.
    pub async fn lifts(&self, at: Spot) {
        self.pointer("touchEnd", "mouseReleased", Some(at)).await;
    }

    /// Touches, slides in a few steps, lifts.
    pub async fn draws(&self, from: Spot, to: Spot) {
        self.touches(from).await;
        for step in 1..=4 {
            let share = f64::from(step) / 4.0;
            let at = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
            self.slides(at).await;
        }
        self.lifts(to).await;
    }

    /// Taps or clicks.
    pub async fn taps(&self, at: Spot) {
        self.touches(at).await;
        self.lifts(at).await;
    }

    /// Moves the mouse without pressing.
    pub async fn hovers(&self, at: Spot) {
        let event = json!({ "type": "mouseMoved", "x": at.0, "y": at.1, "pointerType": "mouse" });
        self.browser.devtools("Input.dispatchMouseEvent", event).await;
    }

    /// Two fingers on the screen, which then move to other places.
    pub async fn pinches(&self, from: [Spot; 2], to: [Spot; 2]) {
        let touch = async |kind: &str, at: &[Spot]| {
            let points: Vec<_> = at
                .iter()
                .zip(0..)
                .map(|(at, id)| json!({ "x": at.0, "y": at.1, "id": id }))
                .collect();
            let event = json!({ "type": kind, "touchPoints": points });
            self.browser.devtools("Input.dispatchTouchEvent", event).await;
        };
        touch("touchStart", &from[..1]).await;
        touch("touchStart", &from).await;
        touch("touchMove", &to).await;
        touch("touchEnd", &[]).await;
    }

    /// One pointer event, by finger on phones and by mouse elsewhere. Chromium only.
    async fn pointer(&self, touch: &str, mouse: &str, at: Option<Spot>) {
        let is_phone = matches!(self.browser.kind(), Kind::Chromium(Chromium { screen, .. }) if screen.touch);
        let (method, event) = if is_phone {
            let points: Vec<_> = at
                .filter(|_| touch != "touchEnd")
                .map(|at| json!({ "x": at.0, "y": at.1, "id": 0 }))
                .into_iter()
                .collect();
            (
                "Input.dispatchTouchEvent",
                json!({ "type": touch, "touchPoints": points }),
            )
        } else {
            let at = at.unwrap_or_default();
            let event = json!({
                "type": mouse, "x": at.0, "y": at.1, "button": "left", "clickCount": 1, "pointerType": "mouse",
                "buttons": u8::from(mouse != "mouseReleased"),
            });
            ("Input.dispatchMouseEvent", event)
        };
        self.browser.devtools(method, event).await;
    }
}
