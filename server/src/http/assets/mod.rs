//! The built pages: two bundles, each a folder of files whose names carry a hash, and one page that stands for every
//! address of its part.
//!
//! | Address | Answer |
//! |---|---|
//! | `/`, `/code` | the customer's page |
//! | `/j`, `/j/…` | the same page, never stored by anybody: invite links lead here and are fetched by link scanners too |
//! | `/c/…` | the customer's files |
//! | `/visit` | the agent's page: guests and viewers see the same stage |
//! | `/agent`, `/agent/…` | the agent's file of that name, else the agent's page |

mod bundle;
mod csp;
mod live;
mod negotiate;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::error::ApiError;
use crate::http::security::MayBeFramed;
use crate::state::AppState;

use bundle::{Asset, Bundle};
pub use live::{Pages, Source};
use negotiate::Encoding;

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");
const WORKER_SCOPE: HeaderName = HeaderName::from_static("service-worker-allowed");
const INDEX: &str = "index.html";

/// Both bundles as they are served now, and what their pages ask of the Content-Security-Policy.
pub struct Snapshot {
    customer: Bundle,
    agent: Bundle,
    /// Value of the header for every answer of the server.
    pub policy: HeaderValue,
    /// Its value for the console, where other sites may show that in a frame.
    framed: Option<HeaderValue>,
}

impl Snapshot {
    /// Address of the customer's style sheet, for pages that are made here.
    pub fn style(&self) -> Option<String> {
        let name = self
            .customer
            .names()
            .find(|name| name.starts_with("style-") && name.ends_with(".css"))?;
        Some(format!("/c/{name}"))
    }

    /// Whether both pages are there.
    pub fn is_complete(&self) -> bool {
        self.customer.get(INDEX).is_some() && self.agent.get(INDEX).is_some()
    }
}

/// The customer's pages at `/`, the agent console at `/agent`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(customer))
        .route("/code", get(customer))
        .route("/j", get(invite))
        .route("/j/{*rest}", get(invite))
        .route("/c/{*file}", get(customer_file))
        .route("/visit", get(visit))
        .route("/agent", get(agent))
        .route("/agent/", get(agent))
        .route("/agent/{*file}", get(agent_file))
}

async fn customer(State(state): State<AppState>, headers: HeaderMap) -> Response {
    page(&state.pages.now().customer, &headers)
}

async fn invite(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let mut response = page(&state.pages.now().customer, &headers);
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    out.insert(ROBOTS, HeaderValue::from_static("noindex, nofollow"));
    out.remove(header::ETAG);
    response
}

async fn customer_file(State(state): State<AppState>, Path(file): Path<String>, headers: HeaderMap) -> Response {
    match state.pages.now().customer.get(&file) {
        Some(asset) => serve(&file, asset, "/", &headers),
        None => ApiError::not_found().into_response(),
    }
}

async fn agent(State(state): State<AppState>, headers: HeaderMap) -> Response {
    console(&state.pages.now(), &headers)
}

/// The agent's page for guests and viewers; no other site's page may frame it.
async fn visit(State(state): State<AppState>, headers: HeaderMap) -> Response {
    unlisted(&state.pages.now().agent, &headers)
}

async fn agent_file(State(state): State<AppState>, Path(file): Path<String>, headers: HeaderMap) -> Response {
    let pages = state.pages.now();
    match pages.agent.get(&file) {
        Some(asset) => serve(&file, asset, "/agent", &headers),
        // A name with a dot is a file that is gone; a page must not pretend to be it.
        None if file.rsplit('/').next().is_some_and(|name| name.contains('.')) => ApiError::not_found().into_response(),
        None => console(&pages, &headers),
    }
}

fn console(pages: &Arc<Snapshot>, headers: &HeaderMap) -> Response {
    let Some(policy) = &pages.framed else {
        return unlisted(&pages.agent, headers);
    };
    // Never kept: a page that a browser has already would come with the headers of that time, whoever may frame it now.
    let mut response = unlisted(&pages.agent, &HeaderMap::new());
    let out = response.headers_mut();
    out.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    out.remove(header::ETAG);
    response.extensions_mut().insert(MayBeFramed);
    response
}

/// A page that search engines leave out.
fn unlisted(bundle: &Bundle, headers: &HeaderMap) -> Response {
    let mut response = page(bundle, headers);
    response
        .headers_mut()
        .insert(ROBOTS, HeaderValue::from_static("noindex, nofollow"));
    response
}

fn page(bundle: &Bundle, headers: &HeaderMap) -> Response {
    match bundle.get(INDEX) {
        Some(asset) => serve(INDEX, asset, "", headers),
        None => not_built(),
    }
}

/// Instead of an empty page: what is missing and how to make it.
fn not_built() -> Response {
    let html = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Farhand</title>\
        <h1>The pages are not built yet</h1>\
        <p>Run <code>make run</code>, or <code>scripts/pages</code> and start Farhand again.</p>";
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::CACHE_CONTROL, "no-store")],
        Html(html),
    )
        .into_response()
}

/// Answers with the smallest form of `asset` that the browser takes, or says that it has it already.
fn serve(name: &str, asset: &Asset, worker_scope: &'static str, headers: &HeaderMap) -> Response {
    let encoding = negotiate::choose(headers, asset.brotli.is_some(), asset.gzip.is_some());
    let body = match encoding {
        Encoding::Brotli => asset.brotli.as_ref(),
        Encoding::Gzip => asset.gzip.as_ref(),
        Encoding::Identity => None,
    };
    let etag = format!("\"{}{}\"", asset.digest, encoding.suffix());
    let mut response = if negotiate::has_already(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let body = body.unwrap_or(&asset.identity).clone();
        let mut response = ([(header::CONTENT_TYPE, asset.mime)], body).into_response();
        if let Some(name) = encoding.header() {
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        response
    };
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(asset.cache));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        out.insert(header::ETAG, etag);
    }
    if name == "sw.js" {
        out.insert(WORKER_SCOPE, HeaderValue::from_static(worker_scope));
    }
    response
}

#[cfg(test)]
mod tests;
