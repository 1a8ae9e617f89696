//! Links that work once: proving an address, choosing a new password, making the first administrator.
//!
//! Each carries 256 random bits in the URL's fragment, which browsers do not send to servers or other sites; the store
//! keeps their SHA-256. Opening a link changes nothing: the page it leads to posts the secret when somebody presses a
//! button, so mail scanners that open links spend nothing.

use std::time::Duration;

use axum::http::StatusCode;
use uuid::Uuid;

use super::password::{self, Checked};
use super::{aside, audit, mail, millis, now, password_changed, read_email, read_name, sign_in};
use crate::error::ApiError;
use crate::invite::letter;
use crate::state::AppState;
use crate::store::secret::{Private, Secret};
use crate::store::{Agent, NewAgent, OneTime, StoreError, TokenKind};

const DAY: Duration = Duration::from_secs(24 * 3600);
const RESET_LIFE: Duration = Duration::from_secs(30 * 60);

/// The page a link of this kind leads to; the secret follows.
const fn page(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::FirstAdmin => "/agent#first-admin=",
        TokenKind::VerifyEmail => "/agent#verify=",
        TokenKind::ResetPassword => "/agent#reset=",
    }
}

const fn life(kind: TokenKind) -> Duration {
    match kind {
        TokenKind::FirstAdmin | TokenKind::VerifyEmail => DAY,
        TokenKind::ResetPassword => RESET_LIFE,
    }
}

/// Makes a link; earlier ones of its kind for the same agent stop working.
///
/// # Errors
/// When the store does not answer or the operating system has no randomness.
pub(super) async fn issue(state: &AppState, kind: TokenKind, agent_id: Option<Uuid>) -> Result<String, StoreError> {
    let secret = Secret::random().map_err(|e| StoreError::Unavailable(e.to_string().into()))?;
    let now = now(state);
    let link = OneTime {
        token: secret.hash(),
        kind,
        agent_id,
        created_at: now,
        expires_at: now + millis(life(kind)),
    };
    state.store.put_one_time(&link).await?;
    Ok(state
        .config
        .public_url
        .join(&format!("{}{}", page(kind), secret.expose())))
}

/// The link to make the first administrator, to be printed at start; `None` when there is one.
///
/// # Errors
/// When the store does not answer or the operating system has no randomness.
pub async fn first_admin_link(state: &AppState) -> Result<Option<String>, StoreError> {
    if state.store.has_admin().await? {
        return Ok(None);
    }
    issue(state, TokenKind::FirstAdmin, None).await.map(Some)
}

fn spent() -> ApiError {
    ApiError::new(
        StatusCode::GONE,
        "link_spent",
        "This link has expired or was used already.",
        "Ask for a new one.",
    )
}

/// Makes the first administrator. Whoever holds the printed link runs the server, so their address needs no proof.
///
/// # Errors
/// `link_spent`, or what is wrong with the fields.
pub async fn first_admin(
    state: &AppState,
    token: &str,
    email: &str,
    name: &str,
    new_password: &str,
) -> Result<Agent, ApiError> {
    let email = read_email(email)?;
    let name = read_name(name)?;
    password::read_new(new_password, Some(&email))?;
    let secret = Secret::presented(token).ok_or_else(spent)?;
    let now = now(state);
    if state
        .store
        .one_time(TokenKind::FirstAdmin, &secret.hash(), now)
        .await?
        .is_none()
    {
        return Err(spent());
    }
    let agent = Agent {
        id: Uuid::new_v4(),
        email: email.as_private().clone(),
        name,
        admin: true,
        disabled: false,
        verified_at: Some(now),
        created_at: now,
    };
    let password_hash = state.passwords.hash(new_password).await?;
    let new = NewAgent {
        agent: agent.clone(),
        password_hash,
    };
    match state.store.claim_first_admin(&secret.hash(), &new, now).await {
        Ok(true) => {
            audit(state, Some(agent.id), "account.first_admin", &agent.id.to_string(), "").await?;
            Ok(agent)
        }
        Ok(false) => Err(spent()),
        Err(StoreError::Taken) => Err(ApiError::new(
            StatusCode::CONFLICT,
            "email_taken",
            "An account with this address exists.",
            "Use another address for the administrator.",
        )),
        Err(error) => Err(error.into()),
    }
}

/// Proves an address: the link was mailed to it, and the password is that of the sign-up. A wrong password spends
/// nothing but an attempt.
///
/// # Errors
/// `link_spent`, `wrong_credentials`, `account_disabled`, or 429.
pub async fn verify(state: &AppState, token: &str, given: &str) -> Result<Agent, ApiError> {
    let secret = Secret::presented(token).ok_or_else(spent)?;
    let kind = TokenKind::VerifyEmail;
    let link = state
        .store
        .one_time(kind, &secret.hash(), now(state))
        .await?
        .ok_or_else(spent)?;
    let agent = state
        .store
        .agent(link.agent_id.ok_or_else(spent)?)
        .await?
        .ok_or_else(spent)?;
    sign_in::count_attempt(state, &agent.email).await?;
    let credentials = state.store.credentials(&agent.email).await?.ok_or_else(spent)?;
    if state.passwords.check(given, Some(&credentials.password_hash)).await? == Checked::Wrong {
        return Err(sign_in::wrong());
    }
    if agent.disabled {
        return Err(sign_in::disabled());
    }
    if state
        .store
        .use_one_time(kind, &secret.hash(), now(state))
        .await?
        .is_none()
    {
        return Err(spent());
    }
    state.store.mark_verified(agent.id, now(state)).await?;
    sign_in::forgive(state, &agent.email).await?;
    audit(state, Some(agent.id), "account.verify", &agent.id.to_string(), "").await?;
    Ok(agent)
}

/// Mails a link to choose a new password, if there is an account to choose it for.
pub fn request_reset(state: &AppState, email: Private) {
    let own = state.clone();
    aside(state, async move {
        let Some(credentials) = own.store.credentials(&email).await? else {
            return Ok(());
        };
        if credentials.agent.disabled {
            return Ok(());
        }
        let link = issue(&own, TokenKind::ResetPassword, Some(credentials.agent.id)).await?;
        mail::send(&own, &email, letter::reset(&own.config.company, &link)).await
    });
}

/// Sets a new password by a mailed link, which proves the address too, and signs every browser of the agent out.
///
/// # Errors
/// `link_spent`, or what is wrong with the password.
pub async fn confirm_reset(state: &AppState, token: &str, new_password: &str) -> Result<(), ApiError> {
    password::read_new(new_password, None)?;
    let secret = Secret::presented(token).ok_or_else(spent)?;
    let kind = TokenKind::ResetPassword;
    if state.store.one_time(kind, &secret.hash(), now(state)).await?.is_none() {
        return Err(spent());
    }
    let hash = state.passwords.hash(new_password).await?;
    let used = state.store.use_one_time(kind, &secret.hash(), now(state)).await?;
    let agent = used.and_then(|link| link.agent_id).ok_or_else(spent)?;
    state.store.set_password(agent, &hash).await?;
    state.store.mark_verified(agent, now(state)).await?;
    if let Some(agent) = state.store.agent(agent).await? {
        sign_in::forgive(state, &agent.email).await?;
        password_changed(state, &agent).await?;
    }
    Ok(())
}
