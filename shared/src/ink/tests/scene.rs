use super::super::{Ink, LiveScene, Path, Point, Shape, StrokeTool, Surface};
use super::{ANA, BO, START, at, spot};
use crate::id::{MarkId, PersonId};
use crate::limit;
use core::time::Duration;
use proptest::prelude::*;

const LIVE: Surface = Surface::Live(BO);
const MARK: MarkId = MarkId::from_u128(7);
const NO_AGE: Duration = Duration::ZERO;

fn path(xs: &[u16]) -> Path {
    let points: Vec<Point> = xs.iter().map(|x| spot(*x, 0)).collect();
    Path::from(points.as_slice())
}

fn piece(mark: MarkId, tool: StrokeTool, from: u16, xs: &[u16]) -> Ink {
    Ink::Stroke {
        on: LIVE,
        mark,
        tool,
        from,
        points: path(xs),
    }
}

fn line(from: u16, xs: &[u16]) -> Ink {
    piece(MARK, StrokeTool::Line, from, xs)
}

fn pointer(at: Option<Point>) -> Ink {
    Ink::Pointer { on: LIVE, at }
}

/// The x places of the only stroke.
fn shown(scene: &LiveScene) -> Vec<u16> {
    let [stroke] = scene.strokes() else {
        panic!("one stroke: {scene:?}");
    };
    match &stroke.shape {
        Shape::Line(path) => path.points().iter().map(|point| point.x).collect(),
        Shape::Arrow { from, to } => vec![from.x, to.x],
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_stroke_grows_and_what_comes_twice_late_or_with_a_gap_does_no_harm() {
    let mut scene = LiveScene::default();
    let steps: [(Ink, &[u16]); 7] = [
        (line(0, &[1, 2]), &[1, 2]),
        (line(0, &[1, 2, 3]), &[1, 2, 3]),
        (line(0, &[1, 2, 3]), &[1, 2, 3]),
        (line(2, &[3, 4, 5]), &[1, 2, 3, 4, 5]),
        (line(0, &[1, 2]), &[1, 2, 3, 4, 5]),
        (line(9, &[10, 11]), &[1, 2, 3, 4, 5]),
        (line(3, &[4, 5, 6]), &[1, 2, 3, 4, 5, 6]),
    ];
    for (index, (ink, wanted)) in steps.into_iter().enumerate() {
        scene.heard(ANA, ink, START);
        assert_eq!(shown(&scene), wanted, "step {index}");
    }
    assert!(scene.strokes()[0].in_progress());
}

#[test]
fn tools_between_two_points_show_the_latest_two() {
    let mut scene = LiveScene::default();
    scene.heard(ANA, piece(MARK, StrokeTool::Arrow, 0, &[1, 2]), START);
    scene.heard(ANA, piece(MARK, StrokeTool::Arrow, 0, &[1, 9]), START);
    assert_eq!(shown(&scene), [1, 9]);
}

#[test]
fn a_stroke_whose_beginning_is_lost_waits_for_its_end() {
    let mut scene = LiveScene::default();
    scene.heard(ANA, line(4, &[5, 6]), START);
    assert!(scene.strokes().is_empty());
    scene.drew(ANA, LIVE, MARK, Shape::Line(path(&[1, 2, 3])), NO_AGE, START);
    assert_eq!(shown(&scene), [1, 2, 3]);
}

#[test]
fn the_finished_stroke_takes_the_place_of_the_one_in_progress_and_never_doubles_it() {
    let mut scene = LiveScene::default();
    let whole = Shape::Line(path(&[1, 2, 3]));
    scene.heard(ANA, line(0, &[1, 2]), START);
    scene.drew(ANA, LIVE, MARK, whole.clone(), NO_AGE, at(500));
    assert_eq!(shown(&scene), [1, 2, 3]);
    assert!(!scene.strokes()[0].in_progress());
    assert_eq!(scene.strokes()[0].began, START, "the name tag does not start anew");
    let before = scene.clone();
    // The echo of my own, an event that comes twice, and a piece that was under way for long.
    scene.drew(ANA, LIVE, MARK, whole.clone(), NO_AGE, at(600));
    scene.heard(ANA, line(1, &[2, 3, 4, 5]), at(700));
    assert_eq!(scene, before);
    scene.expire(at(5_000));
    assert!(scene.strokes().is_empty());
    scene.heard(ANA, line(0, &[1, 2]), at(5_000));
    scene.drew(ANA, LIVE, MARK, whole, NO_AGE, at(5_000));
    assert!(scene.strokes().is_empty(), "what has faded does not come back");
}

#[test]
fn nobody_grows_or_cancels_what_another_draws() {
    let mut scene = LiveScene::default();
    scene.heard(ANA, line(0, &[1, 2]), START);
    scene.heard(BO, line(0, &[1, 2, 3]), START);
    scene.heard(BO, Ink::Cancel { mark: MARK }, START);
    assert_eq!(shown(&scene), [1, 2]);
    scene.heard(ANA, Ink::Cancel { mark: MARK }, START);
    assert!(scene.strokes().is_empty());
    scene.heard(ANA, line(0, &[1, 2, 3]), START);
    assert!(scene.strokes().is_empty(), "a late piece does not bring it back");
}

#[test]
fn it_holds_for_three_seconds_and_fades_within_another_0_6() {
    let mut scene = LiveScene::default();
    scene.drew(ANA, LIVE, MARK, Shape::Dot(Point::MIDDLE), NO_AGE, START);
    let opacity = |scene: &LiveScene, millis| scene.strokes()[0].opacity(at(millis));
    for (millis, wanted) in [(0, 1.0), (3_000, 1.0), (3_300, 0.5), (3_600, 0.0), (9_000, 0.0)] {
        assert!((opacity(&scene, millis) - wanted).abs() < 0.01, "{millis}");
    }
    assert!(scene.strokes()[0].has_tag(at(1_999)) && !scene.strokes()[0].has_tag(at(2_000)));
    // Painted again when the tag goes, when fading begins, and then on every frame.
    assert_eq!(scene.next_change(START), Some(at(2_000)));
    assert_eq!(scene.next_change(at(2_000)), Some(at(3_000)));
    assert_eq!(scene.next_change(at(3_200)), Some(at(3_200)));
    assert_eq!(scene.timeout(), Some(at(3_600)));
    scene.expire(at(3_599));
    assert_eq!(scene.strokes().len(), 1);
    scene.expire(at(3_600));
    assert_eq!((scene.strokes().len(), scene.next_change(at(3_600))), (0, None));
}

#[test]
fn an_event_that_comes_late_is_shown_only_for_what_is_left_of_its_time() {
    let mut scene = LiveScene::default();
    let dot = || Shape::Dot(Point::MIDDLE);
    scene.drew(ANA, LIVE, MARK, dot(), Duration::from_millis(2_500), START);
    assert_eq!(scene.timeout(), Some(at(1_100)));
    scene.drew(
        ANA,
        LIVE,
        MarkId::from_u128(8),
        dot(),
        Duration::from_millis(3_600),
        START,
    );
    assert_eq!(scene.strokes().len(), 1, "it has faded before it came");
}

#[test]
fn a_stroke_in_progress_stays_while_there_is_news_of_it_and_no_longer() {
    let mut scene = LiveScene::default();
    scene.heard(ANA, line(0, &[1, 2]), START);
    for second in 1..=10 {
        scene.expire(at(second * 1_000));
        scene.heard(ANA, line(0, &[1, 2]), at(second * 1_000));
    }
    assert_eq!(scene.strokes().len(), 1, "a resting pen repeats itself");
    scene.expire(at(13_600));
    assert!(scene.strokes().is_empty(), "a page that died does not");
}

#[test]
fn pointers_move_go_and_are_forgotten_when_silent() {
    let mut scene = LiveScene::default();
    scene.heard(ANA, pointer(Some(spot(1, 1))), START);
    scene.heard(BO, pointer(Some(spot(2, 2))), START);
    scene.heard(ANA, pointer(Some(spot(3, 3))), at(500));
    let place = |scene: &LiveScene, by| {
        let mut pointers = scene.pointers().iter();
        pointers.find(|pointer| pointer.by == by).map(|pointer| pointer.at)
    };
    assert_eq!(scene.pointers().len(), 2);
    assert_eq!(place(&scene, ANA), Some(spot(3, 3)));
    assert_eq!(scene.timeout(), Some(at(2_000)));
    scene.expire(at(2_000));
    assert_eq!((place(&scene, ANA), place(&scene, BO)), (Some(spot(3, 3)), None));
    scene.heard(ANA, pointer(None), at(2_100));
    assert!(scene.pointers().is_empty());
}

#[test]
fn who_draws_does_not_point() {
    let mut scene = LiveScene::default();
    scene.heard(ANA, pointer(Some(spot(1, 1))), START);
    scene.heard(ANA, line(0, &[1, 2]), START);
    assert!(scene.pointers().is_empty());
}

#[test]
fn who_has_gone_leaves_only_what_was_finished() {
    let mut scene = LiveScene::default();
    scene.heard(ANA, line(0, &[1, 2]), START);
    scene.heard(BO, pointer(Some(spot(1, 1))), START);
    scene.drew(
        ANA,
        LIVE,
        MarkId::from_u128(8),
        Shape::Dot(Point::MIDDLE),
        NO_AGE,
        START,
    );
    scene.gone(ANA);
    assert_eq!((scene.strokes().len(), scene.pointers().len()), (1, 1));
    scene.gone(BO);
    assert_eq!((scene.strokes().len(), scene.pointers().len()), (1, 0));
}

#[test]
fn what_stands_in_the_session_is_not_painted_twice() {
    let mut scene = LiveScene::default();
    scene.heard(ANA, line(0, &[1, 2]), START);
    scene.settled(MARK);
    assert!(scene.strokes().is_empty());
    scene.heard(ANA, line(0, &[1, 2, 3]), START);
    assert!(scene.strokes().is_empty(), "nor by a late piece");
}

#[test]
fn a_flood_pushes_the_oldest_out() {
    let mut scene = LiveScene::default();
    for number in 0..1_000 {
        let mark = MarkId::from_u128(number);
        scene.heard(ANA, piece(mark, StrokeTool::Line, 0, &[1, 2]), START);
    }
    assert_eq!(scene.strokes().len(), limit::LIVE_STROKES);
    assert_eq!(
        scene.strokes()[0].mark,
        MarkId::from_u128(1_000 - limit::LIVE_STROKES as u128)
    );
}

#[test]
fn every_change_that_can_be_seen_grows_the_revision_and_nothing_else_does() {
    let mut scene = LiveScene::default();
    let mut changes = |act: &dyn Fn(&mut LiveScene)| {
        let before = scene.revision();
        act(&mut scene);
        scene.revision() != before
    };
    assert!(changes(&|scene| scene.heard(ANA, line(0, &[1, 2]), START)));
    assert!(changes(&|scene| scene.heard(BO, pointer(Some(spot(1, 1))), START)));
    assert!(!changes(&|scene| scene.heard(ANA, pointer(None), START)));
    assert!(!changes(&|scene| scene.expire(at(100))));
    assert!(!changes(&|scene| scene.gone(PersonId::from_u128(9))));
    assert!(!changes(&|scene| scene.settled(MarkId::from_u128(9))));
    assert!(changes(&|scene| scene.settled(MARK)));
    assert!(changes(&|scene| scene.expire(at(5_000))));
}

/// One message on its way, as its number in the order of sending.
fn ways() -> impl Strategy<Value = (Vec<usize>, usize)> {
    (2_usize..40).prop_flat_map(|points| {
        let order = proptest::collection::vec(0..points, 0..80);
        (order, Just(points))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the way drops, doubles and swaps: what is shown is always a beginning of what was drawn, it never grows
    /// shorter, and the finished stroke is whole.
    #[test]
    fn the_way_may_do_its_worst((order, points) in ways(), switch in any::<bool>()) {
        let whole: Vec<u16> = (0..points as u16).collect();
        let mut scene = LiveScene::default();
        let mut longest = 0;
        for sent in order {
            // Each message repeats the two points before it, as a hand does.
            let from = sent.saturating_sub(2);
            scene.heard(ANA, line(from as u16, &whole[from..=sent]), START);
            if !scene.strokes().is_empty() {
                let shown = shown(&scene);
                prop_assert_eq!(&shown[..], &whole[..shown.len()]);
                prop_assert!(shown.len() >= longest);
                longest = shown.len();
            }
        }
        // By event first and volatile after it, or the other way round.
        if switch {
            scene.heard(ANA, line(0, &whole), START);
        }
        scene.drew(ANA, LIVE, MARK, Shape::Line(path(&whole)), NO_AGE, START);
        scene.heard(ANA, line(0, &whole[..1]), START);
        prop_assert_eq!(shown(&scene), whole);
    }
}

#[test]
fn a_finished_stroke_rests_until_it_fades() {
    let mut scene = LiveScene::default();
    scene.heard(ANA, line(0, &[1, 2]), START);
    assert!(!scene.strokes()[0].rests(START), "it still grows");
    scene.drew(ANA, LIVE, MARK, Shape::Line(path(&[1, 2])), NO_AGE, START);
    let stroke = &scene.strokes()[0];
    let fades = START.plus(limit::INK_HOLD);
    assert!(stroke.rests(START) && !stroke.rests(fades));
    let just_before = START.plus(limit::INK_HOLD.saturating_sub(Duration::from_millis(1)));
    assert!(stroke.rests(just_before) && stroke.opacity(just_before) >= 1.0);
}
