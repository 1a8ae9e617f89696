//! Places in a picture.

use crate::limit;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A place in a picture: 0..=65535 across its width and down its height as it was sent, whatever anybody's view turns,
/// mirrors or enlarges. In JSON `[x, y]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(u16, u16)", into = "(u16, u16)")]
pub struct Point {
    /// 0 is the left edge, 65535 the right one.
    pub x: u16,
    /// 0 is the upper edge, 65535 the lower one.
    pub y: u16,
}

impl Point {
    /// The middle of the picture.
    pub const MIDDLE: Self = Self { x: 0x8000, y: 0x8000 };

    /// The place at these shares of the picture's width and height, moved to the nearest edge when outside.
    pub fn at(x: f32, y: f32) -> Self {
        // A float outside the range, or NaN, becomes the nearest value, or 0: that is what `as` does.
        let scale = |share: f32| (share * f32::from(u16::MAX)).round() as u16;
        Self {
            x: scale(x),
            y: scale(y),
        }
    }

    /// Its shares of the picture's width and height, 0 to 1.
    pub fn shares(self) -> (f32, f32) {
        let scale = |place| f32::from(place) / f32::from(u16::MAX);
        (scale(self.x), scale(self.y))
    }
}

impl From<(u16, u16)> for Point {
    fn from((x, y): (u16, u16)) -> Self {
        Self { x, y }
    }
}

impl From<Point> for (u16, u16) {
    fn from(point: Point) -> Self {
        (point.x, point.y)
    }
}

/// A drawn path of at most [`limit::PATH_POINTS`] points. In JSON one flat list `[x0, y0, x1, y1, …]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path(Vec<Point>);

impl Path {
    /// The path through these points; nothing when they are too many.
    pub fn new(points: Vec<Point>) -> Option<Self> {
        (points.len() <= limit::PATH_POINTS).then_some(Self(points))
    }

    /// Its points in the order of drawing.
    pub fn points(&self) -> &[Point] {
        &self.0
    }

    /// Whether there is no point.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether no further point fits.
    pub const fn is_full(&self) -> bool {
        self.0.len() >= limit::PATH_POINTS
    }

    /// Adds a point at the end; a full path stays as it is.
    pub fn push(&mut self, point: Point) {
        if !self.is_full() {
            self.0.push(point);
        }
    }

    /// Forgets the points from index `from` on and puts `points` there, as far as they fit. With a gap before `from`
    /// nothing changes.
    pub fn splice(&mut self, from: usize, points: &[Point]) {
        if from > self.0.len() {
            return;
        }
        self.0.truncate(from);
        let room = limit::PATH_POINTS - self.0.len();
        self.0.extend(points.iter().take(room));
    }
}

impl From<&[Point]> for Path {
    /// As many of the points as fit.
    fn from(points: &[Point]) -> Self {
        Self(points[..points.len().min(limit::PATH_POINTS)].to_vec())
    }
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().flat_map(|point| [point.x, point.y]))
    }
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let numbers = Vec::<u16>::deserialize(deserializer)?;
        let (pairs, rest) = numbers.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(D::Error::custom("a path with half a point"));
        }
        let points = pairs.iter().map(|&[x, y]| Point { x, y }).collect();
        Self::new(points).ok_or_else(|| D::Error::custom("a path with too many points"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Path, Point};
    use crate::limit;

    fn path(numbers: &[u16]) -> Path {
        Path::new(numbers.chunks(2).map(|pair| Point::from((pair[0], pair[1]))).collect()).expect("is short")
    }

    #[test]
    fn a_place_is_two_numbers_and_a_path_one_flat_list() -> Result<(), serde_json::Error> {
        assert_eq!(serde_json::to_string(&Point { x: 1, y: 65_535 })?, "[1,65535]");
        assert_eq!(serde_json::from_str::<Point>("[65535,0]")?, Point { x: 65_535, y: 0 });
        assert_eq!(serde_json::to_string(&path(&[1, 2, 3, 4]))?, "[1,2,3,4]");
        assert_eq!(serde_json::from_str::<Path>("[1,2,3,4]")?, path(&[1, 2, 3, 4]));
        assert_eq!(serde_json::from_str::<Path>("[]")?, Path::default());
        Ok(())
    }

    #[test]
    fn half_points_places_outside_and_endless_paths_do_not_decode() {
        for json in ["[1]", "[1,2,3]", "[1,65536]", "[-1,2]", "[0.5,0.5]", "[[1,2]]", "{}"] {
            assert!(serde_json::from_str::<Path>(json).is_err(), "{json}");
        }
        assert!(serde_json::from_str::<Point>("[1]").is_err());
        assert!(serde_json::from_str::<Point>("[1,2,3]").is_err());
        let longest = vec![7_u16; limit::PATH_POINTS * 2];
        let too_long = vec![7_u16; limit::PATH_POINTS * 2 + 2];
        let decodes =
            |numbers: &[u16]| serde_json::from_str::<Path>(&serde_json::to_string(numbers).expect("encodes")).is_ok();
        assert!(decodes(&longest));
        assert!(!decodes(&too_long));
    }

    #[test]
    fn the_longest_path_fits_a_frame() {
        let longest = Path::new(vec![Point { x: 65_535, y: 65_535 }; limit::PATH_POINTS]).expect("fits");
        assert!(serde_json::to_string(&longest).expect("encodes").len() < limit::FRAME_BYTES / 2);
    }

    #[test]
    fn shares_go_to_places_and_back_and_stay_inside() {
        assert_eq!(Point::at(0.0, 1.0), Point { x: 0, y: 65_535 });
        assert_eq!(Point::at(-3.0, 7.0), Point { x: 0, y: 65_535 });
        assert_eq!(Point::at(f32::NAN, 0.5), Point { x: 0, y: 32_768 });
        for place in [0, 1, 777, 32_768, 65_534, 65_535] {
            let point = Point { x: place, y: place };
            let (x, y) = point.shares();
            assert_eq!(Point::at(x, y), point);
        }
    }

    #[test]
    fn a_piece_said_twice_or_late_changes_nothing_it_should_not() {
        let mut stroke = path(&[1, 1, 2, 2]);
        let piece = path(&[3, 3, 4, 4]);
        stroke.splice(2, piece.points());
        assert_eq!(stroke, path(&[1, 1, 2, 2, 3, 3, 4, 4]));
        stroke.splice(2, piece.points());
        assert_eq!(stroke, path(&[1, 1, 2, 2, 3, 3, 4, 4]), "twice is as once");
        stroke.splice(5, piece.points());
        assert_eq!(stroke, path(&[1, 1, 2, 2, 3, 3, 4, 4]), "a gap is left alone");
        stroke.splice(0, piece.points());
        assert_eq!(stroke, piece, "tools between two points say everything anew");
    }

    #[test]
    fn a_path_never_grows_over_its_limit() {
        let mut stroke = Path::new(vec![Point::MIDDLE; limit::PATH_POINTS - 1]).expect("fits");
        stroke.push(Point::MIDDLE);
        stroke.push(Point::MIDDLE);
        stroke.splice(limit::PATH_POINTS - 1, &[Point::MIDDLE; 5]);
        assert_eq!(stroke.points().len(), limit::PATH_POINTS);
        assert_eq!(Path::new(vec![Point::MIDDLE; limit::PATH_POINTS + 1]), None);
    }
}
