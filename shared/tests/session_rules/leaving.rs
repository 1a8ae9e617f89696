//! Leaving removes one person; a running call does not go on without an agent (features X3, S1.11, S3.11).

use crate::story::{AGENT, CUSTOMER, GUEST, SECOND_AGENT, START, Story, VIEWER, rear};
use farhand_shared::role::Role;
use farhand_shared::session::{Camera, Command, EndReason, Event, Intake, Rejection, Seat, Status};

#[test]
fn an_agent_leaves_and_another_goes_on() {
    let two = Story::call().joins(SECOND_AGENT, Role::Agent).connects(SECOND_AGENT);
    assert_eq!(two.when(AGENT, Command::Leave), Ok(vec![Event::Left { person: AGENT }]));
    assert!(two.does(AGENT, Command::Leave).is_running());
}

#[test]
fn the_last_agent_leaving_ends_the_call() {
    let story = Story::call()
        .joins(GUEST, Role::Guest)
        .does(GUEST, Command::Start)
        .does(AGENT, Command::Leave);
    let reason = EndReason::AgentsLeft;
    assert_eq!(story.session.status(), Status::Done { at: START, reason });
    assert_eq!([story.seat(AGENT), story.seat(CUSTOMER)], [Seat::Left, Seat::Lobby]);
}

#[test]
fn an_agent_whose_browser_is_gone_does_not_keep_the_call_going() {
    let ghost = Story::call().joins(SECOND_AGENT, Role::Agent);
    assert!(!ghost.does(AGENT, Command::Leave).is_running());
}

#[test]
fn the_customer_keeps_waiting_when_the_agent_leaves_before_the_call() {
    let story = Story::lobby()
        .does(CUSTOMER, Command::Start)
        .does(AGENT, Command::Leave);
    assert_eq!(story.session.status(), Status::Confirmed);
    assert_eq!(story.seat(CUSTOMER), Seat::Ready);
}

#[test]
fn a_caller_who_leaves_stops_the_bell() {
    let story = Story::lobby().does(AGENT, Command::Start).does(AGENT, Command::Leave);
    assert_eq!(story.session.ringing(), None);
}

#[test]
fn guests_and_viewers_only_remove_themselves_and_customers_end() {
    let story = Story::call().joins(GUEST, Role::Guest).joins(VIEWER, Role::Viewer);
    for person in [GUEST, VIEWER] {
        assert_eq!(story.when(person, Command::Leave), Ok(vec![Event::Left { person }]));
        assert_eq!(story.when(person, Command::End), Err(Rejection::NotAllowed));
    }
    assert_eq!(story.when(CUSTOMER, Command::Leave), Err(Rejection::NotAllowed));
}

#[test]
fn whoever_went_can_do_nothing_and_comes_back_by_the_door() {
    let story = Story::call().joins(GUEST, Role::Guest).connects(GUEST);
    let story = story
        .does(GUEST, Command::ReportCamera(Camera::Live(rear())))
        .does(GUEST, Command::Leave);
    let guest = story.person(GUEST);
    assert_eq!((guest.camera, guest.connected), (Camera::Unknown, false));
    assert_eq!(story.when(GUEST, Command::Start), Err(Rejection::NoSeat));
    let connect = Intake::Connect {
        person: GUEST,
        device: None,
    };
    assert_eq!(story.when_server(connect), Err(Rejection::NoSeat));
    assert_eq!(story.when_server(Intake::Disconnect { person: GUEST }), Ok(vec![]));
    assert_eq!(story.joins(GUEST, Role::Guest).connects(GUEST).seat(GUEST), Seat::Lobby);
}

#[test]
fn an_agent_can_leave_an_ended_session_and_its_end_reason_stays() {
    let over = Story::over();
    let status = over.session.status();
    let left = over.does(AGENT, Command::Leave);
    assert_eq!(left.session.status(), status);
}

#[test]
fn the_end_tells_those_at_the_door() {
    let story = Story::call().knocks(crate::story::KNOCKER);
    let before = story.log.len();
    let story = story.does(AGENT, Command::Leave);
    let told = Event::Declined {
        person: crate::story::KNOCKER,
    };
    assert!(story.since(before).contains(&told));
    assert_eq!(story.seat(crate::story::KNOCKER), Seat::Declined);
}
