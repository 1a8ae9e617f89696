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
use crate::store::{Agent, Invite, StoredArrival, UnixMs};

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
    let (session, user_agent) = (invite.session_id, short(user_agent));
    Ok(state
        .store
        .put_arrival(session, &user_agent, no_program, now(state))
        .await?)
}

/// As agents see it, at one of its times.
fn shown(one: &StoredArrival, at: UnixMs) -> Arrival {
    let detected = detected(&one.user_agent);
    Arrival {
        device: detected.device,
        in_app: detected.in_app,
        no_program: one.no_program,
        at: time(at),
    }
}

/// All pages of a session, each at the time when it was first opened.
pub(super) async fn all(state: &AppState, session: SessionId) -> Result<Vec<Arrival>, ApiError> {
    let mut stored = state.store.arrivals(session.uuid()).await?;
    stored.sort_by_key(|one| one.first_at);
    Ok(stored.iter().map(|one| shown(one, one.first_at)).collect())
}

/// The latest page of a session, for the agents in it.
pub(crate) async fn latest(state: &AppState, me: &Agent, session: SessionId) -> Result<Option<Arrival>, ApiError> {
    must_be_in(state, me, session).await?;
    let latest = state.store.arrivals(session.uuid()).await?.pop();
    Ok(latest.map(|one| shown(&one, one.seen_at)))
}
