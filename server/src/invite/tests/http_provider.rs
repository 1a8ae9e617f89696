//! A provider's HTTP API: takes what is posted and answers as told.

use std::collections::VecDeque;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use tokio::sync::mpsc;

/// One request as it arrived.
#[derive(Debug)]
pub(crate) struct Arrived {
    pub path: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Arrived {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    pub(crate) fn form(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(&self.body).into_owned().collect()
    }
}

/// Answers in the order given; the last one for ever.
#[derive(Clone)]
struct Script {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    arrived: mpsc::Sender<Arrived>,
}

/// What to do with a request.
#[derive(Clone, Copy)]
pub(crate) enum Answer {
    Say(u16, &'static str),
}

/// A running provider.
pub(crate) struct HttpProvider {
    pub url: String,
    pub arrived: mpsc::Receiver<Arrived>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for HttpProvider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl HttpProvider {
    pub(crate) async fn start(answers: &[Answer]) -> Result<Self, Box<dyn Error>> {
        let (sender, arrived) = mpsc::channel(300);
        let script = Script {
            answers: Arc::new(Mutex::new(answers.iter().copied().collect())),
            arrived: sender,
        };
        let app = Router::new().fallback(take).with_state(script);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, app).await; // ends with the test
        });
        Ok(Self { url, arrived, task })
    }
}

async fn take(State(script): State<Script>, uri: Uri, headers: HeaderMap, body: Bytes) -> (StatusCode, &'static str) {
    let answer = {
        let mut answers = script.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() > 1 {
            answers.pop_front()
        } else {
            answers.front().copied()
        }
    };
    let arrived = Arrived {
        path: uri.path().to_owned(),
        headers,
        body,
    };
    let _ = script.arrived.send(arrived).await; // the test may have seen enough
    match answer {
        Some(Answer::Say(status, words)) => (StatusCode::from_u16(status).unwrap_or_default(), words),
        None => (StatusCode::NOT_FOUND, ""),
    }
}
