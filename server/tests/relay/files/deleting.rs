use std::time::Duration;

use farhand_shared::limit;
use farhand_shared::session::{Command, FileKind, FileStage, FileStep};
use image::ImageFormat;

use super::Desk;
use crate::harness::Relay;
use crate::samples::{encoded, pdf, quarters};

/// When the bytes of what was deleted must be gone.
const GONE: Duration = limit::UNDO_KEPT.saturating_add(Duration::from_secs(3));

#[tokio::test]
async fn what_was_deleted_is_gone_at_once_for_people_and_soon_for_good() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let phone = Desk::of(&relay, &customer);
    let file = relay.announced(session, &customer, FileKind::Picture, "").await;
    phone
        .preview(file, &encoded(&quarters(32, 24), ImageFormat::Jpeg))
        .await
        .good();
    phone
        .send(file, &encoded(&quarters(400, 300), ImageFormat::Jpeg))
        .await
        .good();
    let kept = relay.announced(session, &customer, FileKind::Document, "a").await;
    phone.send(kept, &pdf(100)).await.good();
    assert_eq!(relay.files_on_disk(), 4);
    let step = |step| {
        relay
            .state
            .rooms
            .act(session, customer.person, Command::File { file, step })
    };

    step(FileStep::Delete).await.expect("deleted");
    for size in ["whole", "thumb", "preview"] {
        let answer = Desk::of(&relay, &agent).look(file, size).await;
        assert_eq!(answer.refusal(), (410, "file_deleted".to_owned()));
    }
    assert_eq!(
        phone.send(file, &pdf(9)).await.refusal(),
        (410, "file_deleted".to_owned())
    );
    relay.state.files.sweep().await;
    assert_eq!(relay.files_on_disk(), 4, "it may still be taken back");
    step(FileStep::Restore).await.expect("restored");
    relay.advance(GONE).await;
    relay.state.files.sweep().await;
    Desk::of(&relay, &agent).look(file, "whole").await.good();

    step(FileStep::Delete).await.expect("deleted");
    relay.advance(GONE).await;
    relay.state.files.sweep().await;
    assert_eq!(relay.files_on_disk(), 1);
    assert_eq!(
        phone.look(file, "whole").await.refusal(),
        (410, "file_deleted".to_owned())
    );
    assert!(step(FileStep::Restore).await.is_err());
    phone.look(kept, "whole").await.good();
}

#[tokio::test]
async fn what_was_deleted_right_before_the_end_of_the_server_does_not_outlive_it() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let file = relay.announced(session, &customer, FileKind::Document, "a").await;
    Desk::of(&relay, &customer).send(file, &pdf(100)).await.good();
    let delete = Command::File {
        file,
        step: FileStep::Delete,
    };
    relay
        .state
        .rooms
        .act(session, customer.person, delete)
        .await
        .expect("deleted");
    let relay = relay.killed().await;
    relay.advance(GONE).await;
    relay.state.files.sweep().await;
    assert_eq!(relay.files_on_disk(), 0);
}

#[tokio::test]
async fn what_was_deleted_on_its_way_comes_back_whole_or_not_at_all() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let phone = Desk::of(&relay, &customer);
    let file = relay.announced(session, &customer, FileKind::Document, "a").await;
    let step = |step| {
        relay
            .state
            .rooms
            .act(session, customer.person, Command::File { file, step })
    };
    phone.chunk(file, 0, 1000, &pdf(1000)[..500]).await.good();
    step(FileStep::Delete).await.expect("deleted");
    let answer = phone.chunk(file, 500, 1000, &pdf(1000)[500..]).await;
    assert_eq!(answer.refusal(), (410, "file_deleted".to_owned()));
    step(FileStep::Restore).await.expect("restored");
    phone.chunk(file, 500, 1000, &pdf(1000)[500..]).await.good();
    assert_eq!(relay.file(session, file).await.stage, FileStage::Stored);
}

#[tokio::test]
async fn an_upload_that_nobody_goes_on_with_makes_way_and_fails() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let phone = Desk::of(&relay, &customer);
    let file = relay.announced(session, &customer, FileKind::Document, "a").await;
    phone.chunk(file, 0, 1000, &pdf(1000)[..500]).await.good();
    relay.hand.advance(Duration::from_secs(47 * 3600));
    relay.state.files.sweep().await;
    assert_eq!(relay.files_on_disk(), 1);
    relay.hand.advance(Duration::from_secs(2 * 3600));
    relay.state.files.sweep().await;
    assert_eq!(relay.files_on_disk(), 0);
    assert_eq!(relay.file(session, file).await.stage, FileStage::Failed);
    assert_eq!(
        phone.chunk(file, 500, 1000, &pdf(1000)[500..]).await.refusal(),
        (409, "file_failed".to_owned())
    );
}
