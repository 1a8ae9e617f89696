//! What is written down of sessions, and finding them again.

use farhand_shared::session::{Command, Event};
use farhand_shared::wire::http::accounts::Me;
use farhand_shared::wire::http::records::{Notes, ProblemRow, SessionRecord};
use farhand_shared::wire::http::sessions::{Invite, RecentSession, Seated, SessionStarted};
use reqwest::StatusCode;
use serde_json::json;

use crate::desk::{Caller, sms};
use crate::harness::Relay;

const PHONE: &str = "+4915123456789";

async fn found(desk: &Caller, text: &str) -> Vec<farhand_shared::id::SessionId> {
    let rows: Vec<RecentSession> = desk.post("/api/sessions/find", &json!({ "text": text })).await.good();
    rows.into_iter().map(|row| row.session).collect()
}

fn path(started: &SessionStarted, what: &str) -> String {
    format!("/api/sessions/{}/{what}", started.session)
}

#[tokio::test]
async fn a_session_is_found_by_case_name_number_and_address_and_only_by_who_took_part() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(sms(PHONE)).await;
    let other = desk.start(Invite::Link).await;
    let pin = started.pin.pin.digits();
    for text in ["+49 1512 3456789", "004915 123456789", &pin] {
        assert_eq!(found(&desk, text).await, [started.session], "{text}");
    }
    for text in ["t-1", "  mia "] {
        let mut both = found(&desk, text).await;
        both.sort();
        let mut expected = [started.session, other.session];
        expected.sort();
        assert_eq!(both, expected, "{text}");
    }
    for text in ["", "   ", "%", "T_1", "+49 1512 3456780", "nobody@example.org"] {
        assert!(found(&desk, text).await.is_empty(), "{text}");
    }
    let stranger = relay.agent_desk().await;
    assert!(
        found(&stranger, "mia").await.is_empty(),
        "another agent's customers are not shown"
    );
    assert_eq!(found(&relay.admin_desk().await, "mia").await.len(), 2);
    let long = json!({ "text": "x".repeat(farhand_shared::limit::FIND_CHARS + 1) });
    assert_eq!(desk.post("/api/sessions/find", &long).await.refusal(), "text_too_long");
}

#[tokio::test]
async fn the_record_tells_what_happened_without_strokes_and_to_nobody_else() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let seated: Seated = relay.customer_desk().open(&started.invitation, None).await.good();
    let customer = relay.holder(&seated.seat).await;
    for command in [
        Command::Start,
        Command::Say {
            text: "It drips".to_owned(),
            file: None,
        },
        Command::ReportSeen(farhand_shared::id::Seq(1)),
    ] {
        relay
            .state
            .rooms
            .act(started.session, customer.person, command)
            .await
            .expect("done");
    }
    let record: SessionRecord = desk.get(&path(&started, "record")).await.good();
    assert_eq!(record.session.session, started.session);
    assert!(record.people.iter().any(|one| one.person == customer.person));
    let happened = |wanted: fn(&Event) -> bool| record.happened.iter().any(|line| wanted(&line.event));
    assert!(happened(|event| matches!(event, Event::Created { .. })));
    assert!(happened(
        |event| matches!(event, Event::Said { text, .. } if text == "It drips")
    ));
    assert!(!happened(|event| matches!(event, Event::SeenChanged { .. })));
    for what in ["record", "notes"] {
        let stranger = relay.agent_desk().await;
        assert_eq!(stranger.get(&path(&started, what)).await.refusal(), "not_in_session");
        assert_eq!(
            relay.customer_desk().get(&path(&started, what)).await.refusal(),
            "not_signed_in"
        );
        let nowhere = format!("/api/sessions/{}/{what}", uuid::Uuid::new_v4());
        assert_eq!(desk.get(&nowhere).await.refusal(), "session_unknown");
    }
    let admins: SessionRecord = relay.admin_desk().await.get(&path(&started, "record")).await.good();
    assert_eq!(admins, record);
}

#[tokio::test]
async fn notes_are_kept_and_nobodys_are_overwritten_unseen() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let at = path(&started, "notes");
    let empty: Notes = desk.get(&at).await.good();
    assert_eq!(empty, Notes::default());
    let first: Notes = desk
        .put(&at, &json!({ "text": "0.4 bar\n", "version": 0 }))
        .await
        .good();
    assert_eq!(
        (first.text.as_str(), first.version, first.by.as_deref()),
        ("0.4 bar\n", 1, Some("Ann"))
    );
    let admin = relay.admin_desk().await;
    let second: Notes = admin
        .put(&at, &json!({ "text": "refilled", "version": 1 }))
        .await
        .good();
    assert_eq!(second.version, 2);
    let late = desk.put(&at, &json!({ "text": "mine", "version": 1 })).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(late.refusal(), "notes_changed");
    let long = "x".repeat(farhand_shared::limit::NOTES_CHARS + 1);
    assert_eq!(
        desk.put(&at, &json!({ "text": long, "version": 2 })).await.refusal(),
        "text_too_long"
    );
    let relay = relay.killed().await;
    let kept = relay
        .state
        .store
        .notes(started.session.uuid())
        .await
        .expect("read")
        .expect("notes");
    assert_eq!((kept.text.as_str(), kept.version), ("refilled", 2));
}

#[tokio::test]
async fn problems_reach_the_administrator() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let at = path(&started, "problems");
    let answer = desk
        .post(&at, &json!({ "text": " No picture \n\n\n on the iPad " }))
        .await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}");
    assert_eq!(desk.post(&at, &json!({ "text": " " })).await.refusal(), "text_empty");
    let long = "x".repeat(farhand_shared::limit::PROBLEM_CHARS + 1);
    assert_eq!(
        desk.post(&at, &json!({ "text": long })).await.refusal(),
        "text_too_long"
    );
    assert_eq!(
        relay
            .agent_desk()
            .await
            .post(&at, &json!({ "text": "x" }))
            .await
            .refusal(),
        "not_in_session"
    );
    assert_eq!(desk.get("/api/admin/problems").await.refusal(), "not_admin");
    let rows: Vec<ProblemRow> = relay.admin_desk().await.get("/api/admin/problems").await.good();
    let said: Vec<_> = rows
        .iter()
        .map(|row| (row.session, row.by.as_str(), row.text.as_str()))
        .collect();
    assert_eq!(said, [(started.session, "Ann", "No picture\n\non the iPad")]);
}

#[tokio::test]
async fn where_the_operator_wants_no_problem_reports_none_is_taken() {
    let relay = Relay::configured(|config| config.agents.problem_reports = false).await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let answer = desk
        .post(&path(&started, "problems"), &json!({ "text": "No picture" }))
        .await;
    assert_eq!(answer.refusal(), "problem_reports_off");
    let me: Me = desk.get("/api/me").await.good();
    assert!(!me.problem_reports && me.cameras);
    let rows: Vec<ProblemRow> = relay.admin_desk().await.get("/api/admin/problems").await.good();
    assert!(rows.is_empty());
}
