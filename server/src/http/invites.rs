//! `/api/invites/…`: what customers do with a link.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use axum::{Json, Router};
use farhand_shared::wire::http::sessions::{InviteLook, LookAtInvite, OpenInvite, Seated};

use super::caller::{Caller, user_agent};
use super::input::Input;
use crate::entry::link;
use crate::error::ApiError;
use crate::state::AppState;

/// What this family answers. Looking is a POST too, because the secret must not stand in an address.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/invites/look", post(take_look))
        .route("/api/invites/open", post(take_open))
}

async fn take_look(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Input(wish): Input<LookAtInvite>,
) -> Result<Json<InviteLook>, ApiError> {
    state.doors.look.check(&caller.key())?;
    link::look(&state, &wish, user_agent(&headers)).await.map(Json)
}

async fn take_open(
    State(state): State<AppState>,
    caller: Caller,
    Input(wish): Input<OpenInvite>,
) -> Result<Json<Seated>, ApiError> {
    state.doors.open.check(&caller.key())?;
    link::open(&state, wish).await.map(Json)
}
