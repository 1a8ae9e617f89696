//! Letters to people with an account.

use uuid::Uuid;

use crate::invite::guard::{self, Allowance, GuardError, Recipient};
use crate::invite::letter::Letter;
use crate::invite::postman::{Outgoing, PostError};
use crate::invite::{By, Message};
use crate::state::AppState;
use crate::store::{StoreError, secret::Private};

use super::now;

/// Posts a letter. One that would be too many for its reader is dropped: somebody is using our forms to pester them.
pub(super) async fn send(state: &AppState, to: &Private, letter: Letter) -> Result<(), StoreError> {
    let nobody = Allowance {
        agent: None,
        per_agent_hour: 0,
        home_code: None,
    };
    match guard::pass(
        state.store.as_ref(),
        &state.scopes,
        Recipient::Email(to),
        &nobody,
        now(state),
    )
    .await
    {
        Ok(()) => {}
        Err(GuardError::Reached(_)) => {
            tracing::warn!("account mail was dropped: its reader has got too much already");
            return Ok(());
        }
        Err(GuardError::Store(error)) => return Err(error),
    }
    let Letter { subject, text, html } = letter;
    let message = Message {
        id: Uuid::new_v4(),
        session_id: None,
        agent_id: None,
        by: By::Email { subject, html },
        to: to.expose().to_owned(),
        text,
    };
    match state
        .postman
        .post(Outgoing {
            message,
            invite_id: None,
            masked: String::new(),
        })
        .await
    {
        Ok(()) => Ok(()),
        Err(PostError::Busy) => {
            tracing::warn!("account mail was dropped: too many messages are waiting");
            Ok(())
        }
        Err(PostError::Store(error)) => Err(error),
    }
}
