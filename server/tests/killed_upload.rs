//! Every byte of an upload that the server acknowledged is there after a `kill -9`, and an upload that was whole becomes a
//! file after the next start. The real program, killed in the middle of its work again and again.

#[path = "samples/mod.rs"]
mod samples;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::pin::Pin;
use std::process::{Child, Command, Stdio};

use farhand_shared::id::{CommandId, FileId, Generation, Seq};
use farhand_shared::session::{Command as Wish, FileKind};
use farhand_shared::wire::http::sessions::Seated;
use farhand_shared::wire::{FromClient, FromServer, Hello, PROTOCOL, SeatToken};
use futures_util::{SinkExt, StreamExt};
use image::ImageFormat;
use reqwest::{Client, Method, Response, StatusCode};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use uuid::Uuid;

const CHUNK: usize = 64 * 1024;

/// The program, over a folder that outlives it.
struct Running {
    child: Child,
    address: String,
}

impl Running {
    fn start(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_farhand"))
            .env_clear()
            .env("FARHAND_DATA_DIR", data)
            .env("FARHAND_LISTEN", "127.0.0.1:0")
            .env("FARHAND_TURN", "off")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let lines = BufReader::new(child.stdout.take().expect("output")).lines();
        let lines = lines.map(|line| line.expect("text"));
        let banner: Vec<String> = lines.take_while(|line| !line.contains("Ctrl-C")).collect();
        let customers = banner
            .iter()
            .find(|line| line.contains("Customers"))
            .expect("an address");
        let address = customers.split_whitespace().last().expect("an address");
        Self {
            address: address.trim_end_matches('/').to_owned(),
            child,
        }
    }

    fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

/// A phone in a session of its own.
struct Phone {
    http: Client,
    seat: SeatToken,
}

impl Phone {
    async fn walk_in(server: &Running) -> Self {
        let http = Client::new();
        let body = http
            .post(format!("{}/api/sessions/walk-in", server.address))
            .header("content-type", "application/json")
            .body(r#"{"mode":"photo"}"#);
        let text = body.send().await.expect("an answer").text().await.expect("text");
        let seated: Seated = serde_json::from_str(&text).expect("a seat");
        Self {
            http,
            seat: seated.seat,
        }
    }

    /// Says over the socket that it will send a file.
    async fn announce(&self, server: &Running, kind: FileKind, bytes: usize) -> FileId {
        let mut request = format!("{}/ws", server.address.replacen("http", "ws", 1))
            .into_client_request()
            .expect("a request");
        request
            .headers_mut()
            .insert("origin", server.address.parse().expect("an origin"));
        let (mut socket, _) = connect_async(request).await.expect("a socket");
        let file = FileId::from(Uuid::new_v4());
        let share = Wish::Share {
            file,
            kind,
            name: "a".to_owned(),
            bytes: bytes as u64,
            of: None,
        };
        let hello = Hello {
            protocol: PROTOCOL,
            seat: self.seat.clone(),
            generation: Generation(1),
            have: Seq::ZERO,
            device: None,
        };
        let id = CommandId::from(Uuid::new_v4());
        for message in [FromClient::Hello(hello), FromClient::Do { id, command: share }] {
            let text = serde_json::to_string(&message).expect("a message");
            socket.send(Message::text(text)).await.expect("sent");
        }
        loop {
            let frame = socket.next().await.expect("an answer").expect("a frame");
            let message = frame
                .to_text()
                .ok()
                .and_then(|text| serde_json::from_str::<FromServer>(text).ok());
            match message {
                Some(FromServer::Accepted(accepted)) if accepted == id => return file,
                Some(FromServer::Refused { why, .. }) => panic!("refused: {why:?}"),
                _ => {}
            }
        }
    }

    /// A request that is sent when it is waited for. None when the server is gone.
    fn ask(
        &self,
        server: &Running,
        method: Method,
        file: FileId,
        part: Option<(usize, usize, &[u8])>,
    ) -> impl Future<Output = Option<Response>> + use<> {
        let mut request = self
            .http
            .request(method, format!("{}/api/files/{file}", server.address))
            .header("authorization", format!("Seat {}", self.seat.0));
        if let Some((offset, length, bytes)) = part {
            request = request
                .header("upload-offset", offset)
                .header("upload-length", length)
                .body(bytes.to_vec());
        }
        let sent = request.send();
        async { sent.await.ok() }
    }

    async fn stands(&self, server: &Running, file: FileId) -> usize {
        let answer = self.ask(server, Method::HEAD, file, None).await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
        offset(&answer)
    }

    async fn look(&self, server: &Running, file: FileId) -> Vec<u8> {
        let answer = self.ask(server, Method::GET, file, None).await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
        answer.bytes().await.expect("bytes").to_vec()
    }
}

fn offset(answer: &Response) -> usize {
    let header = answer.headers().get("upload-offset").expect("an offset");
    header.to_str().expect("text").parse().expect("a number")
}

/// Drives a request so many steps, or to its end.
async fn go_on_with(mut request: Pin<&mut impl Future>, steps: u32) {
    for _ in 0..=steps {
        if futures_util::poll!(request.as_mut()).is_ready() {
            break;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn every_acknowledged_byte_survives_a_kill_in_mid_upload() {
    let data = tempfile::tempdir().expect("a folder");
    let mut server = Running::start(data.path());
    let phone = Phone::walk_in(&server).await;
    let document = samples::pdf(3_000_000);
    let file = phone.announce(&server, FileKind::Document, document.len()).await;
    let (mut acknowledged, mut kills) = (0, 0);
    loop {
        let stands = phone.stands(&server, file).await;
        assert!(stands >= acknowledged, "{stands} bytes are left of {acknowledged}");
        acknowledged = stands;
        if stands == document.len() {
            break;
        }
        // A few chunks in peace, then one that is on its way when the server dies.
        let in_peace = usize::from(Uuid::new_v4().as_bytes()[0] % 5);
        for _ in 0..in_peace {
            let end = document.len().min(acknowledged + CHUNK);
            if end == acknowledged {
                break;
            }
            let part = (acknowledged, document.len(), &document[acknowledged..end]);
            let answer = phone
                .ask(&server, Method::PATCH, file, Some(part))
                .await
                .expect("an answer");
            assert_eq!(answer.status(), StatusCode::NO_CONTENT);
            acknowledged = offset(&answer);
        }
        let end = document.len().min(acknowledged + CHUNK);
        let part = (acknowledged, document.len(), &document[acknowledged..end]);
        let in_flight = phone.ask(&server, Method::PATCH, file, Some(part));
        tokio::pin!(in_flight);
        // It is sent, but nobody waits for the answer.
        go_on_with(in_flight.as_mut(), u32::from(Uuid::new_v4().as_bytes()[0])).await;
        server.kill();
        kills += 1;
        server = Running::start(data.path());
    }
    assert!(kills >= 5, "{kills} kills");
    assert!(
        phone.look(&server, file).await == document,
        "the file is not what was sent"
    );
}

#[tokio::test]
async fn a_photo_whose_last_byte_came_right_before_the_kill_is_stored_after_the_start() {
    let data = tempfile::tempdir().expect("a folder");
    let mut server = Running::start(data.path());
    let phone = Phone::walk_in(&server).await;
    let photo = samples::encoded(&samples::stripes(2400, 1800), ImageFormat::Jpeg);
    for round in 0..6_u32 {
        let file = phone.announce(&server, FileKind::Picture, photo.len()).await;
        let last = photo.len() - 1;
        for (n, chunk) in photo[..last].chunks(1 << 20).enumerate() {
            let part = (n << 20, photo.len(), chunk);
            let answer = phone
                .ask(&server, Method::PATCH, file, Some(part))
                .await
                .expect("an answer");
            assert_eq!(answer.status(), StatusCode::NO_CONTENT);
        }
        let in_flight = phone.ask(&server, Method::PATCH, file, Some((last, photo.len(), &photo[last..])));
        tokio::pin!(in_flight);
        // Dies at another moment each time: while it is written, checked, kept, told.
        go_on_with(in_flight.as_mut(), round * 400).await;
        server.kill();
        server = Running::start(data.path());
        if phone.stands(&server, file).await == last {
            let part = (last, photo.len(), &photo[last..]);
            let answer = phone
                .ask(&server, Method::PATCH, file, Some(part))
                .await
                .expect("an answer");
            assert_eq!(answer.status(), StatusCode::NO_CONTENT);
        }
        let seen = image::load_from_memory(&phone.look(&server, file).await).expect("a picture");
        assert_eq!((seen.width(), seen.height()), (2400, 1800), "round {round}");
    }
}
