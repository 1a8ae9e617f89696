//! Sending over networks that come and go.

use super::*;
use crate::time::Time;

const A: FileId = FileId::from_u128(1);
const B: FileId = FileId::from_u128(2);
const TOTAL: u64 = 600_000;

/// Two photos, expected, with a link.
fn two() -> Queue {
    let mut queue = Queue::default();
    queue.hear(true, vec![(A, FileStage::Expected), (B, FileStage::Expected)]);
    queue.add(A, FileKind::Photo, TOTAL, true);
    queue.add(B, FileKind::Photo, TOTAL, true);
    queue
}

/// Does the next step with this outcome.
#[track_caller]
fn answer(queue: &mut Queue, expected: Step, outcome: Result<u64, Fault>) -> After {
    assert_eq!(queue.next(), Some(expected));
    queue.answered(expected, outcome)
}

fn previewed() -> Queue {
    let mut queue = two();
    answer(&mut queue, Step::Preview(A), Ok(0));
    answer(&mut queue, Step::Preview(B), Ok(0));
    queue
}

#[test]
fn small_pictures_of_all_go_before_any_whole_one() {
    let mut queue = previewed();
    answer(&mut queue, Step::Ask(A), Ok(0));
    answer(&mut queue, Step::Chunk { file: A, from: 0 }, Ok(262_144));
    answer(&mut queue, Step::Chunk { file: A, from: 262_144 }, Ok(TOTAL));
    assert_eq!(queue.next(), Some(Step::Ask(B)));
}

#[test]
fn a_picture_taken_meanwhile_shows_its_small_one_before_the_rest_of_an_older_one() {
    let mut queue = previewed();
    answer(&mut queue, Step::Ask(A), Ok(0));
    let new = FileId::from_u128(3);
    queue.add(new, FileKind::Photo, TOTAL, true);
    answer(&mut queue, Step::Preview(new), Ok(0));
    assert_eq!(queue.next(), Some(Step::Chunk { file: A, from: 0 }));
}

#[test]
fn it_goes_on_from_where_the_relay_stands() {
    let mut queue = previewed();
    answer(&mut queue, Step::Ask(A), Ok(300_000));
    answer(
        &mut queue,
        Step::Chunk { file: A, from: 300_000 },
        Err(Fault::Elsewhere(100_000)),
    );
    assert_eq!(queue.next(), Some(Step::Chunk { file: A, from: 100_000 }));
    assert_eq!(queue.uploads()[0].sent, 100_000);
}

#[test]
fn without_an_answer_it_waits_longer_each_time_and_asks_anew() {
    let mut queue = previewed();
    answer(&mut queue, Step::Ask(A), Ok(0));
    let mut step = Step::Chunk { file: A, from: 0 };
    for seconds in [1, 2, 4, 8, 15, 15] {
        let after = answer(&mut queue, step, Err(Fault::Unreachable));
        assert_eq!(after, After::Pause(Duration::from_secs(seconds)));
        assert_eq!(queue.next(), None);
        queue.resume();
        step = Step::Ask(A);
    }
    answer(&mut queue, step, Ok(0));
    let after = answer(&mut queue, Step::Chunk { file: A, from: 0 }, Err(Fault::Unreachable));
    assert_eq!(
        after,
        After::Pause(Duration::from_secs(1)),
        "an answer ends the patience"
    );
}

#[test]
fn a_link_that_is_back_ends_the_pause_at_once() {
    let mut queue = previewed();
    answer(&mut queue, Step::Ask(A), Err(Fault::Unreachable));
    let mine = vec![(A, FileStage::Preview), (B, FileStage::Preview)];
    assert!(queue.hear(false, mine.clone()));
    assert_eq!(queue.next(), None);
    assert!(queue.hear(true, mine.clone()));
    assert_eq!(queue.next(), Some(Step::Ask(A)));
    assert!(!queue.hear(true, mine), "nothing new");
}

#[test]
fn pictures_wait_while_there_is_no_link_and_until_they_have_arrived() {
    let mut queue = Queue::default();
    queue.add(A, FileKind::Photo, TOTAL, false);
    queue.add(B, FileKind::Document, TOTAL, false);
    assert_eq!(queue.waiting(), 1, "a document is no picture");
    queue.hear(true, vec![(A, FileStage::Expected), (B, FileStage::Expected)]);
    assert_eq!(queue.waiting(), 1, "not sent yet");
    answer(&mut queue, Step::Ask(A), Ok(0));
    answer(&mut queue, Step::Chunk { file: A, from: 0 }, Ok(TOTAL));
    assert_eq!(queue.waiting(), 0);
}

#[test]
fn what_is_sent_with_a_link_never_waits() {
    let queue = previewed();
    assert_eq!(queue.waiting(), 0);
}

#[test]
fn a_picture_stays_until_the_session_has_it() {
    let mut queue = previewed();
    answer(&mut queue, Step::Ask(A), Ok(TOTAL));
    assert!(queue.settle().is_empty());
    queue.hear(true, vec![(A, FileStage::Stored), (B, FileStage::Preview)]);
    assert_eq!(queue.settle(), [A]);
    assert_eq!(queue.missing().count(), 0);
}

#[test]
fn expected_files_that_are_not_here_are_missing() {
    let mut queue = Queue::default();
    queue.hear(true, vec![(A, FileStage::Expected), (B, FileStage::Stored)]);
    assert_eq!(queue.missing().collect::<Vec<_>>(), [A]);
}

#[test]
fn a_refused_file_is_given_up_but_not_for_its_small_picture() {
    let mut queue = two();
    assert_eq!(answer(&mut queue, Step::Preview(A), Err(Fault::Refused)), After::GoOn);
    answer(&mut queue, Step::Preview(B), Ok(0));
    assert_eq!(answer(&mut queue, Step::Ask(A), Err(Fault::Refused)), After::GiveUp(A));
    assert_eq!(queue.next(), Some(Step::Ask(B)));
}

#[test]
fn a_file_that_the_session_never_hears_of_is_let_go() {
    let mut queue = Queue::default();
    queue.add(A, FileKind::Photo, TOTAL, false);
    queue.hear(true, Vec::new());
    for _ in 0..=UNKNOWN {
        answer(&mut queue, Step::Ask(A), Err(Fault::Unknown));
        queue.resume();
    }
    assert_eq!(queue.settle(), [A]);
}

#[test]
fn a_deleted_file_is_not_sent_unless_it_comes_back() {
    let mut queue = previewed();
    let at = Time::from_millis(1);
    let deleted = FileStage::Deleted {
        at,
        whole: false,
        was_open: false,
    };
    queue.hear(true, vec![(A, deleted), (B, FileStage::Preview)]);
    assert_eq!(queue.next(), Some(Step::Ask(B)));
    queue.hear(true, vec![(A, FileStage::Preview), (B, FileStage::Preview)]);
    assert_eq!(queue.next(), Some(Step::Ask(A)));
}
