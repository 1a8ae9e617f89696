use farhand_shared::session::FileKind;
use image::ImageFormat;
use reqwest::Method;

use super::Desk;
use crate::harness::Relay;
use crate::samples::{encoded, pdf, quarters};

#[tokio::test]
async fn what_is_served_runs_nothing_wherever_it_is_opened() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let phone = Desk::of(&relay, &customer);
    let picture = relay.announced(session, &customer, FileKind::Picture, "").await;
    phone
        .send(picture, &encoded(&quarters(40, 30), ImageFormat::Png))
        .await
        .good();
    let document = relay
        .announced(session, &customer, FileKind::Document, "Plan.pdf")
        .await;
    phone.send(document, &pdf(100)).await.good();
    let text = relay.announced(session, &customer, FileKind::Document, "notes").await;
    phone.send(text, b"Zeile 1\nZeile 2\n").await.good();
    for (file, media, disposition) in [
        (picture, "image/png", "inline; filename=\"picture-"),
        (document, "application/pdf", "attachment; filename=\"Plan.pdf\""),
        (text, "text/plain; charset=utf-8", "attachment; filename=\"notes.txt\""),
    ] {
        let got = phone.look(file, "whole").await.good();
        assert_eq!(got.header("content-type"), media);
        assert!(got.header("content-disposition").starts_with(disposition), "{got:?}");
        assert_eq!(got.header("x-content-type-options"), "nosniff");
        assert_eq!(got.header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(got.header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(got.header("cache-control"), "private, no-cache");
        assert_eq!(got.header("content-length"), got.bytes.len().to_string());
    }
}

#[tokio::test]
async fn what_a_browser_has_already_is_not_sent_again() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let phone = Desk::of(&relay, &customer);
    let file = relay.announced(session, &customer, FileKind::Picture, "").await;
    phone
        .send(file, &encoded(&quarters(40, 30), ImageFormat::Png))
        .await
        .good();
    let (whole, thumb) = (
        phone.look(file, "whole").await.good(),
        phone.look(file, "thumb").await.good(),
    );
    assert_ne!(whole.header("etag"), thumb.header("etag"));
    let path = format!("/api/files/{file}");
    let again = [("if-none-match", whole.header("etag").to_owned())];
    let same = phone.ask(Method::GET, &path, &again, Vec::new()).await;
    assert_eq!((same.status.as_u16(), same.bytes.len()), (304, 0));
    let other = [("if-none-match", thumb.header("etag").to_owned())];
    assert_eq!(
        phone.ask(Method::GET, &path, &other, Vec::new()).await.good().bytes,
        whole.bytes
    );
}

#[tokio::test]
async fn sizes_that_do_not_exist_are_not_made_up() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let phone = Desk::of(&relay, &customer);
    let document = relay.announced(session, &customer, FileKind::Document, "a").await;
    phone.send(document, &pdf(100)).await.good();
    for size in ["thumb", "preview", "huge", ""] {
        assert_eq!(
            phone.look(document, size).await.refusal(),
            (404, "file_not_ready".to_owned()),
            "{size}"
        );
    }
}
