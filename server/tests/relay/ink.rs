//! Ink that still moves, and what is said and drawn for good.

use farhand_shared::id::{FileId, MarkId, Seq};
use farhand_shared::ink::{Ink, Point, Shape, Surface};
use farhand_shared::role::Role;
use farhand_shared::session::{Command, Event, Rejection};
use farhand_shared::wire::{FromClient, FromServer};

use crate::harness::{Relay, missed};

fn pointer() -> Ink {
    Ink::Pointer {
        on: Surface::Still(FileId::from_u128(1)),
        at: Some(Point::MIDDLE),
    }
}

fn said(text: &str) -> Command {
    Command::Say {
        text: text.to_owned(),
        file: None,
    }
}

#[tokio::test]
async fn ink_reaches_everybody_inside_but_its_sender_and_nobody_at_the_door() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let (mut agents, _) = relay.enter(&agent).await;
    let customer = relay.customer(session).await;
    let (mut customers, _) = relay.enter(&customer).await;
    let viewer = relay.join(session, Role::Viewer, None).await;
    let (mut viewers, _) = relay.enter(&viewer).await;
    let knocker = relay.knock(session).await;
    let mut outside = relay.socket().await;
    outside.hello(&knocker, 1, Seq::ZERO).await;

    agents.send(&FromClient::Ink(pointer())).await;
    let heard = FromServer::Ink {
        from: agent.person,
        ink: pointer(),
    };
    for browser in [&mut customers, &mut viewers] {
        assert!(browser.until_quiet().await.contains(&heard));
    }
    let is_ink = |message: &FromServer| matches!(message, FromServer::Ink { .. });
    assert!(!agents.until_quiet().await.iter().any(is_ink), "its sender knows it");
    assert!(
        !outside.until_quiet().await.iter().any(is_ink),
        "at the door nothing is seen"
    );

    viewers.send(&FromClient::Ink(pointer())).await;
    assert!(!agents.until_quiet().await.iter().any(is_ink), "viewers only watch");
}

#[tokio::test]
async fn viewers_cannot_draw_or_write_whatever_their_page_sends() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let viewer = relay.join(session, Role::Viewer, None).await;
    let (mut viewers, _) = relay.enter(&viewer).await;
    let (file, mark, shape) = (FileId::from_u128(1), MarkId::from_u128(2), Shape::Dot(Point::MIDDLE));
    for command in [
        said("hello"),
        Command::TakeStill { file },
        Command::Mark { file, mark, shape },
    ] {
        let id = viewers.command(command).await;
        let (answer, records) = viewers.answer(id).await;
        let why = Rejection::NotAllowed;
        assert_eq!(answer, FromServer::Refused { id, why });
        assert!(records.is_empty());
    }
}

#[tokio::test]
async fn what_was_said_survives_a_killed_relay_and_a_repeat_says_it_once() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let (mut agents, _) = relay.enter(&agent).await;
    let customer = relay.customer(session).await;
    let (mut customers, _) = relay.enter(&customer).await;
    let id = customers.command(said("the red one?")).await;
    customers.answer(id).await;
    let heard = agents.happened(|event| matches!(event, Event::Said { .. })).await;

    let relay = relay.killed().await;
    let (mut customers, _) = relay.resume(&customer, 2, heard.seq).await;
    let command = said("the red one?");
    customers.send(&FromClient::Do { id, command }).await;
    assert_eq!(customers.answer(id).await, (FromServer::Accepted(id), vec![]));
    let (_, welcome) = relay.resume(&agent, 2, Seq(heard.seq.0 - 1)).await;
    let says = missed(&welcome)
        .iter()
        .filter(|record| matches!(record.event, Event::Said { .. }));
    assert_eq!(says.count(), 1);
}
