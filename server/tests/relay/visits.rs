//! Guests and viewers: their links, the door, what they may not do, being sent away.

use farhand_shared::id::Seq;
use farhand_shared::limit;
use farhand_shared::role::{Act, Role, may};
use farhand_shared::session::{Command, Mode, Rejection, Seat, Seats, Session};
use farhand_shared::wire::http::sessions::{Invite, SessionStarted};
use farhand_shared::wire::http::visits::{VisitAs, VisitLink, VisitLinkMade, VisitLook, Visiting};
use farhand_shared::wire::{CatchUp, Closing, FromServer};
use reqwest::StatusCode;
use serde_json::json;

use crate::desk::{Answer, Caller};
use crate::harness::{Holder, Relay};

async fn link(desk: &Caller, started: &SessionStarted, role: &str) -> VisitLinkMade {
    let path = format!("/api/sessions/{}/visits", started.session);
    desk.post(&path, &json!({ "role": role })).await.good()
}

async fn links(desk: &Caller, started: &SessionStarted) -> Vec<VisitLink> {
    desk.get(&format!("/api/sessions/{}/visits", started.session))
        .await
        .good()
}

fn secret(link: &VisitLinkMade) -> &str {
    let (_, secret) = link.link.split_once("/visit#").expect("a secret in the fragment");
    secret
}

async fn open(relay: &Relay, link: &VisitLinkMade, name: &str) -> Answer {
    let body = json!({ "secret": secret(link), "name": name });
    relay.customer_desk().post("/api/visits/open", &body).await
}

async fn visitor(relay: &Relay, link: &VisitLinkMade) -> (Visiting, Holder) {
    let visiting: Visiting = open(relay, link, "Gil").await.good();
    let holder = relay.holder(&visiting.seat).await;
    (visiting, holder)
}

async fn session(relay: &Relay, started: &SessionStarted) -> Session {
    relay.state.rooms.look(started.session).await.expect("a session").0
}

#[tokio::test]
async fn a_guest_waits_with_a_code_until_an_agent_admits_them() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let link = link(&desk, &started, "guest").await;
    let before = session(&relay, &started).await;
    let look: VisitLook = relay
        .customer_desk()
        .post("/api/visits/look", &json!({ "secret": secret(&link) }))
        .await
        .good();
    assert_eq!((look.agent.as_str(), look.role), ("Ann", VisitAs::Guest));
    assert_eq!(session(&relay, &started).await, before, "looking changes nothing");

    let (visiting, gil) = visitor(&relay, &link).await;
    let mut browser = relay.socket().await;
    browser.hello(&gil, 1, Seq::ZERO).await;
    browser
        .find(|m| matches!(m, FromServer::Waiting { .. }).then_some(()))
        .await;
    let (mut agents, _) = relay.enter(&relay.holder(&started.seat).await).await;
    let knocker = session(&relay, &started)
        .await
        .person(gil.person)
        .cloned()
        .expect("a knocker");
    assert_eq!((knocker.role, knocker.name.as_str()), (Role::Guest, "Gil"));
    assert_eq!(knocker.spoken_code(), visiting.code, "both sides see the same number");
    agents.accepted(Command::Admit(gil.person)).await;
    assert_eq!(browser.welcome().await.you, gil.person);
    browser.accepted(Command::Start).await;
}

#[tokio::test]
async fn a_viewer_is_in_at_once_and_the_server_refuses_whatever_they_forge() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let (_, vera) = visitor(&relay, &link(&desk, &started, "viewer").await).await;
    let (mut browser, welcome) = relay.enter(&vera).await;
    assert!(matches!(welcome.catch_up, CatchUp::Snapshot(_) | CatchUp::Events(_)));
    let before = session(&relay, &started).await;
    for command in [
        Command::Start,
        Command::SetMode(Mode::Photo),
        Command::SetCase("T-9".to_owned()),
        Command::AskPhoto("the label".to_owned()),
        Command::Say {
            text: "hello".to_owned(),
            file: None,
        },
        Command::Admit(vera.person),
        Command::Eject(vera.person),
        Command::End,
    ] {
        assert!(!may(Role::Viewer, command.act()), "{command:?}");
        let id = browser.command(command.clone()).await;
        let (answer, _) = browser.answer(id).await;
        let refused = matches!(
            answer,
            FromServer::Refused {
                why: Rejection::NotAllowed,
                ..
            }
        );
        assert!(refused, "{command:?}: {answer:?}");
    }
    assert_eq!(session(&relay, &started).await, before);
    assert!(may(Role::Viewer, Act::Leave));
    browser.command(Command::Leave).await;
    assert_eq!(browser.closing().await, Some(Closing::NoSuchSeat));
}

#[tokio::test]
async fn a_link_taken_back_opens_nothing_and_sends_away_who_came_by_it() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let (bad, good) = (
        link(&desk, &started, "viewer").await,
        link(&desk, &started, "viewer").await,
    );
    let (_, out) = visitor(&relay, &bad).await;
    let (_, stays) = visitor(&relay, &good).await;
    let (mut socket, _) = relay.enter(&out).await;
    let made = links(&desk, &started).await;
    assert_eq!(made.iter().map(|link| link.visitors).collect::<Vec<_>>(), [1, 1]);
    let path = format!("/api/sessions/{}/visits/{}", started.session, bad.id);
    assert_eq!(desk.delete(&path).await.status, StatusCode::NO_CONTENT);

    assert_eq!(socket.closing().await, Some(Closing::Ejected));
    assert_eq!(open(&relay, &bad, "Gil").await.refusal(), "invite_revoked");
    let now = session(&relay, &started).await;
    let seat = |holder: &Holder| now.person(holder.person).map(|p| p.seat);
    assert_eq!((seat(&out), seat(&stays)), (Some(Seat::Ejected), Some(Seat::Lobby)));
    assert_eq!(links(&desk, &started).await.len(), 1);
    assert_eq!(desk.delete(&path).await.status, StatusCode::NOT_FOUND, "it is gone");
}

#[tokio::test]
async fn an_ejected_guest_is_out_at_once_and_knocks_as_somebody_new() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let link = link(&desk, &started, "guest").await;
    let (_, gil) = visitor(&relay, &link).await;
    let (mut agents, _) = relay.enter(&relay.holder(&started.seat).await).await;
    agents.accepted(Command::Admit(gil.person)).await;
    let (mut socket, _) = relay.enter(&gil).await;
    agents.accepted(Command::Eject(gil.person)).await;
    assert_eq!(socket.closing().await, Some(Closing::Ejected));
    let mut again = relay.socket().await;
    again.hello(&gil, 2, Seq::ZERO).await;
    assert_eq!(again.closing().await, Some(Closing::Ejected), "the old seat stays shut");
    let (_, new) = visitor(&relay, &link).await;
    assert_ne!(new.person, gil.person);
    let seat = session(&relay, &started).await.person(new.person).map(|p| p.seat);
    assert!(matches!(seat, Some(Seat::Knocking { .. })), "{seat:?}");
}

#[tokio::test]
async fn the_same_tab_goes_on_as_the_same_guest() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let link = link(&desk, &started, "guest").await;
    let (visiting, _) = visitor(&relay, &link).await;
    let body = json!({ "secret": secret(&link), "name": "Gil", "seat": visiting.seat });
    let again: Visiting = relay.customer_desk().post("/api/visits/open", &body).await.good();
    assert_eq!((again.seat, again.code), (visiting.seat, visiting.code));
}

#[tokio::test]
async fn each_link_opens_only_the_door_it_was_made_for() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let customers = VisitLinkMade {
        id: started.invitation.invitation,
        link: started.invitation.link.replace("/j#", "/visit#"),
    };
    assert_eq!(open(&relay, &customers, "Gil").await.refusal(), "invite_unknown");
    let viewers = link(&desk, &started, "viewer").await;
    let body = json!({ "secret": secret(&viewers) });
    for path in ["/api/invites/look", "/api/invites/open"] {
        let answer = relay.customer_desk().post(path, &body).await;
        assert_eq!(answer.refusal(), "invite_unknown", "{path}");
    }
    assert_eq!(open(&relay, &viewers, "  ").await.refusal(), "name_not_valid");
}

#[tokio::test]
async fn only_an_agent_in_the_session_makes_links_and_not_endlessly() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let path = format!("/api/sessions/{}/visits", started.session);
    let wish = json!({ "role": "guest" });
    let stranger = relay.agent_desk().await;
    assert_eq!(stranger.post(&path, &wish).await.refusal(), "not_in_session");
    assert_eq!(stranger.get(&path).await.refusal(), "not_in_session");
    assert_eq!(
        relay.customer_desk().post(&path, &wish).await.status,
        StatusCode::UNAUTHORIZED
    );
    let unknown = json!({ "role": "agent" });
    assert_eq!(
        desk.post(&path, &unknown).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    for _ in 0..10 {
        link(&desk, &started, "guest").await;
    }
    assert_eq!(desk.post(&path, &wish).await.refusal(), "too_many_links");
}

#[tokio::test]
async fn how_many_guests_and_viewers_may_be_in_a_session_is_the_operators_choice() {
    let relay = Relay::seating(Seats {
        guests: 1,
        viewers: 1,
        ..Seats::default()
    })
    .await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let (mut agents, _) = relay.enter(&relay.holder(&started.seat).await).await;
    let guests = link(&desk, &started, "guest").await;
    let (_, first) = visitor(&relay, &guests).await;
    agents.accepted(Command::Admit(first.person)).await;
    let (_, second) = visitor(&relay, &guests).await;
    let id = agents.command(Command::Admit(second.person)).await;
    let (answer, _) = agents.answer(id).await;
    let full = FromServer::Refused {
        id,
        why: Rejection::TooManyGuests,
    };
    assert_eq!(answer, full);

    let viewers = link(&desk, &started, "viewer").await;
    visitor(&relay, &viewers).await;
    assert_eq!(open(&relay, &viewers, "Vito").await.refusal(), "too_many_viewers");
}

#[tokio::test]
async fn declined_guests_do_not_retire_the_pin() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let link = link(&desk, &started, "guest").await;
    let (mut agents, _) = relay.enter(&relay.holder(&started.seat).await).await;
    for _ in 0..=limit::PIN_DECLINES {
        let (_, gil) = visitor(&relay, &link).await;
        agents.accepted(Command::Decline(gil.person)).await;
    }
    let knocked = relay.customer_desk().knock(&started.pin.pin.digits()).await;
    relay.seated(knocked).await;
}
