//! What time alone makes happen.
//!
//! | Waiting for | Deadline | Then |
//! |---|---|---|
//! | an end that can be taken back | [`limit::END_UNDO`] after End | the session ends |
//! | an answer to a ringing call | [`limit::RING`] after it rang | the bell stops; the caller keeps waiting |
//! | a customer or agent to come back to a running call | [`limit::REJOIN`] after the last was seen | it ends |
//! | a customer or agent to come at all | [`limit::ABANDONED`] after the last was seen | it ends |
//! | a knocker whose browser is gone | [`limit::KNOCK_KEPT`] after it went | the knock is forgotten |

use super::decide::ended;
use super::event::Event;
use super::state::{EndReason, Person, Seat, Session, Status};
use crate::limit;
use crate::role::Role;
use crate::time::Time;

/// Events that are due at `now`. Quiet once they are applied.
pub fn due(session: &Session, now: Time) -> Vec<Event> {
    let over = end_by_press(session).into_iter().chain(end_by_absence(session));
    if let Some((_, reason)) = over.filter(|(at, _)| *at <= now).min_by_key(|(at, _)| *at) {
        return ended(session, reason);
    }
    let rang_out = session.ringing.filter(|(_, until)| *until <= now);
    let bell = rang_out.map(|_| Event::RingStopped { by: None });
    let gone = session
        .people
        .iter()
        .filter(|p| knock_forgotten(p).is_some_and(|at| at <= now));
    bell.into_iter()
        .chain(gone.map(|p| Event::Left { person: p.id }))
        .collect()
}

/// When [`due`] should be asked next; none when nothing is waited for.
pub fn next_due(session: &Session) -> Option<Time> {
    let ends = end_by_press(session)
        .into_iter()
        .chain(end_by_absence(session))
        .map(|(at, _)| at);
    let rings = session.ringing.map(|(_, until)| until);
    let knocks = session.people.iter().filter_map(knock_forgotten);
    ends.chain(rings).chain(knocks).min()
}

fn end_by_press(session: &Session) -> Option<(Time, EndReason)> {
    let ending = session.ending?;
    let customer = session.person(ending.by).is_some_and(|p| p.role == Role::Customer);
    let reason = if customer {
        EndReason::CustomerEnded
    } else {
        EndReason::AgentEnded
    };
    Some((ending.due, reason))
}

fn end_by_absence(session: &Session) -> Option<(Time, EndReason)> {
    match session.status {
        Status::Requested | Status::Confirmed => {
            let empty = empty_since(session, session.created_at)?;
            Some((empty.plus(limit::ABANDONED), EndReason::Abandoned))
        }
        Status::InProgress { since } => {
            let empty = empty_since(session, since)?;
            Some((empty.plus(limit::REJOIN), EndReason::Disconnected))
        }
        Status::Done { .. } | Status::Cancelled { .. } => None,
    }
}

/// Since when no customer and no agent has a socket, not before `floor`; none while one of them has.
fn empty_since(session: &Session, floor: Time) -> Option<Time> {
    let sides = |p: &&Person| matches!(p.role, Role::Customer | Role::Agent);
    let at_door = |p: &Person| matches!(p.seat, Seat::Knocking { .. });
    let mut last = floor;
    for person in session.people.iter().filter(sides).filter(|p| !at_door(p)) {
        if person.connected {
            return None;
        }
        last = last.max(person.connected_at);
    }
    Some(last)
}

fn knock_forgotten(person: &Person) -> Option<Time> {
    let gone = matches!(person.seat, Seat::Knocking { .. }) && !person.connected;
    gone.then(|| person.connected_at.plus(limit::KNOCK_KEPT))
}
