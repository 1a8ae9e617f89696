//! `/api/me/desk`, `/api/colleagues`, `/api/sessions/{id}/handover`: asking a colleague to take a session over.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use farhand_shared::wire::http::handovers::{AskHandover, AtDesk, Colleague, Handover};
use uuid::Uuid;

use super::input::{Input, Named, named};
use crate::accounts::SignedIn;
use crate::entry::handover;
use crate::error::ApiError;
use crate::state::AppState;

/// What this family answers.
pub fn routes() -> Router<AppState> {
    let one = get(show).post(ask).delete(withdraw);
    Router::new()
        .route("/api/me/desk", post(take_desk))
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

async fn take_desk(State(state): State<AppState>, SignedIn(agent): SignedIn, Input(now): Input<AtDesk>) -> StatusCode {
    state.desks.say(agent.id, now.status);
    StatusCode::NO_CONTENT
}

async fn ask(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    ids: Named<Uuid>,
    Input(wish): Input<AskHandover>,
) -> Result<Json<Handover>, ApiError> {
    let session = named(ids)?;
    state.doors.invite.check(&agent.id)?;
    handover::ask(&state, &agent, session.into(), wish).await.map(Json)
}

async fn show(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    ids: Named<Uuid>,
) -> Result<Json<Option<Handover>>, ApiError> {
    let session = named(ids)?;
    handover::look(&state, &agent, session.into()).await.map(Json)
}

async fn withdraw(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    ids: Named<Uuid>,
) -> Result<StatusCode, ApiError> {
    let session = named(ids)?;
    handover::withdraw(&state, &agent, session.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn decline(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    ids: Named<Uuid>,
) -> Result<StatusCode, ApiError> {
    let session = named(ids)?;
    handover::decline(&state, &agent, session.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}
