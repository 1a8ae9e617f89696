//! Colours and widths of the ink, from the style sheet's tokens.

use crate::platform::{js, window};
use farhand_shared::role::Role;
use wasm_bindgen::JsValue;

/// Whether ink stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// It fades: on live video.
    Live,
    /// It stays: on a still.
    Still,
}

/// What the style sheet says, read once.
pub struct Theme {
    live: [String; 3],
    still: [String; 3],
    /// Around every stroke.
    pub casing: String,
    /// On every colour.
    pub words: String,
    /// Family of the words.
    pub font: String,
    /// Of a stroke, in CSS pixels.
    pub width: f64,
    /// Of the casing on each side.
    pub casing_width: f64,
    /// Whether the person wants things to stand still: ink then does not fade, it is simply gone.
    pub calm: bool,
}

impl Theme {
    /// Reads the tokens as they are now. `unified` is the scheme of one colour per person on both surfaces.
    pub fn read(unified: bool) -> Self {
        let tokens = tokens();
        let token = |name: &str| {
            let value = tokens
                .as_ref()
                .and_then(|tokens| js::call(tokens, "getPropertyValue", &[&name.into()]).ok());
            value
                .and_then(|value| value.as_string())
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        // The browser reads "4px" itself; Rust's way to read numbers brings a table of ten kilobytes along.
        let pixels = |name: &str, otherwise| {
            let number = js_sys::parse_float(&token(name));
            if number.is_finite() { number } else { otherwise }
        };
        let still = ["--ink-still-customer", "--ink-still-agent", "--ink-still-guest"].map(&token);
        let live = if unified {
            still.clone()
        } else {
            ["--ink-live-customer", "--ink-live-agent", "--ink-live-guest"].map(&token)
        };
        Self {
            live,
            still,
            casing: token("--ink-casing"),
            words: token("--tag-text"),
            font: token("--font"),
            width: pixels("--ink-width", 4.0),
            casing_width: pixels("--ink-casing-width", 2.0),
            calm: wants_calm(),
        }
    }

    /// The colour of somebody's ink: it says role and lifetime.
    pub fn colour(&self, role: Role, lifetime: Lifetime) -> &str {
        let colours = match lifetime {
            Lifetime::Live => &self.live,
            Lifetime::Still => &self.still,
        };
        match role {
            Role::Customer => &colours[0],
            Role::Agent => &colours[1],
            Role::Guest | Role::Viewer => &colours[2],
        }
    }
}

fn tokens() -> Option<JsValue> {
    let root = window().document()?.document_element()?;
    js::call(&window(), "getComputedStyle", &[&root]).ok()
}

fn wants_calm() -> bool {
    let query = js::call(&window(), "matchMedia", &[&"(prefers-reduced-motion: reduce)".into()]);
    query.is_ok_and(|query| js::flag(&query, "matches"))
}
