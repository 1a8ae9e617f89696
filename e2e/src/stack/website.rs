//! The company's own website and CRM: pages of another origin that carry Farhand's script and frame.

use std::{
    sync::{Arc, OnceLock},
    time::{SystemTime, UNIX_EPOCH},
};

use axum::{
    Router,
    extract::{Query, State},
    response::Html,
    routing::get,
};
use jsonwebtoken::{EncodingKey, Header, encode};
use serde::Deserialize;
use serde_json::json;

use super::Options;

const SECRET: &str = "a-secret-of-32-characters-or-more";
/// Seconds that a token lives: longer than any scenario.
const LIFE: u64 = 3600;

/// A website that is reached at `localhost`, like the server, but at a port of its own.
pub struct Website {
    origin: String,
    farhand: Arc<OnceLock<String>>,
}

#[derive(Deserialize)]
struct Asked {
    id: String,
    #[serde(default)]
    name: String,
}

impl Website {
    /// Listens on a free port as long as the test's runtime runs.
    pub async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.unwrap_or_else(|error| panic!("no free port: {error}"));
        let port = listener.local_addr().map(|address| address.port()).unwrap_or_default();
        let farhand = Arc::new(OnceLock::new());
        let app = Router::new()
            .route("/account", get(account))
            .route("/crm", get(crm))
            .with_state(Arc::clone(&farhand));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self {
            origin: format!("http://localhost:{port}"),
            farhand,
        }
    }

    /// A server that knows this website and lets its CRM show the console.
    pub fn options(&self) -> Options {
        Options::default()
            .with("site-secret", SECRET)
            .with("site-origins", &self.origin)
            .with("frame-origins", &self.origin)
    }

    /// From now on its pages name the server at this address.
    pub fn is_helped_from(&self, farhand: &str) {
        let _ = self.farhand.set(farhand.trim_end_matches('/').to_owned());
    }

    /// The page of a visitor who is logged in.
    pub fn account_of(&self, id: &str, name: &str) -> String {
        format!("{}/account?id={id}&name={name}", self.origin)
    }

    /// The CRM's page about a visitor, with the console in a frame.
    pub fn crm_page_of(&self, id: &str) -> String {
        format!("{}/crm?id={id}", self.origin)
    }
}

fn page(title: &str, body: &str) -> Html<String> {
    Html(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><h1>{title}</h1>{body}</html>"
    ))
}

async fn account(State(farhand): State<Arc<OnceLock<String>>>, Query(asked): Query<Asked>) -> Html<String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let claims = json!({ "sub": asked.id, "name": asked.name, "exp": now.as_secs() + LIFE });
    let key = EncodingKey::from_secret(SECRET.as_bytes()).unwrap_or_else(|error| panic!("no key: {error}"));
    let token = encode(&Header::default(), &claims, &key);
    let token = token.unwrap_or_else(|error| panic!("no token: {error}"));
    let farhand = farhand.get().map_or("", String::as_str);
    page(
        "Your boiler contract",
        &format!(
            "<p>Hello {}.</p><p>Your code for our phone line: <b data-farhand-code></b></p><script src=\"{farhand}/connect.js\" data-token=\"{token}\" defer></script>",
            asked.name
        ),
    )
}

async fn crm(State(farhand): State<Arc<OnceLock<String>>>, Query(asked): Query<Asked>) -> Html<String> {
    let farhand = farhand.get().map_or("", String::as_str);
    page(
        "Customer record",
        &format!(
            "<iframe title=\"Farhand\" src=\"{farhand}/agent/visitor#id={}&case=T%204711\" allow=\"camera; microphone\" \
             width=\"1160\" height=\"640\"></iframe>",
            asked.id
        ),
    )
}
