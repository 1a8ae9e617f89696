//! `/api/beacon/…`: last words of a page that is being hidden. Browsers send them as plain text and read no answer.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use farhand_shared::session::Intake;
use farhand_shared::wire::http::sessions::AwayBeacon;

use super::caller::Caller;
use crate::entry::seat;
use crate::error::ApiError;
use crate::state::AppState;

/// What this family answers.
pub fn routes() -> Router<AppState> {
    Router::new().route("/api/beacon/away", post(take_away))
}

/// Always 204: whether a seat is good is told only to those who greet with it.
async fn take_away(State(state): State<AppState>, caller: Caller, body: Bytes) -> Result<StatusCode, ApiError> {
    state.doors.beacon.check(&caller.key())?;
    let Ok(beacon) = serde_json::from_slice::<AwayBeacon>(&body) else {
        return Ok(StatusCode::NO_CONTENT);
    };
    if let Some(seat) = seat::shown(&state, &beacon.seat).await? {
        let away = Intake::Away {
            person: seat.person_id.into(),
        };
        if let Err(error) = state.rooms.intake(seat.session_id.into(), away).await {
            tracing::debug!(%error, "a beacon was not taken");
        }
    }
    Ok(StatusCode::NO_CONTENT)
}
