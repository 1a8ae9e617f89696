//! Who gets in at all.

use std::time::Duration;

use farhand_server::room::Settings;
use farhand_server::state::Tuning;
use farhand_server::ws::Limits;
use farhand_shared::id::Seq;
use farhand_shared::session::{Command, Event};
use farhand_shared::wire::{CatchUp, Closing, FromServer, SeatToken};
use tokio_tungstenite::tungstenite::Error;

use crate::harness::{Holder, Relay};

#[tokio::test]
async fn a_page_of_another_site_gets_no_socket() {
    let relay = Relay::start().await;
    for origin in [Some("http://evil.example"), Some("null"), None] {
        match relay.socket_from(origin).await.map(|_| ()).map_err(|error| *error) {
            Err(Error::Http(response)) => assert_eq!(response.status(), 403, "{origin:?}"),
            other => panic!("{origin:?} was answered by {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_good_seat_is_welcomed_with_the_session_ice_servers_and_its_own_generation() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let mut browser = relay.socket().await;
    browser.hello(&agent, 7, Seq::ZERO).await;
    let welcome = browser.welcome().await;
    assert_eq!(
        (welcome.you, welcome.session, welcome.generation.0),
        (agent.person, session, 7)
    );
    let CatchUp::Snapshot(snapshot) = welcome.catch_up else {
        panic!("who has nothing starts over");
    };
    assert!(snapshot.person(agent.person).is_some_and(|person| person.connected));
    browser
        .find(|message| matches!(message, FromServer::Ice(_)).then_some(()))
        .await;
}

#[tokio::test]
async fn an_unknown_a_misshapen_and_a_withdrawn_seat_are_told_so() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    relay
        .state
        .store
        .revoke_seats(session.uuid(), agent.person.uuid(), 1)
        .await
        .expect("revoked");
    let unknown = SeatToken("A".repeat(43));
    for token in [unknown, SeatToken("short".to_owned()), agent.token.clone()] {
        let mut browser = relay.socket().await;
        let holder = Holder {
            person: agent.person,
            token,
        };
        browser.hello(&holder, 1, Seq::ZERO).await;
        assert_eq!(browser.closing().await, Some(Closing::NoSuchSeat));
    }
}

#[tokio::test]
async fn another_version_of_the_pages_is_asked_to_reload() {
    let relay = Relay::start().await;
    let mut browser = relay.socket().await;
    browser.text(r#"{"hello":{"protocol":999}}"#).await;
    assert_eq!(browser.closing().await, Some(Closing::ProtocolMismatch));
}

#[tokio::test]
async fn who_does_not_greet_is_closed() {
    let relay = Relay::tuned(Tuning {
        rooms: Settings::default(),
        sockets: Limits {
            hello: Duration::from_millis(50),
            ..Limits::default()
        },
    })
    .await;
    let mut browser = relay.socket().await;
    assert_eq!(browser.closing().await, Some(Closing::Misbehaved));
}

#[tokio::test]
async fn a_second_tab_takes_over_and_the_first_is_told_so() {
    let relay = Relay::start().await;
    let (_, agent) = relay.session().await;
    let (mut first, _) = relay.enter(&agent).await;
    let (mut second, _) = relay.enter(&agent).await;
    assert_eq!(first.closing().await, Some(Closing::Replaced));
    let records = second.accepted(Command::SetCase("A-1".to_owned())).await;
    assert_eq!(records.len(), 1, "the second goes on: {records:?}");
}

#[tokio::test]
async fn continuing_in_another_browser_is_the_same_person_and_nobody_sees_them_go() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let (mut agents, _) = relay.enter(&agent).await;
    let (mut safari, _) = relay.enter(&customer).await;
    agents.happened(|event| matches!(event, Event::Connected { .. })).await;
    let elsewhere = relay.seat(session, customer.person).await;
    let (mut chrome, welcome) = relay.enter(&elsewhere).await;
    assert_eq!(welcome.you, customer.person);
    assert_eq!(safari.closing().await, Some(Closing::Replaced));
    chrome.accepted(Command::SetName("Mia".to_owned())).await;
    let said = agents.until_quiet().await;
    let gone = |message: &FromServer| matches!(message, FromServer::Happened(r) if matches!(r.event, Event::Disconnected { .. }));
    assert!(!said.iter().any(gone), "{said:?}");
}

#[tokio::test]
async fn there_are_only_so_many_sockets_from_one_address() {
    let relay = Relay::tuned(Tuning {
        rooms: Settings::default(),
        sockets: Limits {
            sockets_per_address: 2,
            ..Limits::default()
        },
    })
    .await;
    let _first = relay.socket().await;
    let _second = relay.socket().await;
    let origin = format!("http://{}", relay.addr);
    match relay
        .socket_from(Some(&origin))
        .await
        .map(|_| ())
        .map_err(|error| *error)
    {
        Err(Error::Http(response)) => assert_eq!(response.status(), 503),
        other => panic!("the third socket was answered by {other:?}"),
    }
}
