//! Callers of the HTTP API: signed-in agents, and customers at any address.

use farhand_server::store::secret::{Private, Secret};
use farhand_server::store::{Agent, NewAgent, WebSession};
use farhand_shared::session::{Channel, Mode, Talk};
use farhand_shared::wire::SeatToken;
use farhand_shared::wire::http::Problem;
use farhand_shared::wire::http::sessions::{InvitationMade, Invite, OpenInvite, Seated, SessionStarted, StartSession};
use reqwest::{Method, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::harness::{Holder, Relay};

/// Somebody who sends requests.
#[derive(Clone)]
pub struct Caller {
    http: reqwest::Client,
    base: String,
    cookie: Option<String>,
    address: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub retry_after: Option<u64>,
    text: String,
}

impl Answer {
    pub fn good<T: DeserializeOwned>(self) -> T {
        assert!(self.status.is_success(), "{self:?}");
        serde_json::from_str(&self.text).expect("the answer that the protocol names")
    }

    /// The stable code of a refusal that has words and a next step too.
    pub fn refusal(&self) -> String {
        assert!(!self.status.is_success(), "{self:?}");
        let problem: Problem = serde_json::from_str(&self.text).expect("a problem");
        assert!(!problem.message.is_empty() && !problem.next.is_empty(), "{problem:?}");
        problem.error
    }
}

impl Caller {
    /// The same caller at another address.
    pub fn at(&self, address: &str) -> Self {
        Self {
            address: Some(address.to_owned()),
            ..self.clone()
        }
    }

    /// The cookie of a signed-in agent.
    pub fn cookie(&self) -> &str {
        self.cookie.as_deref().expect("signed in")
    }

    pub async fn post(&self, path: &str, body: &impl Serialize) -> Answer {
        let body = serde_json::to_string(body).expect("JSON");
        self.ask(Method::POST, path, Some(body)).await
    }

    pub async fn put(&self, path: &str, body: &impl Serialize) -> Answer {
        let body = serde_json::to_string(body).expect("JSON");
        self.ask(Method::PUT, path, Some(body)).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, None).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.ask(Method::DELETE, path, None).await
    }

    async fn ask(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(address) = &self.address {
            request = request.header("x-forwarded-for", address);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body);
        }
        let response = request.send().await.expect("an answer");
        let retry_after = response.headers().get("retry-after");
        Answer {
            status: response.status(),
            retry_after: retry_after.map(|seconds| seconds.to_str().expect("text").parse().expect("seconds")),
            text: response.text().await.expect("a body"),
        }
    }

    /// Starts a session as an agent.
    pub async fn start(&self, invite: Invite) -> SessionStarted {
        self.post("/api/sessions", &wish(invite)).await.good()
    }

    /// Opens a link as a customer.
    pub async fn open(&self, invitation: &InvitationMade, seat: Option<SeatToken>) -> Answer {
        self.post("/api/invites/open", &opening(invitation, seat)).await
    }

    pub async fn look(&self, invitation: &InvitationMade) -> Answer {
        let body = serde_json::json!({ "secret": secret_of(invitation) });
        self.post("/api/invites/look", &body).await
    }

    pub async fn knock(&self, pin: &str) -> Answer {
        self.post("/api/pins/knock", &serde_json::json!({ "pin": pin })).await
    }
}

/// What an agent asks for when starting a session.
pub fn wish(invite: Invite) -> StartSession {
    StartSession {
        mode: Mode::Video,
        talk: Talk::Page,
        case_id: Some("T-1".to_owned()),
        customer_name: Some("Mia".to_owned()),
        invite,
    }
}

pub fn opening(invitation: &InvitationMade, seat: Option<SeatToken>) -> OpenInvite {
    OpenInvite {
        secret: secret_of(invitation),
        seat,
        name: None,
        device: None,
    }
}

pub fn secret_of(invitation: &InvitationMade) -> String {
    let (_, secret) = invitation.link.split_once("/j#").expect("a secret in the fragment");
    secret.to_owned()
}

impl Relay {
    /// Somebody without an account.
    pub fn customer_desk(&self) -> Caller {
        Caller {
            http: reqwest::Client::new(),
            base: format!("http://{}", self.addr),
            cookie: None,
            address: None,
        }
    }

    /// A new agent who is signed in.
    pub async fn agent_desk(&self) -> Caller {
        self.signed_in(false).await
    }

    /// A new administrator who is signed in.
    pub async fn admin_desk(&self) -> Caller {
        self.signed_in(true).await
    }

    async fn signed_in(&self, admin: bool) -> Caller {
        let agent = Agent {
            id: Uuid::new_v4(),
            email: Private::new(format!("{}@example.org", Uuid::new_v4())),
            name: "Ann".to_owned(),
            admin,
            disabled: false,
            verified_at: Some(1),
            created_at: 1,
        };
        let id = agent.id;
        let password_hash = Private::new("never used");
        let new = NewAgent { agent, password_hash };
        self.state.store.create_agent(&new).await.expect("an account");
        let secret = Secret::random().expect("randomness");
        let signed_in = WebSession {
            token: secret.hash(),
            agent_id: id,
            created_at: i64::MAX / 4,
            last_seen_at: i64::MAX / 4,
            expires_at: i64::MAX / 2,
            user_agent: String::new(),
        };
        self.state.store.start_web_session(&signed_in).await.expect("signed in");
        Caller {
            cookie: Some(format!("farhand={}", secret.expose())),
            ..self.customer_desk()
        }
    }

    /// Who holds the seat that an answer gave.
    pub async fn holder(&self, seat: &SeatToken) -> Holder {
        let secret = Secret::presented(&seat.0).expect("a secret");
        let stored = self
            .state
            .store
            .seat(&secret.hash(), 0)
            .await
            .expect("read")
            .expect("a seat");
        Holder {
            person: stored.person_id.into(),
            token: seat.clone(),
        }
    }

    pub async fn seated(&self, answer: Answer) -> Holder {
        let seated: Seated = answer.good();
        self.holder(&seated.seat).await
    }
}

pub fn sms(phone: &str) -> Invite {
    Invite::Sms {
        phone: phone.to_owned(),
    }
}

/// What was made travelled this way.
pub fn travels(made: &InvitationMade, channel: Channel) {
    assert_eq!(made.channel, channel);
    assert!(
        made.link.starts_with("http://localhost:8080/j#"),
        "the link leads to the public address"
    );
}
