//! Invite links: opened twice, copied, withdrawn, expired, late.

use std::time::Duration;

use farhand_shared::limit;
use farhand_shared::session::{Command, Event, Mode, Talk};
use farhand_shared::wire::Closing;
use farhand_shared::wire::http::records::SessionRecord;
use farhand_shared::wire::http::sessions::{Arrival, Invite, InviteLook};
use reqwest::StatusCode;
use serde_json::json;

use crate::desk::secret_of;
use crate::harness::Relay;

#[tokio::test]
async fn looking_says_who_asks_and_changes_nothing() {
    let relay = Relay::start().await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    let before = relay.state.rooms.look(started.session).await.expect("a session").0;
    let look: InviteLook = relay.customer_desk().look(&started.invitation).await.good();
    assert_eq!((look.agent.as_str(), look.company.as_str()), ("Ann", "Farhand"));
    assert_eq!((look.mode, look.talk), (Mode::Video, Talk::Page));
    assert_eq!(look.customer_name.as_deref(), Some("Mia"));
    let after = relay.state.rooms.look(started.session).await.expect("a session").0;
    assert_eq!(after, before);
    for path in [
        "/api/invites/look",
        "/api/invites/open",
        "/api/pins/knock",
        "/api/sessions/walk-in",
    ] {
        let answer = relay.customer_desk().get(path).await;
        assert!(
            matches!(answer.status, StatusCode::METHOD_NOT_ALLOWED | StatusCode::UNAUTHORIZED),
            "{path}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn the_same_browser_keeps_its_seat_and_another_becomes_the_same_person() {
    let relay = Relay::start().await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    let desk = relay.customer_desk();
    let safari = relay.seated(desk.open(&started.invitation, None).await).await;
    let again = relay
        .seated(desk.open(&started.invitation, Some(safari.token.clone())).await)
        .await;
    assert_eq!(again.token, safari.token);
    let (mut first, _) = relay.enter(&safari).await;
    let chrome = relay.seated(desk.open(&started.invitation, None).await).await;
    assert_ne!(chrome.token, safari.token);
    assert_eq!(chrome.person, safari.person);
    let (mut second, _) = relay.enter(&chrome).await;
    assert_eq!(first.closing().await, Some(Closing::Replaced));
    second.accepted(Command::Start).await;
}

#[tokio::test]
async fn two_browsers_that_open_at_the_same_moment_become_one_customer() {
    let relay = Relay::start().await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    let (one, other) = (relay.customer_desk(), relay.customer_desk());
    let (one, other) = tokio::join!(
        one.open(&started.invitation, None),
        other.open(&started.invitation, None)
    );
    let (one, other) = (relay.seated(one).await, relay.seated(other).await);
    let (_first, _) = relay.enter(&one).await;
    let (_second, _) = relay.enter(&other).await;
    let session = relay.state.rooms.look(started.session).await.expect("a session").0;
    let customers = session
        .people()
        .iter()
        .filter(|p| p.role == farhand_shared::role::Role::Customer && p.connected);
    assert_eq!(customers.count(), 1);
}

#[tokio::test]
async fn a_seat_of_another_session_is_no_seat_here() {
    let relay = Relay::start().await;
    let ann = relay.agent_desk().await;
    let (here, there) = (ann.start(Invite::Link).await, ann.start(Invite::Link).await);
    let desk = relay.customer_desk();
    let stranger = relay.seated(desk.open(&there.invitation, None).await).await;
    let customer = relay
        .seated(desk.open(&here.invitation, Some(stranger.token.clone())).await)
        .await;
    assert_ne!(customer.token, stranger.token);
    // Nor is an agent's seat the customer's.
    let agent = relay.holder(&here.seat).await;
    let again = relay
        .seated(desk.open(&here.invitation, Some(agent.token.clone())).await)
        .await;
    assert_eq!(again.person, customer.person);
}

#[tokio::test]
async fn a_withdrawn_link_opens_nothing_and_its_seat_is_gone() {
    let relay = Relay::start().await;
    let ann = relay.agent_desk().await;
    let started = ann.start(Invite::Link).await;
    let (mut agents, _) = relay.enter(&relay.holder(&started.seat).await).await;
    let desk = relay.customer_desk();
    let customer = relay.seated(desk.open(&started.invitation, None).await).await;
    let path = format!(
        "/api/sessions/{}/invitations/{}",
        started.session, started.invitation.invitation
    );
    let other = relay.agent_desk().await;
    assert_eq!(other.delete(&path).await.refusal(), "not_in_session");
    assert_eq!(ann.delete(&path).await.status, StatusCode::NO_CONTENT);
    agents.happened(|event| matches!(event, Event::InvitationMoved { delivery, .. } if *delivery == farhand_shared::session::Delivery::Revoked)).await;
    assert_eq!(desk.look(&started.invitation).await.refusal(), "invite_revoked");
    assert_eq!(desk.open(&started.invitation, None).await.refusal(), "invite_revoked");
    let mut browser = relay.socket().await;
    browser.hello(&customer, 1, farhand_shared::id::Seq::ZERO).await;
    assert_eq!(browser.closing().await, Some(Closing::NoSuchSeat));
    let unknown = format!("/api/sessions/{}/invitations/{}", started.session, uuid::Uuid::new_v4());
    assert_eq!(ann.delete(&unknown).await.refusal(), "invitation_unknown");
}

#[tokio::test]
async fn a_link_expires_after_a_day_and_a_wrong_one_is_unknown() {
    let relay = Relay::start().await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    let desk = relay.customer_desk();
    for secret in [
        "short".to_owned(),
        "A".repeat(43),
        secret_of(&started.invitation).to_lowercase(),
    ] {
        let body = json!({ "secret": secret });
        assert_eq!(desk.post("/api/invites/look", &body).await.refusal(), "invite_unknown");
        assert_eq!(desk.post("/api/invites/open", &body).await.refusal(), "invite_unknown");
    }
    relay.hand.advance(Duration::from_secs(24 * 3600));
    assert_eq!(desk.look(&started.invitation).await.refusal(), "invite_expired");
    assert_eq!(desk.open(&started.invitation, None).await.refusal(), "invite_expired");
}

#[tokio::test]
async fn a_link_leads_back_into_an_ended_session_while_it_can_be_rejoined() {
    let relay = Relay::start().await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    let desk = relay.customer_desk();
    let customer = relay.seated(desk.open(&started.invitation, None).await).await;
    let (mut customers, _) = relay.enter(&customer).await;
    customers.accepted(Command::Start).await;
    customers.accepted(Command::End).await;
    relay.advance(limit::END_UNDO).await;
    customers.happened(|event| matches!(event, Event::Ended { .. })).await;
    drop(customers);
    let again = relay.seated(desk.open(&started.invitation, None).await).await;
    assert_eq!(again.person, customer.person);
    let (mut customers, _) = relay.enter(&again).await;
    customers.accepted(Command::Rejoin).await;
    relay.hand.advance(limit::REJOIN * 2);
    assert_eq!(desk.look(&started.invitation).await.refusal(), "session_over");
    assert_eq!(desk.open(&started.invitation, None).await.refusal(), "session_over");
}

#[tokio::test]
async fn opening_again_and_again_is_bounded() {
    let relay = Relay::start().await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    let desk = relay.customer_desk();
    let mut refused = None;
    for _ in 0..40 {
        let answer = desk.open(&started.invitation, None).await;
        if !answer.status.is_success() {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("a refusal");
    assert_eq!(
        (refused.refusal().as_str(), refused.retry_after.is_some()),
        ("too_many_requests", true)
    );
}

#[tokio::test]
async fn agents_in_the_session_hear_that_its_page_is_open_before_anything_is_pressed() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let path = format!("/api/sessions/{}/arrival", started.session);
    let none: Option<Arrival> = desk.get(&path).await.good();
    assert_eq!(none, None);
    relay
        .customer_desk()
        .look(&started.invitation)
        .await
        .good::<InviteLook>();
    let arrival: Option<Arrival> = desk.get(&path).await.good();
    assert_eq!(
        arrival.map(|arrival| (arrival.in_app, arrival.no_program)),
        Some((None, false))
    );
    let stuck = json!({ "secret": secret_of(&started.invitation), "no_program": true });
    relay
        .customer_desk()
        .post("/api/invites/look", &stuck)
        .await
        .good::<InviteLook>();
    let arrival: Option<Arrival> = desk.get(&path).await.good();
    assert_eq!(arrival.map(|arrival| arrival.no_program), Some(true));
    let record = format!("/api/sessions/{}/record", started.session);
    let record: SessionRecord = desk.get(&record).await.good();
    let opened: Vec<_> = record.opened.iter().map(|page| page.no_program).collect();
    assert_eq!(opened, [false, true], "the record tells of both");
    assert_eq!(relay.agent_desk().await.get(&path).await.refusal(), "not_in_session");
    assert_eq!(relay.customer_desk().get(&path).await.refusal(), "not_signed_in");
}
