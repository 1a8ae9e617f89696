//! Shapes as strokes: what they look like, for whom, and how large.

use super::hide;
use super::source::Source;
use super::theme::Theme;
use core::f64::consts::{PI, TAU};
use farhand_shared::ink::{Fit, Path, Point, Shape};
use farhand_shared::role::Role;
use web_sys::CanvasRenderingContext2d;

/// Radius of the ring around a tapped place.
const DOT: f64 = 15.0;
/// Radius of a numbered marker.
const NUMBER: f64 = 13.0;
/// Length of an arrow's barbs, and their angle to the shaft.
const BARB: f64 = 18.0;
const BARB_ANGLE: f64 = 0.5;
/// The same for the small chevron at the end of an agent's line.
const CHEVRON: f64 = 9.0;
const CHEVRON_ANGLE: f64 = 0.75;
/// Size of words and width of the highlighter, as shares of the picture's longer side: they belong to the picture and
/// are read on every screen.
const WORDS: f64 = 0.03;
const LEAST_WORDS: f64 = 12.0;
const HIGHLIGHT: f64 = 0.028;
/// How much of the picture a highlighter lets through.
const HIGHLIGHT_OPACITY: f64 = 0.55;

/// Whose stroke it is and how much of it is left.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// Its colour.
    pub colour: &'a str,
    /// Who draws: lines differ by more than colour.
    pub role: Role,
    /// 1 until it fades.
    pub opacity: f32,
}

/// Paints shapes through a way of looking.
pub struct Brush<'a> {
    /// What it paints with.
    pub pen: &'a CanvasRenderingContext2d,
    /// The way of looking.
    pub fit: &'a Fit,
    /// Colours and widths.
    pub theme: &'a Theme,
    /// Widths are multiplied by this: 1 on screens, more when a large picture is painted at its own size.
    pub size: f64,
    /// The picture below, where it is painted and not a video.
    pub below: Option<&'a Source>,
}

impl Brush<'_> {
    /// One shape.
    pub fn shape(&self, shape: &Shape, look: Look<'_>) {
        self.pen.set_global_alpha(f64::from(look.opacity));
        match shape {
            Shape::Blur { a, b } => hide::pixelate(self, *a, *b),
            Shape::Highlight(path) => self.highlight(path, look),
            Shape::Text { at, text } => self.words(*at, text, look),
            Shape::Number { at, number } => self.number(*at, *number, look),
            Shape::Dot(at) => self.cased(look, || self.ring(self.at(*at), DOT * self.size)),
            Shape::Rect { a, b } => self.cased(look, || {
                let (left, top, right, bottom) = self.corners(*a, *b);
                self.pen.rect(left, top, right - left, bottom - top);
            }),
            Shape::Ellipse { a, b } => self.cased(look, || self.ellipse(*a, *b)),
            Shape::Arrow { from, to } => self.cased(look, || self.arrow(*from, *to)),
            Shape::Line(path) => self.cased(look, || self.line(path, look.role)),
        }
        self.pen.set_global_alpha(1.0);
    }

    /// Where a place lies, for the pen.
    pub(super) fn at(&self, point: Point) -> (f64, f64) {
        let (x, y) = self.fit.to_view(point);
        (x.into(), y.into())
    }

    /// Left, top, right and bottom of the box between two places, as it is seen.
    pub(super) fn corners(&self, a: Point, b: Point) -> (f64, f64, f64, f64) {
        let ((ax, ay), (bx, by)) = (self.at(a), self.at(b));
        (ax.min(bx), ay.min(by), ax.max(bx), ay.max(by))
    }

    /// Draws a trace in the casing's colour and then in its own.
    pub(super) fn cased(&self, look: Look<'_>, trace: impl Fn()) {
        let (pen, theme) = (self.pen, self.theme);
        let width = theme.width * self.size;
        pen.set_line_cap("round");
        pen.set_line_join("round");
        let dotted = look.role == Role::Guest;
        if dotted {
            self.dots(&[0.0, width * 2.2]);
        }
        pen.begin_path();
        trace();
        pen.set_stroke_style_str(&theme.casing);
        pen.set_line_width(width + 2.0 * theme.casing_width * self.size);
        pen.stroke();
        pen.set_stroke_style_str(look.colour);
        pen.set_line_width(width);
        pen.stroke();
        if dotted {
            self.dots(&[]);
        }
    }

    fn dots(&self, lengths: &[f64]) {
        let list: js_sys::Array = lengths
            .iter()
            .map(|length| wasm_bindgen::JsValue::from(*length))
            .collect();
        let _ = self.pen.set_line_dash(&list);
    }

    pub(super) fn ring(&self, (x, y): (f64, f64), radius: f64) {
        self.pen.move_to(x + radius, y);
        let _ = self.pen.arc(x, y, radius, 0.0, TAU);
    }

    fn ellipse(&self, a: Point, b: Point) {
        let (left, top, right, bottom) = self.corners(a, b);
        let (across, down) = ((right - left) / 2.0, (bottom - top) / 2.0);
        self.pen.move_to(right, top + down);
        let _ = self.pen.ellipse(left + across, top + down, across, down, 0.0, 0.0, TAU);
    }

    fn arrow(&self, from: Point, to: Point) {
        let (tail, head) = (self.at(from), self.at(to));
        self.pen.move_to(tail.0, tail.1);
        self.pen.line_to(head.0, head.1);
        if from != to {
            let length = (head.0 - tail.0).hypot(head.1 - tail.1);
            self.barbs(tail, head, (BARB * self.size).min(length), BARB_ANGLE);
        }
    }

    /// Two short lines back from `head`, as seen from `tail`.
    fn barbs(&self, tail: (f64, f64), head: (f64, f64), length: f64, angle: f64) {
        let back = (tail.1 - head.1).atan2(tail.0 - head.0);
        let (one, other) = (
            from_here(head, length, back + angle),
            from_here(head, length, back - angle),
        );
        self.pen.move_to(one.0, one.1);
        self.pen.line_to(head.0, head.1);
        self.pen.line_to(other.0, other.1);
    }

    fn line(&self, path: &Path, role: Role) {
        let end = self.trace(path);
        if let (Role::Agent, Some((before, last))) = (role, end) {
            self.barbs(before, last, CHEVRON * self.size, CHEVRON_ANGLE);
        }
    }

    /// A smooth line through the places. Answers with its last place and one a little before, which give its direction.
    fn trace(&self, path: &Path) -> Option<((f64, f64), (f64, f64))> {
        let places: Vec<(f64, f64)> = path.points().iter().map(|point| self.at(*point)).collect();
        let (&first, &last) = places.first().zip(places.last())?;
        self.pen.move_to(first.0, first.1);
        // Through the middles, bent towards the places: no corners where the hand was fast.
        for pair in places.windows(2) {
            let (here, next) = (pair[0], pair[1]);
            let middle = ((here.0 + next.0) / 2.0, (here.1 + next.1) / 2.0);
            self.pen.quadratic_curve_to(here.0, here.1, middle.0, middle.1);
        }
        self.pen.line_to(last.0, last.1);
        let far = |place: &&(f64, f64)| (place.0 - last.0).hypot(place.1 - last.1) > CHEVRON * self.size;
        let before = places.iter().rev().find(far);
        before.map(|before| (*before, last))
    }

    fn highlight(&self, path: &Path, look: Look<'_>) {
        let pen = self.pen;
        pen.set_line_cap("round");
        pen.set_line_join("round");
        pen.begin_path();
        self.trace(path);
        // With the picture on the same canvas, as a felt pen does; over a video, see-through has to do.
        if self.below.is_some() {
            let _ = pen.set_global_composite_operation("multiply");
        }
        pen.set_global_alpha(HIGHLIGHT_OPACITY * f64::from(look.opacity));
        pen.set_stroke_style_str(look.colour);
        pen.set_line_width(self.of_picture(HIGHLIGHT));
        pen.stroke();
        let _ = pen.set_global_composite_operation("source-over");
    }

    /// A share of the picture's longer side as it is seen.
    pub(super) fn of_picture(&self, share: f64) -> f64 {
        f64::from(self.fit.picture.0.max(self.fit.picture.1) * self.fit.scale()) * share
    }

    fn words(&self, at: Point, text: &str, look: Look<'_>) {
        let (x, y) = self.at(at);
        let size = self.of_picture(WORDS).max(LEAST_WORDS * self.size);
        self.font(size);
        let pen = self.pen;
        pen.set_text_align("start");
        pen.set_line_join("round");
        pen.set_stroke_style_str(&self.theme.casing);
        pen.set_line_width(size / 5.0);
        let _ = pen.stroke_text(text, x, y);
        pen.set_fill_style_str(look.colour);
        let _ = pen.fill_text(text, x, y);
    }

    pub(super) fn font(&self, size: f64) {
        let font = ["600 ", &(size as u32).to_string(), "px ", &self.theme.font].concat();
        self.pen.set_font(&font);
        self.pen.set_text_baseline("middle");
    }

    fn number(&self, at: Point, number: u16, look: Look<'_>) {
        let (x, y) = self.at(at);
        let pen = self.pen;
        pen.begin_path();
        self.ring((x, y), NUMBER * self.size);
        pen.set_stroke_style_str(&self.theme.casing);
        pen.set_line_width(2.0 * self.theme.casing_width * self.size);
        pen.stroke();
        pen.set_fill_style_str(look.colour);
        pen.fill();
        self.font(NUMBER * 1.2 * self.size);
        pen.set_text_align("center");
        pen.set_fill_style_str(&self.theme.words);
        let _ = pen.fill_text(&number.to_string(), x, y);
        pen.set_text_align("start");
    }

    /// An arrow head that shows the way to something out of sight.
    pub(super) fn edge(&self, (x, y): (f64, f64), angle: f64, look: Look<'_>) {
        let length = BARB * self.size;
        let tip = from_here((x, y), length / 2.0, angle);
        let tail = from_here(tip, length, angle + PI);
        self.cased(look, || {
            self.barbs(tail, tip, length, CHEVRON_ANGLE);
            self.pen.move_to(tail.0, tail.1);
            self.pen.line_to(tip.0, tip.1);
        });
    }
}

/// The place so far away in that direction. The browser's sine brings no tables along.
fn from_here((x, y): (f64, f64), length: f64, angle: f64) -> (f64, f64) {
    use js_sys::Math;
    (x + length * Math::cos(angle), y + length * Math::sin(angle))
}
