//! Walks the tables of `machine` and `negotiation`, one side at a time.

use super::{Act, Expect, Numbers, Peer, PeerState, PeerStats, Scene};
use crate::client::{Failure, MediaFlow, PeerInput, PeerOutput};
use crate::id::PersonId;
use crate::quality::Quality;
use crate::time::Time;
use crate::wire::{IceConfig, Signal, SignalKind};

/// One side with its clock. 1 calls 2.
struct Side {
    peer: Peer,
    numbers: Numbers,
    ice: IceConfig,
    now: Time,
}

const ZERO: u64 = 1_800_000_000_000;

impl Side {
    fn new(me: u128, other: u128) -> Self {
        let now = Time::from_millis(ZERO);
        let mut side = Self {
            peer: Peer::new(PersonId::from_u128(me), PersonId::from_u128(other), false, now),
            numbers: Numbers::default(),
            ice: IceConfig {
                servers: Vec::new(),
                relay_only: false,
                expires_at: Time::from_millis(u64::MAX / 2),
            },
            now,
        };
        side.with(|peer, scene| peer.set_reachable(true, scene));
        side
    }

    fn caller() -> Self {
        Self::new(1, 2)
    }

    fn callee() -> Self {
        Self::new(2, 1)
    }

    fn with(&mut self, run: impl FnOnce(&mut Peer, &mut Scene<'_>)) {
        let mut scene = Scene {
            now: self.now,
            relay_now: self.now,
            ice: Some(&self.ice),
            numbers: &mut self.numbers,
        };
        run(&mut self.peer, &mut scene);
    }

    fn acts(&mut self) -> Vec<Act> {
        self.peer.take_acts()
    }

    /// What the browser was told since last looked at, without the numbers.
    fn told(&mut self) -> Vec<PeerOutput> {
        let told = self.acts().into_iter().filter_map(|act| match act {
            Act::Do(_, output) => Some(output),
            Act::Tell(_) | Act::RenewIce => None,
        });
        told.collect()
    }

    /// What the other side was told.
    fn said(&mut self) -> Vec<Signal> {
        let said = self.acts().into_iter().filter_map(|act| match act {
            Act::Tell(signal) => Some(signal),
            Act::Do(..) | Act::RenewIce => None,
        });
        said.collect()
    }

    fn at(&mut self, millis: u64) -> &mut Self {
        self.now = Time::from_millis(ZERO + millis);
        self.with(Peer::tick);
        self
    }

    fn browser(&mut self, what: PeerInput) {
        let connection = self.peer.connection();
        self.with(|peer, scene| peer.browser(connection, what, scene));
    }

    fn hear(&mut self, connection: u32, to_connection: u32, round: u32, kind: SignalKind) {
        let signal = Signal {
            connection,
            to_connection,
            round,
            kind,
        };
        self.with(|peer, scene| peer.signal(signal, scene));
    }

    /// The caller, connected to number 7.
    fn connected_caller() -> Self {
        let mut side = Self::caller();
        side.browser(described(true));
        let mine = side.peer.connection();
        side.hear(7, mine, 1, answer());
        side.browser(PeerInput::RemoteApplied);
        side.browser(PeerInput::State(PeerState::Connected));
        side.acts();
        side
    }

    /// The callee, connected to number 7.
    fn connected_callee() -> Self {
        let mut side = Self::callee();
        side.hear(7, 0, 1, offer("first"));
        side.browser(PeerInput::RemoteApplied);
        side.browser(described(false));
        side.browser(PeerInput::State(PeerState::Connected));
        side.acts();
        side
    }

    fn flow(&self) -> MediaFlow {
        self.peer.view().flow
    }
}

fn described(offer: bool) -> PeerInput {
    PeerInput::LocalDescription {
        offer,
        sdp: "mine".into(),
    }
}

fn offer(sdp: &str) -> SignalKind {
    SignalKind::Offer { sdp: sdp.into() }
}

fn answer() -> SignalKind {
    SignalKind::Answer { sdp: "theirs".into() }
}

fn candidate(line: &str) -> SignalKind {
    SignalKind::Candidate {
        candidate: line.into(),
        mid: None,
        line: None,
    }
}

fn kinds(signals: &[Signal]) -> Vec<(&'static str, u32)> {
    let kind = |signal: &Signal| match signal.kind {
        SignalKind::Offer { .. } => "offer",
        SignalKind::Answer { .. } => "answer",
        SignalKind::Candidate { .. } => "candidate",
        SignalKind::Again => "again",
    };
    signals.iter().map(|signal| (kind(signal), signal.round)).collect()
}

const fn received(bytes: u64) -> PeerInput {
    PeerInput::Stats(PeerStats {
        bytes_received: bytes,
        bytes_sent: 0,
        frames_decoded: 0,
        packets_received: 0,
        packets_lost: 0,
        remote_loss: None,
        rtt_ms: None,
        available_outgoing: None,
    })
}

#[test]
fn the_caller_offers_at_once_and_the_first_answer_binds() {
    let mut a = Side::caller();
    assert_eq!(a.told(), [PeerOutput::Open(a.ice.clone()), PeerOutput::Describe]);
    a.browser(PeerInput::NegotiationNeeded);
    assert_eq!(a.acts(), [], "it is at it already");
    a.browser(described(true));
    let said = a.said();
    assert_eq!(kinds(&said), [("offer", 1)]);
    let mine = a.peer.connection();
    assert_eq!((said[0].connection, said[0].to_connection), (mine, 0));
    a.hear(7, mine, 1, answer());
    a.browser(PeerInput::RemoteApplied);
    a.hear(8, mine, 1, candidate("of another connection"));
    a.hear(7, mine, 1, candidate("good"));
    let added = PeerOutput::AddCandidate {
        candidate: "good".into(),
        mid: None,
        line: None,
    };
    let apply = PeerOutput::Apply {
        offer: false,
        sdp: "theirs".into(),
    };
    assert_eq!(a.told(), [apply, added]);
    assert_eq!(a.flow(), MediaFlow::Connecting);
    a.browser(PeerInput::State(PeerState::Connected));
    assert_eq!(a.flow(), MediaFlow::Flowing);
}

#[test]
fn the_other_side_waits_for_an_offer_and_asks_for_one_after_three_seconds() {
    let mut b = Side::callee();
    assert_eq!(b.acts(), []);
    assert_eq!(
        b.peer.timeout().map(Time::millis),
        Some(ZERO + 2_000),
        "the word changes first"
    );
    b.at(3_000);
    assert_eq!(kinds(&b.said()), [("again", 0)]);
    b.hear(7, 0, 1, offer("theirs"));
    let apply = PeerOutput::Apply {
        offer: true,
        sdp: "theirs".into(),
    };
    assert_eq!(b.told(), [PeerOutput::Open(b.ice.clone()), apply]);
    b.browser(PeerInput::RemoteApplied);
    assert_eq!(b.told(), [PeerOutput::Describe]);
    b.browser(described(false));
    let said = b.said();
    assert_eq!((kinds(&said), said[0].to_connection), (vec![("answer", 1)], 7));
}

#[test]
fn candidates_wait_for_their_description() {
    let mut b = Side::callee();
    b.hear(7, 0, 1, offer("theirs"));
    b.hear(7, 0, 1, candidate("early"));
    assert_eq!(b.told().len(), 2, "open and apply");
    b.browser(PeerInput::RemoteApplied);
    assert!(matches!(
        &b.told()[..],
        [PeerOutput::Describe, PeerOutput::AddCandidate { .. }]
    ));
}

#[test]
fn a_repeated_offer_is_answered_by_the_same_answer_and_candidates() {
    let mut b = Side::callee();
    b.hear(7, 0, 1, offer("theirs"));
    b.browser(PeerInput::RemoteApplied);
    b.browser(PeerInput::Candidate {
        candidate: "mine".into(),
        mid: None,
        line: None,
    });
    b.browser(described(false));
    b.acts();
    b.hear(7, 0, 1, offer("theirs"));
    assert_eq!(kinds(&b.said()), [("answer", 1), ("candidate", 1)]);
}

#[test]
fn an_offer_without_answer_is_said_again() {
    let mut a = Side::caller();
    a.browser(described(true));
    a.browser(PeerInput::Candidate {
        candidate: "mine".into(),
        mid: None,
        line: None,
    });
    a.acts();
    a.at(2_999);
    assert_eq!(a.acts(), []);
    a.at(3_000);
    assert_eq!(kinds(&a.said()), [("offer", 1), ("candidate", 1)]);
    let mine = a.peer.connection();
    a.hear(7, mine, 1, answer());
    a.hear(7, mine, 1, answer());
    assert_eq!(a.told().len(), 1, "two answers are one");
}

#[test]
fn when_both_offer_the_polite_side_takes_its_own_back() {
    let mut a = Side::connected_caller();
    a.browser(PeerInput::NegotiationNeeded);
    a.browser(described(true));
    a.acts();
    let mine = a.peer.connection();
    a.hear(7, mine, 2, offer("theirs"));
    assert_eq!(a.acts(), [], "the caller insists");

    let mut b = Side::connected_callee();
    b.browser(PeerInput::NegotiationNeeded);
    b.acts();
    let mine = b.peer.connection();
    b.hear(7, mine, 2, offer("theirs"));
    assert!(matches!(&b.told()[..], [PeerOutput::Apply { offer: true, .. }]));
    b.browser(described(true));
    assert_eq!(b.acts(), [], "its own offer, made too late, is dropped");
    b.browser(PeerInput::RemoteApplied);
    b.browser(described(false));
    assert_eq!(kinds(&b.said()), [("answer", 2)]);
}

#[test]
fn an_offer_from_the_future_means_that_an_answer_was_lost() {
    let mut a = Side::caller();
    a.browser(described(true));
    a.acts();
    let mine = a.peer.connection();
    a.hear(7, mine, 2, offer("their second"));
    assert_eq!(kinds(&a.said()), [("offer", 1)], "says its own again");
    a.hear(7, mine, 1, answer());
    a.browser(PeerInput::RemoteApplied);
    let apply = |output: &PeerOutput| matches!(output, PeerOutput::Apply { offer: true, sdp } if sdp == "their second");
    assert!(a.told().iter().any(apply), "and then takes theirs");
}

#[test]
fn a_dead_path_is_restarted_by_the_caller_and_asked_for_by_the_other() {
    for state in [PeerState::Disconnected, PeerState::Failed] {
        let mut a = Side::connected_caller();
        a.browser(PeerInput::State(state));
        assert_eq!(a.told(), [PeerOutput::RestartIce, PeerOutput::Describe]);
        assert!(matches!(a.flow(), MediaFlow::Recovering { .. }));
        a.browser(PeerInput::State(PeerState::Connected));
        assert_eq!(a.flow(), MediaFlow::Flowing);
    }
    let mut b = Side::connected_callee();
    b.browser(PeerInput::State(PeerState::Disconnected));
    let said = b.said();
    assert_eq!(kinds(&said), [("again", 0)]);
    assert_eq!((said[0].connection, said[0].to_connection), (b.peer.connection(), 7));
}

#[test]
fn the_caller_restarts_when_the_other_side_found_the_path_dead_first() {
    let mut a = Side::connected_caller();
    let mine = a.peer.connection();
    a.hear(7, mine, 0, SignalKind::Again);
    assert_eq!(a.told(), [PeerOutput::RestartIce, PeerOutput::Describe]);
    a.hear(7, mine, 0, SignalKind::Again);
    assert_eq!(a.acts(), [], "once");
    a.browser(described(true));
    a.acts();
    a.hear(7, mine, 0, SignalKind::Again);
    assert_eq!(kinds(&a.said()), [("offer", 2)], "they may not have heard it");
}

#[test]
fn a_path_that_carried_media_and_falls_silent_for_a_second_is_dead() {
    let mut a = Side::connected_caller();
    a.peer.expect(Expect {
        media: true,
        picture: true,
        own_picture: false,
    });
    for (at, bytes) in [(0, 1_000), (500, 2_000), (1_000, 2_000), (1_399, 2_000)] {
        a.at(at).browser(received(bytes));
    }
    assert_eq!(a.acts(), []);
    a.at(1_500).browser(received(2_000));
    assert_eq!(a.told(), [PeerOutput::RestartIce, PeerOutput::Describe]);
    a.at(2_000).browser(received(3_000));
    assert_eq!(a.flow(), MediaFlow::Flowing, "it came back by itself");
}

#[test]
fn silence_of_somebody_who_is_away_is_no_dead_path() {
    let mut a = Side::connected_caller();
    for at in 0..20 {
        a.at(at * 500).browser(received(1_000));
    }
    assert_eq!((a.acts(), a.flow()), (vec![], MediaFlow::Flowing));
}

#[test]
fn going_away_after_the_alarm_ends_it() {
    let mut a = Side::connected_caller();
    let picture = Expect {
        media: true,
        picture: true,
        own_picture: false,
    };
    a.peer.expect(picture);
    for (at, bytes) in [(0, 1_000), (500, 2_000), (1_500, 2_000)] {
        a.at(at).browser(received(bytes));
    }
    assert!(matches!(a.flow(), MediaFlow::Recovering { .. }));
    a.peer.expect(Expect::default());
    assert_eq!(a.flow(), MediaFlow::Flowing);
}

#[test]
fn a_restart_that_does_not_help_becomes_a_new_connection_each_time_later() {
    let mut a = Side::connected_caller();
    a.browser(PeerInput::State(PeerState::Disconnected));
    a.browser(described(true));
    a.acts();
    let first = a.peer.connection();
    let opens = |side: &mut Side| side.told().iter().any(|o| matches!(o, PeerOutput::Open(_)));
    for (before, due) in [(5_999, 6_000), (13_999, 14_000), (25_999, 26_000), (37_999, 38_000)] {
        a.at(before);
        assert!(!opens(&mut a), "{before}");
        a.at(due);
        assert!(opens(&mut a), "{due}");
    }
    assert!(a.peer.connection() > first);
    assert!(matches!(a.flow(), MediaFlow::Recovering { .. }));
}

#[test]
fn the_other_side_asks_for_a_new_connection_when_its_restart_does_not_help() {
    let mut b = Side::connected_callee();
    b.browser(PeerInput::State(PeerState::Disconnected));
    b.acts();
    b.at(6_000);
    let said = b.said();
    assert_eq!((kinds(&said), said[0].to_connection), (vec![("again", 0)], 0));
    b.hear(9, 0, 1, offer("new"));
    let told = b.told();
    assert!(
        matches!(
            &told[..],
            [PeerOutput::Close, PeerOutput::Open(_), PeerOutput::Apply { .. }]
        ),
        "{told:?}"
    );
}

#[test]
fn a_reloaded_page_gets_a_new_connection_and_a_call_on_its_way_is_said_again() {
    let mut a = Side::connected_caller();
    a.at(5_000);
    a.hear(0, 0, 0, SignalKind::Again);
    let told = a.told();
    assert!(
        matches!(
            &told[..],
            [PeerOutput::Close, PeerOutput::Open(_), PeerOutput::Describe]
        ),
        "{told:?}"
    );
    a.browser(described(true));
    a.acts();
    a.hear(0, 0, 0, SignalKind::Again);
    assert_eq!(kinds(&a.said()), [("offer", 1)]);
}

#[test]
fn a_newer_connection_of_the_caller_replaces_ours_and_an_older_one_does_not() {
    let mut b = Side::connected_callee();
    b.hear(6, 0, 1, offer("old"));
    assert_eq!(b.acts(), []);
    b.hear(8, 0, 1, offer("new"));
    assert!(matches!(
        &b.told()[..],
        [PeerOutput::Close, PeerOutput::Open(_), PeerOutput::Apply { .. }]
    ));
    b.hear(7, 0, 1, candidate("of the old one"));
    b.browser(PeerInput::RemoteApplied);
    assert_eq!(b.told(), [PeerOutput::Describe]);
}

#[test]
fn servers_that_run_out_are_renewed_before_a_restart_but_not_waited_for_long() {
    for answered in [true, false] {
        let mut a = Side::connected_caller();
        a.ice.expires_at = Time::from_millis(ZERO + 30_000);
        a.browser(PeerInput::State(PeerState::Disconnected));
        assert_eq!(a.acts(), [Act::RenewIce]);
        if answered {
            a.ice.expires_at = Time::from_millis(ZERO + 600_000);
            a.with(Peer::ice_came);
            let fresh = PeerOutput::SetServers(a.ice.clone());
            assert_eq!(a.told(), [fresh, PeerOutput::RestartIce, PeerOutput::Describe]);
        } else {
            a.at(1_000);
            assert_eq!(a.told(), [PeerOutput::RestartIce, PeerOutput::Describe]);
        }
    }
}

#[test]
fn while_the_relay_is_away_nothing_is_given_up_and_then_it_goes_on_at_once() {
    let mut a = Side::connected_caller();
    a.with(|peer, scene| peer.set_reachable(false, scene));
    assert_eq!(
        (a.acts(), a.flow()),
        (vec![], MediaFlow::Flowing),
        "the picture never stops"
    );
    a.browser(PeerInput::State(PeerState::Disconnected));
    a.at(60_000);
    assert_eq!(a.acts(), []);
    a.with(|peer, scene| peer.set_reachable(true, scene));
    assert_eq!(a.told(), [PeerOutput::RestartIce, PeerOutput::Describe]);
}

#[test]
fn a_browser_that_cannot_open_a_connection_is_not_asked_in_a_circle() {
    let mut a = Side::caller();
    let failure = || {
        PeerInput::Failed(Failure {
            name: "NotSupportedError".into(),
            message: String::new(),
        })
    };
    a.acts();
    let mut opens = 0;
    for millis in 0..20_000 {
        a.at(millis);
        if a.told().iter().any(|o| matches!(o, PeerOutput::Open(_))) {
            opens += 1;
            a.browser(failure());
        } else if millis == 0 {
            a.browser(failure());
        }
    }
    assert!((2..=6).contains(&opens), "{opens}");
}

#[test]
fn silence_is_reconnecting_after_three_seconds_and_lost_after_fifteen() {
    let mut b = Side::connected_callee();
    b.with(|peer, scene| peer.set_reachable(false, scene));
    b.peer.expect(Expect {
        media: true,
        picture: true,
        own_picture: false,
    });
    for (at, bytes) in [(0, 1_000), (500, 2_000), (1_500, 2_000)] {
        b.at(at).browser(received(bytes));
    }
    let quality = |b: &Side| b.peer.view().quality;
    b.at(3_499);
    assert_eq!(quality(&b), Quality::Good);
    b.at(3_500);
    assert_eq!(quality(&b), Quality::Reconnecting);
    b.at(15_499);
    assert_eq!(quality(&b), Quality::Reconnecting);
    b.at(15_500);
    assert_eq!(quality(&b), Quality::Lost);
    b.browser(PeerInput::State(PeerState::Connected));
    assert_eq!(quality(&b), Quality::Good);
}

#[test]
fn disconnected_is_reconnecting_at_once() {
    let mut a = Side::connected_caller();
    a.browser(PeerInput::State(PeerState::Disconnected));
    assert_eq!(a.peer.view().quality, Quality::Reconnecting);
}

#[test]
fn news_of_a_replaced_connection_is_dropped() {
    let mut b = Side::connected_callee();
    let old = b.peer.connection();
    b.hear(8, 0, 1, offer("new"));
    b.acts();
    b.with(|peer, scene| peer.browser(old, PeerInput::State(PeerState::Closed), scene));
    b.with(|peer, scene| peer.browser(old, PeerInput::RemoteApplied, scene));
    assert_eq!(b.acts(), []);
}

#[test]
fn closing_closes_and_tracks_are_refreshed_on_what_is_open() {
    let mut a = Side::connected_caller();
    a.peer.refresh_tracks();
    a.peer.close();
    a.peer.refresh_tracks();
    assert_eq!(a.told(), [PeerOutput::RefreshTracks, PeerOutput::Close]);
}
