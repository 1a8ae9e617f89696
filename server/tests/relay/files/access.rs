use farhand_shared::id::FileId;
use farhand_shared::role::Role;
use farhand_shared::session::{Command, FileKind};
use image::ImageFormat;
use uuid::Uuid;

use super::Desk;
use crate::harness::Relay;
use crate::samples::{encoded, pdf, quarters};

#[tokio::test]
async fn only_whose_device_it_is_sends_a_file() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let guest = relay.join(session, Role::Guest, None).await;
    let viewer = relay.join(session, Role::Viewer, None).await;
    let knocker = relay.knock(session).await;
    let (other, _) = relay.session().await;
    let stranger = relay.customer(other).await;
    let file = relay.announced(session, &customer, FileKind::Document, "a").await;
    let document = pdf(100);
    for (who, refusal) in [
        (Desk::of(&relay, &agent), (403, "not_your_file")),
        (Desk::of(&relay, &guest), (403, "not_your_file")),
        (Desk::of(&relay, &viewer), (403, "not_your_file")),
        (Desk::of(&relay, &knocker), (403, "not_in_session")),
        (Desk::of(&relay, &stranger), (404, "file_unknown")),
        (Desk::nobody(&relay), (401, "no_such_seat")),
    ] {
        let refusal = (refusal.0, refusal.1.to_owned());
        assert_eq!(who.send(file, &document).await.refusal(), refusal);
        assert_eq!(who.preview(file, &document).await.refusal(), refusal);
        assert_eq!(who.progress(file).await.status.as_u16(), refusal.0);
    }
    assert_eq!(relay.files_on_disk(), 0);
    Desk::of(&relay, &customer).send(file, &document).await.good();
}

#[tokio::test]
async fn nobody_invents_files() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let phone = Desk::of(&relay, &customer);
    let never_announced = FileId::from(Uuid::new_v4());
    let refusal = (404, "file_unknown".to_owned());
    assert_eq!(phone.send(never_announced, &pdf(10)).await.refusal(), refusal);
    assert_eq!(phone.look(never_announced, "whole").await.refusal(), refusal);
    for path in [
        "/api/files/..%2f..%2fetc%2fpasswd",
        "/api/files/1",
        "/api/files/%00",
        "/api/files/farhand.db",
    ] {
        let answer = phone.ask(reqwest::Method::GET, path, &[], Vec::new()).await;
        assert_eq!(answer.refusal(), refusal, "{path}");
    }
    assert_eq!(relay.files_on_disk(), 0);
}

#[tokio::test]
async fn an_id_that_belongs_to_another_session_opens_nothing_there() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let file = relay.announced(session, &customer, FileKind::Document, "a").await;
    Desk::of(&relay, &customer).send(file, &pdf(100)).await.good();

    let (other, _) = relay.session().await;
    let thief = relay.customer(other).await;
    let share = Command::Share {
        file,
        kind: FileKind::Document,
        name: "mine".to_owned(),
        bytes: 0,
        of: None,
    };
    relay
        .state
        .rooms
        .act(other, thief.person, share)
        .await
        .expect("announced");
    let thief = Desk::of(&relay, &thief);
    assert_eq!(
        thief.send(file, &pdf(100)).await.refusal(),
        (404, "file_unknown".to_owned())
    );
    assert_eq!(thief.progress(file).await.status.as_u16(), 404);
    assert_eq!(
        thief.look(file, "whole").await.refusal(),
        (404, "file_not_ready".to_owned())
    );
}

#[tokio::test]
async fn who_is_inside_looks_and_who_is_not_does_not() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let guest = relay.join(session, Role::Guest, None).await;
    let gone = relay.join(session, Role::Guest, None).await;
    let viewer = relay.join(session, Role::Viewer, None).await;
    let knocker = relay.knock(session).await;
    let declined = relay.knock(session).await;
    let decline = Command::Decline(declined.person);
    relay
        .state
        .rooms
        .act(session, agent.person, decline)
        .await
        .expect("declined");
    relay
        .state
        .rooms
        .act(session, gone.person, Command::Leave)
        .await
        .expect("left");
    let (other, other_agent) = relay.session().await;
    let stranger = relay.customer(other).await;

    let phone = Desk::of(&relay, &customer);
    let picture = relay.announced(session, &customer, FileKind::Picture, "").await;
    phone
        .send(picture, &encoded(&quarters(40, 30), ImageFormat::Jpeg))
        .await
        .good();
    let document = relay.announced(session, &customer, FileKind::Document, "a").await;
    phone.send(document, &pdf(100)).await.good();
    for (who, holder, sees_picture, sees_document) in [
        ("customer", &customer, 200, 200),
        ("agent", &agent, 200, 200),
        ("guest", &guest, 200, 200),
        ("viewer", &viewer, 200, 404),
        ("knocker", &knocker, 403, 403),
        ("declined", &declined, 403, 403),
        ("gone", &gone, 403, 403),
        ("stranger", &stranger, 404, 404),
        ("other agent", &other_agent, 404, 404),
    ] {
        let desk = Desk::of(&relay, holder);
        for size in ["whole", "thumb"] {
            assert_eq!(
                desk.look(picture, size).await.status.as_u16(),
                sees_picture,
                "{who} {size}"
            );
        }
        assert_eq!(
            desk.look(document, "whole").await.status.as_u16(),
            sees_document,
            "{who}"
        );
    }
    let nobody = Desk::nobody(&relay).look(picture, "whole").await;
    assert_eq!(nobody.refusal(), (401, "no_such_seat".to_owned()));
}

#[tokio::test]
async fn an_agent_who_took_part_looks_by_being_signed_in_also_after_the_end() {
    let relay = Relay::start().await;
    let ann = relay.agent_desk().await;
    let started = ann.start(farhand_shared::wire::http::sessions::Invite::Link).await;
    let session = started.session;
    let agent = relay.holder(&started.seat).await;
    let customer = relay.customer(session).await;
    let file = relay.announced(session, &customer, FileKind::Document, "a").await;
    Desk::of(&relay, &customer).send(file, &pdf(100)).await.good();

    let by_cookie = Desk::signed_in(&relay, ann.cookie());
    by_cookie.look(file, "whole").await.good();
    assert_eq!(
        by_cookie.send(file, &pdf(100)).await.refusal(),
        (401, "no_such_seat".to_owned())
    );
    let bob = relay.agent_desk().await;
    let other = Desk::signed_in(&relay, bob.cookie()).look(file, "whole").await;
    assert_eq!(other.refusal(), (401, "no_such_seat".to_owned()));

    relay
        .state
        .rooms
        .act(session, agent.person, Command::End)
        .await
        .expect("ends");
    relay.advance(farhand_shared::limit::REJOIN * 2).await;
    let relay = relay.killed().await;
    let by_cookie = Desk::signed_in(&relay, ann.cookie());
    assert!(by_cookie.look(file, "whole").await.good().bytes == pdf(100));
    // The page also sends the seat it once had, which is long gone.
    let both = Desk {
        seat: Some("Seat nonsense".to_owned()),
        ..by_cookie
    };
    both.look(file, "whole").await.good();
}

#[tokio::test]
async fn a_seat_is_shown_in_its_header_only() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let file = relay.announced(session, &customer, FileKind::Document, "a").await;
    Desk::of(&relay, &customer).send(file, &pdf(100)).await.good();
    for shown in [
        format!("Bearer {}", customer.token.0),
        format!("Seat{}", customer.token.0),
        customer.token.0.clone(),
        "Seat ".to_owned(),
        format!("Seat {}x", customer.token.0),
    ] {
        let desk = Desk {
            seat: Some(shown),
            ..Desk::nobody(&relay)
        };
        assert_eq!(desk.look(file, "whole").await.status.as_u16(), 401);
    }
}
