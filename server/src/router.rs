//! Puts the handlers of every family onto one router, inside the layers that all of them share.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::error::ApiError;
use crate::http;
use crate::state::AppState;
use crate::telemetry::requests;
use crate::ws;

/// Largest body a handler accepts unless its route says otherwise.
const BODY_LIMIT: usize = 64 * 1024;
/// Longest a handler may take unless it hands over to a task, as WebSocket upgrades do.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// Everything the server answers, ready to be served.
pub fn app(state: AppState) -> Router {
    let routes = Router::new()
        .merge(http::health::routes())
        .merge(http::accounts::routes())
        .merge(http::admin::routes())
        .merge(http::outbox::routes())
        .merge(http::deliveries::routes())
        .merge(http::sessions::routes())
        .merge(http::invites::routes())
        .merge(http::visits::routes())
        .merge(http::handovers::routes())
        .merge(http::site::routes())
        .merge(http::ratings::routes())
        .merge(http::records::routes())
        .merge(http::pins::routes())
        .merge(http::files::routes())
        .merge(http::photos::routes())
        .merge(http::contact::routes())
        .merge(http::beacon::routes())
        .merge(ws::routes())
        .merge(http::assets::routes())
        .merge(crate::lan::routes())
        .fallback(async || ApiError::not_found())
        .method_not_allowed_fallback(async || ApiError::method_not_allowed());
    layered(in_time(routes).merge(http::photos::slow_routes()), state)
}

/// What the separate address for figures answers.
pub fn metrics_app(state: AppState) -> Router {
    layered(
        in_time(http::health::metrics_routes().fallback(async || ApiError::not_found())),
        state,
    )
}

/// The same, but nobody waits for ever. What is not in here looks after its time itself.
fn in_time(routes: Router<AppState>) -> Router<AppState> {
    routes.layer(TimeoutLayer::with_status_code(
        StatusCode::SERVICE_UNAVAILABLE,
        ANSWER_WITHIN,
    ))
}

/// The last layer added is the first to see a request.
fn layered(routes: Router<AppState>, state: AppState) -> Router {
    routes
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(state.clone(), http::caller::limit_writes))
        .layer(http::security::only_our_pages(&state.config))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(state.clone(), http::security::headers))
        .layer(from_fn_with_state(state.clone(), requests::observe))
        .with_state(state)
}

/// The panic's own words may quote what a person typed, so they stay out of log and answer.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    ApiError::internal("a handler panicked").into_response()
}

#[cfg(test)]
mod tests;
