use farhand_server::config::Config;
use farhand_shared::limit;
use farhand_shared::session::{Command, Event, FileKind, FilePart, FileStage};
use image::ImageFormat;
use reqwest::Method;

use super::Desk;
use crate::harness::Relay;
use crate::samples::{self, encoded, pdf, photo, quarters};

#[tokio::test]
async fn a_document_arrives_byte_for_byte_and_everybody_hears_of_it() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let (mut agents, _) = relay.enter(&agent).await;
    let file = relay
        .announced(session, &customer, FileKind::Document, "Anleitung.pdf")
        .await;
    let phone = Desk::of(&relay, &customer);
    let document = pdf(345_678);

    assert_eq!(phone.progress(file).await.good().stands(), (0, 0));
    let first = phone.chunk(file, 0, document.len(), &document[..100_000]).await.good();
    assert_eq!((first.status.as_u16(), first.stands()), (204, (100_000, 345_678)));
    assert_eq!(phone.progress(file).await.good().stands(), (100_000, 345_678));
    let early = Desk::of(&relay, &agent).look(file, "whole").await;
    assert_eq!(early.refusal(), (404, "file_not_ready".to_owned()));
    let last = phone
        .chunk(file, 100_000, document.len(), &document[100_000..])
        .await
        .good();
    assert_eq!(last.stands(), (345_678, 345_678));

    let stored = agents.happened(|event| matches!(event, Event::FileStored { .. })).await;
    assert_eq!(
        stored.event,
        Event::FileStored {
            file,
            part: FilePart::Whole,
            bytes: 345_678,
            width: 0,
            height: 0
        }
    );
    for desk in [Desk::of(&relay, &agent), phone.clone()] {
        let got = desk.look(file, "whole").await.good();
        assert!(got.bytes == document, "{} bytes came back", got.bytes.len());
    }
    assert_eq!(phone.progress(file).await.good().stands(), (345_678, 345_678));
    assert_eq!(relay.files_on_disk(), 1, "nothing is left of the upload itself");
}

#[tokio::test]
async fn a_photo_is_seen_small_first_and_then_sharp() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let (mut agents, _) = relay.enter(&agent).await;
    let file = relay.announced(session, &customer, FileKind::Picture, "").await;
    let (phone, desk) = (Desk::of(&relay, &customer), Desk::of(&relay, &agent));
    let picture = photo(&quarters(1600, 1200), 6);

    let preview = encoded(&quarters(320, 240), ImageFormat::Jpeg);
    assert_eq!(phone.preview(file, &preview).await.good().status.as_u16(), 204);
    let small = agents
        .happened(|event| {
            matches!(
                event,
                Event::FileStored {
                    part: FilePart::Preview,
                    ..
                }
            )
        })
        .await;
    assert!(matches!(
        small.event,
        Event::FileStored {
            width: 320,
            height: 240,
            ..
        }
    ));
    let got = desk.look(file, "preview").await.good();
    assert_eq!(sides(&got.bytes), (320, 240));
    assert_eq!(
        desk.look(file, "whole").await.refusal(),
        (404, "file_not_ready".to_owned())
    );
    phone.preview(file, &preview).await.good();

    phone.send(file, &picture).await.good();
    let sharp = agents
        .happened(|event| {
            matches!(
                event,
                Event::FileStored {
                    part: FilePart::Whole,
                    ..
                }
            )
        })
        .await;
    assert!(
        matches!(
            sharp.event,
            Event::FileStored {
                width: 1200,
                height: 1600,
                ..
            }
        ),
        "{sharp:?}"
    );
    let whole = desk.look(file, "whole").await.good();
    assert_eq!(
        (sides(&whole.bytes), whole.header("content-type")),
        ((1200, 1600), "image/jpeg")
    );
    assert_eq!(sides(&desk.look(file, "thumb").await.good().bytes), (240, 320));
    let known = relay.file(session, file).await;
    assert_eq!(
        (known.stage, known.bytes),
        (FileStage::Stored, whole.bytes.len() as u64)
    );
    phone.preview(file, &preview).await.good();
    assert_eq!(
        relay.file(session, file).await.stage,
        FileStage::Stored,
        "a late preview changes nothing"
    );
}

fn sides(bytes: &[u8]) -> (u32, u32) {
    let image = image::load_from_memory(bytes).expect("a picture");
    (image.width(), image.height())
}

#[tokio::test]
async fn what_a_camera_saw_is_what_people_see() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let file = relay.announced(session, &customer, FileKind::Picture, "").await;
    let phone = Desk::of(&relay, &customer);
    let seen = quarters(400, 300);
    phone.send(file, &encoded(&seen, ImageFormat::Png)).await.good();
    let got = phone.look(file, "whole").await.good();
    assert_eq!(
        image::load_from_memory(&got.bytes).expect("a picture").to_rgb8(),
        seen.to_rgb8()
    );
}

#[tokio::test]
async fn a_file_too_large_and_a_session_too_full_are_refused_before_a_byte_is_taken() {
    let relay = Relay::configured(|config: &mut Config| {
        config.files.file_bytes = 50_000;
        config.files.session_bytes = 120_000;
    })
    .await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let phone = Desk::of(&relay, &customer);
    let document = pdf(50_000);
    let large = relay.announced(session, &customer, FileKind::Document, "a").await;
    let answer = phone.chunk(large, 0, 50_001, &document).await;
    assert_eq!(answer.refusal(), (413, "file_too_large".to_owned()));
    for name in ["b", "c"] {
        let file = relay.announced(session, &customer, FileKind::Document, name).await;
        phone.send(file, &document).await.good();
    }
    let file = relay.announced(session, &customer, FileKind::Document, "d").await;
    assert_eq!(
        phone.send(file, &document).await.refusal(),
        (507, "session_full".to_owned())
    );
    assert_eq!(relay.files_on_disk(), 2);
    phone.send(file, &pdf(20_000)).await.good();

    let (other, _) = relay.session().await;
    let somebody = relay.customer(other).await;
    let file = relay.announced(other, &somebody, FileKind::Document, "e").await;
    Desk::of(&relay, &somebody).send(file, &document).await.good();
}

#[tokio::test]
async fn place_is_taken_by_what_is_kept_and_by_what_is_announced() {
    let relay = Relay::configured(|config: &mut Config| config.files.session_bytes = 100_000).await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let phone = Desk::of(&relay, &customer);
    let begun = relay.announced(session, &customer, FileKind::Document, "a").await;
    phone.chunk(begun, 0, 90_000, &pdf(10)).await.good();
    let file = relay.announced(session, &customer, FileKind::Document, "b").await;
    assert_eq!(
        phone.send(file, &pdf(20_000)).await.refusal(),
        (507, "session_full".to_owned())
    );
    // A refused upload gives its place back.
    let refused = phone.chunk(begun, 10, 90_000, &[0; 89_990]).await;
    assert_eq!(refused.status.as_u16(), 204, "a PDF may contain anything");
    phone.send(file, &pdf(5_000)).await.good();
}

#[tokio::test]
async fn a_probe_is_thrown_away_and_cannot_be_sent_without_end() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let phone = Desk::of(&relay, &customer);
    let bytes = vec![7; limit::PROBE_BYTES];
    let probe = |desk: Desk, bytes: Vec<u8>| async move { desk.ask(Method::POST, "/api/probe", &[], bytes).await };
    assert_eq!(probe(phone.clone(), bytes.clone()).await.good().status.as_u16(), 204);
    let larger = probe(phone.clone(), vec![7; bytes.len() + 1]).await;
    assert_eq!(larger.refusal(), (413, "chunk_too_large".to_owned()));
    let nobody = probe(Desk::nobody(&relay), bytes.clone()).await;
    assert_eq!(nobody.refusal(), (401, "no_such_seat".to_owned()));
    let mut refused = None;
    for _ in 0..100 {
        let answer = probe(phone.clone(), Vec::new()).await;
        if !answer.status.is_success() {
            refused = Some(answer);
            break;
        }
    }
    assert_eq!(
        refused.expect("a hundred are too many").refusal(),
        (429, "too_many_requests".to_owned())
    );
    assert_eq!(relay.files_on_disk(), 0);
}

#[tokio::test]
async fn what_was_taken_in_the_call_arrives_after_it() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let file = relay.announced(session, &customer, FileKind::Picture, "").await;
    let phone = Desk::of(&relay, &customer);
    let picture = encoded(&quarters(300, 200), ImageFormat::Jpeg);
    relay
        .state
        .rooms
        .act(session, agent.person, Command::End)
        .await
        .expect("ends");
    relay.advance(limit::END_UNDO).await;
    phone.send(file, &picture).await.good();
    assert_eq!(relay.file(session, file).await.stage, FileStage::Stored);
    Desk::of(&relay, &agent).look(file, "whole").await.good();
    assert!(samples::says(&phone.look(file, "whole").await.good().bytes, "JFIF"));
}
