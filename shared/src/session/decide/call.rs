//! Start, accept, decline, end, take back, rejoin.
//!
//! Two sides make a call: a customer and an agent; guests come along. The call runs once one of each side is ready.
//! While one side is ready and the other only in the lobby, it rings there for [`limit::RING`]. Ringing out is kind:
//! only the bell stops, the one who called keeps waiting and may ring again by pressing Start again. A refusal puts
//! them back into the lobby, so that they see that somebody said no.

use super::super::event::Event;
use super::super::reject::Rejection;
use super::super::state::{EndReason, Person, Seat, Session, Status};
use super::Decision;
use crate::limit;
use crate::role::Role;
use crate::time::Time;

pub(super) fn start(session: &Session, me: &Person, now: Time) -> Decision {
    match session.status {
        Status::Requested => Err(Rejection::NotConfirmed),
        Status::Confirmed | Status::InProgress { .. } => Ok(ready_up(session, me, now)),
        Status::Done { .. } | Status::Cancelled { .. } => Err(Rejection::SessionOver),
    }
}

pub(super) fn rejoin(session: &Session, me: &Person, now: Time) -> Decision {
    match session.status {
        Status::Requested | Status::Confirmed | Status::InProgress { .. } => Err(Rejection::NotOver),
        Status::Done { at, .. } if now <= at.plus(limit::REJOIN) => Ok(ready_up(session, me, now)),
        Status::Done { .. } => Err(Rejection::TooLateToRejoin),
        Status::Cancelled { .. } => Err(Rejection::SessionOver),
    }
}

/// I am ready; the call starts if the other side is too, else it rings there.
fn ready_up(session: &Session, me: &Person, now: Time) -> Vec<Event> {
    let mut events = Vec::new();
    if me.seat != Seat::Ready {
        events.push(Event::Readied { person: me.id });
    }
    let running = matches!(session.status, Status::InProgress { .. });
    let Some(other_side) = other_side(me.role).filter(|_| !running) else {
        return events;
    };
    let other_is = |seat| session.people.iter().any(|p| p.role == other_side && p.seat == seat);
    if other_is(Seat::Ready) {
        events.push(Event::CallStarted);
    } else if session.ringing.is_none() && other_is(Seat::Lobby) {
        events.push(Event::Rang {
            by: me.id,
            until: now.plus(limit::RING),
        });
    }
    events
}

/// Whom this role calls. Guests and viewers call nobody.
const fn other_side(role: Role) -> Option<Role> {
    match role {
        Role::Customer => Some(Role::Agent),
        Role::Agent => Some(Role::Customer),
        Role::Guest | Role::Viewer => None,
    }
}

/// Only the side that is called can refuse.
pub(super) fn decline(session: &Session, me: &Person) -> Decision {
    let caller = session.ringing.and_then(|(caller, _)| session.person(caller));
    match caller {
        Some(caller) if other_side(caller.role) == Some(me.role) => Ok(vec![Event::RingStopped { by: Some(me.id) }]),
        _ => Err(Rejection::NotRinging),
    }
}

/// Ends for everyone in a while, also before the call runs. Whoever presses again does not push the end away.
pub(super) fn end(session: &Session, me: &Person, now: Time) -> Vec<Event> {
    super::changed(session.ending.is_none(), || Event::EndAsked {
        by: me.id,
        due: now.plus(limit::END_UNDO),
    })
}

pub(super) fn stay(session: &Session, me: &Person) -> Decision {
    match session.ending {
        Some(_) => Ok(vec![Event::EndUndone { by: me.id }]),
        None => Err(Rejection::NotEnding),
    }
}

/// The events of an end: nobody is left waiting at the door of a session that is over.
pub(in super::super) fn ended(session: &Session, reason: EndReason) -> Vec<Event> {
    let knockers = session
        .people
        .iter()
        .filter(|p| matches!(p.seat, Seat::Knocking { .. }));
    let mut events: Vec<Event> = knockers.map(|p| Event::Declined { person: p.id }).collect();
    events.push(Event::Ended { reason });
    events
}

/// Whether an agent other than `me` is really there. A closed tab keeps its seat, but cannot keep a call going.
pub(super) fn another_agent_is_there(session: &Session, me: &Person) -> bool {
    let mut people = session.people.iter();
    people.any(|p| p.role == Role::Agent && p.id != me.id && p.holds_seat() && p.connected)
}
