//! Writing to each other, from the lobby on.

use super::super::event::Event;
use super::super::reject::Rejection;
use super::super::state::{FileStage, Person, Session};
use super::{Decision, changed};
use crate::id::{FileId, Seq};
use crate::limit::{self, TextFault};

pub(super) fn say(session: &Session, me: &Person, text: &str, file: Option<FileId>) -> Decision {
    let gone = |stage| matches!(stage, FileStage::Failed | FileStage::Deleted { .. });
    if let Some(file) = file {
        let found = session.file(file).filter(|file| !gone(file.stage));
        found.ok_or(Rejection::NoSuchFile)?;
    }
    let text = match limit::clean_lines(text, limit::MESSAGE_CHARS) {
        Ok(text) => text,
        Err(TextFault::Empty) if file.is_some() => String::new(),
        Err(TextFault::Empty) => return Err(Rejection::NothingSaid),
        Err(TextFault::TooLong) => return Err(Rejection::TextTooLong),
    };
    Ok(vec![Event::Said {
        person: me.id,
        text,
        file,
    }])
}

/// Read up to here; never back, never further than there is something.
pub(super) fn seen(session: &Session, me: &Person, seen: Seq) -> Vec<Event> {
    let seen = seen.min(session.seq);
    changed(seen > me.seen, || Event::SeenChanged { person: me.id, seen })
}

/// Photos that wait on my device for the signal to return.
pub(super) fn waiting(me: &Person, photos: u16) -> Vec<Event> {
    changed(me.waiting != photos, || Event::WaitingChanged { person: me.id, photos })
}
