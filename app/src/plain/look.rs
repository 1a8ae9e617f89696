//! How somebody looks at a picture: size, turn, mirror, place. Only their own screen; nothing is sent.

use farhand_shared::ink::Fit;

/// Smallest and largest zoom.
const LEAST: f64 = 0.5;
const MOST: f64 = 8.0;
/// One press of a button or notch of the wheel.
const STEP: f64 = 1.25;

/// The way of looking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// 1 is fit, or one picture dot for one screen dot when `actual`.
    pub zoom: f64,
    /// Starts from 100 % instead of from fit.
    pub actual: bool,
    /// Quarter turns to the right, 0 to 3.
    pub turns: u8,
    /// Left and right swapped.
    pub mirrored: bool,
    /// How far the picture is moved, in pixels.
    pub moved: (f64, f64),
}

impl Default for Look {
    fn default() -> Self {
        Self {
            zoom: 1.0,
            actual: false,
            turns: 0,
            mirrored: false,
            moved: (0.0, 0.0),
        }
    }
}

impl Look {
    /// The whole picture; turn and mirror stay.
    pub const fn fit(&mut self) {
        self.zoom = 1.0;
        self.actual = false;
        self.moved = (0.0, 0.0);
    }

    /// Whether the whole picture is shown.
    pub fn is_fit(&self) -> bool {
        !self.actual && (self.zoom - 1.0).abs() < 0.01
    }

    /// One picture dot for one screen dot.
    pub const fn actual_size(&mut self) {
        self.fit();
        self.actual = true;
    }

    /// Larger (`true`) or smaller.
    pub fn step(&mut self, larger: bool) {
        let wanted = if larger { self.zoom * STEP } else { self.zoom / STEP };
        let zoom = wanted.clamp(LEAST, MOST);
        let ratio = zoom / self.zoom;
        // What is in the middle stays in the middle.
        self.moved = (self.moved.0 * ratio, self.moved.1 * ratio);
        self.zoom = zoom;
    }

    /// Two fingers or a wheel at a place of the view, from its upper left corner: `factor` larger, and what is there goes
    /// along by `by`.
    pub fn pinch(&mut self, factor: f64, at: (f64, f64), by: (f64, f64), view: (f64, f64)) {
        let zoom = (self.zoom * factor).clamp(LEAST, MOST);
        let ratio = zoom / self.zoom;
        let moved = |at: f64, by: f64, view: f64, moved: f64| {
            let from_middle = at - view / 2.0;
            from_middle - (from_middle - moved) * ratio + by
        };
        self.moved = (
            moved(at.0, by.0, view.0, self.moved.0),
            moved(at.1, by.1, view.1, self.moved.1),
        );
        self.zoom = zoom;
    }

    /// Where places of the picture lie, in a view and for a picture of these sizes; none while there is nothing to see.
    pub fn fit_in(&self, picture: (f32, f32), view: (f32, f32)) -> Option<Fit> {
        let fit = Fit {
            quarter_turns: self.turns,
            ..Fit::whole(picture, view)
        };
        let zoom = self.zoom as f32;
        let fit = Fit {
            zoom: if self.actual { zoom / fit.contain() } else { zoom },
            shift: (self.moved.0 as f32, self.moved.1 as f32),
            mirrored: self.mirrored,
            ..fit
        };
        fit.is_visible().then_some(fit)
    }

    /// A quarter to the right.
    pub const fn turn(&mut self) {
        self.turns = (self.turns + 1) % 4;
    }

    /// Moves the picture.
    pub fn shift(&mut self, across: f64, down: f64) {
        self.moved = (self.moved.0 + across, self.moved.1 + down);
    }

    /// Whether the picture lies on its side.
    pub const fn sideways(&self) -> bool {
        self.turns % 2 == 1
    }

    /// For the style sheet: moved, turned, mirrored, zoomed.
    pub fn transform(&self) -> String {
        let flip = if self.mirrored { -1.0 } else { 1.0 };
        format!(
            "translate(-50%, -50%) translate({:.0}px, {:.0}px) scale({:.3}, {:.3}) rotate({}deg)",
            self.moved.0,
            self.moved.1,
            self.zoom * flip,
            self.zoom,
            u16::from(self.turns) * 90,
        )
    }

    /// The zoom in words: `125 %`.
    pub fn percent(&self) -> String {
        format!("{:.0} %", self.zoom * 100.0)
    }
}
