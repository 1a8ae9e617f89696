//! Making an account.

use std::time::Duration;

use uuid::Uuid;

use super::{aside, audit, domains, links, mail, millis, now, password, read_email, read_name};
use crate::error::ApiError;
use crate::http::caller::Caller;
use crate::invite::letter;
use crate::state::AppState;
use crate::store::{Agent, NewAgent, StoreError, TokenKind};

const WINDOW: Duration = Duration::from_secs(3600);
/// Sign-ups and reset requests of one address; an office behind one address stays below it.
const PER_ADDRESS: u64 = 60;

/// Takes a sign-up. What comes of it stands in a mail to the address, so that nobody else learns whether it has an
/// account.
///
/// # Errors
/// `invalid_email_domain`, 429, or what is wrong with the fields.
pub async fn sign_up(
    state: &AppState,
    caller: &Caller,
    email: &str,
    name: &str,
    new_password: &str,
) -> Result<(), ApiError> {
    let email = read_email(email)?;
    let name = read_name(name)?;
    password::read_new(new_password, Some(&email))?;
    count_request(state, caller).await?;
    domains::check(state, &email).await?;
    let agent = Agent {
        id: Uuid::new_v4(),
        email: email.as_private().clone(),
        name,
        admin: false,
        disabled: false,
        verified_at: None,
        created_at: now(state),
    };
    let new = NewAgent {
        agent,
        password_hash: state.passwords.hash(new_password).await?,
    };
    let own = state.clone();
    aside(state, async move { settle(&own, new).await });
    Ok(())
}

/// Counts a request that may end in a mail.
///
/// # Errors
/// 429.
pub async fn count_request(state: &AppState, caller: &Caller) -> Result<(), ApiError> {
    let scope = state.scopes.name("account mail address", &caller.key().to_text());
    if state.store.hit(&scope, millis(WINDOW), now(state)).await? > PER_ADDRESS {
        return Err(ApiError::too_many("Too many requests came from your network.", WINDOW));
    }
    Ok(())
}

async fn settle(state: &AppState, new: NewAgent) -> Result<(), StoreError> {
    let email = new.agent.email.clone();
    let company = &state.config.company;
    let agent = match state.store.create_agent(&new).await {
        Ok(()) => {
            audit(state, None, "account.sign_up", &new.agent.id.to_string(), "").await?;
            new.agent.id
        }
        Err(StoreError::Taken) => {
            let Some(known) = state.store.credentials(&email).await? else {
                return Ok(());
            };
            if known.agent.disabled {
                return Ok(());
            }
            if known.agent.verified_at.is_some() {
                let sign_in = state.config.public_url.join("/agent");
                return mail::send(state, &email, letter::already_signed_up(company, &sign_in)).await;
            }
            state.store.set_password(known.agent.id, &new.password_hash).await?;
            state.store.rename_agent(known.agent.id, &new.agent.name).await?;
            known.agent.id
        }
        Err(error) => return Err(error),
    };
    let link = links::issue(state, TokenKind::VerifyEmail, Some(agent)).await?;
    mail::send(state, &email, letter::verify(company, &link)).await
}
