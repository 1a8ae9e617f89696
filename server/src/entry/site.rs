//! Coming from the organisation's website: a visitor waits there, an agent asks, the visitor goes on or not.

use farhand_shared::session::Delivery;
use farhand_shared::wire::http::site::{DeclineAgent, WaitForAgent, Waited};

use super::invitation;
use crate::error::ApiError;
use crate::state::AppState;

/// Waits until there is something to tell; when an agent asks, the asking counts as delivered.
pub(crate) async fn wait(state: &AppState, wish: &WaitForAgent) -> Result<Waited, ApiError> {
    let visitor = state.site.who(&wish.token)?;
    let waited = tokio::select! {
        waited = state.site.wait(&visitor, wish) => waited?,
        () = state.shutdown.cancelled() => Waited {
            code: wish.code.clone().unwrap_or_default(),
            asked: None,
        },
    };
    if let Some(asked) = waited
        .asked
        .as_ref()
        .filter(|asked| Some(asked.invitation) != wish.known)
        && let Some(session) = state.site.session_of(&visitor, asked.invitation)
    {
        invitation::moved(&state.rooms, session, asked.invitation, Delivery::Delivered).await;
    }
    Ok(waited)
}

/// Tells the agent: not now. An asking that is gone already needs no answer.
pub(crate) async fn decline(state: &AppState, wish: &DeclineAgent) -> Result<(), ApiError> {
    let visitor = state.site.who(&wish.token)?;
    if let Some(session) = state.site.decline(&visitor, wish.invitation) {
        invitation::moved(&state.rooms, session, wish.invitation, Delivery::Declined).await;
    }
    Ok(())
}
