//! Which e-mail domains may sign up: those of the configuration, which only the operator changes, and those
//! administrators added.

use axum::http::StatusCode;
use farhand_shared::wire::http::accounts::DomainRow;

use super::{audit, now};
use crate::error::ApiError;
use crate::invite::address::{EmailAddress, domain_name};
use crate::state::AppState;
use crate::store::{Agent, EmailDomain, StoreError};

/// Every allowed domain in alphabetical order.
///
/// # Errors
/// When the store does not answer.
pub async fn list(state: &AppState) -> Result<Vec<DomainRow>, StoreError> {
    let configured = state
        .config
        .email_domains
        .iter()
        .filter_map(|domain| domain_name(domain));
    let mut rows: Vec<DomainRow> = configured
        .map(|domain| DomainRow {
            domain,
            configured: true,
        })
        .collect();
    for EmailDomain { domain, .. } in state.store.email_domains().await? {
        rows.push(DomainRow {
            domain,
            configured: false,
        });
    }
    // The configured row of a domain that stands in both places sorts first and stays.
    rows.sort_by(|a, b| a.domain.cmp(&b.domain).then(b.configured.cmp(&a.configured)));
    rows.dedup_by(|later, first| later.domain == first.domain);
    Ok(rows)
}

/// Refuses addresses of domains nobody allowed. A subdomain is another domain.
///
/// # Errors
/// `invalid_email_domain`.
pub async fn check(state: &AppState, email: &EmailAddress) -> Result<(), ApiError> {
    if list(state).await?.iter().any(|row| row.domain == email.domain()) {
        return Ok(());
    }
    Err(ApiError::new(
        StatusCode::FORBIDDEN,
        "invalid_email_domain",
        "invalid email domain",
        "Your administrator has not allowed this domain. Use your work address, or contact your administrator or \
         support if that seems wrong.",
    ))
}

/// Allows a domain.
///
/// # Errors
/// `domain_not_valid`.
pub async fn allow(state: &AppState, by: &Agent, typed: &str) -> Result<(), ApiError> {
    let Some(domain) = domain_name(typed) else {
        return Err(ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "domain_not_valid",
            "This is not a domain.",
            "Enter a domain like example.com.",
        ));
    };
    let row = EmailDomain {
        domain,
        added_by: Some(by.id),
        added_at: now(state),
    };
    state.store.allow_domain(&row).await?;
    Ok(audit(state, Some(by.id), "domain.allow", &row.domain, "").await?)
}

/// Takes a domain off.
///
/// # Errors
/// `domain_configured` when only the operator can, `not_found` when it was not allowed.
pub async fn remove(state: &AppState, by: &Agent, typed: &str) -> Result<(), ApiError> {
    let domain = domain_name(typed).ok_or_else(ApiError::not_found)?;
    let removed = state.store.remove_domain(&domain).await?;
    if removed {
        audit(state, Some(by.id), "domain.remove", &domain, "").await?;
    }
    if list(state)
        .await?
        .iter()
        .any(|row| row.configured && row.domain == domain)
    {
        return Err(ApiError::new(
            StatusCode::CONFLICT,
            "domain_configured",
            "This domain stands in the server's configuration.",
            "Ask the operator of the server to take it out there.",
        ));
    }
    if removed { Ok(()) } else { Err(ApiError::not_found()) }
}
