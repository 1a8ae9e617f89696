//! The blur box: the picture under it in coarse squares, so that nothing can be read there.

use super::brush::Brush;
use super::canvas::Canvas;
use farhand_shared::ink::Point;
use wasm_bindgen::JsValue;

/// Side of a square as a share of the picture's longer side: about a line of small print, and never finer than so many
/// pixels of the picture.
const SQUARE: f32 = 1.0 / 40.0;
const LEAST_SQUARE: f32 = 12.0;

/// Hides the box between two places. Where the picture itself is not at hand the box is simply dark.
pub(super) fn pixelate(brush: &Brush<'_>, a: Point, b: Point) {
    if coarse(brush, a, b).is_none() {
        let (left, top, right, bottom) = brush.corners(a, b);
        brush.pen.set_fill_style_str(&brush.theme.casing);
        brush.pen.fill_rect(left, top, right - left, bottom - top);
    }
}

fn coarse(brush: &Brush<'_>, a: Point, b: Point) -> Option<()> {
    let source = brush.below?;
    let (width, height) = source.size();
    let square = (width.max(height) * SQUARE).max(LEAST_SQUARE);
    let side = |from: u16, to: u16, length: f32| {
        let place = |place: u16| f32::from(place) / f32::from(u16::MAX) * length;
        let (from, to) = (place(from.min(to)), place(from.max(to)));
        (from, (to - from).max(1.0))
    };
    let ((x, across), (y, down)) = (side(a.x, b.x, width), side(a.y, b.y, height));
    let squares = |side: f32| (side / square).ceil().max(1.0);
    let (columns, rows) = (squares(across), squares(down));
    // Small first, then large without smoothing: each square is the mean of what was there.
    let small = Canvas::hidden(columns as u32, rows as u32)?;
    let numbers = [x, y, across, down, 0.0, 0.0, columns, rows].map(f64::from);
    source.draw(small.pen(), &numbers);
    let pen = brush.pen;
    pen.save();
    pen.set_image_smoothing_enabled(false);
    // Turned and mirrored with the picture: painted as a picture of its own whose middle is the box's middle.
    let middle = brush.at(Point {
        x: a.x.midpoint(b.x),
        y: a.y.midpoint(b.y),
    });
    let _ = pen.translate(middle.0, middle.1);
    let scale = f64::from(brush.fit.scale() * brush.fit.picture.0 / width);
    let _ = pen.scale(if brush.fit.mirrored { -scale } else { scale }, scale);
    let _ = pen.rotate(f64::from(brush.fit.quarter_turns % 4) * core::f64::consts::FRAC_PI_2);
    let (across, down) = (f64::from(across), f64::from(down));
    let numbers = [-across / 2.0, -down / 2.0, across, down].map(JsValue::from);
    let arguments: Vec<&JsValue> = core::iter::once(small.element().as_ref()).chain(&numbers).collect();
    let drawn = crate::platform::js::call(pen, "drawImage", &arguments);
    pen.restore();
    drawn.ok().map(|_| ())
}
