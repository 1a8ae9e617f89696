//! One log line and two figures per request.
//!
//! A line holds the route's pattern, never the path that was asked for: paths, queries, headers and bodies may carry
//! PINs, secrets or names. The request id goes back to the browser, so that a person can quote it.

use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::Uuid;

use super::metrics::{HTTP_REQUESTS, HTTP_SECONDS};
use crate::state::AppState;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Answered many times per page or per minute, and telling nothing when all is well.
const QUIET: [&str; 6] = [
    "/healthz",
    "/readyz",
    "/metrics",
    "/c/{*file}",
    "/agent/{*file}",
    "/api/files/{file}",
];

/// Observes one request from outside all other layers.
pub async fn observe(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let id = Uuid::new_v4().simple().to_string();
    let method = method(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none", MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!("request", %id, method, route);
    let started = state.clock.monotonic();

    let mut response = next.run(request).instrument(span.clone()).await;

    let took = state.clock.monotonic().saturating_sub(started);
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    span.in_scope(|| log(&route, response.status(), took));
    let status = response.status().as_u16().to_string();
    metrics::counter!(HTTP_REQUESTS, "method" => method, "route" => route.clone(), "status" => status).increment(1);
    metrics::histogram!(HTTP_SECONDS, "method" => method, "route" => route).record(took);
    response
}

fn log(route: &str, status: StatusCode, took: Duration) {
    let (status, ms) = (status.as_u16(), u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
    // A failure has been logged where it happened, with its cause.
    if status < 400 && QUIET.contains(&route) {
        tracing::debug!(status, ms, "answered");
    } else {
        tracing::info!(status, ms, "answered");
    }
}

/// Methods can be any word; only known ones become labels, so that nobody can fill our memory with figures.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
