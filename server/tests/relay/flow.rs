//! A session from its start to its rejoin, and what the relay refuses on the way.

use farhand_shared::id::{PersonId, Seq, SessionId};
use farhand_shared::limit;
use farhand_shared::role::Role;
use farhand_shared::session::{Ask, Command, Event, Grants, Rejection};
use farhand_shared::wire::{Closing, FromClient, FromServer, Signal, SignalKind};
use uuid::Uuid;

use crate::harness::{Browser, Holder, Relay};

/// A running call: session, agent, customer and their browsers.
struct Call {
    session: SessionId,
    agent: (Holder, Browser),
    customer: (Holder, Browser),
}

async fn call(relay: &Relay) -> Call {
    let (session, agent) = relay.session().await;
    let (mut agents, _) = relay.enter(&agent).await;
    let customer = relay.customer(session).await;
    let (mut customers, _) = relay.enter(&customer).await;
    customers.accepted(Command::Start).await;
    agents.happened(|event| *event == Event::CallStarted).await;
    Call {
        session,
        agent: (agent, agents),
        customer: (customer, customers),
    }
}

fn offer(sdp: &str) -> Signal {
    Signal {
        connection: 1,
        to_connection: 0,
        round: 0,
        kind: SignalKind::Offer { sdp: sdp.to_owned() },
    }
}

#[tokio::test]
async fn a_call_starts_ends_is_taken_back_ends_and_is_rejoined() {
    let relay = Relay::start().await;
    let Call { agent, customer, .. } = call(&relay).await;
    let ((_, mut agent), (_, mut customer)) = (agent, customer);

    customer.accepted(Command::End).await;
    agent.happened(|event| matches!(event, Event::EndAsked { .. })).await;
    agent.accepted(Command::Stay).await;
    customer
        .happened(|event| matches!(event, Event::EndUndone { .. }))
        .await;
    relay.advance(limit::END_UNDO * 2).await;
    let said = agent.until_quiet().await;
    assert!(
        said.iter()
            .all(|m| !matches!(m, FromServer::Happened(r) if matches!(r.event, Event::Ended { .. })))
    );

    agent.accepted(Command::End).await;
    customer.happened(|event| matches!(event, Event::EndAsked { .. })).await;
    relay.advance(limit::END_UNDO).await;
    for browser in [&mut agent, &mut customer] {
        browser.happened(|event| matches!(event, Event::Ended { .. })).await;
    }

    customer.accepted(Command::Rejoin).await;
    agent.happened(|event| matches!(event, Event::Readied { .. })).await;
    agent.accepted(Command::Rejoin).await;
    customer.happened(|event| *event == Event::CallStarted).await;
}

#[tokio::test]
async fn the_server_refuses_what_a_role_may_not_do_whatever_the_page_shows() {
    let relay = Relay::start().await;
    let Call {
        agent, mut customer, ..
    } = call(&relay).await;
    let forged = [
        Command::SetCase("mine".to_owned()),
        Command::Ask {
            of: agent.0.person,
            what: Ask::Flip,
        },
        Command::Admit(agent.0.person),
        Command::Leave,
    ];
    for command in forged {
        let id = customer.1.command(command.clone()).await;
        let (answer, records) = customer.1.answer(id).await;
        let why = Rejection::NotAllowed;
        assert_eq!(answer, FromServer::Refused { id, why }, "{command:?}");
        assert!(records.is_empty());
    }
}

#[tokio::test]
async fn a_pong_comes_behind_the_number_of_the_last_event_and_at_the_door_alone() {
    let relay = Relay::start().await;
    let Call {
        session,
        mut agent,
        mut customer,
    } = call(&relay).await;
    let told = agent.1.accepted(Command::SetCase("A-1".to_owned())).await;
    let last = told.last().expect("a record").seq;
    let said = customer.1.until_quiet().await;
    assert_eq!(said.last(), Some(&FromServer::Latest(last)));
    assert!(
        said.iter()
            .any(|m| matches!(m, FromServer::Happened(record) if record.seq == last)),
        "what it counts has been said: {said:?}"
    );

    let knocker = relay.knock(session).await;
    let mut outside = relay.socket().await;
    outside.hello(&knocker, 1, farhand_shared::id::Seq::ZERO).await;
    let said = outside.until_quiet().await;
    assert!(matches!(said[..], [FromServer::Waiting { .. }]), "{said:?}");
}

#[tokio::test]
async fn a_repeated_command_is_answered_but_not_done_twice() {
    let relay = Relay::start().await;
    let Call {
        mut agent,
        mut customer,
        ..
    } = call(&relay).await;
    let id = agent.1.command(Command::SetCase("A-1".to_owned())).await;
    agent.1.answer(id).await;
    agent.1.accepted(Command::SetCase("A-2".to_owned())).await;
    let command = Command::SetCase("A-1".to_owned());
    agent.1.send(&FromClient::Do { id, command }).await;
    let (answer, records) = agent.1.answer(id).await;
    assert_eq!(answer, FromServer::Accepted(id));
    assert!(records.is_empty());
    let seen = customer.1.until_quiet().await;
    let cases = seen
        .iter()
        .filter(|m| matches!(m, FromServer::Happened(r) if matches!(r.event, Event::CaseSet { .. })));
    assert_eq!(cases.count(), 2);
}

#[tokio::test]
async fn negotiation_is_relayed_with_the_true_sender() {
    let relay = Relay::start().await;
    let Call {
        mut agent,
        mut customer,
        ..
    } = call(&relay).await;
    let (to, signal) = (customer.0.person, offer("v=0"));
    agent
        .1
        .send(&FromClient::Signal {
            to,
            signal: signal.clone(),
        })
        .await;
    let from = agent.0.person;
    let got = customer
        .1
        .find(|m| matches!(m, FromServer::Signal { .. }).then_some(m))
        .await;
    assert_eq!(got, FromServer::Signal { from, signal });
}

#[tokio::test]
async fn negotiation_reaches_nobody_in_another_session_at_the_door_or_unknown() {
    let relay = Relay::start().await;
    let mut here = call(&relay).await;
    let mut there = call(&relay).await;
    let knocker = relay.knock(here.session).await;
    let mut at_door = relay.socket().await;
    at_door.hello(&knocker, 1, farhand_shared::id::Seq::ZERO).await;
    at_door
        .find(|m| matches!(m, FromServer::Waiting { .. }).then_some(()))
        .await;

    let nobody = PersonId::from(Uuid::new_v4());
    for to in [there.customer.0.person, knocker.person, nobody, here.agent.0.person] {
        let signal = offer("v=0");
        here.agent.1.send(&FromClient::Signal { to, signal }).await;
    }
    let (to, signal) = (here.agent.0.person, offer("v=0"));
    at_door.send(&FromClient::Signal { to, signal }).await;

    at_door.until_quiet().await;
    here.agent.1.accepted(Command::SetCase("marker".to_owned())).await;
    for browser in [&mut here.agent.1, &mut there.customer.1, &mut at_door] {
        let said = browser.until_quiet().await;
        assert!(!said.iter().any(|m| matches!(m, FromServer::Signal { .. })), "{said:?}");
    }
}

#[tokio::test]
async fn a_knocker_sees_nothing_until_admitted_and_then_everything() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let (mut agents, _) = relay.enter(&agent).await;
    let knocker = relay.knock(session).await;
    let mut browser = relay.socket().await;
    browser.hello(&knocker, 3, farhand_shared::id::Seq::ZERO).await;
    let first = browser.next().await;
    assert!(
        matches!(first, Some(FromServer::Waiting { generation, .. }) if generation.0 == 3),
        "{first:?}"
    );
    agents.accepted(Command::SetCase("secret".to_owned())).await;
    assert!(browser.until_quiet().await.is_empty());
    agents.accepted(Command::Admit(knocker.person)).await;
    let welcome = browser.welcome().await;
    assert_eq!((welcome.you, welcome.generation.0), (knocker.person, 3));
}

#[tokio::test]
async fn a_declined_knocker_is_told_and_stays_out() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let (mut agents, _) = relay.enter(&agent).await;
    let knocker = relay.knock(session).await;
    let mut browser = relay.socket().await;
    browser.hello(&knocker, 1, farhand_shared::id::Seq::ZERO).await;
    browser
        .find(|m| matches!(m, FromServer::Waiting { .. }).then_some(()))
        .await;
    agents.accepted(Command::Decline(knocker.person)).await;
    assert_eq!(browser.closing().await, Some(Closing::Declined));
    let mut again = relay.socket().await;
    again.hello(&knocker, 2, farhand_shared::id::Seq::ZERO).await;
    assert_eq!(again.closing().await, Some(Closing::Declined));
}

#[tokio::test]
async fn who_leaves_hears_nothing_more() {
    let relay = Relay::start().await;
    let Call {
        session, mut customer, ..
    } = call(&relay).await;
    let guest = relay.join(session, Role::Guest, None).await;
    let (mut guests, _) = relay.enter(&guest).await;
    guests.command(Command::Leave).await;
    guests.happened(|event| matches!(event, Event::Left { .. })).await;
    assert_eq!(guests.closing().await, Some(Closing::NoSuchSeat));
    customer
        .1
        .happened(|event| *event == Event::Left { person: guest.person })
        .await;
}

#[tokio::test]
async fn who_is_kept_from_the_chat_gets_no_word_of_it() {
    let relay = Relay::start().await;
    let Call { session, mut agent, .. } = call(&relay).await;
    let guest = relay.join(session, Role::Guest, None).await;
    let (mut guests, _) = relay.enter(&guest).await;
    let silent = Grants {
        chat: false,
        ..Grants::default()
    };
    let grant = |grants| Command::Grant {
        person: guest.person,
        grants,
    };
    agent.1.accepted(grant(silent)).await;
    let say = |text: &str| Command::Say {
        text: text.to_owned(),
        file: None,
    };
    agent.1.accepted(say("between us")).await;
    let told = guests.happened(|event| matches!(event, Event::Said { .. })).await;
    assert!(
        matches!(told.event, Event::Said { ref text, .. } if text.is_empty()),
        "{told:?}"
    );
    // Neither do the ways of catching up say it.
    for have in [Seq::ZERO, Seq(told.seq.0 - 1)] {
        let (_, welcome) = relay.resume(&guest, 2, have).await;
        let caught_up = serde_json::to_string(&welcome).expect("a welcome");
        assert!(!caught_up.contains("between us"), "{caught_up}");
    }
    agent.1.accepted(grant(Grants::default())).await;
    let (mut guests, _) = relay.resume(&guest, 3, Seq::ZERO).await;
    agent.1.accepted(say("for all")).await;
    guests
        .happened(|event| matches!(event, Event::Said { text, .. } if text == "for all"))
        .await;
}

#[tokio::test]
async fn the_pin_goes_to_agents_only_and_is_replaced_at_its_end_while_somebody_reads_it() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let pin = |message| match message {
        FromServer::Pin(pin) => Some(pin),
        _ => None,
    };
    let (mut agents, _) = relay.enter(&agent).await;
    let first = agents.find(pin).await.expect("a PIN");
    let customer = relay.customer(session).await;
    let (mut customers, _) = relay.enter(&customer).await;
    relay.advance(limit::PIN_LIFE).await;
    let second = agents.find(pin).await.expect("another PIN");
    assert_ne!(first.expires_at, second.expires_at);
    let told = customers.until_quiet().await;
    assert!(!told.iter().any(|m| matches!(m, FromServer::Pin(_))), "{told:?}");
    agents.accepted(Command::End).await;
    relay.advance(limit::END_UNDO).await;
    assert_eq!(agents.find(pin).await, None, "an ended session needs none");
}
