//! Where the customer stands before they have pressed anything: the page that their link has opened, as its browser
//! describes itself. Agents can then say what to do in this very browser.

use farhand_shared::device::{Clues, Detected, detect};
use farhand_shared::id::SessionId;
use farhand_shared::wire::http::sessions::Arrival;

use super::invitation::must_be_in;
use crate::accounts::now;
use crate::error::ApiError;
use crate::room::time;
use crate::state::AppState;
use crate::store::{Agent, Invite, StoredArrival};

/// Of what a browser calls itself, so many characters are kept.
const USER_AGENT_CHARS: usize = 512;

fn short(user_agent: &str) -> String {
    user_agent.chars().take(USER_AGENT_CHARS).collect()
}

/// What a browser is by what it calls itself.
pub(crate) fn detected(user_agent: &str) -> Detected {
    detect(&Clues {
        user_agent: short(user_agent),
        ..Clues::default()
    })
}

/// A page has asked what its link leads to.
pub(super) async fn note(
    state: &AppState,
    invite: &Invite,
    user_agent: &str,
    no_program: bool,
) -> Result<(), ApiError> {
    let arrival = StoredArrival {
        session_id: invite.session_id,
        user_agent: short(user_agent),
        no_program,
        seen_at: now(state),
    };
    Ok(state.store.put_arrival(&arrival).await?)
}

/// The latest page of a session, for the agents in it.
pub(crate) async fn latest(state: &AppState, me: &Agent, session: SessionId) -> Result<Option<Arrival>, ApiError> {
    must_be_in(state, me, session).await?;
    let stored = state.store.arrival(session.uuid()).await?;
    Ok(stored.map(|one| {
        let detected = detected(&one.user_agent);
        Arrival {
            device: detected.device,
            in_app: detected.in_app,
            no_program: one.no_program,
            at: time(one.seen_at),
        }
    }))
}
