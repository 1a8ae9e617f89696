//! `/api/sessions…`: starting, joining, listing, inviting.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use farhand_shared::id::{InvitationId, SessionId};
use farhand_shared::wire::http::sessions::{
    Arrival, InvitationMade, Invite, JoinSession, RecentSession, Seated, SessionStarted, StartSession, WalkIn,
};
use uuid::Uuid;

use super::caller::Caller;
use super::input::{Input, Named, named};
use crate::accounts::SignedIn;
use crate::entry::{arrival, invitation, join, list, start};
use crate::error::ApiError;
use crate::state::AppState;

/// What this family answers.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/sessions", post(take_start))
        .route("/api/sessions/walk-in", post(take_walk_in))
        .route("/api/sessions/join", post(take_join))
        .route("/api/sessions/recent", get(show_recent))
        .route("/api/sessions/live", get(show_live))
        .route("/api/sessions/{session}", get(show_one))
        .route("/api/sessions/{session}/arrival", get(show_arrival))
        .route("/api/sessions/{session}/invitations", post(take_invite))
        .route("/api/sessions/{session}/invitations/{invitation}", delete(take_revoke))
}

async fn take_start(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    Input(wish): Input<StartSession>,
) -> Result<Json<SessionStarted>, ApiError> {
    state.doors.start.check(&agent.id)?;
    start::by_agent(&state, &agent, wish).await.map(Json)
}

async fn take_walk_in(
    State(state): State<AppState>,
    caller: Caller,
    Input(wish): Input<WalkIn>,
) -> Result<Json<Seated>, ApiError> {
    state.doors.walk_in.check(&caller.key())?;
    start::by_customer(&state, wish).await.map(Json)
}

async fn take_join(
    State(state): State<AppState>,
    caller: Caller,
    SignedIn(agent): SignedIn,
    Input(wish): Input<JoinSession>,
) -> Result<Json<Seated>, ApiError> {
    state.doors.join.check(&agent.id)?;
    join::join(&state, &caller, &agent, wish).await.map(Json)
}

async fn show_recent(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
) -> Result<Json<Vec<RecentSession>>, ApiError> {
    list::recent(&state, &agent).await.map(Json)
}

async fn show_live(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
) -> Result<Json<Vec<RecentSession>>, ApiError> {
    list::live(&state, &agent).await.map(Json)
}

async fn show_one(
    State(state): State<AppState>,
    _: SignedIn,
    ids: Named<Uuid>,
) -> Result<Json<RecentSession>, ApiError> {
    let session = named(ids)?;
    list::one(&state, SessionId::from(session)).await.map(Json)
}

async fn show_arrival(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    ids: Named<Uuid>,
) -> Result<Json<Option<Arrival>>, ApiError> {
    let session = named(ids)?;
    arrival::latest(&state, &agent, session.into()).await.map(Json)
}

async fn take_invite(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    ids: Named<Uuid>,
    Input(wish): Input<Invite>,
) -> Result<Json<InvitationMade>, ApiError> {
    let session = named(ids)?;
    state.doors.invite.check(&agent.id)?;
    invitation::again(&state, &agent, SessionId::from(session), &wish)
        .await
        .map(Json)
}

async fn take_revoke(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    ids: Named<(Uuid, Uuid)>,
) -> Result<StatusCode, ApiError> {
    let (session, invitation) = named(ids)?;
    let (session, invitation) = (SessionId::from(session), InvitationId::from(invitation));
    invitation::revoke(&state, &agent, session, invitation).await?;
    Ok(StatusCode::NO_CONTENT)
}
