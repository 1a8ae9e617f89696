//! Paths that die and are found again, and the words for it.

use super::*;

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
