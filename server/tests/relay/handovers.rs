//! Asking a colleague to take a session over.

use std::time::Duration;

use farhand_shared::wire::http::accounts::Me;
use farhand_shared::wire::http::handovers::{Colleague, DeskStatus, Handover, Stands};
use farhand_shared::wire::http::sessions::{Invite, RecentSession, Seated, SessionStarted};
use reqwest::StatusCode;
use serde_json::json;

use crate::desk::Caller;
use crate::harness::Relay;

fn path(started: &SessionStarted) -> String {
    format!("/api/sessions/{}/handover", started.session)
}

async fn stands(desk: &Caller, started: &SessionStarted) -> Option<Stands> {
    let now: Option<Handover> = desk.get(&path(started)).await.good();
    now.map(|now| now.stands)
}

/// The sessions that this agent is asked to take over.
async fn asked(desk: &Caller) -> Vec<farhand_shared::id::SessionId> {
    let rows: Vec<RecentSession> = desk.get("/api/sessions/recent").await.good();
    let asked = rows.into_iter().filter(|row| row.asked_by.is_some());
    asked.map(|row| row.session).collect()
}

#[tokio::test]
async fn a_colleague_is_asked_says_no_is_asked_again_and_comes() {
    let relay = Relay::start().await;
    let (ana, ben) = (relay.agent_desk().await, relay.agent_desk().await);
    let me: Me = ben.get("/api/me").await.good();
    let colleagues: Vec<Colleague> = ana.get("/api/colleagues").await.good();
    assert_eq!(
        (colleagues.len(), colleagues[0].id, colleagues[0].status),
        (1, me.id, DeskStatus::Offline)
    );
    ben.post("/api/me/desk", &json!({ "status": "online" })).await;
    let colleagues: Vec<Colleague> = ana.get("/api/colleagues").await.good();
    assert_eq!(colleagues[0].status, DeskStatus::Online);

    let started = ana.start(Invite::Link).await;
    assert_eq!(stands(&ana, &started).await, None);
    let wish = json!({ "colleague": me.id });
    ana.post(&path(&started), &wish).await.good::<Handover>();
    assert_eq!(asked(&ben).await, [started.session]);
    assert_eq!(asked(&ana).await, []);
    let decline = format!("{}/decline", path(&started));
    assert_eq!(ana.post(&decline, &json!({})).await.refusal(), "not_asked");
    assert_eq!(ben.post(&decline, &json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(stands(&ana, &started).await, Some(Stands::Declined));
    assert_eq!(asked(&ben).await, []);

    ana.post(&path(&started), &wish).await.good::<Handover>();
    let join = json!({ "session": started.session });
    ben.post("/api/sessions/join", &join).await.good::<Seated>();
    assert_eq!(stands(&ana, &started).await, Some(Stands::Accepted));
    assert_eq!(asked(&ben).await, []);
    assert_eq!(ana.post(&path(&started), &wish).await.refusal(), "colleague_present");
}

#[tokio::test]
async fn it_rings_for_a_minute_and_only_who_is_in_the_session_may_ask() {
    let relay = Relay::start().await;
    let (ana, ben) = (relay.agent_desk().await, relay.agent_desk().await);
    let me: Me = ben.get("/api/me").await.good();
    let started = ana.start(Invite::Link).await;
    let wish = json!({ "colleague": me.id });
    assert_eq!(ben.post(&path(&started), &wish).await.refusal(), "not_in_session");
    assert_eq!(ben.get(&path(&started)).await.refusal(), "not_in_session");
    let nobody = json!({ "colleague": uuid::Uuid::new_v4() });
    assert_eq!(ana.post(&path(&started), &nobody).await.refusal(), "colleague_unknown");
    let customer = relay.customer_desk();
    assert_eq!(customer.get("/api/colleagues").await.refusal(), "not_signed_in");

    ana.post(&path(&started), &wish).await.good::<Handover>();
    relay.advance(Duration::from_secs(61)).await;
    assert_eq!(asked(&ben).await, []);
    assert_eq!(stands(&ana, &started).await, Some(Stands::NotAnswered));
}
