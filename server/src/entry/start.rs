//! New sessions, by an agent or by a customer who comes by themselves.

use axum::http::StatusCode;
use farhand_shared::id::{AgentId, PersonId, SessionId};
use farhand_shared::role::Role;
use farhand_shared::session::{Command, Creator, Intake, Talk};
use farhand_shared::wire::http::sessions::{Seated, SessionStarted, StartSession, WalkIn};
use uuid::Uuid;

use super::{invitation, optional_name, refused, seat};
use crate::error::ApiError;
use crate::invite::invitation::Target;
use crate::room::NewSession;
use crate::state::AppState;
use crate::store::Agent;

/// Starts an agent's session and invites the customer. The agent is ready at once, so that the customer's tap is all
/// the call still needs.
pub(crate) async fn by_agent(state: &AppState, agent: &Agent, wish: StartSession) -> Result<SessionStarted, ApiError> {
    let customer_name = optional_name(wish.customer_name.as_deref())?;
    let target = Target::read(&wish.invite, state)?;
    room_for_another(state)?;
    target.may_send(state, agent.id).await?;

    let session = SessionId::from(Uuid::new_v4());
    let account = AgentId::from(agent.id);
    let new = NewSession {
        creator: Creator::Agent(account),
        company: state.config.company.clone(),
        mode: wish.mode,
        talk: wish.talk,
        case_id: wish.case_id,
        customer_name,
    };
    state.rooms.create(session, new).await.map_err(refused)?;
    let person = PersonId::from(Uuid::new_v4());
    let join = Intake::Join {
        person,
        role: Role::Agent,
        account: Some(account),
        name: agent.name.clone(),
        device: None,
    };
    state.rooms.intake(session, join).await.map_err(refused)?;
    let ready = state.rooms.act(session, person, Command::Start);
    ready.await.map_err(refused)?;

    let seated = seat::issue(state, session, person, None, None).await?;
    let pin = state.rooms.pin(session).await.map_err(refused)?;
    let pin = pin.ok_or_else(|| ApiError::internal("a new session has no PIN"))?;
    let made = invitation::make(state, agent, session, &target, &pin.pin).await?;
    // The session is there and its PIN can be read out, so a message that cannot leave does not undo it.
    if let Err(error) = made.send(state).await {
        tracing::warn!(%session, code = error.code(), "the first invitation of a session was not sent");
    }
    Ok(SessionStarted {
        session,
        seat: seated.seat,
        invitation: made.answer(),
        pin,
    })
}

/// Starts a session that a customer will read out the PIN of. How they talk is theirs to choose later; whoever reads
/// out a number is on the phone already.
pub(crate) async fn by_customer(state: &AppState, wish: WalkIn) -> Result<Seated, ApiError> {
    let name = optional_name(wish.name.as_deref())?;
    room_for_another(state)?;
    let session = SessionId::from(Uuid::new_v4());
    let new = NewSession {
        creator: Creator::Customer,
        company: state.config.company.clone(),
        mode: wish.mode,
        talk: Talk::PhoneCall,
        case_id: None,
        customer_name: None,
    };
    state.rooms.create(session, new).await.map_err(refused)?;
    let person = PersonId::from(Uuid::new_v4());
    let join = Intake::Join {
        person,
        role: Role::Customer,
        account: None,
        name: name.unwrap_or_default(),
        device: wish.device.clone(),
    };
    state.rooms.intake(session, join).await.map_err(refused)?;
    seat::issue(state, session, person, None, wish.device.as_ref()).await
}

fn room_for_another(state: &AppState) -> Result<(), ApiError> {
    if state.rooms.awake() < state.config.limits.open_sessions {
        return Ok(());
    }
    Err(ApiError::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "too_many_sessions",
        "Too many sessions are open on this server.",
        "Try again in a few minutes.",
    ))
}
