//! Coming in: seats, knocks, invitations (features S0.5, S0.7, X6, C14).

use crate::story::{AGENT, CUSTOMER, GUEST, KNOCKER, SECOND_AGENT, START, Story, VIEWER, join, knock, knock_as};
use core::time::Duration;
use farhand_shared::id::{AgentId, InvitationId, PersonId};
use farhand_shared::limit;
use farhand_shared::role::Role;
use farhand_shared::session::{Channel, Command, Delivery, Event, Intake, Rejection, Seat, Status, spoken_code};

fn numbered(number: usize) -> PersonId {
    PersonId::from_u128(1000 + number as u128)
}

#[test]
fn each_role_has_its_number_of_seats_and_the_next_one_is_told_so() {
    let table = [
        (Role::Customer, 1, Rejection::CustomerPresent),
        (Role::Agent, limit::AGENTS, Rejection::TooManyAgents),
        (Role::Guest, limit::GUESTS, Rejection::TooManyGuests),
        (Role::Viewer, limit::VIEWERS, Rejection::TooManyViewers),
    ];
    for (role, seats, refusal) in table {
        let taken = (0..seats).map(numbered);
        let full = taken.fold(Story::new(), |story, person| story.joins(person, role).connects(person));
        assert_eq!(full.when_server(join(numbered(seats), role)), Err(refusal), "{role:?}");
        assert_eq!(
            full.when_server(join(numbered(0), role)),
            Ok(vec![]),
            "{role:?}: the same seat again"
        );
    }
}

#[test]
fn a_seat_that_was_left_is_free_and_the_same_person_may_have_it_again() {
    let story = Story::lobby()
        .joins(SECOND_AGENT, Role::Agent)
        .joins(numbered(1), Role::Agent);
    let left = story.does(SECOND_AGENT, Command::Leave);
    assert_eq!(left.seat(SECOND_AGENT), Seat::Left);
    let back = left.clone().joins(SECOND_AGENT, Role::Agent);
    assert_eq!(back.seat(SECOND_AGENT), Seat::Lobby);
    assert!(left.when_server(join(numbered(2), Role::Agent)).is_ok());
}

#[test]
fn joining_says_who_came_and_with_which_account() {
    let account = Some(AgentId::from_u128(9));
    let intake = Intake::Join {
        person: AGENT,
        role: Role::Agent,
        account,
        name: "  Ana \n María ".to_owned(),
        device: None,
    };
    let story = Story::new().takes(intake);
    let ana = story.person(AGENT);
    assert_eq!(
        (ana.name.as_str(), ana.account, ana.role),
        ("Ana María", account, Role::Agent)
    );
    assert!(!ana.connected, "a seat is not a socket");
}

#[test]
fn coming_back_without_a_name_keeps_the_name() {
    let story = Story::new()
        .joins(GUEST, Role::Guest)
        .does(GUEST, Command::SetName("Gil".to_owned()));
    let back = story.does(GUEST, Command::Leave).joins(GUEST, Role::Guest);
    assert_eq!(back.person(GUEST).name, "Gil");
}

#[test]
fn a_customer_whose_browser_is_gone_gives_the_seat_up_to_the_next() {
    let gone = Story::lobby().disconnects(CUSTOMER);
    let events = gone.when_server(join(KNOCKER, Role::Customer));
    assert!(matches!(
        events.as_deref(),
        Ok([Event::Left { person: CUSTOMER }, Event::Joined { person: KNOCKER, .. }])
    ));
    let knocked = gone.knocks(KNOCKER).does(AGENT, Command::Admit(KNOCKER));
    assert_eq!(
        [knocked.seat(CUSTOMER), knocked.seat(KNOCKER)],
        [Seat::Left, Seat::Lobby]
    );
}

#[test]
fn a_knocker_waits_until_an_agent_lets_them_in_as_the_customer() {
    let story = Story::new().joins(AGENT, Role::Agent).knocks(KNOCKER);
    assert_eq!(story.seat(KNOCKER), Seat::Knocking { since: START });
    assert!(story.session.customer().is_none());
    let admitted = story.does(AGENT, Command::Admit(KNOCKER));
    assert_eq!(admitted.seat(KNOCKER), Seat::Lobby);
    assert_eq!(admitted.session.customer().map(|c| c.name.as_str()), Some("Bo"));
    assert_eq!(
        admitted.when(AGENT, Command::Admit(KNOCKER)),
        Err(Rejection::NotKnocking)
    );
}

#[test]
fn nobody_is_admitted_while_the_customer_is_there() {
    let story = Story::lobby().knocks(KNOCKER);
    assert_eq!(
        story.when(AGENT, Command::Admit(KNOCKER)),
        Err(Rejection::CustomerPresent)
    );
}

#[test]
fn a_declined_knocker_is_out_and_may_knock_again() {
    let story = Story::new()
        .joins(AGENT, Role::Agent)
        .knocks(KNOCKER)
        .does(AGENT, Command::Decline(KNOCKER));
    assert_eq!(story.seat(KNOCKER), Seat::Declined);
    assert_eq!(
        story.when(KNOCKER, Command::SetName("x".to_owned())),
        Err(Rejection::NoSeat)
    );
    let connect = Intake::Connect {
        person: KNOCKER,
        device: None,
    };
    assert_eq!(story.when_server(connect), Err(Rejection::NoSeat));
    assert_eq!(
        story.when(AGENT, Command::Decline(KNOCKER)),
        Err(Rejection::NotKnocking)
    );
    assert!(matches!(story.knocks(KNOCKER).seat(KNOCKER), Seat::Knocking { .. }));
}

#[test]
fn a_knocker_is_told_once_that_they_are_noticed_and_knocks_anew_unnoticed() {
    let story = Story::new().joins(AGENT, Role::Agent).knocks(KNOCKER);
    assert_eq!(
        story.when(AGENT, Command::AskPatience(KNOCKER)),
        Ok(vec![Event::PatienceAsked { person: KNOCKER }])
    );
    let noticed = story.does(AGENT, Command::AskPatience(KNOCKER));
    assert_eq!(noticed.when(AGENT, Command::AskPatience(KNOCKER)), Ok(vec![]));
    let again = noticed.does(AGENT, Command::Decline(KNOCKER)).knocks(KNOCKER);
    assert_eq!(again.session.person(KNOCKER).map(|p| p.noticed), Some(false));
    let inside = again.does(AGENT, Command::Admit(KNOCKER));
    assert_eq!(
        inside.when(AGENT, Command::AskPatience(KNOCKER)),
        Err(Rejection::NotKnocking)
    );
}

#[test]
fn admitting_or_declining_a_stranger_is_refused() {
    for command in [
        Command::Admit(KNOCKER),
        Command::Decline(KNOCKER),
        Command::AskPatience(KNOCKER),
    ] {
        assert_eq!(Story::lobby().when(AGENT, command), Err(Rejection::NoSuchPerson));
    }
}

#[test]
fn knocking_twice_is_one_knock_and_the_door_holds_five() {
    let one = Story::new().knocks(numbered(0));
    assert_eq!(one.when_server(knock(numbered(0))), Ok(vec![]));
    let full = (1..limit::KNOCKERS).map(numbered).fold(one, Story::knocks);
    assert_eq!(full.when_server(knock(KNOCKER)), Err(Rejection::TooManyKnocks));
}

#[test]
fn a_session_remembers_a_bounded_number_of_people() {
    let mut story = Story::new().joins(AGENT, Role::Agent);
    for number in 1..limit::PEOPLE {
        story = story
            .knocks(numbered(number))
            .does(AGENT, Command::Decline(numbered(number)));
    }
    assert_eq!(story.session.people().len(), limit::PEOPLE);
    assert_eq!(story.when_server(knock(KNOCKER)), Err(Rejection::TooManyKnocks));
    assert_eq!(
        story.when_server(join(GUEST, Role::Guest)),
        Err(Rejection::TooManyGuests)
    );
    assert!(
        story.when_server(knock(numbered(1))).is_ok(),
        "a known person may still come back"
    );
}

#[test]
fn an_ended_session_takes_people_in_only_while_it_can_be_rejoined() {
    let over = Story::over();
    assert_eq!(over.when_server(knock(KNOCKER)), Err(Rejection::SessionOver));
    assert!(over.when_server(join(SECOND_AGENT, Role::Agent)).is_ok());
    let late = over.passes(limit::REJOIN + Duration::from_millis(1));
    assert_eq!(
        late.when_server(join(SECOND_AGENT, Role::Agent)),
        Err(Rejection::TooLateToRejoin)
    );
}

fn invite(number: u128) -> Intake {
    Intake::Invite {
        invitation: InvitationId::from_u128(number),
        channel: Channel::Sms,
        to: "••• 42".to_owned(),
    }
}

fn moved(delivery: Delivery) -> Intake {
    Intake::MoveInvitation {
        invitation: InvitationId::from_u128(1),
        delivery,
    }
}

#[test]
fn an_invitation_goes_forward_and_never_back() {
    use Delivery::{Delivered, Failed, Made, Opened, Revoked, Sent};
    let order = [Made, Sent, Failed, Delivered, Opened, Revoked];
    for (place, first) in order.into_iter().enumerate() {
        let story = Story::new().takes(invite(1)).takes(moved(first));
        for (other, then) in order.into_iter().enumerate() {
            let events = story.when_server(moved(then)).expect("is known");
            assert_eq!(events.len(), usize::from(other > place), "{first:?} then {then:?}");
        }
    }
}

#[test]
fn an_invitation_remembers_when_it_moved() {
    let story = Story::new()
        .takes(invite(1))
        .passes(Duration::from_secs(3))
        .takes(moved(Delivery::Opened));
    let invitation = &story.session.invitations()[0];
    assert_eq!((invitation.made_at, invitation.moved_at), (START, story.now));
    assert_eq!(
        (invitation.delivery, invitation.to.as_str()),
        (Delivery::Opened, "••• 42")
    );
}

#[test]
fn unknown_repeated_late_and_too_many_invitations() {
    assert_eq!(
        Story::new().when_server(moved(Delivery::Sent)),
        Err(Rejection::NoSuchInvitation)
    );
    assert_eq!(Story::new().takes(invite(1)).when_server(invite(1)), Ok(vec![]));
    assert_eq!(Story::over().when_server(invite(1)), Err(Rejection::SessionOver));
    let many = (0..limit::INVITATIONS as u128).fold(Story::new(), |story, number| story.takes(invite(number)));
    assert_eq!(many.when_server(invite(99)), Err(Rejection::TooManyInvitations));
}

#[test]
fn a_guest_waits_until_an_agent_lets_them_in_and_takes_no_customers_seat() {
    let story = Story::lobby().takes(knock_as(GUEST, Role::Guest));
    assert!(matches!(story.seat(GUEST), Seat::Knocking { .. }));
    let admitted = story.does(AGENT, Command::Admit(GUEST));
    assert_eq!(
        (admitted.seat(GUEST), admitted.person(GUEST).role),
        (Seat::Lobby, Role::Guest)
    );
    assert_eq!(admitted.session.customer().map(|c| c.id), Some(CUSTOMER));
}

#[test]
fn a_fifth_guest_is_not_admitted_until_another_has_gone() {
    let mut story = Story::lobby();
    for number in 0..limit::GUESTS {
        let guest = numbered(number);
        story = story
            .takes(knock_as(guest, Role::Guest))
            .does(AGENT, Command::Admit(guest));
    }
    let story = story.takes(knock_as(GUEST, Role::Guest));
    assert_eq!(story.when(AGENT, Command::Admit(GUEST)), Err(Rejection::TooManyGuests));
    let room = story.does(numbered(0), Command::Leave);
    assert!(room.when(AGENT, Command::Admit(GUEST)).is_ok());
}

#[test]
fn guests_and_viewers_can_be_sent_away_and_come_back_only_through_a_door() {
    for role in [Role::Guest, Role::Viewer] {
        let story = Story::call().joins(GUEST, role).connects(GUEST);
        let gone = story.does(AGENT, Command::Eject(GUEST));
        assert_eq!((gone.seat(GUEST), gone.person(GUEST).connected), (Seat::Ejected, false));
        assert_eq!(
            gone.when(GUEST, Command::SetName("x".to_owned())),
            Err(Rejection::NoSeat)
        );
        let connect = Intake::Connect {
            person: GUEST,
            device: None,
        };
        assert_eq!(gone.when_server(connect), Err(Rejection::NoSeat));
        assert_eq!(gone.when(AGENT, Command::Eject(GUEST)), Ok(vec![]), "once is enough");
        assert!(
            matches!(gone.session.status(), Status::InProgress { .. }),
            "the call goes on"
        );
    }
}

#[test]
fn an_agent_holds_the_picture_of_a_customer_or_guest_and_of_nobody_else() {
    let hold = |person, on| Command::Hold { person, on };
    let story = || Story::call().joins(GUEST, Role::Guest).joins(SECOND_AGENT, Role::Agent);
    for person in [CUSTOMER, GUEST] {
        let held = || story().does(AGENT, hold(person, true));
        assert!(held().person(person).hides());
        assert_eq!(held().when(AGENT, hold(person, true)), Ok(vec![]), "once is enough");
        for other in [CUSTOMER, GUEST] {
            assert_eq!(held().when(other, hold(person, false)), Err(Rejection::NotAllowed));
        }
        // Their own pause is another matter: showing it again themselves does not undo the hold.
        let shown = held()
            .does(person, Command::Pause(true))
            .does(person, Command::Pause(false));
        assert!(shown.person(person).hides());
        let released = shown.does(SECOND_AGENT, hold(person, false));
        assert!(!released.person(person).hides());
    }
    assert_eq!(
        story().when(AGENT, hold(SECOND_AGENT, true)),
        Err(Rejection::NotAllowed)
    );
    assert_eq!(story().when(AGENT, hold(KNOCKER, true)), Err(Rejection::NoSuchPerson));
    let left = story().does(AGENT, hold(GUEST, true)).does(GUEST, Command::Leave);
    assert!(!left.person(GUEST).held, "a new visit begins without it");
    assert_eq!(left.when(AGENT, hold(GUEST, true)), Err(Rejection::NotPossibleNow));
}

#[test]
fn nobody_sends_a_customer_or_an_agent_away() {
    let story = Story::call().joins(SECOND_AGENT, Role::Agent);
    for person in [CUSTOMER, SECOND_AGENT] {
        assert_eq!(story.when(AGENT, Command::Eject(person)), Err(Rejection::NotAllowed));
    }
    assert_eq!(story.when(AGENT, Command::Eject(KNOCKER)), Err(Rejection::NoSuchPerson));
}

#[test]
fn a_viewer_shares_the_call_without_pressing_anything() {
    let story = Story::call().joins(VIEWER, Role::Viewer);
    let sees = |who| story.session.peers_of(who).map(|p| p.id).collect::<Vec<_>>();
    assert_eq!(sees(VIEWER), [CUSTOMER, AGENT]);
    assert!(sees(CUSTOMER).contains(&VIEWER));
    assert_eq!(story.when(VIEWER, Command::Start), Err(Rejection::NotAllowed));
}

#[test]
fn the_code_that_a_guest_reads_out_has_four_digits() {
    for number in [0, 7, 10_000, u128::MAX] {
        let code = spoken_code(PersonId::from_u128(number));
        assert!(
            code.len() == 4 && code.bytes().all(|digit| digit.is_ascii_digit()),
            "{code}"
        );
    }
}
