//! What is written down of sessions: the log in readable form, notes, problems; and finding sessions again.
//!
//! An agent reads and writes records of sessions they took part in; an administrator those of all.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use axum::http::StatusCode;
use farhand_shared::id::SessionId;
use farhand_shared::limit::{self, TextFault};
use farhand_shared::pin::Pin;
use farhand_shared::session::{Event, Record};
use farhand_shared::wire::http::records::{
    FindSessions, Notes, PersonThere, ProblemRow, ReportProblem, SessionRecord, WriteNotes,
};
use farhand_shared::wire::http::sessions::{Invite, RecentSession};
use uuid::Uuid;

use super::list::entry;
use super::{arrival, refused};
use crate::accounts::now;
use crate::error::ApiError;
use crate::invite::invitation::Target;
use crate::room::{self, RoomError, time};
use crate::state::AppState;
use crate::store::{Agent, Find, SessionRow, StoreError, StoredNotes, StoredProblem};

/// Problems in a list.
const NEWEST: u32 = 200;
/// Found sessions in a list.
const FOUND: u32 = 50;

/// What happened in a session.
pub(crate) async fn read(state: &AppState, agent: &Agent, session: SessionId) -> Result<SessionRecord, ApiError> {
    let row = may_read(state, agent, session).await?;
    let (now_in, _) = state.rooms.look(session).await.map_err(refused)?;
    let people = now_in.people().iter().map(|one| PersonThere {
        person: one.id,
        role: one.role,
        name: one.name.clone(),
    });
    let log = room::from_rows(state.store.load(session.uuid(), 0).await?)?;
    Ok(SessionRecord {
        session: entry(state, row)?,
        people: people.collect(),
        opened: arrival::all(state, session).await?,
        happened: log.into_iter().filter(is_told).collect(),
    })
}

/// Whether an event is worth a line: strokes and the small movements of devices are not.
fn is_told(record: &Record) -> bool {
    !matches!(
        record.event,
        Event::Drew { .. }
            | Event::Marked { .. }
            | Event::MarksUndone { .. }
            | Event::MarksRedone { .. }
            | Event::SeenChanged { .. }
            | Event::WaitingChanged { .. }
            | Event::HintChanged { .. }
            | Event::Asked { .. }
            | Event::AskAnswered { .. }
    )
}

/// The notes of a session.
pub(crate) async fn notes(state: &AppState, agent: &Agent, session: SessionId) -> Result<Notes, ApiError> {
    may_read(state, agent, session).await?;
    let Some(stored) = state.store.notes(session.uuid()).await? else {
        return Ok(Notes::default());
    };
    let by = state.store.agent(stored.written_by).await?;
    Ok(Notes {
        text: stored.text,
        version: stored.version,
        by: by.map(|agent| agent.name),
    })
}

/// Writes notes in place of the version that the writer has seen.
pub(crate) async fn write_notes(
    state: &AppState,
    agent: &Agent,
    session: SessionId,
    wish: WriteNotes,
) -> Result<Notes, ApiError> {
    may_read(state, agent, session).await?;
    if wish.text.chars().count() > limit::NOTES_CHARS {
        return Err(text_too_long(limit::NOTES_CHARS));
    }
    let stored = StoredNotes {
        session_id: session.uuid(),
        text: wish.text,
        version: wish.version.saturating_add(1),
        written_by: agent.id,
        written_at: now(state),
    };
    match state.store.put_notes(&stored).await {
        Ok(()) => Ok(Notes {
            text: stored.text,
            version: stored.version,
            by: Some(agent.name.clone()),
        }),
        Err(StoreError::Conflict { .. }) => Err(ApiError::new(
            StatusCode::CONFLICT,
            "notes_changed",
            "Somebody else has changed these notes.",
            "Look at their version, then save yours again.",
        )),
        Err(error) => Err(error.into()),
    }
}

/// Keeps a problem. Who looks into it reads the session's record.
pub(crate) async fn report(
    state: &AppState,
    agent: &Agent,
    session: SessionId,
    wish: &ReportProblem,
) -> Result<(), ApiError> {
    may_read(state, agent, session).await?;
    if !state.config.agents.problem_reports {
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "problem_reports_off",
            "Problems are not reported here.",
            "Tell your administrator in another way.",
        ));
    }
    let text = limit::clean_lines(&wish.text, limit::PROBLEM_CHARS).map_err(|fault| match fault {
        TextFault::TooLong => text_too_long(limit::PROBLEM_CHARS),
        TextFault::Empty => ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "text_empty",
            "Nothing is written yet.",
            "Say in a few words what did not work.",
        ),
    })?;
    let problem = StoredProblem {
        id: Uuid::new_v4(),
        session_id: session.uuid(),
        agent_id: agent.id,
        text,
        reported_at: now(state),
    };
    Ok(state.store.put_problem(&problem).await?)
}

/// The newest problems, for administrators.
pub(crate) async fn problems(state: &AppState) -> Result<Vec<ProblemRow>, ApiError> {
    let mut rows = Vec::new();
    let mut names = HashMap::new();
    for stored in state.store.problems(NEWEST).await? {
        // A few agents report most of it.
        let by = match names.entry(stored.agent_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let agent = state.store.agent(stored.agent_id).await?;
                new.insert(agent.map(|agent| agent.name).unwrap_or_default())
            }
        };
        rows.push(ProblemRow {
            session: stored.session_id.into(),
            by: by.clone(),
            text: stored.text,
            at: time(stored.reported_at),
        });
    }
    Ok(rows)
}

/// Sessions by case id, name, PIN or address.
pub(crate) async fn find(state: &AppState, agent: &Agent, wish: &FindSessions) -> Result<Vec<RecentSession>, ApiError> {
    let text = match limit::clean(&wish.text, limit::FIND_CHARS) {
        Ok(text) => text,
        Err(TextFault::Empty) => return Ok(Vec::new()),
        Err(TextFault::TooLong) => return Err(text_too_long(limit::FIND_CHARS)),
    };
    let find = Find {
        agent: (!agent.admin).then_some(agent.id),
        pin: Pin::parse(&text).ok().map(|pin| pin.digits()),
        address: address_in(&text, state),
        text,
    };
    let rows = state.store.find_sessions(&find, now(state), FOUND).await?;
    rows.into_iter().map(|row| entry(state, row)).collect()
}

/// The key of the address that somebody typed, if it is one.
fn address_in(text: &str, state: &AppState) -> Option<String> {
    let wish = if text.contains('@') {
        Invite::Email { email: text.to_owned() }
    } else {
        Invite::Sms { phone: text.to_owned() }
    };
    address_key(&Target::read(&wish, state).ok()?, state)
}

/// By what a session is found again whose invitation went there.
pub(super) fn address_key(target: &Target, state: &AppState) -> Option<String> {
    let address = match target {
        Target::Sms(phone) => phone.as_private(),
        Target::Email(email) => email.as_private(),
        Target::Link | Target::Site(_) => return None,
    };
    Some(state.scopes.name("customer", address.expose()))
}

async fn may_read(state: &AppState, agent: &Agent, session: SessionId) -> Result<SessionRow, ApiError> {
    let row = state.store.session(session.uuid()).await?;
    let row = row.ok_or_else(|| refused(RoomError::Unknown))?;
    if agent.admin || row.agents.contains(&agent.id) {
        return Ok(row);
    }
    Err(ApiError::new(
        StatusCode::FORBIDDEN,
        "not_in_session",
        "You took no part in this session.",
        "Ask somebody who did, or an administrator.",
    ))
}

fn text_too_long(most: usize) -> ApiError {
    ApiError::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "text_too_long",
        "That text is too long.",
        format!("Write at most {most} characters."),
    )
}
