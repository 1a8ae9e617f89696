//! `/api/sessions/{id}/record`, `…/notes`, `…/problems`, `/api/sessions/find`, `/api/admin/problems`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use farhand_shared::wire::http::records::{FindSessions, Notes, ProblemRow, ReportProblem, SessionRecord, WriteNotes};
use farhand_shared::wire::http::sessions::RecentSession;
use uuid::Uuid;

use super::input::{Input, Named, named};
use crate::accounts::{Admin, SignedIn};
use crate::entry::record;
use crate::error::ApiError;
use crate::state::AppState;

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
    ids: Named<Uuid>,
) -> Result<Json<SessionRecord>, ApiError> {
    let session = named(ids)?;
    state.doors.find.check(&agent.id)?;
    record::read(&state, &agent, session.into()).await.map(Json)
}

async fn show_notes(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    ids: Named<Uuid>,
) -> Result<Json<Notes>, ApiError> {
    let session = named(ids)?;
    record::notes(&state, &agent, session.into()).await.map(Json)
}

async fn take_notes(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    ids: Named<Uuid>,
    Input(wish): Input<WriteNotes>,
) -> Result<Json<Notes>, ApiError> {
    let session = named(ids)?;
    record::write_notes(&state, &agent, session.into(), wish)
        .await
        .map(Json)
}

async fn take_problem(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    ids: Named<Uuid>,
    Input(wish): Input<ReportProblem>,
) -> Result<StatusCode, ApiError> {
    let session = named(ids)?;
    state.doors.report.check(&agent.id)?;
    record::report(&state, &agent, session.into(), &wish).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn show_problems(State(state): State<AppState>, _: Admin) -> Result<Json<Vec<ProblemRow>>, ApiError> {
    record::problems(&state).await.map(Json)
}
