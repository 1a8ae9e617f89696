//! PINs: knocking, guessing, running out.

use std::time::Duration;

use farhand_shared::limit;
use farhand_shared::session::Command;
use farhand_shared::time::Time;
use farhand_shared::wire::http::sessions::{Invite, RecentSession};
use farhand_shared::wire::{Closing, FromServer, PinNow};
use serde_json::json;

use crate::harness::{Browser, Holder, Relay};

/// Six digits that are not `pin`.
fn wrong(pin: &PinNow) -> &'static str {
    if pin.pin.digits() == "000000" {
        "000001"
    } else {
        "000000"
    }
}

async fn pin(browser: &mut Browser) -> PinNow {
    browser
        .find(|message| match message {
            FromServer::Pin(pin) => pin,
            _ => None,
        })
        .await
}

/// Somebody who has typed the PIN, and their browser.
async fn waits_at_the_door(relay: &Relay, pin: &PinNow) -> (Holder, Browser) {
    let knocker = relay
        .seated(relay.customer_desk().knock(&pin.pin.grouped()).await)
        .await;
    let mut browser = relay.socket().await;
    browser.hello(&knocker, 1, farhand_shared::id::Seq::ZERO).await;
    browser
        .find(|m| matches!(m, FromServer::Waiting { .. }).then_some(()))
        .await;
    (knocker, browser)
}

#[tokio::test]
async fn who_types_the_pin_waits_until_an_agent_admits_them() {
    let relay = Relay::start().await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    let (mut agents, _) = relay.enter(&relay.holder(&started.seat).await).await;
    let (knocker, mut browser) = waits_at_the_door(&relay, &started.pin).await;
    agents.accepted(Command::Admit(knocker.person)).await;
    assert_eq!(browser.welcome().await.you, knocker.person);
}

#[tokio::test]
async fn a_knock_rings_at_the_desk_of_the_agent_who_went_home() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let agent = relay.holder(&started.seat).await;
    let (agents, _) = relay.enter(&agent).await;
    drop(agents);
    let here = async || {
        let (session, _) = relay.state.rooms.look(started.session).await.expect("a session");
        session.person(agent.person).is_some_and(|one| one.connected)
    };
    while here().await {
        tokio::task::yield_now().await;
    }
    let waits = async || {
        let list: Vec<RecentSession> = desk.get("/api/sessions/recent").await.good();
        list[0].waiting.as_ref().map(|one| one.since)
    };
    assert_eq!(waits().await, None);
    relay.advance(Duration::from_secs(60)).await;
    let _knocker = waits_at_the_door(&relay, &started.pin).await;
    let now = Time::from_millis(relay.hand.clock().now_ms());
    assert_eq!(
        waits().await,
        Some(now),
        "since the knock, not since the session was made"
    );
}

#[tokio::test]
async fn five_wrong_numbers_make_an_address_wait_and_nobody_else() {
    let relay = Relay::start().await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    let guesser = relay.customer_desk().at("203.0.113.7");
    for _ in 0..limit::PIN_MISSES {
        assert_eq!(guesser.knock(wrong(&started.pin)).await.refusal(), "pin_unknown");
    }
    let right = started.pin.pin.digits();
    let refused = guesser.knock(&right).await;
    assert_eq!(refused.refusal(), "pin_wait", "not even the right number is looked at");
    let seconds = refused.retry_after.expect("a time to wait");
    assert!((1..=300).contains(&seconds), "{seconds}");

    let honest = relay.customer_desk().at("198.51.100.1");
    relay.seated(honest.knock(&right).await).await;

    let relay = relay.killed().await;
    let guesser = relay.customer_desk().at("203.0.113.7");
    assert_eq!(
        guesser.knock(&right).await.refusal(),
        "pin_wait",
        "a restart gives nobody fresh tries"
    );
    relay.hand.advance(Duration::from_secs(seconds));
    assert_ne!(guesser.knock(wrong(&started.pin)).await.refusal(), "pin_wait");
}

#[tokio::test]
async fn the_waits_grow_and_a_day_of_guessing_from_one_address_is_a_few_dozen_tries() {
    let relay = Relay::start().await;
    let guesser = relay.customer_desk().at("203.0.113.7");
    let day = Duration::from_secs(24 * 3600);
    let (mut waited, mut waits, mut misses) = (Duration::ZERO, Vec::new(), 0);
    while waited < day {
        let answer = guesser.knock("000000").await;
        if answer.refusal() == "pin_wait" {
            let wait = Duration::from_secs(answer.retry_after.expect("a time to wait"));
            waits.push(wait);
            waited += wait;
            relay.hand.advance(wait);
        } else {
            misses += 1;
        }
    }
    assert!(
        waits[0] <= Duration::from_secs(300),
        "the first wait is short: {waits:?}"
    );
    assert!(waits.iter().any(|wait| *wait >= waits[0] * 10), "{waits:?}");
    assert!(misses <= 30, "{misses}");
}

#[tokio::test]
async fn a_network_that_guesses_from_many_addresses_waits_too() {
    let relay = Relay::start().await;
    let desk = relay.customer_desk();
    let mut codes = Vec::new();
    for host in 0..35 {
        codes.push(desk.at(&format!("203.0.113.{host}")).knock("000000").await.refusal());
    }
    assert_eq!(codes.iter().filter(|code| *code == "pin_unknown").count(), 30);
    assert_eq!(desk.at("198.51.100.1").knock("000000").await.refusal(), "pin_unknown");
}

#[tokio::test]
async fn while_many_guess_one_miss_is_enough_to_wait_but_the_right_number_still_works() {
    let relay = Relay::start().await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    let total = relay.state.scopes.name("pin total", "");
    let now = i64::try_from(relay.state.clock.now_ms()).expect("a time");
    for _ in 0..=300 {
        relay.state.store.hit(&total, 600_000, now).await.expect("counted");
    }
    let guesser = relay.customer_desk().at("203.0.113.7");
    assert_eq!(guesser.knock(wrong(&started.pin)).await.refusal(), "pin_unknown");
    assert_eq!(guesser.knock(wrong(&started.pin)).await.refusal(), "pin_wait");
    let honest = relay.customer_desk().at("198.51.100.1");
    relay.seated(honest.knock(&started.pin.pin.digits()).await).await;
}

#[tokio::test]
async fn what_is_no_pin_is_no_guess() {
    let relay = Relay::start().await;
    let desk = relay.customer_desk();
    for typed in ["", "12345", "1234567", "12345x"] {
        for _ in 0..3 {
            assert_eq!(desk.knock(typed).await.refusal(), "pin_not_valid", "{typed}");
        }
    }
    assert_eq!(desk.knock("000000").await.refusal(), "pin_unknown");
}

#[tokio::test]
async fn an_expired_pin_is_as_unknown_as_a_wrong_one() {
    let relay = Relay::start().await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    relay.advance(limit::PIN_LIFE).await;
    let late = relay.customer_desk().knock(&started.pin.pin.digits()).await;
    assert_eq!(late.refusal(), "pin_unknown");
}

#[tokio::test]
async fn five_declined_knocks_retire_the_pin_and_the_agent_gets_another() {
    let relay = Relay::start().await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    let (mut agents, _) = relay.enter(&relay.holder(&started.seat).await).await;
    let first = pin(&mut agents).await;
    assert_eq!(first.pin, started.pin.pin);
    let desk = relay.customer_desk();
    for _ in 0..limit::PIN_DECLINES {
        let knocker = relay.seated(desk.knock(&first.pin.digits()).await).await;
        let mut browser = relay.socket().await;
        browser.hello(&knocker, 1, farhand_shared::id::Seq::ZERO).await;
        browser
            .find(|m| matches!(m, FromServer::Waiting { .. }).then_some(()))
            .await;
        agents.command(Command::Decline(knocker.person)).await;
        assert_eq!(browser.closing().await, Some(Closing::Declined));
    }
    let second = pin(&mut agents).await;
    assert_ne!(second.pin, first.pin);
    assert_eq!(desk.knock(&first.pin.digits()).await.refusal(), "pin_unknown");
    relay.seated(desk.knock(&second.pin.digits()).await).await;
}

#[tokio::test]
async fn who_knocks_hears_that_an_agent_has_noticed_them_also_after_a_reload() {
    let relay = Relay::start().await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    let (mut agents, _) = relay.enter(&relay.holder(&started.seat).await).await;
    let knocker = relay
        .seated(relay.customer_desk().knock(&started.pin.pin.digits()).await)
        .await;
    let noticed = |message: FromServer| match message {
        FromServer::Waiting { noticed, .. } => Some(noticed),
        _ => None,
    };
    let mut browser = relay.socket().await;
    browser.hello(&knocker, 1, farhand_shared::id::Seq::ZERO).await;
    assert!(!browser.find(noticed).await);
    agents.accepted(Command::AskPatience(knocker.person)).await;
    assert!(browser.find(noticed).await);
    let mut reloaded = relay.socket().await;
    reloaded.hello(&knocker, 2, farhand_shared::id::Seq::ZERO).await;
    assert!(reloaded.find(noticed).await);
    agents.accepted(Command::Admit(knocker.person)).await;
}

#[tokio::test]
async fn knocking_cannot_fill_a_session() {
    let relay = Relay::start().await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    let (_agents, _) = relay.enter(&relay.holder(&started.seat).await).await;
    let desk = relay.customer_desk();
    for _ in 0..limit::KNOCKERS {
        relay.seated(desk.knock(&started.pin.pin.digits()).await).await;
    }
    assert_eq!(desk.knock(&started.pin.pin.digits()).await.refusal(), "too_many_knocks");
}

#[tokio::test]
async fn agents_who_type_wrong_numbers_are_counted_as_well() {
    let relay = Relay::start().await;
    let ann = relay.agent_desk().await.at("203.0.113.9");
    for _ in 0..limit::PIN_MISSES {
        assert_eq!(
            ann.post("/api/sessions/join", &json!({ "pin": "000000" }))
                .await
                .refusal(),
            "pin_unknown"
        );
    }
    assert_eq!(
        ann.post("/api/sessions/join", &json!({ "pin": "000000" }))
            .await
            .refusal(),
        "pin_wait"
    );
}

#[tokio::test]
async fn an_ended_session_has_no_pin() {
    let relay = Relay::start().await;
    let started = relay.agent_desk().await.start(Invite::Link).await;
    let (mut agents, _) = relay.enter(&relay.holder(&started.seat).await).await;
    agents.accepted(Command::End).await;
    relay.advance(limit::END_UNDO).await;
    agents.find(|m| matches!(m, FromServer::Pin(None)).then_some(())).await;
    assert_eq!(
        relay.customer_desk().knock(&started.pin.pin.digits()).await.refusal(),
        "pin_unknown"
    );
}
