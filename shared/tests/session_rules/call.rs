//! Start, accept, decline, end, take back, rejoin (features S4.25-S4.28, S0.9-S0.11, X3).

use crate::story::{AGENT, CUSTOMER, GUEST, SECOND_AGENT, START, Story};
use core::time::Duration;
use farhand_shared::limit;
use farhand_shared::role::Role;
use farhand_shared::session::{Command, EndReason, Event, Mode, Rejection, Seat, Status};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn the_call_starts_once_both_sides_have_pressed_start() {
    let waiting = Story::lobby().does(CUSTOMER, Command::Start);
    assert!(!waiting.is_running());
    let events = waiting.when(AGENT, Command::Start);
    assert_eq!(events, Ok(vec![Event::Readied { person: AGENT }, Event::CallStarted]));
    let call = waiting.does(AGENT, Command::Start);
    assert_eq!(call.session.status(), Status::InProgress { since: START });
    assert_eq!(call.session.ringing(), None);
}

#[test]
fn start_rings_at_the_other_side_whichever_it_is() {
    for caller in [CUSTOMER, AGENT] {
        let until = START.plus(limit::RING);
        let events = Story::lobby().when(caller, Command::Start);
        assert_eq!(
            events,
            Ok(vec![
                Event::Readied { person: caller },
                Event::Rang { by: caller, until }
            ])
        );
    }
}

#[test]
fn start_does_not_ring_while_nobody_is_there_to_hear_it() {
    let alone = Story::new().joins(CUSTOMER, Role::Customer);
    assert_eq!(
        alone.when(CUSTOMER, Command::Start),
        Ok(vec![Event::Readied { person: CUSTOMER }])
    );
}

#[test]
fn pressing_start_twice_changes_nothing() {
    let ringing = Story::lobby().does(CUSTOMER, Command::Start);
    assert_eq!(ringing.when(CUSTOMER, Command::Start), Ok(vec![]));
    assert_eq!(Story::call().when(CUSTOMER, Command::Start), Ok(vec![]));
}

#[test]
fn a_further_person_only_comes_along() {
    for (person, role) in [(SECOND_AGENT, Role::Agent), (GUEST, Role::Guest)] {
        let call = Story::call().joins(person, role);
        assert_eq!(call.when(person, Command::Start), Ok(vec![Event::Readied { person }]));
    }
}

#[test]
fn a_guest_calls_nobody() {
    let lobby = Story::lobby().joins(GUEST, Role::Guest);
    assert_eq!(
        lobby.when(GUEST, Command::Start),
        Ok(vec![Event::Readied { person: GUEST }])
    );
}

#[test]
fn ringing_out_stops_the_bell_and_the_caller_keeps_waiting() {
    let story = Story::lobby().does(CUSTOMER, Command::Start);
    let before = story.log.len();
    let story = story.passes(limit::RING);
    assert_eq!(story.since(before), [Event::RingStopped { by: None }]);
    assert_eq!(story.seat(CUSTOMER), Seat::Ready);
    assert!(
        story.clone().does(AGENT, Command::Start).is_running(),
        "the agent may still come"
    );

    let until = story.now.plus(limit::RING);
    let again = story.when(CUSTOMER, Command::Start);
    assert_eq!(
        again,
        Ok(vec![Event::Rang { by: CUSTOMER, until }]),
        "Start rings again"
    );
}

#[test]
fn a_refused_call_puts_the_caller_back_into_the_lobby() {
    let story = Story::lobby()
        .does(AGENT, Command::Start)
        .does(CUSTOMER, Command::DeclineCall);
    assert_eq!(
        story.log.last().map(|r| &r.event),
        Some(&Event::RingStopped { by: Some(CUSTOMER) })
    );
    assert_eq!(story.seat(AGENT), Seat::Lobby);
    assert_eq!(story.session.ringing(), None);
}

#[test]
fn only_the_called_side_can_refuse_and_only_while_it_rings() {
    assert_eq!(
        Story::lobby().when(CUSTOMER, Command::DeclineCall),
        Err(Rejection::NotRinging)
    );
    let ringing = Story::lobby()
        .joins(SECOND_AGENT, Role::Agent)
        .does(AGENT, Command::Start);
    assert_eq!(ringing.when(AGENT, Command::DeclineCall), Err(Rejection::NotRinging));
    assert_eq!(
        ringing.when(SECOND_AGENT, Command::DeclineCall),
        Err(Rejection::NotRinging)
    );
}

#[test]
fn end_takes_effect_after_five_seconds() {
    for (who, reason) in [(CUSTOMER, EndReason::CustomerEnded), (AGENT, EndReason::AgentEnded)] {
        let due = START.plus(limit::END_UNDO);
        assert_eq!(
            Story::call().when(who, Command::End),
            Ok(vec![Event::EndAsked { by: who, due }])
        );
        let ending = Story::call().does(who, Command::End).passes(limit::END_UNDO - SECOND);
        assert!(ending.is_running());
        let over = ending.passes(SECOND);
        assert_eq!(over.session.status(), Status::Done { at: due, reason });
        assert_eq!(over.session.ending(), None);
        assert_eq!([over.seat(CUSTOMER), over.seat(AGENT)], [Seat::Lobby, Seat::Lobby]);
    }
}

#[test]
fn anybody_who_may_end_can_take_an_end_back() {
    let ending = Story::call().does(CUSTOMER, Command::End);
    assert_eq!(
        ending.when(AGENT, Command::Stay),
        Ok(vec![Event::EndUndone { by: AGENT }])
    );
    let story = ending.does(CUSTOMER, Command::Stay).passes(Duration::from_secs(60));
    assert!(story.is_running());
    assert_eq!(story.when(CUSTOMER, Command::Stay), Err(Rejection::NotEnding));
}

#[test]
fn pressing_end_again_does_not_push_the_end_away() {
    let ending = Story::call().does(CUSTOMER, Command::End).passes(SECOND * 4);
    assert_eq!(ending.when(AGENT, Command::End), Ok(vec![]));
    assert!(!ending.passes(SECOND).is_running());
}

#[test]
fn a_session_can_be_ended_before_its_call_has_started() {
    let story = Story::new()
        .joins(CUSTOMER, Role::Customer)
        .does(CUSTOMER, Command::End)
        .passes(limit::END_UNDO);
    assert!(story.session.status().is_over());
}

#[test]
fn both_sides_must_rejoin_and_the_last_mode_comes_back() {
    let over = Story::call()
        .does(CUSTOMER, Command::SetMode(Mode::Photo))
        .does(CUSTOMER, Command::End)
        .passes(limit::END_UNDO);
    let until = over.now.plus(limit::RING);
    let events = over.when(CUSTOMER, Command::Rejoin);
    assert_eq!(
        events,
        Ok(vec![
            Event::Readied { person: CUSTOMER },
            Event::Rang { by: CUSTOMER, until }
        ])
    );
    let one = over.does(CUSTOMER, Command::Rejoin);
    assert!(!one.is_running());
    assert_eq!(one.when(CUSTOMER, Command::Rejoin), Ok(vec![]));
    let both = one.does(AGENT, Command::Rejoin);
    assert!(both.is_running());
    assert_eq!(both.session.mode(), Mode::Photo);
}

#[test]
fn a_rejoin_that_rings_can_be_refused() {
    let story = Story::over()
        .does(CUSTOMER, Command::Rejoin)
        .does(AGENT, Command::DeclineCall);
    assert_eq!(story.seat(CUSTOMER), Seat::Lobby);
}

#[test]
fn a_rejoin_is_possible_for_fifteen_minutes() {
    let last_moment = Story::over().passes(limit::REJOIN);
    assert!(last_moment.when(AGENT, Command::Rejoin).is_ok());
    let late = last_moment.passes(SECOND);
    assert_eq!(late.when(AGENT, Command::Rejoin), Err(Rejection::TooLateToRejoin));
}

#[test]
fn there_is_nothing_to_rejoin_before_the_end_and_nothing_to_start_after_it() {
    for story in [Story::lobby(), Story::call()] {
        assert_eq!(story.when(CUSTOMER, Command::Rejoin), Err(Rejection::NotOver));
    }
    assert_eq!(
        Story::over().when(CUSTOMER, Command::Start),
        Err(Rejection::SessionOver)
    );
}
