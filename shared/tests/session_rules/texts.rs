//! Names, case ids and the other words people type; mode and talk.

use crate::story::{AGENT, CUSTOMER, START, Story};
use farhand_shared::id::SessionId;
use farhand_shared::limit;
use farhand_shared::session::{Command, Context, Creator, Event, Mode, Rejection, Status, Talk, create};

#[test]
fn texts_are_cleaned_and_never_cut() {
    let story = Story::lobby().does(CUSTOMER, Command::SetName(" Zoë\t\n  Ng\u{7} ".to_owned()));
    assert_eq!(story.person(CUSTOMER).name, "Zoë Ng");
    let longest = "é".repeat(limit::NAME_CHARS);
    assert!(story.when(CUSTOMER, Command::SetName(longest.clone())).is_ok());
    assert_eq!(
        story.when(CUSTOMER, Command::SetName(longest + "é")),
        Err(Rejection::TextTooLong)
    );
    assert_eq!(story.when(CUSTOMER, Command::SetName("Zoë  Ng".to_owned())), Ok(vec![]));
}

#[test]
fn a_case_id_is_set_cleared_and_bounded() {
    let story = Story::lobby().does(AGENT, Command::SetCase(" T-1 ".to_owned()));
    assert_eq!(story.session.case_id(), Some("T-1"));
    assert_eq!(story.when(AGENT, Command::SetCase("T-1".to_owned())), Ok(vec![]));
    let long = Command::SetCase("9".repeat(limit::CASE_ID_CHARS + 1));
    assert_eq!(story.when(AGENT, long), Err(Rejection::TextTooLong));
    assert_eq!(
        story.does(AGENT, Command::SetCase("  ".to_owned())).session.case_id(),
        None
    );
}

#[test]
fn both_sides_switch_mode_and_talk() {
    for who in [CUSTOMER, AGENT] {
        let story = Story::call();
        assert_eq!(story.when(who, Command::SetMode(Mode::Video)), Ok(vec![]));
        assert_eq!(story.when(who, Command::SetTalk(Talk::Page)), Ok(vec![]));
        let story = story
            .does(who, Command::SetMode(Mode::Photo))
            .does(who, Command::SetTalk(Talk::PhoneCall));
        assert_eq!(
            (story.session.mode(), story.session.talk()),
            (Mode::Photo, Talk::PhoneCall)
        );
    }
}

#[test]
fn a_session_is_made_confirmed_in_the_mode_that_was_chosen() {
    let story = Story::created(Mode::Photo);
    assert_eq!(
        (story.session.status(), story.session.mode()),
        (Status::Confirmed, Mode::Photo)
    );
    assert_eq!(
        (story.session.created_at(), story.session.company()),
        (START, "Acme Power")
    );
}

#[test]
fn a_session_is_not_made_with_texts_that_are_too_long() {
    let id = SessionId::from_u128(7);
    let ctx = Context::at(START);
    let long_case = "9".repeat(limit::CASE_ID_CHARS + 1);
    let make = |company: &str, case_id| {
        create(id, Creator::Customer, company, Mode::Video, Talk::Page, case_id, &ctx).map(|events| events.len())
    };
    assert_eq!(
        make(&"c".repeat(limit::COMPANY_CHARS + 1), None),
        Err(Rejection::TextTooLong)
    );
    assert_eq!(make("Acme", Some(&long_case)), Err(Rejection::TextTooLong));
    assert_eq!(make("", None), Ok(1));
    let blank = create(id, Creator::Customer, "Acme", Mode::Video, Talk::Page, Some(" "), &ctx);
    assert!(matches!(blank.as_deref(), Ok([Event::Created { case_id: None, .. }])));
}
