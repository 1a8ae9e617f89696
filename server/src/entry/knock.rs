//! Coming by PIN: a knock that an agent admits.

use axum::http::StatusCode;
use farhand_shared::id::{PersonId, SessionId};
use farhand_shared::pin::Pin;
use farhand_shared::role::Role;
use farhand_shared::session::{Intake, Rejection};
use farhand_shared::wire::http::sessions::{Knock, Seated};
use uuid::Uuid;

use super::{optional_name, refused, seat};
use crate::accounts::now;
use crate::error::ApiError;
use crate::http::caller::Caller;
use crate::room::RoomError;
use crate::state::AppState;

/// Knocks at the session that the PIN locates.
pub(crate) async fn knock(state: &AppState, caller: &Caller, wish: Knock) -> Result<Seated, ApiError> {
    let name = optional_name(wish.name.as_deref())?;
    let session = locate(state, caller, &wish.pin).await?;
    let person = PersonId::from(Uuid::new_v4());
    let knock = Intake::Knock {
        person,
        role: Role::Customer,
        name: name.unwrap_or_default(),
        device: wish.device.clone(),
    };
    match state.rooms.intake(session, knock).await {
        Ok(()) => seat::issue(state, session, person, None, wish.device.as_ref()).await,
        // Whoever types numbers learns nothing about sessions that take nobody.
        Err(RoomError::Unknown | RoomError::Rejected(Rejection::SessionOver)) => Err(unknown()),
        Err(error) => Err(refused(error)),
    }
}

/// The session that a typed PIN locates. A wrong, an expired and a retired one are the same.
///
/// # Errors
/// `pin_not_valid`, `pin_unknown`, or `pin_wait` after too many wrong ones.
pub(super) async fn locate(state: &AppState, caller: &Caller, typed: &str) -> Result<SessionId, ApiError> {
    // What is no PIN cannot be a guess.
    let pin = Pin::parse(typed).map_err(|_| {
        ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "pin_not_valid",
            "A PIN has six digits.",
            "Type all six digits that your agent reads out.",
        )
    })?;
    let attempt = state.doors.guesses.admit(state, caller).await?;
    match state.store.pin(&pin.digits(), now(state)).await? {
        Some(row) => Ok(row.session_id.into()),
        None => {
            attempt.missed(state).await?;
            Err(unknown())
        }
    }
}

fn unknown() -> ApiError {
    ApiError::new(
        StatusCode::NOT_FOUND,
        "pin_unknown",
        "This PIN leads nowhere. It may have been replaced.",
        "Ask for the number again and type all six digits.",
    )
}
