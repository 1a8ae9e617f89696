//! Pictures and documents: wanted, made by somebody's device, looked at together, taken away.

use super::super::event::Event;
use super::super::reject::Rejection;
use super::super::state::{
    Camera, File, FileKind, FilePart, FileStage, FileStep, Mode, ModeWhy, Person, Seat, Session, Status,
};
use super::{Decision, changed, text};
use crate::id::{FileId, PersonId};
use crate::limit;
use crate::role::Role;
use crate::time::Time;

/// What a page says about a file it will send.
pub(super) struct Announced<'a> {
    pub(super) file: FileId,
    pub(super) kind: FileKind,
    pub(super) name: &'a str,
    pub(super) bytes: u64,
    pub(super) of: Option<FileId>,
}

/// Freezes the customer's live picture and opens it on all screens.
pub(super) fn take_still(session: &Session, me: &Person, file: FileId) -> Decision {
    let live = matches!(session.status, Status::InProgress { .. }) && session.mode == Mode::Video;
    let phone = session.customer().filter(|p| live && p.connected && !p.hides());
    let phone = phone.filter(|p| matches!(p.camera, Camera::Live(_)));
    let Some(phone) = phone else {
        return Err(Rejection::NotPossibleNow);
    };
    wanted(session, me, phone.id, file, FileKind::Still).map(|mut events| {
        if !events.is_empty() {
            events.push(Event::FileOpened { file });
        }
        events
    })
}

/// A photo by the customer's device, whoever presses the shutter. A customer's own waits until it can be sent.
pub(super) fn take_photo(session: &Session, me: &Person, file: FileId) -> Decision {
    let phone = match me.role {
        Role::Customer => Some(me),
        _ => session.customer().filter(|p| p.connected && p.seat == Seat::Ready),
    };
    let phone = phone.ok_or(Rejection::NotPossibleNow)?;
    wanted(session, me, phone.id, file, FileKind::Photo)
}

fn wanted(session: &Session, me: &Person, from: PersonId, file: FileId, kind: FileKind) -> Decision {
    expect(session, file, || Event::FileExpected {
        file,
        kind,
        by: me.id,
        from,
        name: String::new(),
        bytes: 0,
        of: None,
    })
}

/// One file more, once.
fn expect(session: &Session, file: FileId, event: impl FnOnce() -> Event) -> Decision {
    if session.file(file).is_some() {
        return Ok(Vec::new());
    }
    if session.files.len() >= limit::FILES {
        return Err(Rejection::TooManyFiles);
    }
    Ok(vec![event()])
}

/// Announces a file that my own device sends.
pub(super) fn share(session: &Session, me: &Person, told: &Announced<'_>) -> Decision {
    let made_here = matches!(told.kind, FileKind::Still | FileKind::Photo);
    let of = match (told.kind, told.of) {
        (FileKind::Annotated, Some(of)) if canvas(session, of).is_ok() => Some(of),
        (FileKind::Annotated, _) => return Err(Rejection::NoSuchFile),
        _ => None,
    };
    if made_here || told.bytes > limit::FILE_BYTES {
        return Err(Rejection::NotPossibleNow);
    }
    let name = text::optional(told.name, limit::FILE_NAME_CHARS)?;
    expect(session, told.file, || Event::FileExpected {
        file: told.file,
        kind: told.kind,
        by: me.id,
        from: me.id,
        name,
        bytes: told.bytes,
        of,
    })
}

pub(super) fn step(session: &Session, file: FileId, step: FileStep, now: Time) -> Decision {
    let found = session.file(file).ok_or(Rejection::NoSuchFile)?;
    let open = session.looking == Some(file);
    let deleted = matches!(found.stage, FileStage::Deleted { .. });
    match step {
        FileStep::Open if !found.is_there() || found.kind == FileKind::Document => Err(Rejection::NoSuchFile),
        FileStep::Open => Ok(changed(!open, || Event::FileOpened { file })),
        FileStep::Close => Ok(changed(open, || Event::FileClosed { file })),
        FileStep::Delete if found.stage == FileStage::Failed => Err(Rejection::NoSuchFile),
        FileStep::Delete => Ok(changed(!deleted, || Event::FileDeleted { file })),
        FileStep::Restore => restore(found, now),
    }
}

/// A deletion can be taken back for a moment; after that the bytes are gone.
fn restore(file: &File, now: Time) -> Decision {
    match file.stage {
        FileStage::Deleted { at, .. } if now <= at.plus(limit::UNDO_KEPT) => {
            Ok(vec![Event::FileRestored { file: file.id }])
        }
        FileStage::Deleted { .. } => Err(Rejection::TooLateToUndo),
        _ => Ok(Vec::new()),
    }
}

/// My device could not make or send it.
pub(super) fn fail(session: &Session, me: &Person, file: FileId) -> Decision {
    let file = session.file(file).ok_or(Rejection::NoSuchFile)?;
    if file.from != me.id {
        return Err(Rejection::NotAllowed);
    }
    let pending = matches!(file.stage, FileStage::Expected | FileStage::Preview);
    Ok(changed(pending, || Event::FileFailed { file: file.id }))
}

/// The file store has a part of it. Also after the end: what was taken in the call arrives when the signal returns.
pub(super) fn stored(
    session: &Session,
    person: PersonId,
    file: FileId,
    part: FilePart,
    size: (u64, u32, u32),
) -> Decision {
    let found = session.file(file).ok_or(Rejection::NoSuchFile)?;
    if found.from != person {
        return Err(Rejection::NotAllowed);
    }
    let news = match (found.stage, part) {
        (FileStage::Failed | FileStage::Deleted { .. }, _) => return Err(Rejection::NoSuchFile),
        (FileStage::Stored, _) | (FileStage::Preview, FilePart::Preview) => false,
        (FileStage::Expected | FileStage::Preview, _) => true,
    };
    let (bytes, width, height) = size;
    Ok(changed(news, || Event::FileStored {
        file,
        part,
        bytes,
        width,
        height,
    }))
}

/// A picture that can be drawn on now.
pub(super) fn canvas(session: &Session, file: FileId) -> Result<&File, Rejection> {
    let file = session.file(file).filter(|file| file.is_there() && file.is_canvas());
    file.ok_or(Rejection::NoSuchFile)
}

/// Asks for a photo of something, or with an empty text no longer.
pub(super) fn ask_photo(session: &Session, me: &Person, wish: &str) -> Decision {
    let wish = text::optional(wish, limit::PHOTO_ASK_CHARS)?;
    if wish.is_empty() {
        return Ok(changed(session.photo_ask.is_some(), || Event::PhotoAskOver));
    }
    if session.customer().is_none() {
        return Err(Rejection::NotPossibleNow);
    }
    let same = session
        .photo_ask
        .as_ref()
        .is_some_and(|ask| ask.text == wish && ask.by == me.id);
    Ok(changed(!same, || Event::PhotoAsked { by: me.id, text: wish }))
}

/// A mode by hand is chosen even where the network had chosen it before: then it is not changed back by itself.
pub(super) fn set_mode(session: &Session, mode: Mode, why: ModeWhy) -> Decision {
    let news = session.mode != mode || (why == ModeWhy::Chosen && session.mode_why != why);
    Ok(changed(news, || Event::ModeChanged { mode, why }))
}
