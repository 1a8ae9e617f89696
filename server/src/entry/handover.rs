//! An agent asks a colleague to take a session over. It rings at the colleague's desk for a minute; if they join, the one
//! who asked may leave and the call goes on.

use axum::http::StatusCode;
use farhand_shared::id::SessionId;
use farhand_shared::session::Person;
use farhand_shared::wire::http::handovers::{AskHandover, Colleague, Handover, Stands};

use super::NotIn;
use super::invitation::must_be_in;
use super::link::is_open;
use crate::accounts::now;
use crate::error::ApiError;
use crate::state::AppState;
use crate::store::{Agent, Answer, StoredHandover, UnixMs};

/// How long it rings.
const RINGS_MS: UnixMs = 60_000;
/// Colleagues in a list.
const COLLEAGUES: u32 = 500;

/// All other agents who can sign in.
pub(crate) async fn colleagues(state: &AppState, me: &Agent) -> Result<Vec<Colleague>, ApiError> {
    let agents = state.store.agents(0, COLLEAGUES).await?;
    let others = agents.into_iter().filter(|one| one.id != me.id && can_come(one));
    let row = |one: Agent| Colleague {
        id: one.id.into(),
        status: state.desks.status(one.id),
        name: one.name,
    };
    Ok(others.map(row).collect())
}

const fn can_come(agent: &Agent) -> bool {
    !agent.disabled && agent.verified_at.is_some()
}

/// Rings at a colleague.
pub(crate) async fn ask(
    state: &AppState,
    me: &Agent,
    session: SessionId,
    wish: AskHandover,
) -> Result<Handover, ApiError> {
    let now_in = must_be_in(state, me, session).await?;
    if !is_open(now_in.status(), state.clock.now_ms()) {
        return Err(NotIn::Over.into());
    }
    let colleague = state.store.agent(wish.colleague.uuid()).await?;
    let colleague = colleague
        .filter(|one| one.id != me.id && can_come(one))
        .ok_or_else(nobody)?;
    let is_colleague = |one: &Person| one.account == Some(wish.colleague);
    if now_in.agents().any(is_colleague) {
        return Err(is_there_already());
    }
    let asked = StoredHandover {
        session_id: session.uuid(),
        asked_by: me.id,
        colleague: colleague.id,
        answer: Answer::None,
        until: now(state) + RINGS_MS,
    };
    state.store.put_handover(&asked).await?;
    Ok(Handover {
        colleague: colleague.name,
        stands: Stands::Rings,
    })
}

/// How the latest asking of a session stands, for who has asked.
pub(crate) async fn look(state: &AppState, me: &Agent, session: SessionId) -> Result<Option<Handover>, ApiError> {
    must_be_in(state, me, session).await?;
    let asked = state.store.handover(session.uuid()).await?;
    let Some(asked) = asked.filter(|one| one.asked_by == me.id) else {
        return Ok(None);
    };
    let stands = match asked.answer {
        Answer::Accepted => Stands::Accepted,
        Answer::Declined => Stands::Declined,
        Answer::None if now(state) < asked.until => Stands::Rings,
        Answer::None => Stands::NotAnswered,
    };
    let colleague = state.store.agent(asked.colleague).await?;
    Ok(colleague.map(|one| Handover {
        colleague: one.name,
        stands,
    }))
}

/// Asks no longer.
pub(crate) async fn withdraw(state: &AppState, me: &Agent, session: SessionId) -> Result<(), ApiError> {
    must_be_in(state, me, session).await?;
    Ok(state.store.remove_handover(session.uuid()).await?)
}

/// The colleague cannot now.
pub(crate) async fn decline(state: &AppState, me: &Agent, session: SessionId) -> Result<(), ApiError> {
    let asked = state.store.answer_handover(session.uuid(), me.id, Answer::Declined);
    asked.await?.then_some(()).ok_or_else(not_asked)
}

fn nobody() -> ApiError {
    ApiError::new(
        StatusCode::NOT_FOUND,
        "colleague_unknown",
        "There is no such colleague.",
        "Look at the list of colleagues again.",
    )
}

fn is_there_already() -> ApiError {
    ApiError::new(
        StatusCode::CONFLICT,
        "colleague_present",
        "They are in this session already.",
        "You can leave: the call goes on.",
    )
}

fn not_asked() -> ApiError {
    ApiError::new(
        StatusCode::CONFLICT,
        "not_asked",
        "Nobody asks you to take this session over any more.",
        "Nothing is left to do.",
    )
}
