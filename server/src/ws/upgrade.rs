//! `GET /ws`: who may open a socket at all.

use axum::Router;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{State, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;

use super::{connection, counters};
use crate::error::ApiError;
use crate::http::caller::{Caller, same_origin};
use crate::state::AppState;

/// Reads are small and sockets are many.
const READ_BUFFER: usize = 4 * 1024;
/// Frames gathered before they are written without being asked to.
const WRITE_BUFFER: usize = 16 * 1024;

/// The one WebSocket address.
pub fn routes() -> Router<AppState> {
    Router::new().route("/ws", get(upgrade))
}

/// A browser does not let pages set `Origin`, so checking it keeps other sites' pages from using a person's browser
/// against us. It is no defence against programs; the seat token is.
async fn upgrade(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, ApiError> {
    let upgrade = upgrade.map_err(|_| {
        ApiError::new(
            StatusCode::BAD_REQUEST,
            "not_a_websocket",
            "This address only speaks WebSocket.",
            "Open the page that you were sent instead.",
        )
    })?;
    if !same_origin(&headers, &state.config) {
        counters::refused("origin");
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "origin_refused",
            "This page does not belong to this server.",
            "Open the link that you were sent, or the address of your organisation.",
        ));
    }
    let place = state.gate.pass(caller.key()).map_err(|_| {
        counters::refused("full");
        ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "too_many_connections",
            "Too many connections are open.",
            "Close other tabs of this page, then try again in a minute.",
        )
    })?;
    let limits = *state.gate.limits();
    let upgrade = upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(WRITE_BUFFER + 2 * limits.frame_bytes)
        .max_message_size(limits.frame_bytes)
        .max_frame_size(limits.frame_bytes);
    Ok(upgrade.on_upgrade(move |socket| {
        let tracker = state.tracker.clone();
        tracker.track_future(async move {
            connection::serve(socket, &state, limits).await;
            drop(place);
        })
    }))
}
