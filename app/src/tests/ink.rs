//! The pure parts of drawing: the way of looking, and fingers on the picture.

use crate::plain::{Fingers, Look};
use farhand_shared::ink::Point;

const PICTURE: (f32, f32) = (1280.0, 720.0);
const VIEW: (f32, f32) = (800.0, 600.0);

fn near((x, y): (f32, f32), (wanted_x, wanted_y): (f32, f32)) -> bool {
    (x - wanted_x).abs() < 0.5 && (y - wanted_y).abs() < 0.5
}

#[test]
fn places_follow_every_way_of_looking() {
    let fit = |look: Look| look.fit_in(PICTURE, VIEW).expect("is seen");
    let corner = Point { x: 0, y: 0 };
    let look = Look::default();
    assert!(near(fit(look).to_view(corner), (0.0, 75.0)), "bars above and below");
    let mirrored = Look { mirrored: true, ..look };
    assert!(near(fit(mirrored).to_view(corner), (800.0, 75.0)));
    let turned = Look { turns: 1, ..look };
    assert!(near(fit(turned).to_view(corner), (568.75, 0.0)));
    let moved = Look {
        zoom: 2.0,
        moved: (100.0, -50.0),
        ..look
    };
    assert!(near(fit(moved).to_view(corner), (-300.0, -200.0)));
    let actual = Look { actual: true, ..look };
    assert!(
        near(fit(actual).to_view(corner), (-240.0, -60.0)),
        "one dot for one dot"
    );
    assert!(look.fit_in((0.0, 0.0), VIEW).is_none(), "no picture yet");
}

#[test]
fn a_pinch_holds_what_is_under_the_fingers_until_the_zoom_ends() {
    let view = (f64::from(VIEW.0), f64::from(VIEW.1));
    let mut look = Look {
        turns: 3,
        mirrored: true,
        moved: (30.0, -20.0),
        ..Look::default()
    };
    let under = |look: &Look| look.fit_in(PICTURE, VIEW).expect("is seen").nearest(500.0, 300.0);
    let before = under(&look);
    look.pinch(2.0, (500.0, 300.0), (0.0, 0.0), view);
    let after = under(&look);
    assert!(before.x.abs_diff(after.x) < 20 && before.y.abs_diff(after.y) < 20);
    look.pinch(100.0, (500.0, 300.0), (0.0, 0.0), view);
    assert!((look.zoom - 8.0).abs() < f64::EPSILON);
}

#[test]
fn one_finger_trembles_before_it_drags_and_two_pinch() {
    let mut fingers = Fingers::default();
    assert!(fingers.moved(1, (0.0, 0.0)).is_none(), "not down");
    assert_eq!(fingers.down(1, (100.0, 100.0)), 1);
    let moved = fingers.moved(1, (103.0, 100.0)).expect("is down");
    assert!(!moved.is_drag);
    let moved = fingers.moved(1, (120.0, 100.0)).expect("is down");
    assert!(moved.is_drag);
    assert_eq!(moved.pinch.by, (17.0, 0.0));
    assert_eq!(fingers.down(2, (220.0, 100.0)), 2);
    let moved = fingers.moved(2, (320.0, 100.0)).expect("is down");
    assert_eq!(moved.fingers, 2);
    assert!((moved.pinch.factor - 2.0).abs() < 0.01, "twice as far apart");
    assert_eq!(moved.pinch.at, (170.0, 100.0));
    fingers.up(1);
    assert!(fingers.moved(1, (0.0, 0.0)).is_none());
}
