//! Walks the tables of [`super`], and lines on a fake clock.

use super::{Aim, Encoding, Ladder};
use crate::quality::room::{Look, Sent};
use crate::quality::thresholds::{SOUND_KBIT, STEPS, TOP_KBIT};
use crate::time::Time;

/// A ladder that is looked at every quarter of a second.
struct Walk {
    ladder: Ladder,
    now: u64,
}

impl Walk {
    fn new() -> Self {
        Self {
            ladder: Ladder::default(),
            now: 1_000_000,
        }
    }

    /// A picture that has settled on a line with this room for it.
    fn on(kbit: u32) -> Self {
        let mut walk = Self::new();
        walk.room_for(12_000, kbit);
        walk
    }

    /// For so many milliseconds there is room for a picture of `kbit`.
    fn room_for(&mut self, millis: u64, kbit: u32) {
        for _ in 0..millis / 250 {
            self.look(Look {
                estimate: Some(kbit + SOUND_KBIT),
                ..Look::default()
            });
        }
    }

    fn look(&mut self, look: Look) {
        self.now += 250;
        self.ladder.look(&look, Time::from_millis(self.now));
    }

    fn encoding(&self) -> Encoding {
        self.ladder.encoding().unwrap()
    }

    fn step(&self) -> usize {
        self.ladder.step
    }
}

#[test]
fn a_picture_begins_at_the_top_and_is_left_to_settle() {
    let mut walk = Walk::new();
    let top = Encoding {
        max_kbit: TOP_KBIT,
        scale_down: 1.0,
        fps: 24,
    };
    assert_eq!(walk.encoding(), top);
    walk.room_for(2_000, 200);
    assert_eq!(walk.encoding(), top, "estimates of a young connection grow");
    walk.room_for(1_000, 200);
    assert_ne!(walk.encoding(), top, "this one did not");
}

#[test]
fn each_room_has_its_step() {
    for (room, step) in [
        (5000, 0),
        (900, 0),
        (899, 1),
        (450, 1),
        (449, 2),
        (220, 2),
        (219, 3),
        (110, 3),
        (109, 4),
        (0, 4),
    ] {
        assert_eq!(Walk::on(room).step(), step, "{room} kbit/s");
    }
    let small = Walk::on(150).encoding();
    assert_eq!((small.scale_down, small.fps), (2.0, STEPS[3].fps));
}

#[test]
fn down_within_a_second_even_many_steps_at_once() {
    let mut walk = Walk::on(5000);
    walk.room_for(500, 130);
    assert_eq!(walk.step(), 0, "one bad moment");
    walk.room_for(250, 130);
    assert_eq!(walk.step(), 3);
}

#[test]
fn up_needs_a_quarter_more_and_patience() {
    let mut walk = Walk::on(300);
    assert_eq!(walk.step(), 2);
    walk.room_for(30_000, 540);
    assert_eq!(walk.step(), 2, "enough for the next step, but not a quarter more");
    walk.room_for(4_500, 570);
    assert_eq!(walk.step(), 2, "not for four seconds yet");
    walk.room_for(750, 570);
    assert_eq!(walk.step(), 1);
    walk.room_for(30_000, 460);
    assert_eq!(walk.step(), 1, "what was hard to get is not given up at the edge");
}

#[test]
fn a_line_that_is_free_again_is_used_at_once() {
    let mut walk = Walk::on(130);
    walk.room_for(750, 4000);
    assert_eq!(walk.step(), 3, "a probe may overshoot");
    walk.room_for(250, 4000);
    assert_eq!(walk.step(), 0);
    assert_eq!(walk.encoding().max_kbit, TOP_KBIT);
}

#[test]
fn an_overshoot_that_is_taken_back_moves_nothing() {
    let mut walk = Walk::on(200);
    for _ in 0..10 {
        walk.room_for(500, 850);
        walk.room_for(2_000, 200);
        assert_eq!(walk.step(), 3);
    }
}

#[test]
fn a_narrow_line_is_held_just_below_and_probed_every_two_seconds() {
    let mut walk = Walk::on(400);
    let mut lifted = Vec::new();
    for look in 0..32 {
        walk.room_for(250, 400);
        match walk.encoding().max_kbit {
            TOP_KBIT => lifted.push(look),
            held => assert_eq!(held, 240),
        }
    }
    let starts: Vec<i32> = lifted
        .iter()
        .copied()
        .filter(|look| !lifted.contains(&(look - 1)))
        .collect();
    assert_eq!(lifted.len(), 16, "a second in each two: {lifted:?}");
    assert!(starts.windows(2).all(|pair| pair[1] - pair[0] == 8), "{starts:?}");
}

#[test]
fn a_wide_line_is_left_alone() {
    let mut walk = Walk::on(5000);
    for room in [5000, 2000, 1400, 5000] {
        walk.room_for(5_000, room);
        assert_eq!(walk.encoding().max_kbit, TOP_KBIT);
    }
}

#[test]
fn small_changes_of_the_room_are_not_told() {
    let mut walk = Walk::on(400);
    let mut told = Vec::new();
    for room in [400, 410, 395, 405, 400] {
        walk.room_for(250, room);
        told.push(walk.encoding().max_kbit);
    }
    told.retain(|limit| *limit != TOP_KBIT);
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn a_camera_of_another_size_is_scaled_to_the_same_picture() {
    let mut walk = Walk::on(5000);
    let look = |side| Look {
        estimate: Some(150),
        side: Some(side),
        ..Look::default()
    };
    for (side, scale) in [(1080, 4.5), (480, 2.0), (120, 1.0)] {
        for _ in 0..8 {
            walk.look(look(side));
        }
        assert_eq!(walk.encoding().scale_down, scale, "camera of {side}");
    }
}

#[test]
fn the_preview_is_small_and_slow_and_nothing_is_nothing() {
    let mut walk = Walk::on(5000);
    walk.ladder.aim(Aim::Preview, false);
    let preview = Encoding {
        max_kbit: 160,
        scale_down: 4.0,
        fps: 1,
    };
    assert_eq!(walk.encoding(), preview);
    walk.room_for(10_000, 60);
    assert_eq!(walk.encoding(), preview, "it is no video that could be weak");
    assert_eq!(walk.ladder.is_weak(150), None);
    walk.ladder.aim(Aim::Nothing, false);
    assert_eq!(walk.ladder.encoding(), None);
    walk.ladder.aim(Aim::Video, false);
    assert_eq!(walk.encoding().max_kbit, TOP_KBIT, "back to the top");
}

#[test]
fn who_saves_data_never_gets_more_than_they_want() {
    let mut walk = Walk::on(5000);
    walk.ladder.aim(Aim::Video, true);
    for _ in 0..40 {
        walk.room_for(250, 5000);
        let now = walk.encoding();
        assert!(now.max_kbit <= 300 && now.fps <= 12 && now.scale_down >= 1.5, "{now:?}");
    }
    walk.room_for(5_000, 130);
    assert_eq!(walk.step(), 3, "and less where there is less");
}

#[test]
fn weak_is_what_does_not_fit() {
    assert_eq!(Walk::new().ladder.is_weak(150), None, "nothing is known yet");
    assert_eq!(Walk::on(150).ladder.is_weak(150), Some(false));
    assert_eq!(Walk::on(60).ladder.is_weak(150), Some(true));
}

/// Whether a picture counts as weak that is sent like this, on a line of which the browser believes this.
fn is_weak(estimate: u32, sent: Sent) -> bool {
    let mut walk = Walk::new();
    for _ in 0..40 {
        walk.look(Look {
            estimate: Some(estimate),
            sent: Some(sent),
            ..Look::default()
        });
    }
    walk.ladder.is_weak(150).unwrap()
}

/// Hardly a picture of what the camera gives.
const FEW: Sent = Sent {
    kbit: 40,
    fps: 2.0,
    camera_fps: 24.0,
    loss: 0.0,
    delay_ms: 20.0,
    busy: false,
    squeezed: false,
};

#[test]
fn weak_is_a_line_that_shows_that_it_lets_hardly_a_picture_through() {
    for sent in [
        Sent { squeezed: true, ..FEW },
        Sent { loss: 0.05, ..FEW },
        Sent { delay_ms: 700.0, ..FEW },
    ] {
        assert!(is_weak(5000, sent), "{sent:?}");
    }
    let camera_fps = 4.0;
    let dark_room = Sent {
        squeezed: true,
        camera_fps,
        ..FEW
    };
    assert!(!is_weak(5000, dark_room), "the camera itself is slow");
}

#[test]
fn a_slow_computer_or_an_easy_picture_is_no_weak_line() {
    assert!(!is_weak(5000, FEW), "few pictures and few bits on a line that is fine");
    assert!(!is_weak(5000, Sent { busy: true, ..FEW }), "the browser says why");
    assert!(
        !is_weak(100, Sent { busy: true, ..FEW }),
        "too slow to find out what would fit"
    );
    let easy = Sent {
        kbit: 20,
        fps: 24.0,
        ..FEW
    };
    assert!(!is_weak(5000, easy), "a wall needs no more");
    assert!(is_weak(100, easy), "but a line that would carry no more is weak");
    let both = Sent {
        busy: true,
        loss: 0.05,
        ..FEW
    };
    assert!(is_weak(100, both), "a slow phone on a thin line");
}

#[test]
fn a_new_path_begins_anew() {
    let mut walk = Walk::on(130);
    walk.ladder.fresh();
    assert_eq!(walk.encoding().fps, 24);
    assert_eq!(walk.ladder.is_weak(150), None);
}

/// A line behind a browser. Its estimate climbs by 8 % a second; when the limit of a sender is raised that used less than
/// it could, it doubles as long as that fits. Measured in Chromium.
struct Line {
    walk: Walk,
    kbit: f32,
    estimate: f32,
    limit: f32,
    probing: bool,
}

impl Line {
    fn new(kbit: f32) -> Self {
        Self {
            walk: Walk::new(),
            kbit,
            estimate: kbit.min(300.0),
            limit: 0.0,
            probing: true,
        }
    }

    fn quarter_second(&mut self) {
        let limit = self.walk.encoding().max_kbit as f32;
        self.probing |= limit > self.limit && self.limit < self.estimate;
        self.limit = limit;
        self.estimate *= if self.probing { 2.0 } else { 1.02 };
        if self.estimate > self.kbit {
            // Overshot: the queue grows, and the browser falls back below the line.
            self.estimate = self.kbit * 0.85;
            self.probing = false;
        }
        let estimate = self.estimate as u32;
        self.walk.look(Look {
            estimate: Some(estimate),
            ..Look::default()
        });
    }

    fn run(&mut self, seconds: u32) {
        for _ in 0..seconds * 4 {
            self.quarter_second();
        }
    }
}

#[test]
fn a_long_bad_spell_is_over_within_five_seconds() {
    let mut line = Line::new(6000.0);
    line.run(10);
    assert_eq!(line.walk.step(), 0);
    line.kbit = 250.0;
    line.run(30);
    assert!(line.walk.step() >= 3, "step {}", line.walk.step());
    line.kbit = 6000.0;
    let mut quarters = 0;
    while line.walk.step() > 0 || line.walk.encoding().max_kbit < TOP_KBIT {
        line.quarter_second();
        quarters += 1;
        assert!(quarters <= 20, "not back after five seconds");
    }
}

#[test]
fn a_steady_line_keeps_its_step() {
    for kbit in [100.0, 200.0, 400.0, 700.0, 1200.0] {
        let mut line = Line::new(kbit);
        line.run(15);
        let settled = line.walk.step();
        let mut changes = 0;
        for _ in 0..60 * 4 {
            let before = line.walk.step();
            line.quarter_second();
            changes += i32::from(line.walk.step() != before);
        }
        assert!(
            changes <= 4,
            "{kbit} kbit/s: {changes} changes in a minute, from step {settled}"
        );
    }
}

#[test]
fn the_limit_stays_lifted_as_long_as_more_fits() {
    let mut walk = Walk::on(200);
    while walk.encoding().max_kbit < TOP_KBIT {
        walk.room_for(250, 200);
    }
    for room in [300, 450, 700, 700, 1_000, 1_000] {
        assert_eq!(walk.encoding().max_kbit, TOP_KBIT, "before {room}");
        walk.room_for(250, room);
    }
    let lowered = (0..12).any(|_| {
        walk.room_for(250, 1_000);
        walk.encoding().max_kbit < TOP_KBIT
    });
    assert!(lowered, "it does not grow any more");
}
