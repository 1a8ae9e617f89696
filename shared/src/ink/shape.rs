//! What a finished mark is.

use super::point::{Path, Point};
use crate::limit::{self, TextFault};
use serde::{Deserialize, Serialize};

/// A finished mark.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A ring around a place: a tap.
    Dot(Point),
    /// A free or straight line.
    Line(Path),
    /// An arrow.
    Arrow {
        /// Its tail.
        from: Point,
        /// Its head.
        to: Point,
    },
    /// A rectangle between two corners.
    Rect {
        /// One corner.
        a: Point,
        /// The opposite corner.
        b: Point,
    },
    /// The ellipse that touches the sides of the rectangle between two corners.
    Ellipse {
        /// One corner.
        a: Point,
        /// The opposite corner.
        b: Point,
    },
    /// A broad, see-through line.
    Highlight(Path),
    /// A line of text.
    Text {
        /// Where it starts: the middle of its left edge.
        at: Point,
        /// The words.
        text: String,
    },
    /// A numbered marker.
    Number {
        /// Its middle.
        at: Point,
        /// What it says: 1 to [`limit::MARK_NUMBER`].
        number: u16,
    },
    /// A box that hides what is under it; before the picture leaves, it is burnt into the pixels.
    Blur {
        /// One corner.
        a: Point,
        /// The opposite corner.
        b: Point,
    },
}

/// Why a mark was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeFault {
    /// There is nothing to see: no point, no words, no size.
    Empty,
    /// A text is too long or a number too high.
    TooLong,
}

impl Shape {
    /// Whether it may be drawn on live video, where marks fade and the picture moves under them.
    pub const fn is_live(&self) -> bool {
        matches!(self, Self::Dot(_) | Self::Line(_) | Self::Arrow { .. })
    }

    /// The mark as it is stored: words cleaned, corners in order.
    ///
    /// # Errors
    /// [`ShapeFault`] when there would be nothing to see or too much to read.
    pub fn clean(self) -> Result<Self, ShapeFault> {
        match self {
            Self::Line(path) | Self::Highlight(path) if path.is_empty() => Err(ShapeFault::Empty),
            Self::Arrow { from, to } if from == to => Err(ShapeFault::Empty),
            Self::Rect { a, b } => corners(a, b).map(|(a, b)| Self::Rect { a, b }),
            Self::Ellipse { a, b } => corners(a, b).map(|(a, b)| Self::Ellipse { a, b }),
            Self::Blur { a, b } => corners(a, b).map(|(a, b)| Self::Blur { a, b }),
            Self::Number { number: 0, .. } => Err(ShapeFault::Empty),
            Self::Number { number, .. } if number > limit::MARK_NUMBER => Err(ShapeFault::TooLong),
            Self::Text { at, text } => match limit::clean(&text, limit::MARK_TEXT_CHARS) {
                Ok(text) => Ok(Self::Text { at, text }),
                Err(TextFault::Empty) => Err(ShapeFault::Empty),
                Err(TextFault::TooLong) => Err(ShapeFault::TooLong),
            },
            whole @ (Self::Dot(_) | Self::Line(_) | Self::Highlight(_) | Self::Arrow { .. } | Self::Number { .. }) => {
                Ok(whole)
            }
        }
    }

    /// Where its name tag stands: where its drawing began.
    pub fn start(&self) -> Point {
        match self {
            Self::Dot(at) | Self::Text { at, .. } | Self::Number { at, .. } => *at,
            Self::Line(path) | Self::Highlight(path) => path.points().first().copied().unwrap_or_default(),
            Self::Arrow { from, .. } => *from,
            Self::Rect { a, .. } | Self::Ellipse { a, .. } | Self::Blur { a, .. } => *a,
        }
    }
}

/// The upper left and the lower right corner. A box without width or height hides and shows nothing.
fn corners(a: Point, b: Point) -> Result<(Point, Point), ShapeFault> {
    if a.x == b.x || a.y == b.y {
        return Err(ShapeFault::Empty);
    }
    let corner = |x, y| Point { x, y };
    Ok((corner(a.x.min(b.x), a.y.min(b.y)), corner(a.x.max(b.x), a.y.max(b.y))))
}

/// The tools whose marks can be watched while they are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StrokeTool {
    /// Draws a free line.
    Line,
    /// Draws an arrow from where it starts to where it ends.
    Arrow,
    /// Draws a rectangle.
    Rect,
    /// Draws an ellipse.
    Ellipse,
    /// Draws a broad, see-through line.
    Highlight,
    /// Hides a box.
    Blur,
}

impl StrokeTool {
    /// Whether every point of the way counts, not only the first and the last.
    pub const fn is_free(self) -> bool {
        matches!(self, Self::Line | Self::Highlight)
    }

    /// What has been drawn so far: nothing without a point.
    pub fn shape(self, path: &Path) -> Option<Shape> {
        let (&a, &b) = path.points().first().zip(path.points().last())?;
        Some(match self {
            Self::Line => Shape::Line(path.clone()),
            Self::Highlight => Shape::Highlight(path.clone()),
            Self::Arrow => Shape::Arrow { from: a, to: b },
            Self::Rect => Shape::Rect { a, b },
            Self::Ellipse => Shape::Ellipse { a, b },
            Self::Blur => Shape::Blur { a, b },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Path, Point, Shape, ShapeFault, StrokeTool};
    use crate::limit;

    const A: Point = Point { x: 10, y: 90 };
    const B: Point = Point { x: 70, y: 20 };

    fn text(words: &str) -> Shape {
        let text = words.to_owned();
        Shape::Text { at: A, text }
    }

    fn line(points: &[Point]) -> Path {
        Path::new(points.to_vec()).expect("is short")
    }

    #[test]
    fn marks_without_anything_to_see_are_refused() {
        let number = |number| Shape::Number { at: A, number };
        let empty = [
            Shape::Line(Path::default()),
            Shape::Highlight(Path::default()),
            Shape::Arrow { from: A, to: A },
            Shape::Rect {
                a: A,
                b: Point { x: A.x, y: 0 },
            },
            Shape::Ellipse { a: A, b: A },
            Shape::Blur {
                a: A,
                b: Point { x: 0, y: A.y },
            },
            text(" \u{7}\n"),
            number(0),
        ];
        for shape in empty {
            assert_eq!(shape.clone().clean(), Err(ShapeFault::Empty), "{shape:?}");
        }
        let long = "é".repeat(limit::MARK_TEXT_CHARS);
        assert_eq!(text(&long).clean(), Ok(text(&long)));
        assert_eq!(text(&(long + "é")).clean(), Err(ShapeFault::TooLong));
        assert_eq!(number(999).clean(), Ok(number(999)));
        assert_eq!(number(1000).clean(), Err(ShapeFault::TooLong));
    }

    #[test]
    fn corners_come_in_order_and_words_are_cleaned() {
        let (a, b) = (Point { x: 10, y: 20 }, Point { x: 70, y: 90 });
        assert_eq!(Shape::Rect { a: A, b: B }.clean(), Ok(Shape::Rect { a, b }));
        assert_eq!(Shape::Ellipse { a: B, b: A }.clean(), Ok(Shape::Ellipse { a, b }));
        assert_eq!(Shape::Blur { a: b, b: a }.clean(), Ok(Shape::Blur { a, b }));
        assert_eq!(text(" the\tred  switch ").clean(), Ok(text("the red switch")));
    }

    #[test]
    fn whole_marks_stay_as_they_are() {
        let arrow = Shape::Arrow { from: B, to: A };
        for shape in [
            Shape::Dot(A),
            Shape::Line(line(&[A])),
            Shape::Highlight(line(&[A, B])),
            arrow,
        ] {
            assert_eq!(shape.clone().clean(), Ok(shape));
        }
    }

    #[test]
    fn only_what_fades_well_is_drawn_on_live_video() {
        let live = [Shape::Dot(A), Shape::Line(line(&[A])), Shape::Arrow { from: A, to: B }];
        let still = [
            Shape::Rect { a: A, b: B },
            Shape::Ellipse { a: A, b: B },
            Shape::Highlight(line(&[A])),
            text("x"),
            Shape::Number { at: A, number: 1 },
            Shape::Blur { a: A, b: B },
        ];
        assert!(live.iter().all(Shape::is_live));
        assert!(!still.iter().any(Shape::is_live));
    }

    #[test]
    fn a_stroke_is_what_its_tool_makes_of_its_path() {
        let middle = Point { x: 11, y: 12 };
        let path = line(&[A, middle, B]);
        let shapes = [
            (StrokeTool::Line, Shape::Line(path.clone())),
            (StrokeTool::Highlight, Shape::Highlight(path.clone())),
            (StrokeTool::Arrow, Shape::Arrow { from: A, to: B }),
            (StrokeTool::Rect, Shape::Rect { a: A, b: B }),
            (StrokeTool::Ellipse, Shape::Ellipse { a: A, b: B }),
            (StrokeTool::Blur, Shape::Blur { a: A, b: B }),
        ];
        for (tool, shape) in shapes {
            assert_eq!(tool.shape(&Path::default()), None);
            assert_eq!(tool.shape(&path).as_ref(), Some(&shape));
            assert_eq!(shape.start(), A);
        }
    }
}
