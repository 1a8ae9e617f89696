//! Where places of a picture lie in somebody's view of it, and back.
//!
//! A view shows the whole picture with dark bars (never cropped), then turns it in quarters, mirrors it, enlarges it
//! around its middle and shifts it, in this order. All lengths are CSS pixels; the view's upper left corner is 0, 0.

use super::point::Point;

/// One way of looking at one picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Width and height of the picture; only their ratio counts.
    pub picture: (f32, f32),
    /// Width and height of the view.
    pub view: (f32, f32),
    /// 1 is the whole picture.
    pub zoom: f32,
    /// How far the picture's middle is from the view's middle: to the right and down.
    pub shift: (f32, f32),
    /// Quarter turns to the right.
    pub quarter_turns: u8,
    /// Left and right of the view swapped.
    pub mirrored: bool,
}

/// Where the way to something out of sight leaves the view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// From the left of the view.
    pub x: f32,
    /// From the top of the view.
    pub y: f32,
    /// Its direction in radians: 0 is to the right, a quarter of a turn further is down.
    pub angle: f32,
}

impl Fit {
    /// The whole picture, upright.
    pub const fn whole(picture: (f32, f32), view: (f32, f32)) -> Self {
        Self {
            picture,
            view,
            zoom: 1.0,
            shift: (0.0, 0.0),
            quarter_turns: 0,
            mirrored: false,
        }
    }

    /// Whether there is a picture to see and room to see it in.
    pub fn is_visible(&self) -> bool {
        let sides = [self.picture.0, self.picture.1, self.view.0, self.view.1, self.zoom];
        sides.iter().all(|side| *side > 0.0 && side.is_finite())
    }

    const fn sideways(&self) -> bool {
        self.quarter_turns % 2 == 1
    }

    /// How many CSS pixels one pixel of the picture takes at zoom 1.
    pub fn contain(&self) -> f32 {
        let (width, height) = if self.sideways() {
            (self.picture.1, self.picture.0)
        } else {
            self.picture
        };
        (self.view.0 / width).min(self.view.1 / height)
    }

    /// How many CSS pixels one pixel of the picture takes.
    pub fn scale(&self) -> f32 {
        self.contain() * self.zoom
    }

    /// Where a place of the picture lies in the view; it may be out of sight.
    pub fn to_view(&self, point: Point) -> (f32, f32) {
        let (x, y) = point.shares();
        let scale = self.scale();
        let (x, y) = ((x - 0.5) * self.picture.0 * scale, (y - 0.5) * self.picture.1 * scale);
        let (x, y) = match self.quarter_turns % 4 {
            0 => (x, y),
            1 => (-y, x),
            2 => (-x, -y),
            _ => (y, -x),
        };
        let x = if self.mirrored { -x } else { x };
        (
            self.view.0 / 2.0 + self.shift.0 + x,
            self.view.1 / 2.0 + self.shift.1 + y,
        )
    }

    /// The place of the picture at a place of the view; none beside the picture.
    pub fn to_picture(&self, x: f32, y: f32) -> Option<Point> {
        let (x, y) = self.shares(x, y);
        let inside = |share: f32| (-SLACK..=1.0 + SLACK).contains(&share);
        (inside(x) && inside(y)).then(|| Point::at(x, y))
    }

    /// The place of the picture that is nearest to a place of the view.
    pub fn nearest(&self, x: f32, y: f32) -> Point {
        let (x, y) = self.shares(x, y);
        Point::at(x, y)
    }

    fn shares(&self, x: f32, y: f32) -> (f32, f32) {
        let x = x - self.view.0 / 2.0 - self.shift.0;
        let y = y - self.view.1 / 2.0 - self.shift.1;
        let x = if self.mirrored { -x } else { x };
        let (x, y) = match self.quarter_turns % 4 {
            0 => (x, y),
            1 => (y, -x),
            2 => (-x, -y),
            _ => (-y, x),
        };
        let scale = self.scale();
        (x / (self.picture.0 * scale) + 0.5, y / (self.picture.1 * scale) + 0.5)
    }

    /// How many places of the picture, across and down it, one CSS pixel takes.
    pub fn pixel(&self) -> (f32, f32) {
        let places = |side: f32| f32::from(u16::MAX) / (side * self.scale());
        (places(self.picture.0), places(self.picture.1))
    }

    /// The place one hundredth of the picture further to the right and down (or left and up), as it is seen: for keys.
    pub fn step(&self, from: Point, right: i32, down: i32) -> Point {
        const HUNDREDTH: i32 = u16::MAX as i32 / 100;
        let right = if self.mirrored { -right } else { right };
        let (across, down) = match self.quarter_turns % 4 {
            0 => (right, down),
            1 => (down, -right),
            2 => (-right, -down),
            _ => (-down, right),
        };
        let go = |at: u16, way: i32| (i32::from(at) + way * HUNDREDTH).clamp(0, u16::MAX.into()) as u16;
        Point {
            x: go(from.x, across),
            y: go(from.y, down),
        }
    }

    /// For a place out of sight: where an arrow that shows the way to it stands, `margin` inside the view's edge.
    pub fn edge(&self, point: Point, margin: f32) -> Option<Edge> {
        let (x, y) = self.to_view(point);
        let (width, height) = self.view;
        if (0.0..=width).contains(&x) && (0.0..=height).contains(&y) {
            return None;
        }
        let (middle_x, middle_y) = (width / 2.0, height / 2.0);
        let (way_x, way_y) = (x - middle_x, y - middle_y);
        let room = |way: f32, half: f32| (half - margin).max(0.0) / way.abs().max(f32::MIN_POSITIVE);
        let share = room(way_x, middle_x).min(room(way_y, middle_y));
        Some(Edge {
            x: middle_x + way_x * share,
            y: middle_y + way_y * share,
            angle: way_y.atan2(way_x),
        })
    }

    /// The zoom and shift after a pinch or a wheel: `factor` larger, with what was at (`x`, `y`) staying there.
    #[must_use]
    pub fn zoomed_at(&self, factor: f32, x: f32, y: f32) -> Self {
        let grow = |at: f32, side: f32, shift: f32| {
            let from_middle = at - side / 2.0;
            from_middle - (from_middle - shift) * factor
        };
        Self {
            zoom: self.zoom * factor,
            shift: (grow(x, self.view.0, self.shift.0), grow(y, self.view.1, self.shift.1)),
            ..*self
        }
    }
}

/// The picture's own edge belongs to it even when rounding has put it a hair outside.
const SLACK: f32 = 1.0e-4;

#[cfg(test)]
mod tests {
    use super::{Fit, Point};
    use proptest::prelude::*;

    const CORNER: Point = Point { x: 0, y: 0 };

    fn near((x, y): (f32, f32), (wanted_x, wanted_y): (f32, f32)) -> bool {
        (x - wanted_x).abs() < 0.01 && (y - wanted_y).abs() < 0.01
    }

    /// A landscape picture in a portrait phone: bars above and below.
    const PHONE: Fit = Fit::whole((1280.0, 720.0), (320.0, 640.0));

    #[test]
    fn the_whole_picture_lies_in_the_middle_with_bars_around() {
        assert!(near(PHONE.to_view(Point::MIDDLE), (160.0, 320.0)));
        assert!(near(PHONE.to_view(CORNER), (0.0, 230.0)));
        assert_eq!(PHONE.to_picture(160.0, 229.0), None, "the bar is not the picture");
        assert_eq!(PHONE.to_picture(-1.0, 320.0), None);
        assert_eq!(PHONE.to_picture(0.0, 230.0), Some(CORNER));
        assert_eq!(PHONE.nearest(-50.0, 0.0), CORNER);
    }

    /// Where the picture's upper left corner goes, by hand.
    #[test]
    fn turns_mirrors_zooms_and_shifts_go_their_way() {
        let square = Fit::whole((100.0, 100.0), (100.0, 100.0));
        let turned = |quarter_turns, mirrored| {
            Fit {
                quarter_turns,
                mirrored,
                ..square
            }
            .to_view(CORNER)
        };
        let table = [
            (0, false, (0.0, 0.0)),
            (1, false, (100.0, 0.0)),
            (2, false, (100.0, 100.0)),
            (3, false, (0.0, 100.0)),
            (0, true, (100.0, 0.0)),
            (1, true, (0.0, 0.0)),
            (2, true, (0.0, 100.0)),
            (3, true, (100.0, 100.0)),
        ];
        for (turns, mirrored, corner) in table {
            assert!(near(turned(turns, mirrored), corner), "{turns} {mirrored}");
        }
        let large = Fit {
            zoom: 2.0,
            shift: (10.0, -5.0),
            ..square
        };
        assert!(near(large.to_view(CORNER), (-40.0, -55.0)));
        // On its side the landscape picture fills the phone's width with its height.
        let sideways = Fit {
            quarter_turns: 1,
            ..PHONE
        };
        assert!(near(
            sideways.to_view(CORNER),
            (320.0, 320.0 - 1280.0 * sideways.contain() / 2.0)
        ));
        assert!((sideways.contain() - 320.0 / 720.0).abs() < 0.001);
    }

    #[test]
    fn what_is_out_of_sight_gets_an_arrow_at_the_edge() {
        let large = Fit {
            zoom: 4.0,
            ..Fit::whole((100.0, 100.0), (100.0, 100.0))
        };
        assert_eq!(large.edge(Point::MIDDLE, 10.0), None);
        let right = Point { x: 65_535, y: 32_768 };
        let edge = large.edge(right, 10.0).expect("is out of sight");
        assert!((edge.x - 90.0).abs() < 0.1 && (edge.y - 50.0).abs() < 0.1 && edge.angle.abs() < 0.01);
        let corner = large.edge(CORNER, 10.0).expect("is out of sight");
        assert!(near((corner.x, corner.y), (10.0, 10.0)));
        assert!((corner.angle.to_degrees() + 135.0).abs() < 0.1);
    }

    #[test]
    fn a_pinch_holds_what_is_under_the_fingers() {
        let fit = Fit {
            zoom: 1.5,
            shift: (20.0, -30.0),
            quarter_turns: 3,
            mirrored: true,
            ..PHONE
        };
        let under = fit.nearest(100.0, 300.0);
        let closer = fit.zoomed_at(2.0, 100.0, 300.0);
        assert!((closer.zoom - 3.0).abs() < 0.001);
        assert!(near(closer.to_view(under), fit.to_view(under)));
    }

    #[test]
    fn without_room_or_picture_there_is_nothing_to_see() {
        assert!(PHONE.is_visible());
        assert!(!Fit::whole((0.0, 0.0), (320.0, 640.0)).is_visible());
        assert!(!Fit::whole((1280.0, 720.0), (320.0, 0.0)).is_visible());
    }

    #[test]
    fn a_key_goes_one_hundredth_and_stops_at_the_edge() {
        let right = (0..10).fold(Point::MIDDLE, |at, _| PHONE.step(at, 1, 0));
        assert_eq!(
            right,
            Point {
                x: 0x8000 + 6550,
                y: 0x8000
            }
        );
        let edge = (0..200).fold(Point::MIDDLE, |at, _| PHONE.step(at, -1, 1));
        assert_eq!(edge, Point { x: 0, y: 65_535 });
    }

    #[test]
    fn a_pixel_takes_fewer_places_the_larger_the_picture() {
        let (across, down) = PHONE.pixel();
        assert!((across - 65_535.0 / 320.0).abs() < 0.01 && (down - 65_535.0 / 180.0).abs() < 0.01);
        let (closer, _) = Fit { zoom: 2.0, ..PHONE }.pixel();
        assert!((closer * 2.0 - across).abs() < 0.01);
    }

    fn ways_of_looking() -> impl Strategy<Value = Fit> {
        let side = || 16.0_f32..5000.0;
        let screen = || 100.0_f32..3000.0;
        let shift = || -2000.0_f32..2000.0;
        let picture = (side(), side()).prop_filter("no camera is so narrow", |(w, h)| w / h < 20.0 && h / w < 20.0);
        let look = (0.5_f32..8.0, (shift(), shift()), 0_u8..8, any::<bool>());
        (picture, (screen(), screen()), look).prop_map(|(picture, view, (zoom, shift, quarter_turns, mirrored))| Fit {
            picture,
            view,
            zoom,
            shift,
            quarter_turns,
            mirrored,
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn there_and_back_is_half_a_pixel_at_most(fit in ways_of_looking(), x in any::<u16>(), y in any::<u16>()) {
            let point = Point { x, y };
            let (view_x, view_y) = fit.to_view(point);
            let back = fit.to_picture(view_x, view_y);
            prop_assert!(back.is_some());
            let (again_x, again_y) = fit.to_view(back.unwrap_or_default());
            prop_assert!((again_x - view_x).abs() <= 0.5 && (again_y - view_y).abs() <= 0.5);
        }

        #[test]
        fn a_place_of_the_view_is_found_again(fit in ways_of_looking(), x in 0.0_f32..1.0, y in 0.0_f32..1.0) {
            let (x, y) = (fit.view.0 * x, fit.view.1 * y);
            if let Some(point) = fit.to_picture(x, y) {
                let (again_x, again_y) = fit.to_view(point);
                prop_assert!((again_x - x).abs() <= 0.5 && (again_y - y).abs() <= 0.5, "{} {}", again_x - x, again_y - y);
            }
        }

        #[test]
        fn keys_go_the_way_they_say(fit in ways_of_looking(), right in -1..=1, down in -1..=1) {
            let (from_x, from_y) = fit.to_view(Point::MIDDLE);
            let (x, y) = fit.to_view(fit.step(Point::MIDDLE, right, down));
            let goes = |way: f32, wanted: i32| (way > 0.0) as i32 - (way < 0.0) as i32 == wanted;
            prop_assert!(goes(x - from_x, right) && goes(y - from_y, down));
        }

        #[test]
        fn the_picture_is_never_cropped_and_touches_two_edges(fit in ways_of_looking()) {
            let whole = Fit { zoom: 1.0, shift: (0.0, 0.0), ..fit };
            let (left, top) = whole.to_view(CORNER);
            let (right, bottom) = whole.to_view(Point { x: 65_535, y: 65_535 });
            let (width, height) = ((right - left).abs(), (bottom - top).abs());
            let slack = 0.01 * (1.0 + width.max(height));
            prop_assert!(width <= fit.view.0 + slack && height <= fit.view.1 + slack);
            prop_assert!((width - fit.view.0).abs() < slack || (height - fit.view.1).abs() < slack);
        }

        #[test]
        fn an_arrow_stands_inside_and_only_for_what_is_outside(fit in ways_of_looking(), x in any::<u16>(), y in any::<u16>()) {
            let point = Point { x, y };
            let (at_x, at_y) = fit.to_view(point);
            let outside = at_x < 0.0 || at_y < 0.0 || at_x > fit.view.0 || at_y > fit.view.1;
            let edge = fit.edge(point, 20.0);
            prop_assert_eq!(edge.is_some(), outside);
            if let Some(edge) = edge {
                let inside = |at: f32, side: f32| at >= 19.9 && at <= side - 19.9;
                prop_assert!(inside(edge.x, fit.view.0) && inside(edge.y, fit.view.1));
            }
        }
    }
}
