//! `/api/visits/…` and `/api/sessions/{id}/visits…`: links for guests and viewers.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{delete, post};
use axum::{Json, Router};
use farhand_shared::id::{InvitationId, SessionId};
use farhand_shared::wire::http::visits::{
    LookAtVisit, MakeVisitLink, OpenVisit, VisitLink, VisitLinkMade, VisitLook, Visiting,
};
use uuid::Uuid;

use super::caller::Caller;
use super::input::{Input, Named, named};
use crate::accounts::SignedIn;
use crate::entry::visit;
use crate::error::ApiError;
use crate::state::AppState;

/// What this family answers. Looking is a POST too, because the secret must not stand in an address.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/sessions/{session}/visits", post(take_make).get(show_list))
        .route("/api/sessions/{session}/visits/{link}", delete(take_revoke))
        .route("/api/visits/look", post(take_look))
        .route("/api/visits/open", post(take_open))
}

async fn take_make(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    ids: Named<Uuid>,
    Input(wish): Input<MakeVisitLink>,
) -> Result<Json<VisitLinkMade>, ApiError> {
    let session = named(ids)?;
    state.doors.invite.check(&agent.id)?;
    visit::make(&state, &agent, session.into(), wish.role).await.map(Json)
}

async fn show_list(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    ids: Named<Uuid>,
) -> Result<Json<Vec<VisitLink>>, ApiError> {
    let session = named(ids)?;
    visit::list(&state, &agent, session.into()).await.map(Json)
}

async fn take_revoke(
    State(state): State<AppState>,
    SignedIn(agent): SignedIn,
    ids: Named<(Uuid, Uuid)>,
) -> Result<StatusCode, ApiError> {
    let (session, link) = named(ids)?;
    let (session, link) = (SessionId::from(session), InvitationId::from(link));
    visit::revoke(&state, &agent, session, link).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn take_look(
    State(state): State<AppState>,
    caller: Caller,
    Input(wish): Input<LookAtVisit>,
) -> Result<Json<VisitLook>, ApiError> {
    state.doors.look.check(&caller.key())?;
    visit::look(&state, &wish.secret).await.map(Json)
}

async fn take_open(
    State(state): State<AppState>,
    caller: Caller,
    Input(wish): Input<OpenVisit>,
) -> Result<Json<Visiting>, ApiError> {
    state.doors.open.check(&caller.key())?;
    visit::open(&state, wish).await.map(Json)
}
