//! Stands in for Trunk's minifier of style sheets. See `trunk` in `scripts/setup`.

pub mod stylesheet {
    use std::convert::Infallible;

    /// What the real one can be told; heard by nobody.
    #[derive(Default)]
    pub struct ParserOptions;
    /// What the real one can be told; heard by nobody.
    #[derive(Default)]
    pub struct MinifyOptions;
    /// What the real one can be told; heard by nobody.
    #[derive(Default)]
    pub struct PrinterOptions {
        /// Unused.
        pub minify: bool,
    }

    /// A style sheet as it came.
    pub struct StyleSheet {
        pub code: String,
    }

    impl StyleSheet {
        /// # Errors
        /// Never.
        pub fn parse(css: &str, _: ParserOptions) -> Result<Self, Infallible> {
            Ok(Self { code: css.to_owned() })
        }

        /// # Errors
        /// Never.
        pub fn minify(&mut self, _: MinifyOptions) -> Result<(), Infallible> {
            Ok(())
        }

        /// The same style sheet.
        ///
        /// # Errors
        /// Never.
        pub fn to_css(self, _: PrinterOptions) -> Result<Self, Infallible> {
            Ok(self)
        }
    }
}
