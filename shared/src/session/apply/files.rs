//! What events do to pictures, marks and messages.

use super::super::event::{Event, Record};
use super::super::state::{File, FileKind, FilePart, FileStage, Mark, Message, PhotoAsk, Session};
use crate::id::{FileId, MarkId};
use crate::limit;
use crate::time::Time;

/// Applies an event about a file, its marks or the chat; says whether it was one.
pub(super) fn apply(session: &mut Session, record: &Record) -> bool {
    let at = record.at;
    match &record.event {
        Event::FileExpected { .. } => expected(session, &record.event, at),
        Event::FileStored {
            file,
            part,
            bytes,
            width,
            height,
        } => with(session, *file, |file| stored(file, *part, *bytes, (*width, *height))),
        Event::FileFailed { file } => {
            close(session, *file);
            with(session, *file, |file| file.stage = FileStage::Failed);
        }
        Event::FileDeleted { file } => {
            let was_open = close(session, *file);
            with(session, *file, |file| deleted(file, at, was_open));
        }
        Event::FileRestored { file } => restored(session, *file),
        Event::FileOpened { file } => session.looking = Some(*file),
        Event::FileClosed { file } => drop(close(session, *file)),
        Event::PhotoAsked { by, text } => {
            session.photo_ask = Some(PhotoAsk {
                by: *by,
                text: text.clone(),
                at,
            });
        }
        Event::PhotoAskOver => session.photo_ask = None,
        Event::Drew { .. } => {}
        Event::Said { person, text, file } => said(
            session,
            Message {
                seq: record.seq,
                at,
                by: *person,
                text: text.clone(),
                file: *file,
            },
        ),
        _ => return marks(session, record),
    }
    true
}

fn marks(session: &mut Session, record: &Record) -> bool {
    match &record.event {
        Event::Marked {
            file,
            person,
            mark,
            shape,
        } => with(session, *file, |file| {
            // A new mark ends what could be redone, and old clearings can no longer be taken back.
            let kept = |at: Time| record.at.since(at) <= limit::UNDO_KEPT;
            file.marks
                .retain(|m| !(m.by == *person && m.undone.is_some()) && m.cleared.is_none_or(kept));
            file.marks.push(Mark {
                id: *mark,
                by: *person,
                shape: shape.clone(),
                undone: None,
                cleared: None,
            });
        }),
        Event::MarksUndone { file, marks } => {
            each(session, *file, marks, |mark| mark.undone = Some(record.seq));
        }
        Event::MarksRedone { file, marks } => each(session, *file, marks, |mark| mark.undone = None),
        Event::MarksCleared { file } => with(session, *file, |file| {
            file.marks.retain(|mark| mark.cleared.is_none());
            let visible = file.marks.iter_mut().filter(|mark| mark.is_visible());
            visible.for_each(|mark| mark.cleared = Some(record.at));
        }),
        Event::MarksRestored { file } => with(session, *file, |file| {
            file.marks.iter_mut().for_each(|mark| mark.cleared = None);
        }),
        _ => return false,
    }
    true
}

fn with(session: &mut Session, id: FileId, change: impl FnOnce(&mut File)) {
    if let Some(file) = session.files.iter_mut().find(|file| file.id == id) {
        change(file);
    }
}

fn each(session: &mut Session, file: FileId, marks: &[MarkId], change: impl Fn(&mut Mark)) {
    with(session, file, |file| {
        let named = file.marks.iter_mut().filter(|mark| marks.contains(&mark.id));
        named.for_each(change);
    });
}

fn expected(session: &mut Session, event: &Event, at: Time) {
    let Event::FileExpected {
        file,
        kind,
        by,
        from,
        name,
        bytes,
        of,
    } = event
    else {
        return;
    };
    // An annotated picture keeps what was drawn as its layers.
    let layers = of
        .and_then(|of| session.file(of))
        .filter(|_| *kind == FileKind::Annotated);
    let marks = layers.map(|file| file.visible_marks().cloned().collect());
    if *kind == FileKind::Photo {
        session.photo_ask = None;
    }
    session.files.push(File {
        id: *file,
        kind: *kind,
        by: *by,
        from: *from,
        at,
        stage: FileStage::Expected,
        name: name.clone(),
        bytes: *bytes,
        width: 0,
        height: 0,
        of: *of,
        marks: marks.unwrap_or_default(),
    });
}

fn stored(file: &mut File, part: FilePart, bytes: u64, (width, height): (u32, u32)) {
    match part {
        FilePart::Preview => file.stage = FileStage::Preview,
        FilePart::Whole => {
            file.stage = FileStage::Stored;
            file.bytes = bytes;
        }
    }
    (file.width, file.height) = (width, height);
}

fn deleted(file: &mut File, at: Time, was_open: bool) {
    let whole = file.stage == FileStage::Stored;
    file.stage = FileStage::Deleted { at, whole, was_open };
}

/// Back as it was, on all screens again if it was there and nothing else is.
fn restored(session: &mut Session, id: FileId) {
    let mut open = false;
    with(session, id, |file| {
        if let FileStage::Deleted { whole, was_open, .. } = file.stage {
            file.stage = match (whole, file.width) {
                (true, _) => FileStage::Stored,
                (false, 0) => FileStage::Expected,
                (false, _) => FileStage::Preview,
            };
            open = was_open;
        }
    });
    if open && session.looking.is_none() {
        session.looking = Some(id);
    }
}

/// Off the screens, if it was on them.
fn close(session: &mut Session, file: FileId) -> bool {
    session.looking.take_if(|open| *open == file).is_some()
}

/// The newest messages stay at hand; all of them stay in the log.
fn said(session: &mut Session, message: Message) {
    if session.messages.len() >= limit::MESSAGES {
        session.messages.remove(0);
    }
    session.messages.push(message);
}
