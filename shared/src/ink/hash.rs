//! A number that says whether two scenes are the same: the same on every machine and in every version.

use super::point::Point;
use super::shape::Shape;
use crate::id::{MarkId, PersonId};

/// FNV-1a, 64 bits (Fowler, Noll, Vo): short, and not against anybody's will, only to compare.
struct Fnv(u64);

impl Fnv {
    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// Everything of changing length says its length first, so that neighbours cannot blur.
    fn length(&mut self, length: usize) {
        self.bytes(&(length as u64).to_le_bytes());
    }

    fn points(&mut self, points: &[Point]) {
        self.length(points.len());
        for point in points {
            self.bytes(&point.x.to_le_bytes());
            self.bytes(&point.y.to_le_bytes());
        }
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Dot(at) => self.kind(0, &[*at]),
            Shape::Line(path) => self.kind(1, path.points()),
            Shape::Arrow { from, to } => self.kind(2, &[*from, *to]),
            Shape::Rect { a, b } => self.kind(3, &[*a, *b]),
            Shape::Ellipse { a, b } => self.kind(4, &[*a, *b]),
            Shape::Highlight(path) => self.kind(5, path.points()),
            Shape::Text { at, text } => {
                self.kind(6, &[*at]);
                self.length(text.len());
                self.bytes(text.as_bytes());
            }
            Shape::Number { at, number } => {
                self.kind(7, &[*at]);
                self.bytes(&number.to_le_bytes());
            }
            Shape::Blur { a, b } => self.kind(8, &[*a, *b]),
        }
    }

    fn kind(&mut self, kind: u8, points: &[Point]) {
        self.bytes(&[kind]);
        self.points(points);
    }
}

/// The hash of marks in the order in which they are painted.
pub fn hash<'a>(marks: impl IntoIterator<Item = (MarkId, PersonId, &'a Shape)>) -> u64 {
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    for (mark, by, shape) in marks {
        hash.bytes(mark.uuid().as_bytes());
        hash.bytes(by.uuid().as_bytes());
        hash.shape(shape);
    }
    hash.0
}

#[cfg(test)]
mod tests {
    use super::super::{Path, Point, Shape};
    use super::hash;
    use crate::id::{MarkId, PersonId};

    const A: Point = Point { x: 1, y: 2 };
    const B: Point = Point { x: 3, y: 4 };

    fn line(points: &[Point]) -> Path {
        Path::new(points.to_vec()).expect("is short")
    }

    fn of(shapes: &[Shape]) -> u64 {
        let ids = (1..).map(MarkId::from_u128);
        hash(
            ids.zip(shapes)
                .map(|(mark, shape)| (mark, PersonId::from_u128(9), shape)),
        )
    }

    fn shapes() -> Vec<Shape> {
        let text = |text: &str| Shape::Text {
            at: A,
            text: text.to_owned(),
        };
        vec![
            Shape::Dot(A),
            Shape::Line(line(&[A])),
            Shape::Line(line(&[A, B])),
            Shape::Arrow { from: A, to: B },
            Shape::Arrow { from: B, to: A },
            Shape::Rect { a: A, b: B },
            Shape::Ellipse { a: A, b: B },
            Shape::Highlight(line(&[A, B])),
            text("a"),
            text("b"),
            Shape::Number { at: A, number: 1 },
            Shape::Number { at: A, number: 2 },
            Shape::Blur { a: A, b: B },
        ]
    }

    #[test]
    fn every_difference_shows() {
        let shapes = shapes();
        let mut hashes: Vec<u64> = shapes.iter().map(|shape| of(core::slice::from_ref(shape))).collect();
        hashes.push(of(&[]));
        hashes.push(of(&shapes));
        hashes.push(of(&shapes.iter().rev().cloned().collect::<Vec<_>>()));
        let shape = &shapes[0];
        hashes.push(hash([(MarkId::from_u128(2), PersonId::from_u128(9), shape)]));
        hashes.push(hash([(MarkId::from_u128(1), PersonId::from_u128(8), shape)]));
        let all = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), all);
    }

    /// Computed once: a scene written down by one version must be recognised by the next, and by 32-bit pages.
    #[test]
    fn it_is_the_same_everywhere_and_for_ever() {
        assert_eq!(of(&[]), 0xcbf2_9ce4_8422_2325);
        assert_eq!(of(&shapes()), 0x1e07c449dade75f5);
    }
}
