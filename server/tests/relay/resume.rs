//! Coming back: after a dropped socket, a reload, a long absence, a restart of the relay.

use std::time::Duration;

use farhand_server::room::Settings;
use farhand_server::state::Tuning;
use farhand_server::ws::Limits;
use farhand_shared::id::Seq;
use farhand_shared::session::{Command, Event, Session, apply};
use farhand_shared::wire::{CatchUp, Closing, FromClient, FromServer};

use crate::harness::{Relay, missed};

fn snapshot(catch_up: CatchUp) -> Session {
    match catch_up {
        CatchUp::Snapshot(session) => *session,
        CatchUp::Events(records) => panic!("{} events where a snapshot was expected", records.len()),
    }
}

#[tokio::test]
async fn after_a_dropped_socket_nothing_is_lost_and_nothing_comes_twice() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let (mut agents, _) = relay.enter(&agent).await;
    let (mut customers, welcome) = relay.enter(&customer).await;
    let mut replica = snapshot(welcome.catch_up);
    for record in customers.accepted(Command::SetName("Mia".to_owned())).await {
        apply(&mut replica, &record);
    }
    drop(customers);
    agents
        .happened(|event| matches!(event, Event::Disconnected { .. }))
        .await;
    for n in 0..50 {
        agents.accepted(Command::SetCase(format!("case {n}"))).await;
    }
    let (mut customers, welcome) = relay.resume(&customer, 2, replica.seq()).await;
    for record in missed(&welcome) {
        assert_eq!(record.seq, replica.seq().next(), "no gap and no repeat");
        apply(&mut replica, record);
    }
    for record in customers.accepted(Command::SetName("Mia M.".to_owned())).await {
        assert_eq!(record.seq, replica.seq().next());
        apply(&mut replica, &record);
    }
    let (truth, _) = relay.state.rooms.look(session).await.expect("a session");
    assert_eq!(replica, truth);
}

#[tokio::test]
async fn who_was_away_too_long_or_knows_the_impossible_starts_over() {
    let relay = Relay::start().await;
    let (_, agent) = relay.session().await;
    let (mut agents, welcome) = relay.enter(&agent).await;
    let early = snapshot(welcome.catch_up).seq();
    for n in 0..300 {
        relay
            .state
            .rooms
            .act(welcome.session, agent.person, Command::SetCase(format!("case {n}")))
            .await
            .expect("set");
    }
    agents.until_quiet().await;
    for have in [early, Seq(1_000_000)] {
        let (_browser, welcome) = relay.resume(&agent, 2, have).await;
        let truth = relay.state.rooms.look(welcome.session).await.expect("a session").0;
        assert_eq!(snapshot(welcome.catch_up), truth, "{have:?}");
    }
}

#[tokio::test]
async fn a_reload_is_nobodys_business() {
    let relay = Relay::tuned(Tuning {
        rooms: Settings {
            reload_grace: Duration::from_secs(3600),
            ..Settings::default()
        },
        sockets: Limits::default(),
    })
    .await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let (mut agents, _) = relay.enter(&agent).await;
    let (customers, _) = relay.enter(&customer).await;
    drop(customers);
    let (mut customers, _) = relay.enter(&customer).await;
    customers.accepted(Command::SetName("Mia".to_owned())).await;
    agents.happened(|event| matches!(event, Event::Renamed { .. })).await;
    let truth = relay.state.rooms.look(session).await.expect("a session").0;
    let rows = relay.state.store.load(session.uuid(), 0).await.expect("a log");
    assert!(rows.iter().all(|row| !row.body.contains("disconnected")), "{rows:?}");
    assert!(truth.person(customer.person).is_some_and(|person| person.connected));
}

#[tokio::test]
async fn a_killed_relay_comes_back_with_every_acknowledged_event_and_does_nothing_twice() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let (mut agents, _) = relay.enter(&agent).await;
    let (mut customers, welcome) = relay.enter(&customer).await;
    let mut replica = snapshot(welcome.catch_up);
    customers.command(Command::Start).await;
    let id = agents.command(Command::SetCase("A-1".to_owned())).await;
    agents.answer(id).await;
    for message in customers.until_quiet().await {
        if let FromServer::Happened(record) = message {
            apply(&mut replica, &record);
        }
    }

    let relay = relay.killed().await;
    let (mut customers, welcome) = relay.resume(&customer, 2, replica.seq()).await;
    for record in missed(&welcome) {
        assert_eq!(record.seq, replica.seq().next());
        apply(&mut replica, record);
    }
    let (mut agents, _) = relay.enter(&agent).await;
    let command = Command::SetCase("A-1".to_owned());
    agents.send(&FromClient::Do { id, command }).await;
    let (answer, records) = agents.answer(id).await;
    assert_eq!((answer, records.len()), (FromServer::Accepted(id), 0));
    for message in customers.until_quiet().await {
        if let FromServer::Happened(record) = message {
            apply(&mut replica, &record);
        }
    }
    let truth = relay.state.rooms.look(session).await.expect("a session").0;
    assert_eq!(replica, truth);
    assert_eq!(truth.case_id(), Some("A-1"));
    let rows = relay.state.store.load(session.uuid(), 0).await.expect("a log");
    assert!(
        rows.iter().all(|row| !row.body.contains("disconnected")),
        "a restart is no absence: {rows:?}"
    );
}

#[tokio::test]
async fn who_does_not_come_back_after_a_restart_counts_as_gone() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let (_agents, _) = relay.enter(&agent).await;
    let (_customers, _) = relay.enter(&customer).await;
    let relay = relay.killed().await;
    let (mut agents, _) = relay.enter(&agent).await;
    relay.advance(Settings::default().restart_grace).await;
    agents
        .happened(|event| {
            *event
                == Event::Disconnected {
                    person: customer.person,
                }
        })
        .await;
}

#[tokio::test]
async fn a_relay_that_stops_tells_everybody_when_to_come_back() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let (mut agents, _) = relay.enter(&agent).await;
    let mut ungreeted = relay.socket().await;
    relay.state.shutdown.cancel();
    for browser in [&mut agents, &mut ungreeted] {
        let why = browser.closing().await;
        assert!(matches!(why, Some(Closing::Restarting { retry_ms: 1.. })), "{why:?}");
    }
    relay.state.tracker.close();
    relay.state.tracker.wait().await;
    let rows = relay.state.store.load(session.uuid(), 0).await.expect("a log");
    assert!(rows.iter().all(|row| !row.body.contains("disconnected")));
}

#[tokio::test]
async fn an_empty_room_sleeps_and_wakes_for_a_browser_and_for_its_deadline() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let (agents, _) = relay.enter(&agent).await;
    assert_eq!(relay.state.rooms.awake(), 1);
    drop(agents);
    while relay.state.rooms.awake() > 0 {
        relay.state.rooms.look_at_the_clock().await;
        tokio::task::yield_now().await;
    }
    let (agents, _) = relay.enter(&agent).await;
    drop(agents);
    while relay.state.rooms.awake() > 0 {
        relay.state.rooms.look_at_the_clock().await;
        tokio::task::yield_now().await;
    }
    relay.advance(farhand_shared::limit::ABANDONED * 2).await;
    let over = relay.state.rooms.look(session).await.expect("a session").0;
    assert!(over.status().is_over());
}
