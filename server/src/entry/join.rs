//! Agents join a session that somebody else has started, or come back to one of theirs.

use farhand_shared::id::{AgentId, PersonId, SessionId};
use farhand_shared::role::Role;
use farhand_shared::session::{Intake, Seat};
use farhand_shared::wire::http::sessions::{JoinSession, Seated};
use uuid::Uuid;

use super::link::is_open;
use super::{NotIn, knock, refused, seat};
use crate::error::ApiError;
use crate::http::caller::Caller;
use crate::state::AppState;
use crate::store::{Agent, Answer};

/// Gives the agent a seat. Agents share sessions by PIN or by id; every agent of the installation may help.
pub(crate) async fn join(
    state: &AppState,
    caller: &Caller,
    agent: &Agent,
    wish: JoinSession,
) -> Result<Seated, ApiError> {
    let id = match wish {
        JoinSession::Pin(typed) => knock::locate(state, caller, &typed).await?,
        JoinSession::Session(id) => id,
    };
    let person = person_of(state, agent, id).await?;
    let join = Intake::Join {
        person,
        role: Role::Agent,
        account: Some(AgentId::from(agent.id)),
        name: agent.name.clone(),
        device: None,
    };
    state.rooms.intake(id, join).await.map_err(refused)?;
    // Whoever was asked to take it over has come.
    state
        .store
        .answer_handover(id.uuid(), agent.id, Answer::Accepted)
        .await?;
    seat::issue(state, id, person, None, None).await
}

/// The same person as before when the agent was in this session, a new one otherwise. Refused when the session is over
/// for good: whoever still holds a seat in it would get in, and find nothing.
async fn person_of(state: &AppState, agent: &Agent, id: SessionId) -> Result<PersonId, ApiError> {
    let (session, _) = state.rooms.look(id).await.map_err(refused)?;
    if !is_open(session.status(), state.clock.now_ms()) {
        return Err(NotIn::Over.into());
    }
    let account = Some(AgentId::from(agent.id));
    let mut people = session.people().iter();
    let before = people.find(|p| p.account == account && p.seat != Seat::Declined);
    Ok(before.map_or_else(|| Uuid::new_v4().into(), |p| p.id))
}
