//! `/api/sessions/{id}/record`, `…/notes`, `…/problems`, `/api/sessions/find`, `/api/admin/problems`.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use farhand_shared::wire::http::records::{FindSessions, Notes, ProblemRow, ReportProblem, SessionRecord, WriteNotes};
use farhand_shared::wire::http::sessions::RecentSession;
use uuid::Uuid;

use super::input::Input;
use crate::accounts::{Admin, SignedIn};
use crate::entry::record;
use crate::error::ApiError;
use crate::state::AppState;

/// What the address names; 404 when that is no id at all.
type Named = Result<Path<Uuid>, PathRejection>;

/// What this family answers.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/sessions/find", post(take_find))
        .route("/api/sessions/{session}/record", get(show_record))
        .route("/api/sessions/{session}/notes", get(show_notes).put(take_notes))
        .route("/api/sessions/{session}/problems", post(take_problem))
        .route("/api/admin/problems", get(show_problems))
}

async fn take_find(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    Input(wish): Input<FindSessions>,
) -> Result<Json<Vec<RecentSession>>, ApiError> {
    state.doors.find.check(&agent.id)?;
    record::find(&state, &agent, &wish).await.map(Json)
}

async fn show_record(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    named: Named,
) -> Result<Json<SessionRecord>, ApiError> {
    let Path(session) = named.map_err(|_| ApiError::not_found())?;
    state.doors.find.check(&agent.id)?;
    record::read(&state, &agent, session.into()).await.map(Json)
}

async fn show_notes(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    named: Named,
) -> Result<Json<Notes>, ApiError> {
    let Path(session) = named.map_err(|_| ApiError::not_found())?;
    record::notes(&state, &agent, session.into()).await.map(Json)
}

async fn take_notes(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    named: Named,
    Input(wish): Input<WriteNotes>,
) -> Result<Json<Notes>, ApiError> {
    let Path(session) = named.map_err(|_| ApiError::not_found())?;
    record::write_notes(&state, &agent, session.into(), wish)
        .await
        .map(Json)
}

async fn take_problem(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    named: Named,
    Input(wish): Input<ReportProblem>,
) -> Result<StatusCode, ApiError> {
    let Path(session) = named.map_err(|_| ApiError::not_found())?;
    state.doors.report.check(&agent.id)?;
    record::report(&state, &agent, session.into(), &wish).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn show_problems(State(state): State<AppState>, _: Admin) -> Result<Json<Vec<ProblemRow>>, ApiError> {
    record::problems(&state).await.map(Json)
}
