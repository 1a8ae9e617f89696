//! People who sign in: accounts, passwords, cookies.
//!
//! | account | sign in | reset the password | sign up again |
//! |---|---|---|---|
//! | none | "wrong" | nothing is sent | becomes unproved |
//! | unproved address | "confirm first", to the right password | proves it | name and password are replaced, a new link is sent |
//! | active | yes | a link is sent | a note is sent to the owner |
//! | disabled | "disabled", to the right password | nothing is sent | nothing is sent |
//!
//! To somebody who knows neither the password nor the mailbox all of these look the same: same answers, and the work
//! that differs happens aside, after the answer. Proving an address asks for the password again, so that nobody can
//! sign up with a stranger's address and have the stranger activate it with one tap.

pub mod cookie;
pub mod domains;
pub mod links;
mod mail;
pub mod password;
pub mod sign_in;
pub mod sign_up;
mod signed_in;

#[cfg(test)]
mod tests;

use std::time::Duration;

use axum::http::StatusCode;
use farhand_shared::limit;
use farhand_shared::wire::http::accounts::Me;
use uuid::Uuid;

pub use signed_in::{Admin, SignedIn, who};
pub(crate) use signed_in::{begin, end};

use crate::error::ApiError;
use crate::invite::address::{EmailAddress, NotAnAddress};
use crate::invite::letter;
use crate::state::AppState;
use crate::store::{Agent, AuditEntry, StoreError, UnixMs, unix_ms};

/// The moment as the store counts it.
pub(crate) fn now(state: &AppState) -> UnixMs {
    unix_ms(state.clock.now_ms())
}

/// A length of time as the store counts it.
pub(crate) fn millis(length: Duration) -> i64 {
    i64::try_from(length.as_millis()).unwrap_or(i64::MAX)
}

/// An agent as they see themselves.
#[must_use]
pub fn me(state: &AppState, agent: &Agent) -> Me {
    Me {
        id: agent.id.into(),
        email: agent.email.expose().to_owned(),
        name: agent.name.clone(),
        admin: agent.admin,
        company: state.config.company.clone(),
        site: state.site.is_on(),
        cameras: state.config.agents.cameras,
        problem_reports: state.config.agents.problem_reports,
    }
}

/// Writes to the audit trail.
pub(crate) async fn audit(
    state: &AppState,
    by: Option<Uuid>,
    action: &str,
    target: &str,
    note: &str,
) -> Result<(), StoreError> {
    let entry = AuditEntry {
        id: Uuid::new_v4(),
        at: now(state),
        by,
        action: action.to_owned(),
        target: target.to_owned(),
        note: note.to_owned(),
    };
    state.store.audit(&entry).await
}

/// A name as customers will see it.
///
/// # Errors
/// `name_not_valid`.
pub fn read_name(typed: &str) -> Result<String, ApiError> {
    limit::clean(typed, limit::NAME_CHARS).map_err(|_| {
        ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "name_not_valid",
            "The name is empty or too long.",
            format!("Enter a name of at most {} characters.", limit::NAME_CHARS),
        )
    })
}

/// An e-mail address as typed.
///
/// # Errors
/// `email_not_valid`.
pub fn read_email(typed: &str) -> Result<EmailAddress, ApiError> {
    EmailAddress::parse(typed).map_err(|NotAnAddress| {
        ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "email_not_valid",
            "This is not an e-mail address.",
            "Enter an address like ann@example.com.",
        )
    })
}

/// Notes that a password was changed and tells its owner, in case it was not them.
pub(crate) async fn password_changed(state: &AppState, agent: &Agent) -> Result<(), StoreError> {
    audit(
        state,
        Some(agent.id),
        "account.change_password",
        &agent.id.to_string(),
        "",
    )
    .await?;
    mail::send(state, &agent.email, letter::password_changed(&state.config.company)).await
}

/// Does work whose length must not show in the answer's.
fn aside<W>(state: &AppState, work: W)
where
    W: Future<Output = Result<(), StoreError>> + Send + 'static,
{
    state.tracker.spawn(async move {
        if let Err(error) = work.await {
            tracing::error!(%error, "account mail could not be prepared");
        }
    });
}
