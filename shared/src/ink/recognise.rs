//! Smart shapes: what a roughly drawn stroke was meant to be.
//!
//! Everything is measured relative to the stroke's own size, so neither zoom nor the picture's resolution matters. A
//! stroke that is like nothing stays as it was drawn; a wrong guess costs a person more than none.

use super::point::{Path, Point};
use super::shape::Shape;

/// A stroke whose ends are nearer than this share of its length comes back to where it began.
const CLOSED: f32 = 0.15;
/// Mean distance from the ideal outline, as a share of half the shape's size. A circle is 0.10 away from its box, and a box
/// 0.15 from its ellipse, so this tells one from the other.
const OUTLINE: f32 = 0.09;
/// A box or ellipse narrower than this share of its length is rather a line drawn to and fro.
const NARROW: f32 = 0.12;
/// How much longer or shorter than the ideal outline a stroke may be: a scribble is far longer.
const LENGTH: core::ops::RangeInclusive<f32> = 0.75..=1.3;
/// How far a straight line may bend, as a share of its length.
const BEND: f32 = 0.06;
/// How far an arrow's head may reach back and must reach aside, as shares of its shaft.
const HEAD_BACK: f32 = 0.6;
const HEAD_ASIDE: f32 = 0.07;

type Spot = (f32, f32);

/// The shape that a free line was meant to be: an ellipse, a rectangle, an arrow, or a straight line. `aspect` is the
/// picture's width by its height.
pub fn recognise(path: &Path, aspect: f32) -> Option<Shape> {
    let spots: Vec<Spot> = path.points().iter().map(|point| spot(*point, aspect)).collect();
    let (&first, &last) = spots.first().zip(spots.last())?;
    let length = length(&spots);
    if length <= 0.0 {
        return None;
    }
    if distance(first, last) < CLOSED * length {
        return outline(&spots, length, aspect);
    }
    let points = path.points();
    if is_straight(&spots) {
        return Some(Shape::Line(Path::from(
            [points[0], points[points.len() - 1]].as_slice(),
        )));
    }
    arrow(&spots).map(|tip| Shape::Arrow {
        from: points[0],
        to: points[tip],
    })
}

fn spot(point: Point, aspect: f32) -> Spot {
    (f32::from(point.x) * aspect, f32::from(point.y))
}

fn distance(a: Spot, b: Spot) -> f32 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

fn length(spots: &[Spot]) -> f32 {
    spots.windows(2).map(|pair| distance(pair[0], pair[1])).sum()
}

/// How far `spot` is to the left or right of the line through `a` and `b`.
fn aside(spot: Spot, a: Spot, b: Spot) -> f32 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    ((spot.0 - a.0) * dy - (spot.1 - a.1) * dx) / dx.hypot(dy).max(f32::MIN_POSITIVE)
}

fn is_straight(spots: &[Spot]) -> bool {
    let (Some(&a), Some(&b)) = (spots.first(), spots.last()) else {
        return false;
    };
    let chord = distance(a, b);
    let bends = spots.iter().map(|spot| aside(*spot, a, b).abs()).fold(0.0, f32::max);
    bends <= BEND * chord && length(spots) <= 1.15 * chord
}

/// The mean of `error` along the stroke: every piece counts by its length, since a slow hand leaves more points.
fn mean(spots: &[Spot], length: f32, error: impl Fn(Spot) -> f32) -> f32 {
    let pieces = spots.windows(2).map(|pair| {
        let middle = ((pair[0].0 + pair[1].0) / 2.0, (pair[0].1 + pair[1].1) / 2.0);
        // A long straight piece is judged at three places, for its middle says little about its ends.
        let error = (error(pair[0]) + error(middle) + error(pair[1])) / 3.0;
        error * distance(pair[0], pair[1])
    });
    pieces.sum::<f32>() / length
}

/// A closed stroke: an ellipse or a rectangle, whichever it is nearer to.
fn outline(spots: &[Spot], length: f32, aspect: f32) -> Option<Shape> {
    let least = |side: fn(&Spot) -> f32| spots.iter().map(side).fold(f32::INFINITY, f32::min);
    let most = |side: fn(&Spot) -> f32| spots.iter().map(side).fold(f32::NEG_INFINITY, f32::max);
    let (left, right) = (least(|spot| spot.0), most(|spot| spot.0));
    let (top, bottom) = (least(|spot| spot.1), most(|spot| spot.1));
    let (half_width, half_height) = ((right - left) / 2.0, (bottom - top) / 2.0);
    if half_width.min(half_height) < NARROW * half_width.max(half_height) {
        return None;
    }
    let (middle_x, middle_y) = (left + half_width, top + half_height);
    let unit = |spot: Spot| ((spot.0 - middle_x) / half_width, (spot.1 - middle_y) / half_height);
    let from_ellipse = mean(spots, length, |spot| {
        let (x, y) = unit(spot);
        (x.hypot(y) - 1.0).abs()
    });
    let from_box = mean(spots, length, |spot| {
        let (x, y) = unit(spot);
        1.0 - x.abs().max(y.abs())
    });
    // Ramanujan's second approximation of an ellipse's circumference.
    let h = ((half_width - half_height) / (half_width + half_height)).powi(2);
    let around = core::f32::consts::PI * (half_width + half_height) * (1.0 + 3.0 * h / (10.0 + (4.0 - 3.0 * h).sqrt()));
    let around_box = 4.0 * (half_width + half_height);
    let corner = |x: f32, y: f32| Point {
        x: (x / aspect).round() as u16,
        y: y.round() as u16,
    };
    let (a, b) = (corner(left, top), corner(right, bottom));
    if from_ellipse <= from_box {
        (from_ellipse < OUTLINE && LENGTH.contains(&(length / around))).then_some(Shape::Ellipse { a, b })
    } else {
        (from_box < OUTLINE && LENGTH.contains(&(length / around_box))).then_some(Shape::Rect { a, b })
    }
}

/// A shaft and then, without lifting, a head: the index of its tip.
fn arrow(spots: &[Spot]) -> Option<usize> {
    let first = *spots.first()?;
    let distances: Vec<f32> = spots.iter().map(|spot| distance(first, *spot)).collect();
    let shaft = distances.iter().copied().fold(0.0, f32::max);
    // The first turn-round near the far end: drawing the head may come back to the tip.
    let turns = |pair: &[f32]| pair[1] < pair[0] && pair[0] > 0.9 * shaft;
    let tip = distances.windows(2).position(turns)?;
    let (way, head) = (&spots[..=tip], &spots[tip..]);
    if !is_straight(way) || head.len() < 2 {
        return None;
    }
    let at = spots[tip];
    let back = head.iter().map(|spot| distance(*spot, at)).fold(0.0, f32::max);
    let asides = head.iter().map(|spot| aside(*spot, first, at));
    let spread = asides.map(f32::abs).fold(0.0, f32::max);
    // A head is a hook or a zigzag between its two barbs, not a second shaft.
    let fits = back <= HEAD_BACK * shaft && spread >= HEAD_ASIDE * shaft && length(head) <= 2.0 * shaft;
    fits.then_some(tip)
}

#[cfg(test)]
mod tests {
    use super::recognise;
    use crate::ink::{Path, Point, Shape};
    use core::f32::consts::TAU;
    use proptest::prelude::*;

    /// A path through places given as shares of the picture.
    fn path(spots: &[(f32, f32)]) -> Path {
        let points: Vec<Point> = spots.iter().map(|&(x, y)| Point::at(x, y)).collect();
        Path::from(points.as_slice())
    }

    /// Many points along straight pieces, as a hand leaves them.
    fn along(corners: &[(f32, f32)]) -> Vec<(f32, f32)> {
        let piece = |pair: &[(f32, f32)]| {
            let (from, to) = (pair[0], pair[1]);
            (0..20).map(move |step| {
                let share = step as f32 / 20.0;
                (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
            })
        };
        let mut spots: Vec<_> = corners.windows(2).flat_map(piece).collect();
        spots.extend(corners.last());
        spots
    }

    /// A circle or part of one around the middle; `turns` 1 is the whole.
    fn round(turns: f32, radius: impl Fn(f32) -> f32) -> Vec<(f32, f32)> {
        let spot = |step: i32| {
            let angle = TAU * turns * step as f32 / 60.0;
            let radius = radius(angle);
            (0.5 + radius * angle.cos(), 0.5 + radius * angle.sin())
        };
        (0..=60).map(spot).collect()
    }

    /// What is recognised, as a word.
    fn kind(spots: &[(f32, f32)]) -> &'static str {
        match recognise(&path(spots), 1.0) {
            None => "nothing",
            Some(Shape::Ellipse { .. }) => "ellipse",
            Some(Shape::Rect { .. }) => "rect",
            Some(Shape::Arrow { .. }) => "arrow",
            Some(Shape::Line(line)) if line.points().len() == 2 => "straight",
            Some(_) => "something else",
        }
    }

    #[test]
    fn rough_shapes_are_what_they_were_meant_to_be() {
        let uneven = |angle: f32| 0.3 + 0.02 * (angle * 3.0).sin();
        let table = [
            (round(1.0, |_| 0.3), "ellipse", "a circle"),
            (
                round(1.05, uneven),
                "ellipse",
                "a rough circle that runs over its start",
            ),
            (round(0.93, uneven), "ellipse", "a circle that is not quite closed"),
            (
                along(&[(0.2, 0.3), (0.8, 0.31), (0.79, 0.7), (0.21, 0.69), (0.2, 0.3)]),
                "rect",
                "a rough box",
            ),
            (
                along(&[(0.5, 0.3), (0.8, 0.3), (0.8, 0.7), (0.2, 0.7), (0.2, 0.3), (0.5, 0.31)]),
                "rect",
                "a box begun in the middle of a side",
            ),
            (
                along(&[(0.1, 0.1), (0.5, 0.52), (0.9, 0.9)]),
                "straight",
                "a slightly bent line",
            ),
            (
                along(&[(0.1, 0.5), (0.8, 0.5), (0.7, 0.4)]),
                "arrow",
                "an arrow with half a head",
            ),
            (
                along(&[(0.1, 0.5), (0.8, 0.5), (0.68, 0.4), (0.8, 0.5), (0.68, 0.6)]),
                "arrow",
                "an arrow with a head drawn to and fro",
            ),
            (
                along(&[(0.1, 0.5), (0.8, 0.5), (0.65, 0.4), (0.66, 0.6), (0.8, 0.5)]),
                "arrow",
                "an arrow with a closed head",
            ),
        ];
        for (spots, wanted, what) in table {
            assert_eq!(kind(&spots), wanted, "{what}");
        }
    }

    #[test]
    fn what_is_like_nothing_stays_as_it_is() {
        let zigzag: Vec<_> = (0..12)
            .map(|step| (0.1 + 0.06 * step as f32, [0.3, 0.7][step % 2]))
            .collect();
        let table = [
            (vec![], "no point"),
            (vec![(0.5, 0.5)], "one point"),
            (vec![(0.5, 0.5), (0.5, 0.5)], "no way"),
            (along(&[(0.5, 0.2), (0.8, 0.8), (0.2, 0.8), (0.5, 0.2)]), "a triangle"),
            (
                along(&[(0.5, 0.2), (0.8, 0.5), (0.5, 0.8), (0.2, 0.5), (0.5, 0.2)]),
                "a diamond",
            ),
            (along(&[(0.2, 0.2), (0.5, 0.8), (0.8, 0.2)]), "a tick"),
            (round(3.0, |angle| 0.05 + 0.015 * angle), "a spiral"),
            (round(4.0, |_| 0.3), "a circle four times"),
            (round(0.5, |_| 0.3), "half a circle"),
            (along(&[(0.1, 0.5), (0.9, 0.5), (0.1, 0.51)]), "a line to and fro"),
            (along(&zigzag), "a zigzag"),
            (along(&[(0.1, 0.5), (0.6, 0.5), (0.55, 0.05)]), "a corner"),
        ];
        for (spots, what) in table {
            assert_eq!(kind(&spots), "nothing", "{what}");
        }
    }

    /// On a wide picture a circle is narrow in places, and a narrow ellipse is none.
    #[test]
    fn the_pictures_aspect_counts() {
        let wide: Vec<_> = round(1.0, |_| 0.3)
            .iter()
            .map(|&(x, y)| (0.5 + (x - 0.5) / 16.0, y))
            .collect();
        assert_eq!(recognise(&path(&wide), 1.0), None, "a thin loop on a square picture");
        let on_wide = recognise(&path(&wide), 16.0);
        assert!(matches!(on_wide, Some(Shape::Ellipse { .. })), "a circle on a panorama");
    }

    #[test]
    fn the_shape_lies_where_it_was_drawn() {
        let Some(Shape::Ellipse { a, b }) = recognise(&path(&round(1.0, |_| 0.25)), 1.5) else {
            panic!("is an ellipse");
        };
        let (wanted_a, wanted_b) = (Point::at(0.25, 0.25), Point::at(0.75, 0.75));
        let near = |a: u16, b: u16| a.abs_diff(b) <= 100;
        assert!(near(a.x, wanted_a.x) && near(a.y, wanted_a.y), "{a:?}");
        assert!(near(b.x, wanted_b.x) && near(b.y, wanted_b.y), "{b:?}");
        let arrow = along(&[(0.1, 0.5), (0.8, 0.5), (0.7, 0.4)]);
        let (from, to) = (Point::at(0.1, 0.5), Point::at(0.8, 0.5));
        assert_eq!(recognise(&path(&arrow), 1.5), Some(Shape::Arrow { from, to }));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// A trembling hand, another size, another start, the other way round, another picture.
        #[test]
        fn trembling_circles_are_ellipses(
            tremble in proptest::collection::vec(-0.04_f32..0.04, 61),
            radius in 0.05_f32..0.45,
            start in 0.0_f32..TAU,
            backwards in any::<bool>(),
            aspect in 0.6_f32..1.8,
        ) {
            let spot = |step: usize| {
                let angle = start + TAU * step as f32 / 60.0 * if backwards { -1.0 } else { 1.0 };
                let radius = radius * (1.0 + tremble[step]);
                (0.5 + radius * angle.cos() / aspect.max(1.0), 0.5 + radius * angle.sin() * aspect.min(1.0))
            };
            let spots: Vec<_> = (0..=60).map(spot).collect();
            let found = recognise(&path(&spots), aspect);
            prop_assert!(matches!(found, Some(Shape::Ellipse { .. })), "{:?}", found);
        }

        #[test]
        fn nothing_breaks_it(points in proptest::collection::vec(any::<(u16, u16)>(), 0..80), aspect in 0.05_f32..20.0) {
            let points: Vec<Point> = points.into_iter().map(Point::from).collect();
            if let Some(shape) = recognise(&Path::from(points.as_slice()), aspect) {
                let is_smart = matches!(shape, Shape::Line(_) | Shape::Arrow { .. } | Shape::Rect { .. } | Shape::Ellipse { .. });
                prop_assert!(is_smart);
            }
        }
    }
}
