//! What an agent lets a guest do.

use crate::story::{AGENT, CUSTOMER, GUEST, Story, knock_as};
use farhand_shared::id::{MarkId, PersonId, Seq};
use farhand_shared::ink::{Point, Shape};
use farhand_shared::role::Role;
use farhand_shared::session::{Command, Event, Grants, Record, Rejection};
use farhand_shared::time::Time;

#[test]
fn an_agent_says_what_a_guest_may_do_and_the_rules_hold_to_it() {
    let none = Grants {
        draw: false,
        speak: false,
        chat: false,
    };
    let grant = |person, grants| Command::Grant { person, grants };
    let at_the_door = || {
        Story::call()
            .takes(knock_as(GUEST, Role::Guest))
            .does(AGENT, grant(GUEST, none))
    };
    let inside = at_the_door().does(AGENT, Command::Admit(GUEST));
    assert_eq!(
        inside.person(GUEST).grants,
        none,
        "what was said at the door holds inside"
    );
    for refused in [say("hello"), draw_on(CUSTOMER)] {
        assert_eq!(inside.when(GUEST, refused), Err(Rejection::NotAllowed));
    }
    assert_eq!(inside.when(AGENT, grant(GUEST, none)), Ok(vec![]), "once is enough");
    assert_eq!(
        inside.when(GUEST, grant(GUEST, Grants::default())),
        Err(Rejection::NotAllowed)
    );
    let again = inside.does(AGENT, grant(GUEST, Grants { chat: true, ..none }));
    assert!(again.when(GUEST, say("hello")).is_ok());
    for other in [CUSTOMER, AGENT] {
        assert_eq!(again.when(AGENT, grant(other, none)), Err(Rejection::NotAllowed));
    }
    let gone = again.does(GUEST, Command::Leave);
    assert_eq!(gone.when(AGENT, grant(GUEST, none)), Err(Rejection::NotPossibleNow));
}

fn say(text: &str) -> Command {
    Command::Say {
        text: text.to_owned(),
        file: None,
    }
}

fn draw_on(on: PersonId) -> Command {
    Command::Draw {
        on,
        mark: MarkId::from_u128(1),
        shape: Shape::Dot(Point::MIDDLE),
    }
}

#[test]
fn without_the_chat_is_without_its_words_and_nothing_else() {
    let told = Story::call().does(AGENT, say("the valve"));
    let wordless = told.session.without_words();
    assert_eq!(told.session.messages()[0].text, "the valve");
    assert_eq!(wordless.messages()[0].text, "");
    assert_eq!(wordless.people(), told.session.people());
    let said = Record {
        seq: Seq(7),
        at: Time::from_millis(0),
        by: Some(AGENT),
        cause: None,
        event: Event::Said {
            person: AGENT,
            text: "the valve".to_owned(),
            file: None,
        },
    };
    let wordless = said.without_words().expect("something was said");
    assert!(matches!(wordless.event, Event::Said { ref text, .. } if text.is_empty()));
    assert_eq!((wordless.seq, wordless.by), (said.seq, said.by));
    let other = Record {
        event: Event::CallStarted,
        ..said
    };
    assert_eq!(other.without_words(), None);
}
