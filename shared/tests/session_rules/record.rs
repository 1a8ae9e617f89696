//! The log: places without gaps, one beginning, and nothing that can break it.

use crate::story::{AGENT, CUSTOMER, GUEST, START, Story};
use farhand_shared::id::{CommandId, PersonId, Seq};
use farhand_shared::session::{Command, Event, Record, apply, begin, replay, stamp};

#[test]
fn freshly_decided_events_get_the_next_places() {
    let cause = Some(CommandId::from_u128(8));
    let events = vec![Event::CallStarted, Event::Readied { person: AGENT }];
    let records = stamp(Seq(6), START, Some(AGENT), cause, events);
    let places: Vec<u64> = records.iter().map(|r| r.seq.0).collect();
    assert_eq!(places, [7, 8]);
    assert!(
        records
            .iter()
            .all(|r| r.at == START && r.by == Some(AGENT) && r.cause == cause)
    );
}

#[test]
fn a_log_begins_with_created() {
    let other = Record {
        seq: Seq(1),
        at: START,
        by: None,
        cause: None,
        event: Event::CallStarted,
    };
    assert_eq!(begin(&other), None);
    assert_eq!(replay([&other]), None);
    assert_eq!(replay([]), None);
}

#[test]
fn news_of_strangers_changes_nothing_but_the_place() {
    let story = Story::call();
    let strangers = [
        Event::Readied { person: GUEST },
        Event::Left { person: GUEST },
        Event::Connected {
            person: GUEST,
            device: None,
        },
        Event::Created {
            session: story.session.id(),
            creator: story.session.creator(),
            company: "Other".to_owned(),
            mode: story.session.mode(),
            talk: story.session.talk(),
            case_id: None,
        },
    ];
    let mut after = story.session.clone();
    for record in stamp(after.seq(), START, None, None, strangers.to_vec()) {
        apply(&mut after, &record);
    }
    assert_eq!(after.seq().0, story.session.seq().0 + 4);
    assert_eq!(after.people(), story.session.people());
    assert_eq!(after.company(), story.session.company());
}

#[test]
fn media_flows_between_those_who_are_in_the_running_call() {
    let peers = |story: &Story, me| -> Vec<PersonId> { story.session.peers_of(me).map(|p| p.id).collect() };
    let one_ready = Story::lobby().does(CUSTOMER, Command::Start);
    assert_eq!(peers(&one_ready, CUSTOMER), []);
    let call = one_ready
        .does(AGENT, Command::Start)
        .joins(GUEST, farhand_shared::role::Role::Guest);
    assert_eq!(peers(&call, CUSTOMER), [AGENT]);
    assert_eq!(peers(&call, GUEST), []);
    let three = call.does(GUEST, Command::Start);
    assert_eq!(peers(&three, CUSTOMER), [AGENT, GUEST]);
    assert_eq!(
        peers(&three.disconnects(GUEST), AGENT),
        [CUSTOMER, GUEST],
        "coming back counts"
    );
}
