//! What an agent sees in lists.

use farhand_shared::id::SessionId;
use farhand_shared::session::Status;
use farhand_shared::wire::http::sessions::RecentSession;

use super::link::is_open;
use super::refused;
use crate::accounts::now;
use crate::error::ApiError;
use crate::room::{RoomError, time};
use crate::state::AppState;
use crate::store::{Agent, SessionRow, StoreError};

/// Own sessions in a list.
const RECENT: u32 = 20;
/// Colleagues' sessions in a list.
const LIVE: usize = 50;
/// Waiting customers in a list.
const WAITING: usize = 50;

/// Sessions of the agent, of customers who came by themselves and wait, and those that a colleague asks the agent to take
/// over; the latest first.
pub(crate) async fn recent(state: &AppState, agent: &Agent) -> Result<Vec<RecentSession>, ApiError> {
    let mut rows = state.store.recent_sessions(agent.id, RECENT).await?;
    let live = state.store.live_sessions().await?;
    // An agent who has left before the call leaves the customer to the others again.
    let nobodys = |row: &SessionRow| row.created_by.is_none() && (row.agents.is_empty() || !is_running(row));
    let waiting = live
        .into_iter()
        .filter(|row| nobodys(row) && state.rooms.waiting(row.id.into()).is_some());
    rows.extend(waiting.take(WAITING));
    let asked = state.store.handovers_to(agent.id, now(state)).await?;
    for one in asked.iter().map(|one| one.session_id) {
        if rows.iter().all(|row| row.id != one) {
            rows.extend(state.store.session(one).await?);
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.last_at));
    let mut list = Vec::with_capacity(rows.len());
    for row in rows {
        let by = asked
            .iter()
            .find(|one| one.session_id == row.id)
            .map(|one| one.asked_by);
        let mut one = entry(state, row)?;
        if let Some(by) = by {
            one.asked_by = state.store.agent(by).await?.map(|agent| agent.name);
        }
        list.push(one);
    }
    Ok(list)
}

fn is_running(row: &SessionRow) -> bool {
    matches!(status_of(row), Ok(Status::InProgress { .. }))
}

/// Colleagues' sessions that run now, the latest first: any agent may join and help.
pub(crate) async fn live(state: &AppState, agent: &Agent) -> Result<Vec<RecentSession>, ApiError> {
    let rows = state.store.live_sessions().await?;
    let others = rows.into_iter().rev().filter(|row| !row.agents.contains(&agent.id));
    let mut list = Vec::new();
    for row in others {
        let Some(colleague) = row.agents.last().copied() else {
            continue;
        };
        let one = entry(state, row)?;
        if !matches!(one.status, Status::InProgress { .. }) {
            continue;
        }
        let with = state.store.agent(colleague).await?.map(|agent| agent.name);
        list.push(RecentSession { with, ..one });
        if list.len() == LIVE {
            break;
        }
    }
    Ok(list)
}

/// One session. Every agent of the installation may help in it, if they know its id.
pub(crate) async fn one(state: &AppState, id: SessionId) -> Result<RecentSession, ApiError> {
    match state.store.session(id.uuid()).await? {
        Some(row) => entry(state, row),
        None => Err(refused(RoomError::Unknown)),
    }
}

fn status_of(row: &SessionRow) -> Result<Status, StoreError> {
    serde_json::from_str(&row.status).map_err(|_| StoreError::Corrupt("status"))
}

pub(super) fn entry(state: &AppState, row: SessionRow) -> Result<RecentSession, ApiError> {
    let status = status_of(&row)?;
    let mode = serde_json::from_str(&row.mode).map_err(|_| StoreError::Corrupt("mode"))?;
    let waiting = state.rooms.waiting(row.id.into());
    Ok(RecentSession {
        session: row.id.into(),
        status,
        mode,
        customer_name: row.customer_name,
        case_id: row.case_id,
        created_at: time(row.created_at),
        last_at: time(row.last_at),
        customer_waiting: waiting.is_some(),
        waiting,
        open: is_open(status, state.clock.now_ms()),
        asked_by: None,
        with: None,
    })
}
