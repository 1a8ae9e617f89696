//! Frames that make no sense, are too many or too large, and browsers that do not read.

use farhand_server::room::Settings;
use farhand_server::state::Tuning;
use farhand_server::ws::{Limits, Rate};
use farhand_shared::id::{CommandId, PersonId};
use farhand_shared::limit;
use farhand_shared::session::{Command, Event, Rejection};
use farhand_shared::wire::{Closing, FromClient, FromServer, Signal, SignalKind};
use futures_util::SinkExt;
use tokio_tungstenite::tungstenite::Message;

use crate::harness::{Browser, Relay};

async fn agent(relay: &Relay) -> Browser {
    let (_, agent) = relay.session().await;
    relay.enter(&agent).await.0
}

fn candidate(bytes: usize) -> FromClient {
    FromClient::Signal {
        to: PersonId::from_u128(1),
        signal: Signal {
            connection: 1,
            to_connection: 0,
            round: 0,
            kind: SignalKind::Candidate {
                candidate: "c".repeat(bytes),
                mid: None,
                line: None,
            },
        },
    }
}

#[tokio::test]
async fn frames_that_make_no_sense_end_the_socket() {
    let relay = Relay::start().await;
    let second_hello = r#"{"hello":{"protocol":1,"seat":"x","generation":1,"have":0}}"#;
    let deep = "[".repeat(10_000);
    for garbage in [
        "",
        "{",
        "null",
        r#"{"do":{}}"#,
        r#"{"signal":"x"}"#,
        second_hello,
        &deep,
    ] {
        let mut browser = agent(&relay).await;
        browser.text(garbage).await;
        assert_eq!(browser.closing().await, Some(Closing::Misbehaved), "{garbage:.40}");
    }
}

#[tokio::test]
async fn binary_frames_end_the_socket() {
    let relay = Relay::start().await;
    let mut browser = agent(&relay).await;
    browser.socket.send(Message::binary(vec![0; 10])).await.expect("sent");
    assert_eq!(browser.closing().await, Some(Closing::Misbehaved));
}

#[tokio::test]
async fn frames_larger_than_allowed_end_the_socket_without_being_read() {
    let relay = Relay::start().await;
    let mut browser = agent(&relay).await;
    let large = "x".repeat(limit::FRAME_BYTES + 1);
    browser.text(&large).await;
    assert_eq!(browser.closing().await, Some(Closing::Misbehaved));
}

#[tokio::test]
async fn candidates_and_descriptions_have_a_size() {
    let relay = Relay::start().await;
    let mut browser = agent(&relay).await;
    browser.send(&candidate(limit::CANDIDATE_BYTES)).await;
    browser.until_quiet().await;
    browser.send(&candidate(limit::CANDIDATE_BYTES + 1)).await;
    assert_eq!(browser.closing().await, Some(Closing::Misbehaved));
}

#[tokio::test]
async fn a_flood_of_frames_ends_the_socket() {
    let relay = Relay::start().await;
    let mut browser = agent(&relay).await;
    for n in 0..2_000 {
        let ping = serde_json::to_string(&FromClient::Ping(n)).expect("a message");
        if browser.socket.feed(Message::text(ping)).await.is_err() {
            break;
        }
    }
    // The relay may close before everything is written.
    let _closed = browser.socket.flush().await;
    assert_eq!(browser.closing().await, Some(Closing::Misbehaved));
}

#[tokio::test]
async fn commands_in_a_hurry_are_refused_and_the_socket_stays() {
    let relay = Relay::tuned(Tuning {
        rooms: Settings::default(),
        sockets: Limits {
            commands: Rate {
                per_second: 0,
                burst: 2,
            },
            ..Limits::default()
        },
    })
    .await;
    let mut browser = agent(&relay).await;
    browser.accepted(Command::SetCase("1".to_owned())).await;
    browser.accepted(Command::SetCase("2".to_owned())).await;
    let id = CommandId::from_u128(99);
    let command = Command::SetCase("3".to_owned());
    browser.send(&FromClient::Do { id, command }).await;
    let why = Rejection::TooFast;
    assert_eq!(browser.answer(id).await.0, FromServer::Refused { id, why });
    browser.until_quiet().await;
}

#[tokio::test]
async fn a_browser_that_does_not_read_is_closed_as_too_slow_and_catches_up_afterwards() {
    let relay = Relay::tuned(Tuning {
        rooms: Settings {
            queue: 4,
            reload_grace: std::time::Duration::ZERO,
            ..Settings::default()
        },
        sockets: Limits::default(),
    })
    .await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let (_agents, _) = relay.enter(&agent).await;
    let mut customers = relay.narrow_socket().await;
    customers.hello(&customer, 1, farhand_shared::id::Seq::ZERO).await;
    customers.welcome().await;
    // Facts until the kernel's buffers and the queue are full.
    for n in 0.. {
        assert!(n < 100_000, "the queue is bounded");
        let name = format!("{n}{}", "\u{1f600}".repeat(limit::NAME_CHARS - 6));
        let set = relay.state.rooms.act(session, agent.person, Command::SetName(name));
        set.await.expect("a name");
        let truth = relay.state.rooms.look(session).await.expect("a session").0;
        if truth.person(customer.person).is_some_and(|person| !person.connected) {
            break;
        }
    }
    assert_eq!(customers.closing().await, Some(Closing::TooSlow));
    let (mut customers, _) = relay.resume(&customer, 2, farhand_shared::id::Seq::ZERO).await;
    customers.accepted(Command::SetName("Mia".to_owned())).await;
}

#[tokio::test]
async fn a_silent_socket_is_let_go() {
    let relay = Relay::tuned(Tuning {
        rooms: Settings {
            reload_grace: std::time::Duration::ZERO,
            ..Settings::default()
        },
        sockets: Limits {
            silence: std::time::Duration::from_millis(300),
            frames: Rate {
                per_second: 1_000_000,
                burst: 1_000_000,
            },
            ..Limits::default()
        },
    })
    .await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let (mut silent, _) = relay.enter(&customer).await;
    let (mut agents, _) = relay.enter(&agent).await;
    let gone = |m: &FromServer| matches!(m, FromServer::Happened(r) if matches!(r.event, Event::Disconnected { .. }));
    // The agent's heartbeat goes on.
    while !agents.until_quiet().await.iter().any(gone) {}
    assert_eq!(silent.closing().await, None);
}
