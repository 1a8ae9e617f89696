//! What the browser is told about the encoder of our picture.

use super::{Expect, PeerInput, PeerOutput, PeerState, PeerStats, Side};
use crate::quality::{Aim, Encoding};
use crate::time::Time;
use core::time::Duration;

/// Shows a picture of 24 frames a second for so long, looked at every quarter of a second, over a line of so many kbit/s.
/// What the browser was told.
fn looks(side: &mut Side, millis: u64, kbit: f64) -> Vec<Option<Encoding>> {
    let mut told = Vec::new();
    for _ in 0..millis / 250 {
        side.now = side.now.plus(Duration::from_millis(250));
        side.browser(PeerInput::Stats(PeerStats {
            available_outgoing: Some(kbit * 1000.0),
            frames_sent: side.now.since(Time::default()).as_millis() as u64 * 24 / 1000,
            camera_side: Some(720),
            ..PeerStats::default()
        }));
        told.extend(encodings(side));
    }
    told
}

/// A connected caller who shows a picture.
fn showing() -> Side {
    let mut side = Side::connected_caller();
    let expect = Expect {
        own_picture: true,
        ..Expect::default()
    };
    side.with(|peer, _| peer.expect(expect));
    side
}

fn encodings(side: &mut Side) -> Vec<Option<Encoding>> {
    let told = side.told().into_iter().filter_map(|output| match output {
        PeerOutput::Encode(encoding) => Some(encoding),
        _ => None,
    });
    told.collect()
}

#[test]
fn nothing_is_told_as_long_as_everything_fits() {
    let mut side = showing();
    assert_eq!(looks(&mut side, 20_000, 5000.0), []);
}

#[test]
fn a_narrow_line_makes_the_picture_smaller_and_a_new_connection_begins_at_the_top() {
    let mut side = showing();
    let told = looks(&mut side, 4_000, 200.0);
    let last = told.last().copied().flatten().expect("an encoding");
    assert_eq!((last.scale_down, last.fps), (2.0, 10));
    assert_eq!(side.peer.is_weak(150), Some(false));
    assert_eq!(side.peer.is_weak(250), Some(true));

    side.browser(PeerInput::State(PeerState::Failed));
    side.at(60_000);
    assert!(
        side.told().iter().any(|output| matches!(output, PeerOutput::Open(_))),
        "made anew"
    );
    assert_eq!(side.peer.is_weak(150), None, "nothing is known of it");
    assert_eq!(looks(&mut side, 1_500, 5000.0), [], "it began at the top by itself");
}

#[test]
fn who_shows_nothing_is_told_so_on_every_connection() {
    let mut side = Side::connected_caller();
    side.with(|peer, _| peer.aim(Aim::Nothing, false));
    assert_eq!(encodings(&mut side), [None]);
    side.with(|peer, _| peer.aim(Aim::Nothing, false));
    assert_eq!(encodings(&mut side), [], "once");

    side.browser(PeerInput::State(PeerState::Failed));
    side.at(60_000);
    assert_eq!(encodings(&mut side), [None], "the new connection does not know");
    side.with(|peer, _| peer.aim(Aim::Video, false));
    assert_eq!(encodings(&mut side), [Some(Encoding::default())]);
}

#[test]
fn who_has_no_camera_open_is_not_judged() {
    let mut side = Side::connected_caller();
    assert_eq!(looks(&mut side, 20_000, 60.0), []);
    assert_eq!(side.peer.is_weak(150), None);
}
