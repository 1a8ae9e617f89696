//! Writing to each other (features S2.10, S2.12, S2.20, P25).

use crate::files::{FILE, still};
use crate::story::{AGENT, CUSTOMER, GUEST, KNOCKER, Story, VIEWER};
use farhand_shared::limit;
use farhand_shared::role::Role;
use farhand_shared::session::{Command, FileStep, Rejection};

fn say(text: &str) -> Command {
    Command::Say {
        text: text.to_owned(),
        file: None,
    }
}

fn texts(story: &Story) -> Vec<&str> {
    let messages = story.session.messages().iter();
    messages.map(|message| message.text.as_str()).collect()
}

#[test]
fn people_write_from_the_lobby_on_and_in_order() {
    let story = Story::lobby()
        .does(CUSTOMER, say("hello  there"))
        .does(AGENT, say("hi\n\n\n how  are you?\n"));
    assert_eq!(texts(&story), ["hello there", "hi\n\nhow are you?"]);
    assert_eq!(story.session.messages()[0].by, CUSTOMER);
    assert!(story.session.messages()[0].seq < story.session.messages()[1].seq);
    let story = story.joins(GUEST, Role::Guest).joins(VIEWER, Role::Viewer);
    assert!(story.when(GUEST, say("me too")).is_ok());
    assert_eq!(story.when(VIEWER, say("me too")), Err(Rejection::NotAllowed));
    let knocked = Story::new().knocks(KNOCKER);
    assert_eq!(knocked.when(KNOCKER, say("let me in")), Err(Rejection::NoSeat));
}

#[test]
fn the_same_words_may_be_written_twice() {
    let story = Story::lobby().does(CUSTOMER, say("yes")).does(CUSTOMER, say("yes"));
    assert_eq!(texts(&story), ["yes", "yes"]);
}

#[test]
fn nothing_and_too_much_are_refused_and_nothing_is_cut() {
    let story = Story::lobby();
    assert_eq!(story.when(CUSTOMER, say(" \n ")), Err(Rejection::NothingSaid));
    let longest = "é".repeat(limit::MESSAGE_CHARS);
    assert!(story.when(CUSTOMER, say(&longest)).is_ok());
    assert_eq!(story.when(CUSTOMER, say(&(longest + "é"))), Err(Rejection::TextTooLong));
}

#[test]
fn a_message_may_carry_a_file_that_is_there_and_then_needs_no_words() {
    let send = Command::Say {
        text: String::new(),
        file: Some(FILE),
    };
    let story = still().does(AGENT, send.clone());
    assert_eq!(story.session.messages()[0].file, Some(FILE));
    assert_eq!(Story::live().when(AGENT, send.clone()), Err(Rejection::NoSuchFile));
    let gone = still().does(
        AGENT,
        Command::File {
            file: FILE,
            step: FileStep::Delete,
        },
    );
    assert_eq!(gone.when(AGENT, send), Err(Rejection::NoSuchFile));
}

#[test]
fn the_newest_messages_are_at_hand_and_older_ones_stay_in_the_log() {
    let mut story = Story::lobby();
    for n in 0..limit::MESSAGES + 3 {
        story = story.does(CUSTOMER, say(&n.to_string()));
    }
    assert_eq!(story.session.messages().len(), limit::MESSAGES);
    assert_eq!(texts(&story)[0], "3");
    assert!(story.log.len() > limit::MESSAGES + 3);
}

#[test]
fn an_ended_session_takes_no_more_messages() {
    assert_eq!(
        Story::over().when(CUSTOMER, say("one more thing")),
        Err(Rejection::SessionOver)
    );
}
