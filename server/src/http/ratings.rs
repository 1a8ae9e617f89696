//! `/api/ratings`, `/api/sessions/{id}/rating`, `/api/admin/ratings`: stars and words after a session.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use farhand_shared::wire::http::ratings::{RateVisit, Rating, RatingRow};
use uuid::Uuid;

use super::caller::Caller;
use super::input::{Input, Named, named};
use crate::accounts::{Admin, SignedIn};
use crate::entry::rating;
use crate::error::ApiError;
use crate::state::AppState;

/// What this family answers.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/ratings", post(take_by_seat))
        .route("/api/sessions/{session}/rating", post(take_by_agent))
        .route("/api/admin/ratings", get(show_list))
}

async fn take_by_seat(
    State(state): State<AppState>,
    caller: Caller,
    Input(wish): Input<RateVisit>,
) -> Result<StatusCode, ApiError> {
    state.doors.rate.check(&caller.key())?;
    rating::by_seat(&state, &wish.seat, &wish.rating).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn take_by_agent(
    State(state): State<AppState>,
    caller: Caller,
    SignedIn(agent): SignedIn,
    ids: Named<Uuid>,
    Input(wish): Input<Rating>,
) -> Result<StatusCode, ApiError> {
    let session = named(ids)?;
    state.doors.rate.check(&caller.key())?;
    rating::by_agent(&state, &agent, session.into(), &wish).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn show_list(State(state): State<AppState>, _: Admin) -> Result<Json<Vec<RatingRow>>, ApiError> {
    rating::list(&state).await.map(Json)
}
