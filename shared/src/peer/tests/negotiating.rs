//! Offers, answers, candidates and the numbers of connections.

use super::*;

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
