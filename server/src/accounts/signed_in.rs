//! Who is signed in, for handlers: [`SignedIn`] and [`Admin`] as extractors, [`who`] for sockets.

use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};

use super::{cookie, millis, now};
use crate::error::ApiError;
use crate::state::AppState;
use crate::store::secret::Secret;
use crate::store::{Agent, StoreError, WebSession};

/// However busy a browser is, it signs in again after this.
pub(super) const LONGEST: Duration = Duration::from_secs(30 * 24 * 3600);
/// Being heard of is written down at most this often, to spare writes.
const NOTE_EVERY: Duration = Duration::from_secs(60);
/// Longest browser name kept, in characters.
const USER_AGENT_CHARS: usize = 200;

/// An agent who is signed in; 401 `not_signed_in` otherwise.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Agent);

/// An administrator who is signed in; 403 `not_admin` for other agents.
#[derive(Clone, Debug)]
pub struct Admin(pub Agent);

/// The agent whose browser sent these headers, if one is signed in. Prolongs the sign-in while the browser is used.
///
/// # Errors
/// When the store does not answer.
pub async fn who(state: &AppState, headers: &HeaderMap) -> Result<Option<Agent>, StoreError> {
    let Some(secret) = cookie::presented(headers, state.config.secure_cookies()) else {
        return Ok(None);
    };
    let now = now(state);
    let Some((session, agent)) = state.store.web_session(&secret.hash(), now).await? else {
        return Ok(None);
    };
    if now - session.last_seen_at >= millis(NOTE_EVERY) {
        let until = (now + millis(state.config.limits.sign_in_ttl)).min(session.created_at + millis(LONGEST));
        state.store.touch_web_session(&session.token, now, until).await?;
    }
    Ok(Some(agent))
}

/// Signs a browser in and out of whatever it was signed in to; the secret goes into its cookie.
///
/// # Errors
/// When the store does not answer or the operating system has no randomness.
pub(crate) async fn begin(state: &AppState, agent: &Agent, headers: &HeaderMap) -> Result<Secret, ApiError> {
    end(state, headers).await?;
    let secret = Secret::random().map_err(ApiError::internal)?;
    let now = now(state);
    let user_agent = headers
        .get(axum::http::header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let session = WebSession {
        token: secret.hash(),
        agent_id: agent.id,
        created_at: now,
        last_seen_at: now,
        expires_at: now + millis(state.config.limits.sign_in_ttl),
        user_agent: user_agent.unwrap_or_default().chars().take(USER_AGENT_CHARS).collect(),
    };
    state.store.start_web_session(&session).await?;
    Ok(secret)
}

/// Signs the browser out, if it is signed in.
pub(crate) async fn end(state: &AppState, headers: &HeaderMap) -> Result<(), StoreError> {
    match cookie::presented(headers, state.config.secure_cookies()) {
        Some(secret) => state.store.end_web_session(&secret.hash()).await,
        None => Ok(()),
    }
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        who(state, &parts.headers).await?.map(Self).ok_or_else(|| {
            ApiError::new(
                StatusCode::UNAUTHORIZED,
                "not_signed_in",
                "You are not signed in.",
                "Sign in and try again.",
            )
        })
    }
}

impl FromRequestParts<AppState> for Admin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let SignedIn(agent) = SignedIn::from_request_parts(parts, state).await?;
        if agent.admin {
            Ok(Self(agent))
        } else {
            Err(ApiError::new(
                StatusCode::FORBIDDEN,
                "not_admin",
                "Only administrators may do this.",
                "Ask an administrator.",
            ))
        }
    }
}
