//! What time alone does: nobody there, knocks that nobody stands behind.

use crate::story::{AGENT, CUSTOMER, GUEST, KNOCKER, START, Story};
use core::time::Duration;
use farhand_shared::limit;
use farhand_shared::role::Role;
use farhand_shared::session::{Command, EndReason, Event, Seat, Status, due, next_due};

const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn a_running_call_that_everybody_lost_ends_after_fifteen_minutes() {
    let one = Story::call().disconnects(CUSTOMER).passes(MINUTE);
    let nobody = one.disconnects(AGENT);
    let last_seen = nobody.now;
    assert!(nobody.clone().passes(limit::REJOIN - MINUTE).is_running());
    let over = nobody.passes(limit::REJOIN);
    let reason = EndReason::Disconnected;
    let at = last_seen.plus(limit::REJOIN);
    assert_eq!(over.session.status(), Status::Done { at, reason });
}

#[test]
fn one_side_that_is_still_there_keeps_the_call() {
    let story = Story::call().disconnects(CUSTOMER).passes(limit::ABANDONED);
    assert!(story.is_running());
    assert_eq!(next_due(&story.session), None);
}

#[test]
fn a_guest_alone_does_not_keep_the_call() {
    let story = Story::call().joins(GUEST, Role::Guest).connects(GUEST);
    let story = story.disconnects(CUSTOMER).disconnects(AGENT).passes(limit::REJOIN);
    assert!(!story.is_running());
}

#[test]
fn coming_back_in_time_saves_the_call() {
    let story = Story::call()
        .disconnects(CUSTOMER)
        .disconnects(AGENT)
        .passes(limit::REJOIN - MINUTE);
    let story = story.connects(CUSTOMER).passes(limit::REJOIN);
    assert!(story.is_running());
}

#[test]
fn a_session_nobody_comes_to_is_abandoned_after_a_day() {
    assert_eq!(next_due(&Story::new().session), Some(START.plus(limit::ABANDONED)));
    let over = Story::new().passes(limit::ABANDONED);
    let (at, reason) = (START.plus(limit::ABANDONED), EndReason::Abandoned);
    assert_eq!(over.session.status(), Status::Done { at, reason });
}

#[test]
fn a_day_counts_from_when_the_last_one_went() {
    let story = Story::lobby().passes(MINUTE).disconnects(AGENT).disconnects(CUSTOMER);
    let last_seen = story.now;
    assert_eq!(next_due(&story.session), Some(last_seen.plus(limit::ABANDONED)));
    assert!(!story.passes(limit::ABANDONED - MINUTE).session.status().is_over());
}

#[test]
fn a_customer_who_waits_is_never_given_up() {
    let story = Story::new()
        .joins(CUSTOMER, Role::Customer)
        .connects(CUSTOMER)
        .does(CUSTOMER, Command::Start);
    assert_eq!(next_due(&story.session), None);
    assert_eq!(story.passes(limit::ABANDONED * 3).seat(CUSTOMER), Seat::Ready);
}

#[test]
fn a_knock_is_forgotten_a_minute_after_its_browser_went() {
    let waits = Story::lobby().knocks(KNOCKER).passes(MINUTE * 10);
    assert!(matches!(waits.seat(KNOCKER), Seat::Knocking { .. }));
    let gone = waits.disconnects(KNOCKER);
    assert_eq!(next_due(&gone.session), Some(gone.now.plus(limit::KNOCK_KEPT)));
    assert_eq!(gone.passes(limit::KNOCK_KEPT).seat(KNOCKER), Seat::Left);
}

#[test]
fn a_second_knock_has_its_minute_too() {
    let gone = Story::lobby().knocks(KNOCKER).disconnects(KNOCKER).passes(MINUTE * 5);
    let again = gone.takes(crate::story::knock(KNOCKER));
    assert_eq!(due(&again.session, again.now), []);
}

#[test]
fn what_came_due_while_the_relay_was_down_happens_once() {
    let story = Story::call().does(CUSTOMER, Command::End);
    let late = story.now.plus(limit::ABANDONED);
    let reason = EndReason::CustomerEnded;
    assert_eq!(due(&story.session, late), [Event::Ended { reason }]);
    assert_eq!(next_due(&Story::over().session), None);
}
