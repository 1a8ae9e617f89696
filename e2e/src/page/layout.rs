//! How a page fits into its window: small screens, large text, phones held sideways.

use serde_json::json;

use super::Page;
use crate::see::{self, PATIENCE};

/// The functions that measure.
const LAYOUT: &str = include_str!("layout.js");

/// A window and how large its text is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
    /// Per cent of the usual size.
    pub text: u32,
}

impl Window {
    /// With text of the usual size.
    pub const fn of(width: u32, height: u32) -> Self {
        let text = 100;
        Self { width, height, text }
    }

    /// With text of twice the size.
    pub const fn with_large_text(self) -> Self {
        Self { text: 200, ..self }
    }
}

/// The narrowest phones with text of the usual and of twice the size, and a laptop zoomed to 200 %, which halves its
/// window.
const EXTREMES: [Window; 3] = [
    Window::of(320, 568),
    Window::of(320, 568).with_large_text(),
    Window::of(640, 360),
];

/// What a picture of this is called.
fn caption(screen: &str, window: Window) -> String {
    let Window { width, height, text } = window;
    format!("{screen} at {width} x {height}, text {text} %")
}

/// What a thumb hits, in CSS pixels.
pub const THUMB: u32 = 44;
/// What a mouse hits, in CSS pixels.
pub const MOUSE: u32 = 40;

impl Page {
    /// Asserts that everybody can use this screen, with what is to be hit at least `least` CSS pixels in size: in every
    /// light, by keyboard alone, however it is looked at. Chromium only.
    pub async fn is_for_everybody(&self, least: u32, screen: &str) {
        self.is_accessible_in_every_light(screen).await;
        self.is_walkable(screen).await;
        self.fits_however_looked_at(least, screen).await;
    }

    /// Asserts what [`Page::fits`] does in the narrowest window and with the largest text, in both directions of
    /// writing, and that nothing moves by itself where motion is not wished for. Then the window and the direction are as
    /// before, and nothing is wished for. Chromium only.
    pub async fn fits_however_looked_at(&self, least: u32, screen: &str) {
        let size = "return [innerWidth, innerHeight, devicePixelRatio];";
        let (width, height, density) = self.waits_for("the window's size", size, vec![]).await;
        // All together, so that one run shows everything that does not fit.
        let mut complaints = Vec::new();
        for window in EXTREMES {
            complaints.extend(self.misfits(window, least, screen).await);
        }
        self.writes("rtl").await;
        let screen = format!("{screen}, right to left");
        for window in [Window::of(1280, 720), EXTREMES[0]] {
            complaints.extend(self.misfits(window, least, &screen).await);
        }
        self.photograph(&screen).await;
        self.wants_no_motion().await;
        let moving = self.moves().await;
        complaints.extend(
            moving
                .iter()
                .map(|what| format!("{screen}: {what} moves without motion")),
        );
        assert!(complaints.is_empty(), "{}: {complaints:#?}", self.who());
        self.writes("ltr").await;
        self.wishes(&[]).await;
        self.looks_at(Window::of(width, height), density).await;
    }

    /// Looks at the page in another window. Chromium only.
    pub async fn looks_through(&self, window: Window) {
        self.looks_at(window, 2.0).await;
    }

    /// On a screen with so many pixels for each CSS pixel.
    async fn looks_at(&self, window: Window, density: f64) {
        let Window { width, height, text } = window;
        let turned = if width > height {
            "landscapePrimary"
        } else {
            "portraitPrimary"
        };
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": density, "mobile": width < 1000,
            "screenOrientation": { "type": turned, "angle": 0 },
        });
        self.browser()
            .devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        let script = "document.documentElement.style.fontSize = `${arguments[0]}%`;
            // A page too wide for its window is zoomed out on phones, which makes both of these larger.
            if (innerWidth === arguments[1]) return innerHeight === arguments[2];
            return document.documentElement.clientWidth === arguments[1];";
        let arguments = vec![json!(text), json!(width), json!(height)];
        self.waits_for::<bool>("the other window", script, arguments).await;
    }

    /// Asserts that the page is as wide as its window, that pictures are in sight, and everything that can be used, at
    /// least `least` CSS pixels in size, covered by nothing that stays, and holds its words; at the usual size of text also
    /// that no word is broken.
    pub async fn fits(&self, window: Window, least: u32, screen: &str) {
        let complaints = self.misfits(window, least, screen).await;
        assert!(complaints.is_empty(), "{}: {complaints:#?}", self.who());
        self.photograph(&caption(screen, window)).await;
    }

    /// What does not fit, each with the screen and the window; then there is a picture of it.
    async fn misfits(&self, window: Window, least: u32, screen: &str) -> Vec<String> {
        self.looks_through(window).await;
        let script = format!("{LAYOUT} return misfits(arguments[0], arguments[1]);");
        let arguments = vec![json!(least), json!(window.text == 100)];
        let mut complaints = vec!["the page does not answer".to_owned()];
        let fits = see::until(PATIENCE, async || {
            complaints = self.try_script(&script, arguments.clone()).await?;
            complaints.is_empty().then_some(())
        });
        // What it waited for in vain is told with everything else that does not fit.
        let _ = fits.await;
        let caption = caption(screen, window);
        if !complaints.is_empty() {
            self.photograph(&caption).await;
        }
        complaints.iter().map(|each| format!("{caption}: {each}")).collect()
    }

    /// Writes from right to left, as Arabic and Hebrew do.
    pub async fn reads_from_right_to_left(&self) {
        self.writes("rtl").await;
    }

    async fn writes(&self, direction: &str) {
        let script = "document.documentElement.dir = arguments[0]; return true;";
        self.waits_for::<bool>("the other direction", script, vec![json!(direction)])
            .await;
    }

    /// Wishes for no motion, as a setting of the system does. Chromium only.
    pub async fn wants_no_motion(&self) {
        self.wishes(&[("prefers-reduced-motion", "reduce")]).await;
        let script = "return matchMedia('(prefers-reduced-motion: reduce)').matches;";
        self.waits_for::<bool>("the wish for no motion", script, vec![]).await;
    }

    /// Sets what the system's settings wish for, by the names of media queries, in place of what was set before.
    /// Chromium only.
    pub async fn wishes(&self, features: &[(&str, &str)]) {
        let named = |(name, value): &(&str, &str)| json!({ "name": name, "value": value });
        let features: Vec<_> = features.iter().map(named).collect();
        self.browser()
            .devtools("Emulation.setEmulatedMedia", json!({ "features": features }))
            .await;
    }

    /// What moves by itself now, for longer than a blink: animations and transitions.
    pub async fn moves(&self) -> Vec<String> {
        let script = "const long = (each) => each.effect.getComputedTiming().activeDuration > 50;
            const named = (each) => each.animationName ?? each.transitionProperty ?? 'something';
            return document.getAnimations().filter((each) => each.playState === 'running' && long(each)).map(named);";
        self.waits_for("what moves", script, vec![]).await
    }

    /// In how many rows the buttons of this stand.
    pub async fn rows_of(&self, role: &str, name: &str) -> u32 {
        let script = format!("{LAYOUT} return rowsOf(arguments[0], arguments[1]);");
        self.waits_for(name, &script, vec![json!(role), json!(name)]).await
    }
}
