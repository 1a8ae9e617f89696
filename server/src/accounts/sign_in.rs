//! Signing in with address and password.
//!
//! Guess budget: ten attempts a quarter of an hour for each account, wherever they come from, and fifty failures for
//! each address, whatever account they try. With ten characters or more that is hopeless online. An account somebody
//! hammers at is closed to new sign-ins for that quarter of an hour, but whoever is signed in stays signed in, and a
//! mailed reset opens it at once.

use std::time::Duration;

use axum::http::StatusCode;

use super::password::{self, Checked};
use super::{audit, millis, now};
use crate::error::ApiError;
use crate::http::caller::Caller;
use crate::invite::address::EmailAddress;
use crate::state::AppState;
use crate::store::secret::Private;
use crate::store::{Agent, StoreError};

const WINDOW: Duration = Duration::from_secs(15 * 60);
const PER_ACCOUNT: u64 = 10;
const PER_ADDRESS: u64 = 50;

const ACCOUNT_SCOPE: &str = "sign-in account";
const ADDRESS_SCOPE: &str = "sign-in address";

/// The agent, if the password is theirs and nothing stands against signing in. Takes as long for unknown accounts.
///
/// # Errors
/// `wrong_credentials`, `email_not_verified`, `account_disabled`, 429.
pub async fn sign_in(state: &AppState, caller: &Caller, email: &str, password: &str) -> Result<Agent, ApiError> {
    let address = state.scopes.name(ADDRESS_SCOPE, &caller.key().to_text());
    if state.store.hits(&address, millis(WINDOW), now(state)).await? >= PER_ADDRESS {
        return Err(too_many());
    }
    // What is no address belongs to no account, and takes as long to be told so.
    let email = EmailAddress::parse(email).ok();
    let credentials = match &email {
        Some(email) => {
            count_attempt(state, email.as_private()).await?;
            state.store.credentials(email.as_private()).await?
        }
        None => None,
    };
    let checked = state
        .passwords
        .check(password, credentials.as_ref().map(|known| &known.password_hash))
        .await?;
    let (Some(credentials), Checked::Right | Checked::RightButOld) = (credentials, checked) else {
        state.store.hit(&address, millis(WINDOW), now(state)).await?;
        return Err(wrong());
    };
    let agent = credentials.agent;
    if agent.disabled {
        return Err(disabled());
    }
    if agent.verified_at.is_none() {
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "email_not_verified",
            "The address of this account is not confirmed yet.",
            "Open the link in the e-mail we sent you. Sign up again to get a new one.",
        ));
    }
    if checked == Checked::RightButOld {
        let hash = state.passwords.hash(password).await?;
        state.store.refresh_password_hash(agent.id, &hash).await?;
    }
    forgive(state, &agent.email).await?;
    audit(state, Some(agent.id), "account.sign_in", &agent.id.to_string(), "").await?;
    Ok(agent)
}

/// Counts an attempt at an account's password, before it is made.
pub(super) async fn count_attempt(state: &AppState, email: &Private) -> Result<(), ApiError> {
    let scope = state.scopes.name(ACCOUNT_SCOPE, email.expose());
    if state.store.hit(&scope, millis(WINDOW), now(state)).await? > PER_ACCOUNT {
        return Err(too_many());
    }
    Ok(())
}

/// Forgets the attempts at an account, because its owner has shown up.
pub(super) async fn forgive(state: &AppState, email: &Private) -> Result<(), StoreError> {
    state
        .store
        .clear_hits(&state.scopes.name(ACCOUNT_SCOPE, email.expose()))
        .await
}

/// The hash of a new password for somebody who is signed in and proves it by the present one.
///
/// # Errors
/// `wrong_credentials`, 429, or what is wrong with the new password.
pub async fn new_password(state: &AppState, agent: &Agent, current: &str, new: &str) -> Result<Private, ApiError> {
    password::read_new(new, EmailAddress::parse(agent.email.expose()).ok().as_ref())?;
    count_attempt(state, &agent.email).await?;
    let known = state
        .store
        .credentials(&agent.email)
        .await?
        .map(|known| known.password_hash);
    if state.passwords.check(current, known.as_ref()).await? == Checked::Wrong {
        return Err(wrong());
    }
    forgive(state, &agent.email).await?;
    Ok(state.passwords.hash(new).await?)
}

fn too_many() -> ApiError {
    ApiError::too_many("Too many attempts to sign in.", WINDOW)
}

pub(super) fn wrong() -> ApiError {
    ApiError::new(
        StatusCode::UNAUTHORIZED,
        "wrong_credentials",
        "The address or the password is wrong.",
        "Check both, or ask for a new password.",
    )
}

pub(super) fn disabled() -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "account_disabled",
        "This account was disabled.",
        "Contact your administrator.",
    )
}
