//! Drawing together (features S2.15-S2.21, S4.33-S4.35, X1).

use crate::files::{FILE, still};
use crate::story::{AGENT, CUSTOMER, GUEST, Story, VIEWER};
use core::time::Duration;
use farhand_shared::id::{FileId, MarkId, PersonId};
use farhand_shared::ink::{Point, Shape};
use farhand_shared::limit;
use farhand_shared::role::Role;
use farhand_shared::session::{Command, Event, FileKind, FileStep, MarkStep, Mode, Rejection};

fn shape(n: u128) -> Shape {
    Shape::Dot(Point { x: n as u16, y: 7 })
}

fn mark(n: u128) -> Command {
    Command::Mark {
        file: FILE,
        mark: MarkId::from_u128(n),
        shape: shape(n),
    }
}

fn step(step: MarkStep) -> Command {
    Command::Marks { file: FILE, step }
}

const CLEAR: Command = Command::ClearMarks { file: FILE };
const RESTORE: Command = Command::RestoreMarks { file: FILE };

/// The visible marks, by number.
fn seen(story: &Story) -> Vec<u128> {
    let file = story.session.file(FILE).expect("is there");
    file.visible_marks().map(|mark| mark.id.uuid().as_u128()).collect()
}

/// Customer, agent, customer, agent.
fn drawn() -> Story {
    still()
        .does(CUSTOMER, mark(1))
        .does(AGENT, mark(2))
        .does(CUSTOMER, mark(3))
        .does(AGENT, mark(4))
}

#[test]
fn undo_takes_my_own_last_mark_and_redo_brings_it_back() {
    let story = drawn().does(CUSTOMER, step(MarkStep::Undo));
    assert_eq!(seen(&story), [1, 2, 4]);
    let story = story.does(CUSTOMER, step(MarkStep::Undo));
    assert_eq!(seen(&story), [2, 4]);
    assert_eq!(
        story.when(CUSTOMER, step(MarkStep::Undo)),
        Ok(vec![]),
        "the agent's are not mine"
    );
    let story = story.does(CUSTOMER, step(MarkStep::Redo));
    assert_eq!(seen(&story), [1, 2, 4], "the newest undo first");
    let story = story.does(CUSTOMER, step(MarkStep::Redo));
    assert_eq!(seen(&story), [1, 2, 3, 4], "in the old place");
    assert_eq!(story.when(CUSTOMER, step(MarkStep::Redo)), Ok(vec![]));
}

#[test]
fn undo_all_takes_all_of_mine_and_one_redo_brings_them_all_back() {
    let story = drawn().does(AGENT, step(MarkStep::UndoAll));
    assert_eq!(seen(&story), [1, 3]);
    assert_eq!(story.when(AGENT, step(MarkStep::UndoAll)), Ok(vec![]));
    assert_eq!(seen(&story.does(AGENT, step(MarkStep::Redo))), [1, 2, 3, 4]);
}

#[test]
fn a_new_mark_ends_what_could_be_redone_of_mine_only() {
    let story = drawn()
        .does(CUSTOMER, step(MarkStep::Undo))
        .does(AGENT, step(MarkStep::Undo))
        .does(CUSTOMER, mark(5));
    assert_eq!(story.when(CUSTOMER, step(MarkStep::Redo)), Ok(vec![]));
    assert_eq!(seen(&story.does(AGENT, step(MarkStep::Redo))), [1, 2, 4, 5]);
}

#[test]
fn an_agent_clears_everyones_and_may_take_that_back_for_a_moment() {
    assert_eq!(drawn().when(CUSTOMER, CLEAR), Err(Rejection::NotAllowed));
    let undone = drawn().does(CUSTOMER, step(MarkStep::Undo));
    let story = undone.does(AGENT, CLEAR);
    assert_eq!(seen(&story), Vec::<u128>::new());
    assert_eq!(story.when(AGENT, CLEAR), Ok(vec![]));
    let back = story.clone().passes(Duration::from_secs(6)).does(AGENT, RESTORE);
    assert_eq!(seen(&back), [1, 2, 4]);
    assert_eq!(seen(&back.does(CUSTOMER, step(MarkStep::Redo))), [1, 2, 3, 4]);
    let late = story.clone().passes(limit::UNDO_KEPT + Duration::from_millis(1));
    assert_eq!(late.when(AGENT, RESTORE), Err(Rejection::TooLateToUndo));
    let late = late.does(AGENT, mark(6));
    assert_eq!(late.when(AGENT, RESTORE), Ok(vec![]), "nothing is left of it");
    assert_eq!(story.when(CUSTOMER, RESTORE), Err(Rejection::NotAllowed));
}

#[test]
fn a_repeat_draws_nothing_twice_and_what_shows_nothing_is_refused() {
    assert_eq!(drawn().when(CUSTOMER, mark(1)), Ok(vec![]));
    let nothing = Command::Mark {
        file: FILE,
        mark: MarkId::from_u128(9),
        shape: Shape::Text {
            at: Point::MIDDLE,
            text: " \n".to_owned(),
        },
    };
    assert_eq!(drawn().when(AGENT, nothing), Err(Rejection::BadShape));
}

#[test]
fn drawing_needs_a_picture_that_is_there_and_a_role_that_may() {
    let story = Story::live().does(AGENT, Command::TakeStill { file: FILE });
    assert_eq!(
        story.when(AGENT, mark(1)),
        Err(Rejection::NoSuchFile),
        "nothing to be seen yet"
    );
    let gone = drawn().does(
        AGENT,
        Command::File {
            file: FILE,
            step: FileStep::Delete,
        },
    );
    assert_eq!(gone.when(AGENT, mark(9)), Err(Rejection::NoSuchFile));
    let story = drawn().joins(GUEST, Role::Guest).joins(VIEWER, Role::Viewer);
    assert!(story.when(GUEST, mark(9)).is_ok());
    assert_eq!(story.when(VIEWER, mark(9)), Err(Rejection::NotAllowed));
}

#[test]
fn a_picture_takes_a_bounded_number_of_marks() {
    let mut story = still();
    for n in 0..limit::MARKS as u128 {
        story = story.does(AGENT, mark(100 + n));
    }
    assert_eq!(story.when(CUSTOMER, mark(1)), Err(Rejection::TooManyMarks));
    assert!(story.does(AGENT, step(MarkStep::Undo)).when(CUSTOMER, mark(1)).is_ok());
}

#[test]
fn an_annotated_picture_keeps_what_was_drawn_as_its_layers() {
    let flat = FileId::from_u128(77);
    let story = drawn().does(CUSTOMER, step(MarkStep::Undo)).does(
        AGENT,
        Command::Share {
            file: flat,
            kind: FileKind::Annotated,
            name: String::new(),
            bytes: 9,
            of: Some(FILE),
        },
    );
    let layers: Vec<PersonId> = story
        .session
        .file(flat)
        .expect("is there")
        .marks
        .iter()
        .map(|m| m.by)
        .collect();
    assert_eq!(layers, [CUSTOMER, AGENT, AGENT]);
    assert_eq!(
        story.when(
            AGENT,
            Command::Mark {
                file: flat,
                mark: MarkId::from_u128(9),
                shape: shape(1),
            }
        ),
        Err(Rejection::NoSuchFile),
        "what was sent is not drawn on"
    );
}

#[test]
fn ink_on_live_video_is_told_and_changes_nothing() {
    let draw = |shape| Command::Draw {
        on: CUSTOMER,
        mark: MarkId::from_u128(1),
        shape,
    };
    for who in [AGENT, CUSTOMER] {
        let before = Story::live();
        let events = before.when(who, draw(shape(3))).expect("is allowed");
        assert!(matches!(&events[..], [Event::Drew { person, on: CUSTOMER, .. }] if *person == who));
        let after = before.clone().does(who, draw(shape(3)));
        assert_eq!(after.session.files(), before.session.files());
    }
    let (a, b) = (Point::default(), Point::MIDDLE);
    assert_eq!(
        Story::live().when(AGENT, draw(Shape::Blur { a, b })),
        Err(Rejection::BadShape),
        "live video takes only what fades well"
    );
    let not_now = [
        Story::lobby(),
        Story::call(),
        Story::live().does(AGENT, Command::SetMode(Mode::Photo)),
    ];
    for story in not_now {
        assert_eq!(story.when(AGENT, draw(shape(1))), Err(Rejection::NotPossibleNow));
    }
}
