//! `/api/pins/knock`: what customers do with a number.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use farhand_shared::wire::http::sessions::{Knock, Seated};

use super::caller::Caller;
use super::input::Input;
use crate::entry::knock;
use crate::error::ApiError;
use crate::state::AppState;

/// What this family answers.
pub fn routes() -> Router<AppState> {
    Router::new().route("/api/pins/knock", post(take_knock))
}

async fn take_knock(
    State(state): State<AppState>,
    caller: Caller,
    Input(wish): Input<Knock>,
) -> Result<Json<Seated>, ApiError> {
    state.doors.knock.check(&caller.key())?;
    knock::knock(&state, &caller, wish).await.map(Json)
}
