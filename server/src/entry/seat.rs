//! Seats: who may open a socket as whom.

use axum::http::StatusCode;
use farhand_shared::id::{PersonId, SessionId};
use farhand_shared::session::Device;
use farhand_shared::wire::SeatToken;
use farhand_shared::wire::http::sessions::Seated;
use uuid::Uuid;

use crate::accounts::now;
use crate::error::ApiError;
use crate::state::AppState;
use crate::store::secret::Secret;
use crate::store::{Seat, UnixMs};

/// How long a seat can be used after it was last used, in milliseconds. Whether the session still takes anybody is
/// for its own rules to say.
pub(crate) const LIFE: UnixMs = 48 * 3600 * 1000;
/// Seats one session keeps, so that opening a link again and again cannot fill the store.
const MOST: usize = 256;

/// Gives a person of a session a new seat. Their other seats stay good: whoever greets last is in.
pub(crate) async fn issue(
    state: &AppState,
    session: SessionId,
    person: PersonId,
    invite: Option<Uuid>,
    device: Option<&Device>,
) -> Result<Seated, ApiError> {
    let now = now(state);
    if state.store.seats_of(session.uuid(), now).await?.len() >= MOST {
        return Err(ApiError::new(
            StatusCode::CONFLICT,
            "too_many_seats",
            "This session was opened too often.",
            "Go on in a browser where it is open, or start a new session.",
        ));
    }
    let secret = Secret::random().map_err(ApiError::internal)?;
    let seat = Seat {
        token: secret.hash(),
        session_id: session.uuid(),
        person_id: person.uuid(),
        invite_id: invite,
        device: device.map(describe).unwrap_or_default(),
        created_at: now,
        expires_at: now + LIFE,
        revoked_at: None,
    };
    state.store.put_seat(&seat).await?;
    Ok(Seated {
        session,
        seat: SeatToken(secret.expose().to_owned()),
    })
}

/// The seat that a browser shows, if it is good.
pub(crate) async fn shown(state: &AppState, token: &SeatToken) -> Result<Option<Seat>, ApiError> {
    let Some(secret) = Secret::presented(&token.0) else {
        return Ok(None);
    };
    Ok(state.store.seat(&secret.hash(), now(state)).await?)
}

/// What the device calls itself, cut: no person typed it.
fn describe(device: &Device) -> String {
    let words = format!("{} {} {}", device.system, device.browser, device.version);
    words.chars().take(80).collect()
}
