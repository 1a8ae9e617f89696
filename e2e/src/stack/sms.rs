//! A telephone company: takes text messages by the REST form of the server's provider and reports what became of them.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha1::Sha1;

use super::mail::link_in;
use crate::see::{self, PATIENCE};

pub(super) const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
pub(super) const TOKEN: &str = "a-token-for-scenarios-only";
pub(super) const SENDER: &str = "+15005550006";

/// A text message that was sent.
#[derive(Debug, Clone)]
pub struct Sms {
    pub to: String,
    pub text: String,
    /// The provider's name for it.
    sid: String,
    /// Where the server wants to hear about it.
    report_to: String,
}

impl Sms {
    /// The link in it.
    pub fn link(&self) -> String {
        link_in(&self.text, "/j")
    }
}

#[derive(Default)]
struct Network {
    sent: Vec<Sms>,
    refuse: bool,
}

type Shared = Arc<Mutex<Network>>;

/// All phones of the world.
pub struct Phones {
    port: u16,
    network: Shared,
}

impl Phones {
    /// Listens on a free port as long as the test's runtime runs.
    pub async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.unwrap_or_else(|error| panic!("no free port: {error}"));
        let port = listener.local_addr().map(|address| address.port()).unwrap_or_default();
        let network = Shared::default();
        let path = format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json");
        let app = Router::new().route(&path, post(take)).with_state(network.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { port, network }
    }

    /// As in the server's `--twilio-base-url`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// From now on every number is refused as unreachable, or none.
    pub fn refuse(&self, refuse: bool) {
        self.lock().refuse = refuse;
    }

    /// Waits for the newest message to this number (E.164).
    pub async fn sms_for(&self, number: &str) -> Sms {
        let found = see::until(PATIENCE, async || {
            self.all().into_iter().rev().find(|sms| sms.to == number)
        });
        match found.await {
            Ok(sms) => sms,
            Err(_) => panic!("no text message for {number}; there are {:#?}", self.all()),
        }
    }

    /// All messages, oldest first.
    pub fn all(&self) -> Vec<Sms> {
        self.lock().sent.clone()
    }

    /// Tells the server what became of a message: `sent`, `delivered`, `failed` …
    pub async fn report(&self, sms: &Sms, status: &str) -> StatusCode {
        let fields = BTreeMap::from([
            ("MessageSid", sms.sid.as_str()),
            ("MessageStatus", status),
            ("To", &sms.to),
        ]);
        let signed: String = fields
            .iter()
            .fold(sms.report_to.clone(), |text, (name, value)| text + *name + *value);
        let mac = Hmac::<Sha1>::new_from_slice(TOKEN.as_bytes()).map(|mac| mac.chain_update(signed).finalize());
        let mac = mac.unwrap_or_else(|_| unreachable!("HMAC takes keys of every length"));
        let request = reqwest::Client::new().post(&sms.report_to).form(&fields);
        let request = request.header("X-Twilio-Signature", STANDARD.encode(mac.into_bytes()));
        let answer = request
            .send()
            .await
            .unwrap_or_else(|error| panic!("the server takes no report: {error}"));
        answer.status()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Network> {
        self.network.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn take(
    State(network): State<Shared>,
    headers: HeaderMap,
    Form(fields): Form<BTreeMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let expected = format!("Basic {}", STANDARD.encode(format!("{ACCOUNT}:{TOKEN}")));
    if headers
        .get("authorization")
        .is_none_or(|given| given.as_bytes() != expected.as_bytes())
    {
        return (StatusCode::UNAUTHORIZED, Json(json!({ "code": 20003 })));
    }
    let mut network = network.lock().unwrap_or_else(PoisonError::into_inner);
    if network.refuse {
        return (
            StatusCode::BAD_REQUEST,
            Json(json!({ "code": 21211, "message": "invalid number" })),
        );
    }
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let sid = format!("SM{:032x}", network.sent.len());
    network.sent.push(Sms {
        to: field("To"),
        text: field("Body"),
        sid: sid.clone(),
        report_to: field("StatusCallback"),
    });
    (StatusCode::CREATED, Json(json!({ "sid": sid, "status": "queued" })))
}
