//! How a page fits into its window: small screens, large text, phones held sideways.

use serde_json::json;

use super::Page;

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

impl Page {
    /// Looks at the page in another window. Chromium only.
    pub async fn looks_through(&self, window: Window) {
        let Window { width, height, text } = window;
        let turned = if width > height {
            "landscapePrimary"
        } else {
            "portraitPrimary"
        };
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 2, "mobile": width < 1000,
            "screenOrientation": { "type": turned, "angle": 0 },
        });
        self.browser()
            .devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        let script = "document.documentElement.style.fontSize = `${arguments[0]}%`;
            return innerWidth === arguments[1] && innerHeight === arguments[2];";
        let arguments = vec![json!(text), json!(width), json!(height)];
        self.waits_for::<bool>("the other window", script, arguments).await;
    }

    /// Asserts that everything that can be used is in sight in this window, at least `least` CSS pixels in size, covered
    /// by nothing, and holds its words; at the usual size of text also that no word is broken.
    pub async fn fits(&self, window: Window, least: u32, screen: &str) {
        self.looks_through(window).await;
        let script = format!("{LAYOUT} return misfits(arguments[0], arguments[1]);");
        let arguments = vec![json!(least), json!(window.text == 100)];
        let complaints: Vec<String> = self.waits_for("the layout", &script, arguments).await;
        let Window { width, height, text } = window;
        let screen = format!("{screen} at {width} x {height}, text {text} %");
        self.photograph(&screen).await;
        assert!(complaints.is_empty(), "{}: {screen}: {complaints:#?}", self.who());
    }

    /// Writes from right to left, as Arabic and Hebrew do.
    pub async fn reads_from_right_to_left(&self) {
        let script = "document.documentElement.dir = 'rtl'; return true;";
        self.waits_for::<bool>("the other direction", script, vec![]).await;
    }

    /// Wishes for no motion, as a setting of the system does. Chromium only.
    pub async fn wants_no_motion(&self) {
        let still = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        self.browser().devtools("Emulation.setEmulatedMedia", still).await;
        let script = "return matchMedia('(prefers-reduced-motion: reduce)').matches;";
        self.waits_for::<bool>("the wish for no motion", script, vec![]).await;
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
