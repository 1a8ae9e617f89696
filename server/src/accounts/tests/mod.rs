//! Accounts through the server's own router, with a real mail server outside.

mod administering;
mod joining;
mod resetting;
mod signing_in;

use std::error::Error;
use std::net::IpAddr;

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt as _;
use uuid::Uuid;

use super::links::first_admin_link;
use crate::clock::ManualClock;
use crate::config::{Config, MailConfig, Secret};
use crate::invite::tests::mail_server::{Letter, MailServer};
use crate::invite::tests::soon;
use crate::state::AppState;
use crate::store::{Agent, NewAgent, secret::Private};

type Outcome = Result<(), Box<dyn Error>>;

const PASSWORD: &str = "correct horse battery";

/// A server with a clock moved by hand, and the mail server it uses.
struct House {
    state: AppState,
    hand: ManualClock,
    mail: MailServer,
    _folder: TempDir,
}

/// What came back.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Answer {
    fn code(&self) -> &str {
        self.body["error"].as_str().unwrap_or_default()
    }
}

impl House {
    async fn open() -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let mail = MailServer::start(&[]).await?;
        let mut config = Config::for_tests(folder.path());
        config.mail = MailConfig::Smtp {
            url: Secret::new(format!("smtp://{}", mail.address)),
            from: "help@example.com".into(),
        };
        // Requests that come without a socket count as from 0.0.0.0; trusted, so that tests can name other callers.
        config.trusted_proxies = vec!["0.0.0.0/32".parse()?];
        config.email_domains = vec!["Example.org".into()];
        let hand = ManualClock::at_ms(1_800_000_000_000);
        let state = AppState::open(config, hand.clock()).await?;
        Ok(Self {
            state,
            hand,
            mail,
            _folder: folder,
        })
    }

    /// An account that may sign in, made without the detour of a mail.
    async fn account(&self, email: &str, admin: bool) -> Result<Agent, Box<dyn Error>> {
        let now = super::now(&self.state);
        let agent = Agent {
            id: Uuid::new_v4(),
            email: Private::new(email),
            name: "Ann".into(),
            admin,
            disabled: false,
            verified_at: Some(now),
            created_at: now,
        };
        let password_hash = self.state.passwords.hash(PASSWORD).await?;
        self.state
            .store
            .create_agent(&NewAgent {
                agent: agent.clone(),
                password_hash,
            })
            .await?;
        Ok(agent)
    }

    /// The next letter that arrives.
    async fn letter(&mut self) -> Result<Letter, Box<dyn Error>> {
        soon(self.mail.letters.recv())
            .await?
            .ok_or_else(|| "the mail server stopped".into())
    }

    /// The secret of the one-time link in the next letter.
    async fn mailed_secret(&mut self, page: &str) -> Result<String, Box<dyn Error>> {
        let letter = self.letter().await?;
        let content = letter.content.replace("=3D", "=");
        secret_in(&content, page).ok_or_else(|| format!("no {page} link in\n{content}").into())
    }

    /// Stops the server when everything it had begun is done, and says whether it sent or kept any mail meanwhile.
    async fn sent_nothing(mut self) -> Result<bool, Box<dyn Error>> {
        self.state.shutdown.cancel();
        self.state.tracker.close();
        soon(self.state.tracker.wait()).await?;
        let waiting = self.state.store.unfinished_deliveries(10).await?;
        Ok(waiting.is_empty() && self.mail.letters.try_recv().is_err())
    }
}

fn secret_in(text: &str, page: &str) -> Option<String> {
    let (_, after) = text.split_once(&format!("/agent#{page}="))?;
    Some(
        after
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
            .collect(),
    )
}

/// A browser: keeps the cookie it is given.
struct Browser<'a> {
    house: &'a House,
    address: IpAddr,
    cookie: Option<String>,
}

impl<'a> Browser<'a> {
    fn new(house: &'a House) -> Self {
        Self {
            house,
            address: IpAddr::from([192, 0, 2, 1]),
            cookie: None,
        }
    }

    async fn signed_in(house: &'a House, email: &str) -> Result<Self, Box<dyn Error>> {
        let mut browser = Self::new(house);
        let answer = browser.sign_in(email, PASSWORD).await?;
        if answer.status == StatusCode::OK {
            Ok(browser)
        } else {
            Err(answer.code().into())
        }
    }

    async fn sign_in(&mut self, email: &str, password: &str) -> Result<Answer, Box<dyn Error>> {
        self.post("/api/accounts/sign-in", json!({ "email": email, "password": password }))
            .await
    }

    async fn sign_up(&mut self, email: &str, password: &str) -> Result<Answer, Box<dyn Error>> {
        let body = json!({ "email": email, "name": "Ann", "password": password });
        self.post("/api/accounts/sign-up", body).await
    }

    async fn post(&mut self, path: &str, body: Value) -> Result<Answer, Box<dyn Error>> {
        self.send(Method::POST, path, Some(body), &[]).await
    }

    async fn get(&mut self, path: &str) -> Result<Answer, Box<dyn Error>> {
        self.send(Method::GET, path, None, &[]).await
    }

    /// Whether `/api/me` knows this browser.
    async fn is_signed_in(&mut self) -> Result<bool, Box<dyn Error>> {
        Ok(self.get("/api/me").await?.status == StatusCode::OK)
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> Result<Answer, Box<dyn Error>> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost:8080")
            .header("x-forwarded-for", self.address.to_string())
            .header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let (parts, body) = crate::app(self.house.state.clone())
            .oneshot(request.body(body)?)
            .await?
            .into_parts();
        if let Some(set) = parts.headers.get(header::SET_COOKIE) {
            let pair = set.to_str()?.split(';').next().unwrap_or_default();
            self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
        }
        let bytes = axum::body::to_bytes(body, 1 << 20).await?;
        let body = if bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&bytes)?
        };
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        })
    }
}

/// Claims the link printed at start.
async fn make_first_admin(house: &House) -> Result<Answer, Box<dyn Error>> {
    let link = first_admin_link(&house.state)
        .await?
        .ok_or("there is an administrator")?;
    let token = secret_in(&link, "first-admin").ok_or("not a link")?;
    let body = json!({ "token": token, "email": "Boss@Anywhere.example", "name": "Boss", "password": PASSWORD });
    Browser::new(house).post("/api/accounts/first-admin", body).await
}
