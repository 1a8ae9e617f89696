//! Drawing: on stills, where it stays and every person undoes their own; on live video, where it fades.

use super::super::event::Event;
use super::super::reject::Rejection;
use super::super::state::{Camera, File, Mark, MarkStep, Mode, Person, Session, Status};
use super::files::canvas;
use super::{Decision, changed};
use crate::id::{FileId, MarkId, PersonId};
use crate::ink::Shape;
use crate::limit;
use crate::time::Time;

pub(super) fn mark(session: &Session, me: &Person, file: FileId, mark: MarkId, shape: &Shape) -> Decision {
    let canvas = canvas(session, file)?;
    if canvas.marks.iter().any(|known| known.id == mark) {
        return Ok(Vec::new());
    }
    if canvas.visible_marks().count() >= limit::MARKS {
        return Err(Rejection::TooManyMarks);
    }
    let shape = shape.clone().clean().map_err(|_| Rejection::BadShape)?;
    Ok(vec![Event::Marked {
        file,
        person: me.id,
        mark,
        shape,
    }])
}

pub(super) fn step(session: &Session, me: &Person, file: FileId, step: MarkStep) -> Decision {
    let canvas = canvas(session, file)?;
    let mine = |mark: &&Mark| mark.by == me.id && mark.is_visible();
    match step {
        MarkStep::Undo => Ok(undone(file, canvas.marks.iter().rfind(mine).into_iter())),
        MarkStep::UndoAll => Ok(undone(file, canvas.marks.iter().filter(mine))),
        MarkStep::Redo => Ok(redone(canvas, me.id)),
    }
}

/// Everyone's marks go, for a moment with a way back.
pub(super) fn clear(session: &Session, file: FileId) -> Decision {
    let canvas = canvas(session, file)?;
    Ok(changed(canvas.visible_marks().next().is_some(), || {
        Event::MarksCleared { file }
    }))
}

fn undone<'a>(file: FileId, marks: impl Iterator<Item = &'a Mark>) -> Vec<Event> {
    let marks: Vec<MarkId> = marks.map(|mark| mark.id).collect();
    changed(!marks.is_empty(), || Event::MarksUndone { file, marks })
}

/// What the newest undo of this person took, all of it.
fn redone(canvas: &File, person: PersonId) -> Vec<Event> {
    let undone = || canvas.marks.iter().filter(|m| m.by == person && m.cleared.is_none());
    let newest = undone().filter_map(|mark| mark.undone).max();
    let marks: Vec<MarkId> = undone()
        .filter(|mark| mark.undone.is_some() && mark.undone == newest)
        .map(|mark| mark.id)
        .collect();
    let file = canvas.id;
    changed(!marks.is_empty(), || Event::MarksRedone { file, marks })
}

pub(super) fn restore(session: &Session, file: FileId, now: Time) -> Decision {
    let canvas = canvas(session, file)?;
    let cleared = canvas.marks.iter().filter_map(|mark| mark.cleared).max();
    match cleared {
        Some(at) if now <= at.plus(limit::UNDO_KEPT) => Ok(vec![Event::MarksRestored { file }]),
        Some(_) => Err(Rejection::TooLateToUndo),
        None => Ok(Vec::new()),
    }
}

/// A finished stroke on somebody's live picture. It changes nothing of the session: it fades.
pub(super) fn draw(session: &Session, me: &Person, on: PersonId, mark: MarkId, shape: &Shape) -> Decision {
    let live = matches!(session.status, Status::InProgress { .. }) && session.mode == Mode::Video;
    let shown = session.person(on).ok_or(Rejection::NoSuchPerson)?;
    if !live || !matches!(shown.camera, Camera::Live(_)) {
        return Err(Rejection::NotPossibleNow);
    }
    let shape = shape.clone().clean().map_err(|_| Rejection::BadShape)?;
    if !shape.is_live() {
        return Err(Rejection::BadShape);
    }
    Ok(vec![Event::Drew {
        person: me.id,
        on,
        mark,
        shape,
    }])
}
