//! Nothing is sent that is not stored.

use farhand_shared::session::{Command, Rejection};
use farhand_shared::wire::{CatchUp, FromServer};

use crate::harness::Relay;

#[tokio::test]
async fn a_failing_store_refuses_sends_nothing_and_changes_nothing() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let (mut agents, _) = relay.enter(&agent).await;
    let (mut customers, _) = relay.enter(&customer).await;
    agents.until_quiet().await;
    customers.until_quiet().await;
    let before = relay.state.rooms.look(session).await.expect("a session").0;

    relay.state.store.close().await;
    let id = agents.command(Command::SetCase("lost".to_owned())).await;
    let (answer, records) = agents.answer(id).await;
    let why = Rejection::NotStored;
    assert_eq!((answer, records.len()), (FromServer::Refused { id, why }, 0));
    let heard = customers.until_quiet().await;
    assert!(!heard.iter().any(|m| matches!(m, FromServer::Happened(_))), "{heard:?}");
    assert_eq!(relay.state.rooms.look(session).await.expect("a session").0, before);

    let relay = relay.killed().await;
    let (mut agents, welcome) = relay.resume(&agent, 2, before.seq()).await;
    assert_eq!(welcome.catch_up, CatchUp::Events(Vec::new()));
    let records = agents.accepted(Command::SetCase("kept".to_owned())).await;
    assert_eq!(records[0].seq, before.seq().next());
}

#[tokio::test]
async fn a_room_whose_log_was_written_by_somebody_else_starts_over_from_the_log() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let (mut agents, _) = relay.enter(&agent).await;
    let row = relay
        .state
        .store
        .session(session.uuid())
        .await
        .expect("read")
        .expect("a row");
    let mut stranger = relay
        .state
        .store
        .load(session.uuid(), 0)
        .await
        .expect("read")
        .pop()
        .expect("an event");
    stranger.seq += 1;
    stranger.body = r#"{"case_set":{"case_id":"theirs"}}"#.to_owned();
    relay
        .state
        .store
        .append(&row, stranger.seq, &[stranger])
        .await
        .expect("written");

    let id = agents.command(Command::SetCase("mine".to_owned())).await;
    let why = Rejection::NotStored;
    assert_eq!(agents.answer(id).await.0, FromServer::Refused { id, why });
    agents.closing().await;
    let (mut agents, _) = relay.enter(&agent).await;
    assert_eq!(
        relay.state.rooms.look(session).await.expect("a session").0.case_id(),
        Some("theirs")
    );
    agents.accepted(Command::SetCase("mine".to_owned())).await;
}
