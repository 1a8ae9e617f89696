use farhand_server::telemetry::capture::Capture;
use farhand_shared::session::{Event, FileKind, FileStage};
use image::ImageFormat;

use super::Desk;
use crate::harness::Relay;
use crate::samples::{self, HIDDEN, POLYGLOT, archive, bomb, encoded, pdf, photo, polyglot, quarters};

#[tokio::test]
async fn what_may_not_be_sent_is_refused_removed_and_everybody_hears_that_it_will_not_come() {
    let log = Capture::start();
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let (mut agents, _) = relay.enter(&agent).await;
    let phone = Desk::of(&relay, &customer);
    let picture = encoded(&quarters(40, 30), ImageFormat::Png);
    let half = picture[..picture.len() / 2].to_vec();
    for (kind, name, bytes, refusal) in [
        (FileKind::Picture, "", bomb(), (413, "picture_too_large")),
        (FileKind::Picture, "", samples::heic(), (415, "picture_type")),
        (FileKind::Picture, "", pdf(100), (415, "not_a_picture")),
        (
            FileKind::Picture,
            "",
            b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(),
            (415, "picture_type"),
        ),
        (FileKind::Picture, "", half, (422, "picture_broken")),
        (
            FileKind::Document,
            "letter.pdf",
            b"MZ\x90\0\x03\0\0\0".to_vec(),
            (415, "file_type"),
        ),
        (
            FileKind::Document,
            "page.txt",
            b"<script>alert(1)</script>".to_vec(),
            (415, "file_type"),
        ),
        (
            FileKind::Document,
            "letter.docx",
            archive(&[("evil.exe", "MZ")]),
            (415, "file_type"),
        ),
        (
            FileKind::Document,
            "photo.pdf",
            photo(&quarters(9, 9), 1),
            (415, "send_as_picture"),
        ),
        (FileKind::Document, "photo.heic", samples::heic(), (415, "picture_type")),
        (FileKind::Document, "letter.pdf", bomb(), (415, "send_as_picture")),
    ] {
        let file = relay.announced(session, &customer, kind, name).await;
        let refusal = (refusal.0, refusal.1.to_owned());
        let answer = phone.send(file, &bytes).await;
        assert_eq!(answer.refusal(), refusal, "{name}");
        agents.happened(|event| *event == Event::FileFailed { file }).await;
        assert_eq!(relay.file(session, file).await.stage, FileStage::Failed);
        assert_eq!(
            phone.send(file, &bytes).await.refusal(),
            refusal,
            "the same answer to the same question"
        );
        assert_eq!(
            phone.look(file, "whole").await.refusal(),
            (409, "file_failed".to_owned())
        );
    }
    assert_eq!(relay.files_on_disk(), 0, "nothing of them is left");
    let text = log.text();
    assert!(text.contains("picture_too_large"), "the operator sees why:\n{text}");
    log.assert_never_says(&[&customer.token.0, &agent.token.0, "letter.pdf", "photo.heic"]);
}

#[tokio::test]
async fn a_preview_is_looked_into_as_well() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let phone = Desk::of(&relay, &customer);
    let file = relay.announced(session, &customer, FileKind::Picture, "").await;
    assert_eq!(
        phone.preview(file, &bomb()).await.refusal(),
        (413, "picture_too_large".to_owned())
    );
    assert_eq!(
        phone.preview(file, &pdf(100)).await.refusal(),
        (415, "not_a_picture".to_owned())
    );
    let large = vec![0xff; 64 * 1024 + 1];
    assert_eq!(
        phone.preview(file, &large).await.refusal(),
        (413, "chunk_too_large".to_owned())
    );
    assert_eq!(
        relay.file(session, file).await.stage,
        FileStage::Expected,
        "another one may still come"
    );
    phone.preview(file, &polyglot()).await.good();
    let got = phone.look(file, "preview").await.good().bytes;
    for word in HIDDEN.iter().chain(&POLYGLOT) {
        assert!(!samples::says(&got, word), "{word:?} is still there");
    }
    let document = relay.announced(session, &customer, FileKind::Document, "a").await;
    let preview = encoded(&quarters(9, 9), ImageFormat::Jpeg);
    assert_eq!(
        phone.preview(document, &preview).await.refusal(),
        (409, "not_a_picture".to_owned())
    );
}

#[tokio::test]
async fn nothing_rides_along_with_a_photo() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let phone = Desk::of(&relay, &customer);
    let file = relay.announced(session, &customer, FileKind::Picture, "").await;
    let sent = [polyglot(), HIDDEN.concat().into_bytes()].concat();
    for word in HIDDEN.iter().chain(&POLYGLOT) {
        assert!(samples::says(&sent, word), "the sample hides no {word:?}");
    }
    phone.send(file, &sent).await.good();
    for size in ["whole", "thumb"] {
        let got = Desk::of(&relay, &agent).look(file, size).await.good().bytes;
        for word in HIDDEN.iter().chain(&POLYGLOT) {
            assert!(!samples::says(&got, word), "{word:?} is still there");
        }
    }
    // Nor does it lie anywhere on the disk.
    let mut waiting = vec![relay.state.config.files.dir.clone()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(
                std::fs::read_dir(path)
                    .expect("a folder")
                    .map(|entry| entry.expect("an entry").path()),
            );
        } else {
            let bytes = std::fs::read(&path).expect("readable");
            assert!(
                !HIDDEN.iter().any(|word| samples::says(&bytes, word)),
                "{}",
                path.display()
            );
        }
    }
}

#[tokio::test]
async fn a_name_is_only_a_label() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let phone = Desk::of(&relay, &customer);
    for (name, saved) in [
        ("../../../etc/cron.d/evil", "evil.pdf"),
        ("C:\\Windows\\evil.exe", "evil.exe.pdf"),
        ("invoice\u{202e}fdp.exe", "invoicefdp.exe.pdf"),
        ("a\"; filename=\"b.html", "a filename=b.html.pdf"),
        ("", "document-"),
    ] {
        let file = relay.announced(session, &customer, FileKind::Document, name).await;
        phone.send(file, &pdf(100)).await.good();
        let got = phone.look(file, "whole").await.good();
        let disposition = got.header("content-disposition");
        assert!(
            disposition.starts_with(&format!("attachment; filename=\"{saved}")),
            "{name:?}: {disposition}"
        );
        assert_eq!(disposition.matches('"').count(), 2, "{disposition}");
        let (folder, id) = (&relay.state.config.files.dir, file.to_string());
        assert!(folder.join("objects").join(&id[..2]).join(&id).join("whole").is_file());
    }
}
