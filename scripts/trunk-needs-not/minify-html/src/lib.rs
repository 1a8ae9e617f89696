//! Stands in for Trunk's minifier of HTML. See `trunk` in `scripts/setup`.

/// What the real one can be told; heard by nobody.
#[derive(Default)]
pub struct Cfg {
    /// Unused.
    pub minify_css: bool,
    /// Unused.
    pub minify_js: bool,
    /// Unused.
    pub keep_closing_tags: bool,
}

impl Cfg {
    /// Nothing is changed, which is as compliant as can be.
    pub fn spec_compliant() -> Self {
        Self::default()
    }
}

/// The same HTML.
pub fn minify(html: &[u8], _: &Cfg) -> Vec<u8> {
    html.to_vec()
}
