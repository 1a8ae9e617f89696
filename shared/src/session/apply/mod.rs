//! Events to state. Cannot fail and never asks who is asking: an event about somebody unknown changes nothing.

mod files;
mod people;

use super::event::{Event, Record};
use super::state::{Ending, Invitation, ModeWhy, Seat, Session, Status};

/// The session that a log's first record makes; none when it is not `Created`.
pub fn begin(first: &Record) -> Option<Session> {
    let Event::Created {
        session,
        creator,
        company,
        mode,
        talk,
        case_id,
    } = &first.event
    else {
        return None;
    };
    Some(Session {
        id: *session,
        seq: first.seq,
        created_at: first.at,
        creator: *creator,
        company: company.clone(),
        status: Status::Confirmed,
        mode: *mode,
        mode_why: ModeWhy::Chosen,
        talk: *talk,
        case_id: case_id.clone(),
        people: Vec::new(),
        invitations: Vec::new(),
        ringing: None,
        ending: None,
        files: Vec::new(),
        looking: None,
        messages: Vec::new(),
        photo_ask: None,
    })
}

/// Applies one record.
pub fn apply(session: &mut Session, record: &Record) {
    session.seq = record.seq;
    let at = record.at;
    match &record.event {
        Event::Created { .. } => {}
        Event::Invited {
            invitation,
            channel,
            to,
        } => session.invitations.push(Invitation {
            id: *invitation,
            channel: *channel,
            to: to.clone(),
            delivery: super::state::Delivery::Made,
            made_at: at,
            moved_at: at,
        }),
        Event::InvitationMoved { invitation, delivery } => {
            for moved in session.invitations.iter_mut().filter(|i| i.id == *invitation) {
                moved.delivery = *delivery;
                moved.moved_at = at;
            }
        }
        Event::CaseSet { case_id } => session.case_id.clone_from(case_id),
        Event::ModeChanged { mode, why } => (session.mode, session.mode_why) = (*mode, *why),
        Event::TalkChanged { talk } => session.talk = *talk,
        Event::Rang { by, until } => session.ringing = Some((*by, *until)),
        Event::RingStopped { by } => ring_stopped(session, by.is_some()),
        Event::CallStarted => {
            session.status = Status::InProgress { since: at };
            session.ringing = None;
        }
        Event::EndAsked { by, due } => session.ending = Some(Ending { by: *by, due: *due }),
        Event::EndUndone { .. } => session.ending = None,
        Event::Ended { reason } => {
            session.status = Status::Done { at, reason: *reason };
            session.ringing = None;
            session.ending = None;
            session.looking = None;
            session.photo_ask = None;
            session.people.iter_mut().for_each(people::call_over);
        }
        other => {
            if !files::apply(session, record) {
                people::apply(session, other, at);
            }
        }
    }
}

/// The bell is silent. After a refusal the caller is no longer ready; after ringing out they keep waiting.
fn ring_stopped(session: &mut Session, refused: bool) {
    let Some((caller, _)) = session.ringing.take() else {
        return;
    };
    let caller = session.people.iter_mut().find(|p| p.id == caller);
    if let Some(caller) = caller.filter(|p| refused && p.seat == Seat::Ready) {
        caller.seat = Seat::Lobby;
    }
}

/// The session that a whole log makes; none when the log does not start with `Created`.
pub fn replay<'a>(log: impl IntoIterator<Item = &'a Record>) -> Option<Session> {
    let mut log = log.into_iter();
    let mut session = begin(log.next()?)?;
    log.for_each(|record| apply(&mut session, record));
    Some(session)
}
