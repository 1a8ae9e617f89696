use std::io::{Read, Write};

use farhand_shared::session::{Event, FileKind, FileStage};
use image::ImageFormat;
use tokio::task::spawn_blocking;

use super::Desk;
use crate::harness::{Holder, Relay};
use crate::samples::{encoded, pdf, quarters};

#[tokio::test]
async fn an_upload_goes_on_where_it_stands_and_nowhere_else() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let file = relay.announced(session, &customer, FileKind::Document, "a").await;
    let phone = Desk::of(&relay, &customer);
    let document = pdf(1000);
    phone.chunk(file, 0, 1000, &document[..400]).await.good();
    for (offset, chunk) in [
        (0, &document[..400]),
        (300, &document[300..500]),
        (500, &document[500..]),
    ] {
        let answer = phone.chunk(file, offset, 1000, chunk).await;
        assert_eq!(answer.refusal(), (409, "wrong_offset".to_owned()), "{offset}");
        assert_eq!(answer.stands(), (400, 1000), "it says where to go on");
    }
    assert_eq!(
        phone.chunk(file, 400, 900, &document[400..900]).await.refusal(),
        (409, "wrong_length".to_owned())
    );
    let beyond = [&document[400..], b"more"].concat();
    assert_eq!(
        phone.chunk(file, 400, 1000, &beyond).await.refusal(),
        (413, "chunk_too_large".to_owned())
    );
    assert_eq!(
        phone.progress(file).await.good().stands(),
        (400, 1000),
        "nothing of it was taken"
    );
    phone.chunk(file, 400, 1000, &document[400..]).await.good();
    assert!(phone.look(file, "whole").await.good().bytes == document);
}

#[tokio::test]
async fn headers_that_make_no_sense_are_refused() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let file = relay.announced(session, &customer, FileKind::Document, "a").await;
    let phone = Desk::of(&relay, &customer);
    for (offset, length) in [
        ("", "10"),
        ("0", ""),
        ("0", "0"),
        ("11", "10"),
        ("-1", "10"),
        ("0", "1e3"),
        ("x", "y"),
    ] {
        let headers = [
            ("upload-offset", offset.to_owned()),
            ("upload-length", length.to_owned()),
        ];
        let path = format!("/api/files/{file}");
        let answer = phone
            .ask(reqwest::Method::PATCH, &path, &headers, b"%PDF-".to_vec())
            .await;
        assert_eq!(
            answer.refusal(),
            (400, "upload_headers".to_owned()),
            "{offset:?} {length:?}"
        );
    }
    let empty = phone.chunk(file, 0, 10, b"").await;
    assert_eq!(empty.refusal(), (408, "upload_cut".to_owned()));
}

#[tokio::test]
async fn of_a_chunk_that_was_cut_off_every_byte_that_came_counts() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let file = relay.announced(session, &customer, FileKind::Document, "a").await;
    let phone = Desk::of(&relay, &customer);
    let document = pdf(60_000);

    let head = format!(
        "PATCH /api/files/{file} HTTP/1.1\r\nHost: x\r\nAuthorization: Seat {}\r\nUpload-Offset: 0\r\n\
         Upload-Length: 60000\r\nContent-Length: 60000\r\n\r\n",
        customer.token.0
    );
    let (addr, part) = (relay.addr, document[..25_000].to_vec());
    let socket = spawn_blocking(move || {
        let mut socket = std::net::TcpStream::connect(addr).expect("connects");
        socket.write_all(head.as_bytes()).expect("writes");
        socket.write_all(&part).expect("writes");
        socket.shutdown(std::net::Shutdown::Write).expect("the signal is lost");
        // Reads until the relay has given the connection up, so that it has seen the end.
        let mut rest = Vec::new();
        drop(socket.read_to_end(&mut rest));
    });
    socket.await.expect("sent");
    let stands = relay.until_stands(&phone, file, 25_000).await;
    assert_eq!(stands, (25_000, 60_000));
    phone.chunk(file, 25_000, 60_000, &document[25_000..]).await.good();
    assert!(phone.look(file, "whole").await.good().bytes == document);
}

impl Relay {
    /// Asks until the upload has reached a place: what was cut off is written down after the connection is gone.
    async fn until_stands(&self, desk: &Desk, file: farhand_shared::id::FileId, at: u64) -> (u64, u64) {
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
        loop {
            let stands = desk.progress(file).await.good().stands();
            if stands.0 >= at || std::time::Instant::now() > deadline {
                return stands;
            }
            tokio::task::yield_now().await;
        }
    }
}

async fn half_sent(
    relay: &Relay,
    document: &[u8],
) -> (farhand_shared::id::SessionId, Holder, farhand_shared::id::FileId) {
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let file = relay.announced(session, &customer, FileKind::Document, "a").await;
    let half = &document[..document.len() / 2];
    Desk::of(relay, &customer)
        .chunk(file, 0, document.len(), half)
        .await
        .good();
    (session, customer, file)
}

#[tokio::test]
async fn an_upload_survives_the_end_of_the_server() {
    let relay = Relay::start().await;
    let document = pdf(300_000);
    let (_, customer, file) = half_sent(&relay, &document).await;
    let relay = relay.killed().await;
    let phone = Desk::of(&relay, &customer);
    assert_eq!(phone.progress(file).await.good().stands(), (150_000, 300_000));
    phone.chunk(file, 150_000, 300_000, &document[150_000..]).await.good();
    assert!(phone.look(file, "whole").await.good().bytes == document);
}

#[tokio::test]
async fn bytes_that_nobody_acknowledged_are_not_part_of_the_file() {
    let relay = Relay::start().await;
    let document = pdf(2000);
    let (_, customer, file) = half_sent(&relay, &document).await;
    let part = relay.state.config.files.dir.join("incoming").join(file.to_string());
    let mut torn = std::fs::read(&part).expect("the upload on its way");
    torn.extend([7; 5000]);
    std::fs::write(&part, torn).expect("written");
    let relay = relay.killed().await;
    let phone = Desk::of(&relay, &customer);
    assert_eq!(phone.progress(file).await.good().stands(), (1000, 2000));
    phone.chunk(file, 1000, 2000, &document[1000..]).await.good();
    assert!(phone.look(file, "whole").await.good().bytes == document);
}

#[tokio::test]
async fn what_a_crash_kept_from_its_end_is_completed_after_the_start() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let phone = Desk::of(&relay, &customer);
    let picture = encoded(&quarters(200, 100), ImageFormat::Jpeg);
    let stored = relay.announced(session, &customer, FileKind::Picture, "").await;
    let refused = relay.announced(session, &customer, FileKind::Picture, "").await;
    let asked = relay.announced(session, &customer, FileKind::Picture, "").await;
    let (last, rest) = picture.split_last().expect("bytes");
    for (file, rest) in [(stored, rest), (refused, &b"no picture at all"[..]), (asked, rest)] {
        phone.chunk(file, 0, rest.len() + 1, rest).await.good();
    }
    // As if the server had died between the last byte and what follows from it.
    let now = i64::MAX / 4;
    for (file, length) in [(stored, picture.len()), (refused, 18), (asked, picture.len())] {
        let path = relay.state.config.files.dir.join("incoming").join(file.to_string());
        let mut bytes = std::fs::read(&path).expect("the upload on its way");
        bytes.push(*last);
        std::fs::write(&path, bytes).expect("written");
        let length = length as u64;
        let grew = relay.state.store.file_grew(file.uuid(), length - 1, length, now).await;
        assert!(grew.expect("written down"));
    }
    let relay = relay.killed().await;
    let phone = Desk::of(&relay, &customer);
    // One is asked for by its phone, which may be quicker than the server.
    assert_eq!(phone.progress(asked).await.good().stands().0, picture.len() as u64);
    assert_eq!(relay.file(session, asked).await.stage, FileStage::Stored);
    relay.state.files.sweep().await;
    assert_eq!(relay.file(session, stored).await.stage, FileStage::Stored);
    assert_eq!(relay.file(session, refused).await.stage, FileStage::Failed);
    Desk::of(&relay, &agent).look(stored, "thumb").await.good();
    let (_, welcome) = relay.enter(&agent).await;
    drop(welcome);
    let again = phone.chunk(refused, 0, 18, b"no picture at all").await;
    assert_eq!(
        again.refusal(),
        (415, "not_a_picture".to_owned()),
        "it is answered alike for ever"
    );
}

#[tokio::test]
async fn a_session_that_did_not_hear_of_a_stored_file_hears_of_it_once() {
    let relay = Relay::start().await;
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let phone = Desk::of(&relay, &customer);
    let file = relay.announced(session, &customer, FileKind::Document, "a").await;
    phone.send(file, &pdf(500)).await.good();
    relay.state.files.sweep().await;
    phone.progress(file).await.good();
    let relay = relay.killed().await;
    relay.state.files.sweep().await;
    let (mut agents, _) = relay.enter(&agent).await;
    agents.until_quiet().await;
    let log = relay.state.store.load(session.uuid(), 0).await.expect("the log");
    let told = log.iter().filter(|event| event.body.contains("file_stored")).count();
    assert_eq!(told, 1);
    assert!(matches!(
        serde_json::from_str::<Event>(&log.last().expect("events").body).expect("an event"),
        Event::FileStored { .. } | Event::Connected { .. } | Event::Disconnected { .. }
    ));
}

#[tokio::test]
async fn two_requests_for_the_same_place_count_once() {
    let relay = Relay::start().await;
    let (session, _) = relay.session().await;
    let customer = relay.customer(session).await;
    let file = relay.announced(session, &customer, FileKind::Document, "a").await;
    let phone = Desk::of(&relay, &customer);
    let document = pdf(90_000);
    let sends = (0..6).map(|_| phone.chunk(file, 0, 90_000, &document));
    let answers = futures_util::future::join_all(sends).await;
    let good = answers.iter().filter(|answer| answer.status.is_success()).count();
    assert_eq!(good, 1, "{answers:?}");
    assert!(phone.look(file, "whole").await.good().bytes == document);
}
