//! Starting, joining and listing sessions by HTTP.

use farhand_shared::id::Seq;
use farhand_shared::limit;
use farhand_shared::role::Role;
use farhand_shared::session::{Away, Channel, Command, Delivery, Event, Seats};
use farhand_shared::wire::http::sessions::{InvitationMade, Invite, RecentSession, Seated};
use farhand_shared::wire::{Closing, FromServer};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::desk::{sms, travels, wish};
use crate::harness::{Browser, Relay};

#[tokio::test]
async fn an_agent_starts_the_customer_taps_and_the_call_runs() {
    let relay = Relay::start().await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    travels(&started.invitation, Channel::Link);
    let agent = relay.holder(&started.seat).await;
    let (mut agents, _) = relay.enter(&agent).await;
    let customer = relay
        .seated(relay.customer_desk().open(&started.invitation, None).await)
        .await;
    let (mut customers, _) = relay.enter(&customer).await;
    customers.accepted(Command::Start).await;
    agents.happened(|event| *event == Event::CallStarted).await;
    let session = relay.state.rooms.look(started.session).await.expect("a session").0;
    let names: Vec<&str> = session.people().iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["Ann", "Mia"]);
    assert_eq!(session.case_id(), Some("T-1"));
}

#[tokio::test]
async fn a_text_message_goes_out_with_link_and_pin_and_the_agent_follows_it() {
    let relay = Relay::start().await;
    let ann = relay.agent_desk().await;
    let started = ann.start(sms("+44 7400 123456")).await;
    travels(&started.invitation, Channel::Sms);
    let agent = relay.holder(&started.seat).await;
    let (mut agents, _) = relay.resume(&agent, 1, Seq::ZERO).await;
    let id = started.invitation.invitation;
    let session = relay.state.rooms.look(started.session).await.expect("a session").0;
    if session.invitations()[0].delivery == Delivery::Made {
        let sent = |event: &Event| {
            *event
                == Event::InvitationMoved {
                    invitation: id,
                    delivery: Delivery::Sent,
                }
        };
        agents.happened(sent).await;
    }
    assert_eq!(session.invitations()[0].to, "••• 56");
    let outbox: serde_json::Value = ann.get("/api/outbox").await.good();
    let text = outbox.to_string();
    assert!(
        text.contains(&started.invitation.link) && text.contains(&started.pin.pin.digits()),
        "{text}"
    );

    relay
        .seated(relay.customer_desk().open(&started.invitation, None).await)
        .await;
    let opened = Event::InvitationMoved {
        invitation: id,
        delivery: Delivery::Opened,
    };
    agents.happened(|event| *event == opened).await;
}

#[tokio::test]
async fn what_an_agent_types_wrongly_is_refused_before_anything_is_made() {
    let relay = Relay::start().await;
    let ann = relay.agent_desk().await;
    let mut long_case = wish(Invite::Link);
    long_case.case_id = Some("x".repeat(limit::CASE_ID_CHARS + 1));
    let mut long_name = wish(Invite::Link);
    long_name.customer_name = Some("x".repeat(limit::NAME_CHARS + 1));
    let email = Invite::Email {
        email: "nobody".to_owned(),
    };
    for (wish, code) in [
        (wish(sms("12")), "phone_country_missing"),
        (wish(sms("+44 1")), "phone_not_valid"),
        (wish(email), "email_not_valid"),
        (long_case, "text_too_long"),
        (long_name, "name_not_valid"),
    ] {
        assert_eq!(ann.post("/api/sessions", &wish).await.refusal(), code);
    }
    let recent: Vec<RecentSession> = ann.get("/api/sessions/recent").await.good();
    assert!(recent.is_empty());
}

#[tokio::test]
async fn only_agents_who_are_signed_in_start_join_list_and_invite() {
    let relay = Relay::start().await;
    let nobody = relay.customer_desk();
    let path = format!("/api/sessions/{}", uuid::Uuid::new_v4());
    let asked = [
        nobody.post("/api/sessions", &wish(Invite::Link)).await,
        nobody.post("/api/sessions/join", &json!({ "pin": "123456" })).await,
        nobody.get("/api/sessions/recent").await,
        nobody.get(&path).await,
        nobody.post(&format!("{path}/invitations"), &json!("link")).await,
        nobody
            .delete(&format!("{path}/invitations/{}", uuid::Uuid::new_v4()))
            .await,
    ];
    for answer in asked {
        assert_eq!(
            (answer.status, answer.refusal().as_str()),
            (StatusCode::UNAUTHORIZED, "not_signed_in")
        );
    }
}

/// A customer comes by themselves and has the page open.
async fn walks_in(relay: &Relay, wish: &Value) -> (Seated, Browser) {
    let desk = relay.customer_desk();
    let seated: Seated = desk.post("/api/sessions/walk-in", wish).await.good();
    let customer = relay.holder(&seated.seat).await;
    let (browser, _) = relay.enter(&customer).await;
    (seated, browser)
}

#[tokio::test]
async fn a_customer_comes_by_themselves_reads_out_the_pin_and_an_agent_joins() {
    let relay = Relay::start().await;
    let device = json!({ "kind": "phone", "system": "iOS 26.6", "browser": "Safari", "version": "26.6" });
    let walk_in = json!({ "mode": "photo", "name": "Bo", "device": device });
    let (seated, mut customers) = walks_in(&relay, &walk_in).await;
    let pin = customers
        .find(|message| match message {
            FromServer::Pin(pin) => pin,
            _ => None,
        })
        .await;

    let ann = relay.agent_desk().await;
    let recent: Vec<RecentSession> = ann.get("/api/sessions/recent").await.good();
    assert_eq!(recent.len(), 1, "a waiting customer is in every agent's list");
    assert!(recent[0].customer_waiting && recent[0].open);
    assert_eq!(recent[0].customer_name.as_deref(), Some("Bo"));
    let waiting = recent[0].waiting.as_ref().expect("somebody waits");
    assert_eq!(waiting.since, recent[0].created_at);
    let phone = waiting.device.as_ref().expect("what they hold in their hands");
    assert_eq!(phone.system, "iOS 26.6");

    let typed = json!({ "pin": pin.pin.grouped() });
    let agent = relay.seated(ann.post("/api/sessions/join", &typed).await).await;
    let (mut agents, _) = relay.enter(&agent).await;
    customers.accepted(Command::Start).await;
    agents.happened(|event| matches!(event, Event::Rang { .. })).await;
    agents.accepted(Command::Start).await;
    customers.happened(|event| *event == Event::CallStarted).await;
    let again: RecentSession = ann.get(&format!("/api/sessions/{}", seated.session)).await.good();
    assert!(!again.customer_waiting);
    assert_eq!(again.waiting, None);
}

#[tokio::test]
async fn whom_an_agent_leaves_before_the_call_waits_for_every_agent_again() {
    let relay = Relay::start().await;
    let walk_in = json!({ "mode": "video", "name": "Bo" });
    let (seated, _customers) = walks_in(&relay, &walk_in).await;
    let (ann, ben) = (relay.agent_desk().await, relay.agent_desk().await);
    let waiting = async || {
        let list: Vec<RecentSession> = ben.get("/api/sessions/recent").await.good();
        list.len()
    };
    let by_id = json!({ "session": seated.session });
    let agent = relay.seated(ann.post("/api/sessions/join", &by_id).await).await;
    let (mut agents, _) = relay.enter(&agent).await;
    assert_eq!(waiting().await, 0, "an agent is there");
    agents.command(Command::Leave).await;
    assert_eq!(agents.closing().await, Some(Closing::NoSuchSeat));
    // Rooms answer one after the other: it has noted who is left.
    relay.state.rooms.look(seated.session).await.expect("a session");
    assert_eq!(waiting().await, 1, "nobody is");
}

#[tokio::test]
async fn three_agents_may_be_in_a_session_and_one_who_comes_back_is_the_same_person() {
    let relay = Relay::start().await;
    let ann = relay.agent_desk().await;
    let started = ann.start(Invite::Link).await;
    let by_id = json!({ "session": started.session });
    let by_pin = json!({ "pin": started.pin.pin.digits() });
    for body in [&by_id, &by_pin] {
        let other = relay.agent_desk().await;
        relay.seated(other.post("/api/sessions/join", body).await).await;
    }
    let fourth = relay.agent_desk().await;
    assert_eq!(
        fourth.post("/api/sessions/join", &by_id).await.refusal(),
        "too_many_agents"
    );
    let first = relay.holder(&started.seat).await;
    let again = relay.seated(ann.post("/api/sessions/join", &by_id).await).await;
    assert_eq!(again.person, first.person);
    assert_ne!(again.token, first.token);

    let unknown = json!({ "session": uuid::Uuid::new_v4() });
    assert_eq!(
        ann.post("/api/sessions/join", &unknown).await.refusal(),
        "session_unknown"
    );
}

#[tokio::test]
async fn colleagues_find_sessions_that_run_and_may_join_them() {
    let relay = Relay::start().await;
    let (ann, ben) = (relay.agent_desk().await, relay.agent_desk().await);
    let started = ann.start(Invite::Link).await;
    let (_agents, _) = relay.enter(&relay.holder(&started.seat).await).await;
    let live = async |desk: &crate::desk::Caller| -> Vec<RecentSession> { desk.get("/api/sessions/live").await.good() };
    assert_eq!(live(&ben).await, []);
    let customer = relay
        .seated(relay.customer_desk().open(&started.invitation, None).await)
        .await;
    let (mut customers, _) = relay.enter(&customer).await;
    customers.accepted(Command::Start).await;
    let found = live(&ben).await;
    assert_eq!((found.len(), found[0].session), (1, started.session));
    assert_eq!(found[0].with.as_deref(), Some("Ann"));
    assert_eq!(live(&ann).await, []);
    let refused = relay.customer_desk().get("/api/sessions/live").await.refusal();
    assert_eq!(refused, "not_signed_in");
    let join = json!({ "session": started.session });
    ben.post("/api/sessions/join", &join).await.good::<Seated>();
    assert_eq!(live(&ben).await, []);
}

#[tokio::test]
async fn how_many_agents_may_be_in_a_session_is_the_operators_choice() {
    let relay = Relay::seating(Seats {
        agents: 1,
        ..Seats::default()
    })
    .await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    let second = relay.agent_desk().await;
    let answer = second
        .post("/api/sessions/join", &json!({ "session": started.session }))
        .await;
    assert_eq!(answer.refusal(), "too_many_agents");
}

#[tokio::test]
async fn an_ended_session_is_in_the_list_in_its_last_mode_and_open_for_a_while() {
    let relay = Relay::start().await;
    let ann = relay.agent_desk().await;
    let started = ann.start(Invite::Link).await;
    let (mut agents, _) = relay.enter(&relay.holder(&started.seat).await).await;
    agents
        .accepted(Command::SetMode(farhand_shared::session::Mode::Photo))
        .await;
    agents.accepted(Command::End).await;
    relay.advance(limit::END_UNDO).await;
    agents.happened(|event| matches!(event, Event::Ended { .. })).await;
    let path = format!("/api/sessions/{}", started.session);
    let listed: RecentSession = ann.get(&path).await.good();
    assert!(listed.open && listed.status.is_over());
    assert_eq!(listed.mode, farhand_shared::session::Mode::Photo);
    relay.advance(limit::REJOIN * 2).await;
    let listed: RecentSession = ann.get(&path).await.good();
    assert!(!listed.open);
    let by_id = json!({ "session": started.session });
    assert_eq!(ann.post("/api/sessions/join", &by_id).await.refusal(), "session_over");
}

#[tokio::test]
async fn only_an_agent_in_the_session_invites_again_and_not_endlessly() {
    let relay = Relay::start().await;
    let ann = relay.agent_desk().await;
    let started = ann.start(Invite::Link).await;
    let path = format!("/api/sessions/{}/invitations", started.session);
    let other = relay.agent_desk().await;
    assert_eq!(other.post(&path, &json!("link")).await.refusal(), "not_in_session");
    let made: InvitationMade = ann
        .post(&path, &json!({ "email": { "email": "mia@example.org" } }))
        .await
        .good();
    travels(&made, Channel::Email);
    assert_ne!(made.link, started.invitation.link);
    for _ in 2..limit::INVITATIONS {
        let _made: InvitationMade = ann.post(&path, &json!("link")).await.good();
    }
    assert_eq!(ann.post(&path, &json!("link")).await.refusal(), "too_many_invitations");
}

#[tokio::test]
async fn a_beacon_says_that_the_page_is_hidden_whatever_its_content_type() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.join(session, Role::Customer, None).await;
    let (mut agents, _) = relay.enter(&agent).await;
    let (_customers, _) = relay.enter(&customer).await;
    let beacon = reqwest::Client::new()
        .post(format!("http://{}/api/beacon/away", relay.addr))
        .header("content-type", "text/plain;charset=UTF-8")
        .body(json!({ "seat": customer.token }).to_string());
    assert_eq!(beacon.send().await.expect("an answer").status(), StatusCode::NO_CONTENT);
    let away = Event::AwayChanged {
        person: customer.person,
        away: Some(Away::Hidden),
    };
    agents.happened(|event| *event == away).await;
    let nonsense = relay
        .customer_desk()
        .post("/api/beacon/away", &json!({ "seat": "x" }))
        .await;
    assert_eq!(
        nonsense.status,
        StatusCode::NO_CONTENT,
        "a beacon is no way to ask whether a seat is good"
    );
}
