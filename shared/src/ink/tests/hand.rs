use super::super::{Drawn, Hand, Ink, LiveScene, Path, Point, Shape, StrokeTool, Surface, Tool};
use super::{ANA, BO, START, at, spot};
use crate::id::{FileId, MarkId};
use crate::limit;
use proptest::prelude::*;

const LIVE: Surface = Surface::Live(BO);
const STILL: Surface = Surface::Still(FileId::from_u128(3));
const MARK: MarkId = MarkId::from_u128(7);
/// 100 places a pixel, so the places of these tests are pixels with two zeros.
const PIXEL: (f32, f32) = (100.0, 100.0);
const HERE: Point = spot(10_000, 10_000);
const THERE: Point = spot(20_000, 15_000);

const fn hand(on: Surface, tool: Tool) -> Hand {
    Hand::new(on, tool, PIXEL)
}

const fn stroke(tool: StrokeTool) -> Tool {
    Tool::Stroke(tool)
}

fn path(points: &[Point]) -> Path {
    Path::from(points)
}

fn mark(shape: Shape) -> Option<Drawn> {
    let rough = None;
    Some(Drawn::Mark {
        mark: MARK,
        shape,
        rough,
    })
}

fn told(on: Surface, tool: StrokeTool, from: u16, points: &[Point]) -> Ink {
    Ink::Stroke {
        on,
        mark: MARK,
        tool,
        from,
        points: path(points),
    }
}

/// Down, one movement, up.
fn drag(hand: &mut Hand, from: Point, to: Point) -> Option<Drawn> {
    hand.down(from, MARK);
    hand.moved(&[to], START);
    hand.up(START)
}

fn tap(hand: &mut Hand, at: Point) -> Option<Drawn> {
    hand.down(at, MARK);
    hand.up(START)
}

#[test]
fn each_tool_draws_its_shape() {
    let table = [
        (StrokeTool::Line, Shape::Line(path(&[HERE, THERE]))),
        (StrokeTool::Highlight, Shape::Highlight(path(&[HERE, THERE]))),
        (StrokeTool::Arrow, Shape::Arrow { from: HERE, to: THERE }),
        (StrokeTool::Rect, Shape::Rect { a: HERE, b: THERE }),
        (StrokeTool::Ellipse, Shape::Ellipse { a: HERE, b: THERE }),
        (StrokeTool::Blur, Shape::Blur { a: HERE, b: THERE }),
    ];
    for (tool, shape) in table {
        let mut hand = hand(LIVE, stroke(tool));
        assert_eq!(drag(&mut hand, HERE, THERE), mark(shape), "{tool:?}");
        assert!(!hand.is_down());
    }
}

#[test]
fn a_tap_leaves_a_dot_or_chooses_a_place() {
    let dot = || mark(Shape::Dot(HERE));
    let place = || Some(Drawn::Place { mark: MARK, at: HERE });
    let table = [
        (LIVE, Tool::Pointer, dot()),
        (LIVE, stroke(StrokeTool::Line), dot()),
        (LIVE, stroke(StrokeTool::Arrow), dot()),
        (STILL, Tool::Pointer, dot()),
        (STILL, stroke(StrokeTool::Line), dot()),
        (
            STILL,
            stroke(StrokeTool::Highlight),
            mark(Shape::Highlight(path(&[HERE]))),
        ),
        (STILL, Tool::Text, place()),
        (STILL, Tool::Number, place()),
    ];
    for (on, tool, wanted) in table {
        assert_eq!(tap(&mut hand(on, tool), HERE), wanted, "{on:?} {tool:?}");
    }
}

#[test]
fn a_trembling_tap_is_a_tap() {
    let mut hand = hand(LIVE, stroke(StrokeTool::Line));
    hand.down(HERE, MARK);
    assert_eq!(hand.moved(&[spot(10_500, 10_000)], START), None, "five pixels");
    assert_eq!(hand.up(START), mark(Shape::Dot(HERE)));
}

/// The way without dragging (WCAG 2.5.7).
#[test]
fn on_a_still_two_taps_make_a_box_or_an_arrow() {
    let mut hand = hand(STILL, stroke(StrokeTool::Arrow));
    let first = tap(&mut hand, HERE);
    assert_eq!(
        first,
        Some(Drawn::Tell(told(STILL, StrokeTool::Arrow, 0, &[HERE, HERE])))
    );
    assert_eq!(hand.next_repeat(), Some(at(1_000)), "the first corner stays in sight");
    hand.down(THERE, MarkId::from_u128(99));
    assert_eq!(hand.up(START), mark(Shape::Arrow { from: HERE, to: THERE }));
    // Or the second is dragged to its place.
    tap(&mut hand, HERE);
    let shape = Shape::Arrow {
        from: HERE,
        to: spot(30_000, 0),
    };
    hand.down(THERE, MarkId::from_u128(99));
    hand.moved(&[spot(30_000, 0)], START);
    assert_eq!(hand.up(START), mark(shape));
    // Or it is the same place: nothing to see.
    tap(&mut hand, HERE);
    assert_eq!(tap(&mut hand, HERE), Some(Drawn::Tell(Ink::Cancel { mark: MARK })));
    // Or it is given up.
    tap(&mut hand, HERE);
    assert_eq!(hand.cancel(), Some(Ink::Cancel { mark: MARK }));
    assert_eq!(hand.next_repeat(), None);
}

#[test]
fn a_box_without_width_is_none() {
    let mut hand = hand(STILL, stroke(StrokeTool::Rect));
    let below = spot(HERE.x, 30_000);
    assert_eq!(
        drag(&mut hand, HERE, below),
        Some(Drawn::Tell(Ink::Cancel { mark: MARK }))
    );
}

#[test]
fn each_piece_of_a_line_repeats_the_one_before() {
    let mut hand = hand(LIVE, stroke(StrokeTool::Line));
    let x = |x: u16| spot(x * 1_000, 0);
    hand.down(x(0), MARK);
    let piece = |from, points: &[Point]| Some(told(LIVE, StrokeTool::Line, from, points));
    assert_eq!(hand.moved(&[x(1), x(2)], START), piece(0, &[x(0), x(1), x(2)]));
    assert_eq!(hand.moved(&[x(3)], START), piece(0, &[x(0), x(1), x(2), x(3)]));
    assert_eq!(hand.moved(&[x(4), x(5)], START), piece(3, &[x(3), x(4), x(5)]));
    assert_eq!(hand.moved(&[], START), None);
}

#[test]
fn points_on_the_same_spot_are_one() {
    let mut hand = hand(LIVE, stroke(StrokeTool::Line));
    hand.down(spot(0, 0), MARK);
    hand.moved(&[spot(1_000, 0), spot(1_050, 0), spot(1_100, 0), spot(1_250, 0)], START);
    let wanted = Shape::Line(path(&[spot(0, 0), spot(1_000, 0), spot(1_250, 0)]));
    assert_eq!(hand.up(START), mark(wanted));
}

/// Half a minute of scribbling at 120 points a second over 100 pixels.
#[test]
fn a_long_line_grows_coarser_but_does_not_end() {
    let mut hand = hand(LIVE, stroke(StrokeTool::Line));
    hand.down(spot(0, 0), MARK);
    let swing = |step: u32| spot((step * 300 % 10_000) as u16, (step % 7 * 100) as u16);
    for step in 1..3_600 {
        hand.moved(&[swing(step)], START);
    }
    let Some(Drawn::Mark {
        shape: Shape::Line(path),
        ..
    }) = hand.up(START)
    else {
        panic!("is a line");
    };
    assert!(!path.is_full(), "{} points", path.points().len());
    assert!(path.points().len() > limit::PATH_POINTS / 4);
}

#[test]
fn a_second_finger_or_another_tool_gives_up_what_was_begun() {
    let mut hand = hand(LIVE, stroke(StrokeTool::Line));
    assert_eq!(hand.cancel(), None);
    hand.down(HERE, MARK);
    assert_eq!(hand.cancel(), None, "nothing was told yet");
    hand.down(HERE, MARK);
    hand.moved(&[THERE], START);
    assert!(hand.is_down());
    assert_eq!(hand.cancel(), Some(Ink::Cancel { mark: MARK }));
    assert_eq!(hand.up(START), None);
    hand.down(HERE, MARK);
    hand.moved(&[THERE], START);
    assert_eq!(hand.take(Tool::Pointer), Some(Ink::Cancel { mark: MARK }));
    assert_eq!(hand.tool(), Tool::Pointer);
}

#[test]
fn the_laser_follows_the_mouse_rests_and_goes() {
    let mut hand = hand(LIVE, Tool::Pointer);
    let pointer = |at| Some(Ink::Pointer { on: LIVE, at });
    assert_eq!(hand.hover(None, START), None, "it was not there");
    assert_eq!(hand.hover(Some(HERE), START), pointer(Some(HERE)));
    assert_eq!(hand.next_repeat(), Some(at(1_000)));
    assert_eq!(hand.repeat(at(999)), None);
    assert_eq!(hand.repeat(at(1_000)), pointer(Some(HERE)));
    assert_eq!(hand.repeat(at(2_000)), pointer(Some(HERE)));
    assert_eq!(
        hand.repeat(at(3_000)),
        pointer(None),
        "a forgotten mouse does not cover the picture"
    );
    assert_eq!(hand.next_repeat(), None);
    assert_eq!(hand.hover(Some(THERE), at(4_000)), pointer(Some(THERE)));
    assert_eq!(hand.hover(None, at(4_100)), pointer(None));
    assert_eq!(hand.next_repeat(), None);
}

#[test]
fn a_finger_with_the_pointer_points_while_it_is_down() {
    let mut hand = hand(LIVE, Tool::Pointer);
    hand.down(HERE, MARK);
    assert_eq!(hand.moved(&[spot(10_300, 10_000)], START), None, "it trembles");
    let pointer = |at| Some(Ink::Pointer { on: LIVE, at });
    assert_eq!(hand.moved(&[THERE], START), pointer(Some(THERE)));
    assert_eq!(hand.moved(&[HERE], START), pointer(Some(HERE)));
    assert!(hand.is_down());
    assert_eq!(hand.up(START), None, "pointing is no tap");
    assert_eq!(hand.hover(None, START), pointer(None));
}

#[test]
fn a_resting_pen_repeats_itself() {
    let mut hand = hand(LIVE, stroke(StrokeTool::Line));
    hand.down(HERE, MARK);
    assert_eq!(hand.next_repeat(), None);
    hand.moved(&[THERE], START);
    assert_eq!(hand.repeat(at(500)), None);
    let again = hand.repeat(at(1_000));
    assert_eq!(again, Some(told(LIVE, StrokeTool::Line, 0, &[HERE, THERE])));
    assert_eq!(hand.next_repeat(), Some(at(2_000)));
}

#[test]
fn on_a_still_a_rough_line_becomes_what_it_was_meant_to_be() {
    let rough_line = |x: u16| [spot(0, 0), spot(x / 2, x / 80), spot(x, 0)];
    let straight = Shape::Line(path(&[spot(0, 0), spot(40_000, 0)]));
    let rough = Shape::Line(path(&rough_line(40_000)));
    let draw_long = |on, x| {
        let mut hand = hand(on, stroke(StrokeTool::Line));
        hand.down(spot(0, 0), MARK);
        hand.moved(&rough_line(x)[1..], START);
        hand.up(START)
    };
    let draw = |on| draw_long(on, 40_000);
    let smart = Drawn::Mark {
        mark: MARK,
        shape: straight,
        rough: Some(rough.clone()),
    };
    assert_eq!(draw(STILL), Some(smart));
    assert_eq!(draw(LIVE), mark(rough), "on live video there is no time for that");
    let letter = Shape::Line(path(&rough_line(3_000)));
    assert_eq!(draw_long(STILL, 3_000), mark(letter), "handwriting is left alone");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is drawn: the others' scene shows it growing, and the finished mark is what they have seen.
    #[test]
    fn the_others_see_what_is_drawn(
        frames in proptest::collection::vec(proptest::collection::vec(any::<(u16, u16)>(), 1..6), 1..60),
        lost in proptest::collection::vec(any::<bool>(), 60),
    ) {
        let mut hand = hand(LIVE, stroke(StrokeTool::Line));
        let mut scene = LiveScene::default();
        hand.down(HERE, MARK);
        let mut lost_before = false;
        for (index, frame) in frames.iter().enumerate() {
            let way: Vec<Point> = frame.iter().copied().map(Point::from).collect();
            if let Some(ink) = hand.moved(&way, START) {
                // Never two in a row: so much loss is healed by the pieces themselves.
                let lose = lost[index] && !lost_before && index > 0 && !scene.strokes().is_empty();
                if !lose {
                    scene.heard(ANA, ink, START);
                }
                lost_before = lose;
            }
        }
        if lost_before && let Some(ink) = hand.repeat(at(1_000)) {
            scene.heard(ANA, ink, START);
        }
        if let Some(Drawn::Mark { shape: Shape::Line(drawn), .. }) = hand.up(START) {
            prop_assert_eq!(&scene.strokes()[0].shape, &Shape::Line(drawn));
        }
    }
}
