//! Pictures and documents over HTTP, with real sockets, real rooms, a real store and a real folder.

mod access;
mod blur;
mod deleting;
mod hostile;
mod resuming;
mod serving;
mod uploading;

use farhand_shared::id::{FileId, SessionId};
use farhand_shared::session::{Command, File, FileKind};
use farhand_shared::wire::http::Problem;
use farhand_shared::wire::http::files::{UPLOAD_LENGTH, UPLOAD_OFFSET};
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use uuid::Uuid;

use crate::harness::{Holder, Relay};

/// Bytes that a phone sends at once in these tests.
const CHUNK: usize = 100_000;

/// Somebody who sends and looks at files.
#[derive(Clone)]
pub struct Desk {
    http: reqwest::Client,
    base: String,
    seat: Option<String>,
    cookie: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn good(self) -> Self {
        assert!(
            self.status.is_success(),
            "{} {}",
            self.status,
            String::from_utf8_lossy(&self.bytes)
        );
        self
    }

    /// The stable code of a refusal that has words and a next step too.
    pub fn refusal(&self) -> (u16, String) {
        assert!(!self.status.is_success(), "{}", self.status);
        let problem: Problem = serde_json::from_slice(&self.bytes).expect("a problem");
        assert!(!problem.message.is_empty() && !problem.next.is_empty(), "{problem:?}");
        (self.status.as_u16(), problem.error)
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// Where the upload stands.
    pub fn stands(&self) -> (u64, u64) {
        let number = |name| self.header(name).parse().expect("a number");
        (number(UPLOAD_OFFSET), number(UPLOAD_LENGTH))
    }
}

impl Desk {
    pub fn of(relay: &Relay, holder: &Holder) -> Self {
        Self {
            seat: Some(format!("Seat {}", holder.token.0)),
            ..Self::nobody(relay)
        }
    }

    pub fn nobody(relay: &Relay) -> Self {
        Self {
            http: reqwest::Client::new(),
            base: format!("http://{}", relay.addr),
            seat: None,
            cookie: None,
        }
    }

    pub fn signed_in(relay: &Relay, cookie: &str) -> Self {
        Self {
            cookie: Some(cookie.to_owned()),
            ..Self::nobody(relay)
        }
    }

    pub async fn ask(&self, method: Method, path: &str, headers: &[(&str, String)], body: Vec<u8>) -> Answer {
        let mut request = self.http.request(method, format!("{}{path}", self.base)).body(body);
        if let Some(seat) = &self.seat {
            request = request.header("authorization", seat);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let response = request.send().await.expect("an answer");
        Answer {
            status: response.status(),
            headers: response.headers().clone(),
            bytes: response.bytes().await.expect("a body").to_vec(),
        }
    }

    pub async fn chunk(&self, file: FileId, offset: usize, length: usize, bytes: &[u8]) -> Answer {
        let headers = [(UPLOAD_OFFSET, offset.to_string()), (UPLOAD_LENGTH, length.to_string())];
        self.ask(Method::PATCH, &format!("/api/files/{file}"), &headers, bytes.to_vec())
            .await
    }

    pub async fn progress(&self, file: FileId) -> Answer {
        self.ask(Method::HEAD, &format!("/api/files/{file}"), &[], Vec::new())
            .await
    }

    pub async fn preview(&self, file: FileId, bytes: &[u8]) -> Answer {
        self.ask(Method::PUT, &format!("/api/files/{file}/preview"), &[], bytes.to_vec())
            .await
    }

    pub async fn look(&self, file: FileId, size: &str) -> Answer {
        self.ask(Method::GET, &format!("/api/files/{file}?size={size}"), &[], Vec::new())
            .await
    }

    /// Sends all of a file; the last answer.
    pub async fn send(&self, file: FileId, bytes: &[u8]) -> Answer {
        let mut last = None;
        for (n, chunk) in bytes.chunks(CHUNK).enumerate() {
            let answer = self.chunk(file, n * CHUNK, bytes.len(), chunk).await;
            let more = answer.status.is_success();
            last = Some(answer);
            if !more {
                break;
            }
        }
        last.expect("a file with bytes")
    }
}

impl Relay {
    /// Somebody says that they will send a file.
    pub async fn announced(&self, session: SessionId, by: &Holder, kind: FileKind, name: &str) -> FileId {
        let file = FileId::from(Uuid::new_v4());
        let share = Command::Share {
            file,
            kind,
            name: name.to_owned(),
            bytes: 0,
            of: None,
        };
        self.state
            .rooms
            .act(session, by.person, share)
            .await
            .expect("announced");
        file
    }

    /// The file as the session knows it.
    pub async fn file(&self, session: SessionId, file: FileId) -> File {
        let session = self.state.rooms.look(session).await.expect("a session").0;
        session.file(file).expect("a file").clone()
    }

    /// How many files lie anywhere in the folder of files.
    pub fn files_on_disk(&self) -> usize {
        let mut waiting = vec![self.state.config.files.dir.clone()];
        let mut found = 0;
        while let Some(folder) = waiting.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.path().is_dir() {
                    waiting.push(entry.path());
                } else {
                    found += 1;
                }
            }
        }
        found
    }
}
