//! `/api/colleagues`, `/api/sessions/{id}/handover`: asking a colleague to take a session over.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use farhand_shared::wire::http::handovers::{AskHandover, Colleague, Handover};
use uuid::Uuid;

use super::input::Input;
use crate::accounts::SignedIn;
use crate::entry::handover;
use crate::error::ApiError;
use crate::state::AppState;

/// What the address names; 404 when that is no id at all.
type Named = Result<Path<Uuid>, PathRejection>;

/// What this family answers.
pub fn routes() -> Router<AppState> {
    let one = get(show).post(ask).delete(withdraw);
    Router::new()
        .route("/api/colleagues", get(show_colleagues))
        .route("/api/sessions/{session}/handover", one)
        .route("/api/sessions/{session}/handover/decline", post(decline))
}

async fn show_colleagues(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
) -> Result<Json<Vec<Colleague>>, ApiError> {
    state.doors.find.check(&agent.id)?;
    handover::colleagues(&state, &agent).await.map(Json)
}

async fn ask(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    named: Named,
    Input(wish): Input<AskHandover>,
) -> Result<Json<Handover>, ApiError> {
    let Path(session) = named.map_err(|_| ApiError::not_found())?;
    state.doors.invite.check(&agent.id)?;
    handover::ask(&state, &agent, session.into(), wish).await.map(Json)
}

async fn show(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    named: Named,
) -> Result<Json<Option<Handover>>, ApiError> {
    let Path(session) = named.map_err(|_| ApiError::not_found())?;
    handover::look(&state, &agent, session.into()).await.map(Json)
}

async fn withdraw(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    named: Named,
) -> Result<StatusCode, ApiError> {
    let Path(session) = named.map_err(|_| ApiError::not_found())?;
    handover::withdraw(&state, &agent, session.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn decline(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    named: Named,
) -> Result<StatusCode, ApiError> {
    let Path(session) = named.map_err(|_| ApiError::not_found())?;
    handover::decline(&state, &agent, session.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}
