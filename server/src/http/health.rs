//! Is the process alive, may it get work, and how is it doing?

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use subtle::ConstantTimeEq;

use crate::config::Secret;
use crate::error::ApiError;
use crate::state::AppState;
use crate::telemetry::metrics;

/// `/healthz`, `/readyz` and, where a token guards it, `/metrics`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/healthz", get(alive))
        .route("/readyz", get(ready))
        .route("/metrics", get(guarded_figures))
}

/// What the separate address for figures answers; a token is asked for only where one is configured.
pub fn metrics_routes() -> Router<AppState> {
    Router::new().route("/metrics", get(figures))
}

async fn alive() -> Response {
    plain(StatusCode::OK, "ok\n")
}

/// Ready means: not stopping, and the store answers.
async fn ready(State(state): State<AppState>) -> Response {
    if state.shutdown.is_cancelled() {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match state.store.ping().await {
        Ok(()) => plain(StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "the store does not answer");
            plain(StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n")
        }
    }
}

async fn guarded_figures(state: State<AppState>, headers: HeaderMap) -> Response {
    match state.config.metrics.token {
        Some(_) => figures(state, headers).await,
        None => ApiError::not_found().into_response(),
    }
}

async fn figures(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let allowed = state
        .config
        .metrics
        .token
        .as_ref()
        .is_none_or(|token| bears(&headers, token));
    if allowed {
        let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
        return ([(header::CONTENT_TYPE, kind)], metrics::render()).into_response();
    }
    ApiError::new(
        StatusCode::UNAUTHORIZED,
        "token_needed",
        "These figures need a token.",
        "Send the header Authorization: Bearer followed by the value of --metrics-token.",
    )
    .into_response()
}

fn bears(headers: &HeaderMap, token: &Secret) -> bool {
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let sent = sent.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    sent.as_bytes().ct_eq(token.expose().as_bytes()).into()
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (
        status,
        [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))],
        text,
    )
        .into_response()
}
