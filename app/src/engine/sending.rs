//! What the engine wants of [`super::uploads`], and what it remembers for it until it is there.

use super::inbox::Inbox;
use super::store::Store;
use crate::platform::media::Tracks;
use crate::platform::photo::Shot;
use farhand_shared::client::View;
use farhand_shared::id::FileId;
use farhand_shared::session::{FileKind, FileStage};
use farhand_shared::wire::SeatToken;
use std::rc::Rc;

/// Takes pictures and sends files.
pub(super) trait Sending {
    /// This browser has this seat now; reads what an earlier page of it kept.
    fn seated(&self, seat: &SeatToken);
    /// The camera takes this picture now.
    fn take(&self, file: FileId, kind: FileKind, tracks: Tracks);
    /// Keeps a file and sends it as soon as the session knows it.
    fn keep(&self, file: FileId, kind: FileKind, shot: Shot);
    /// Sends so many bytes for nothing but to see how long they take.
    fn measure(&self, seat: SeatToken, bytes: u32);
    /// The small picture of a file of this device.
    fn preview(&self, file: FileId) -> Option<String>;
    /// What of the view the sending depends on.
    fn news(&self, view: &View) -> News;
    /// Something may have happened to the link or the session.
    fn follow(&self, news: News);
}

/// What the sending depends on.
pub(super) struct News {
    pub(super) up: bool,
    pub(super) mine: Vec<(FileId, FileStage)>,
}

/// Makes what sends.
pub(super) type Make = fn(Inbox, Store) -> Rc<dyn Sending>;

/// What sends, once it is there.
#[derive(Default)]
pub(super) struct Desk {
    here: Option<Rc<dyn Sending>>,
    seat: Option<SeatToken>,
    /// Pictures to take that nobody could take yet.
    wanted: Vec<(FileId, FileKind)>,
    /// And the line to measure.
    measured: Option<(SeatToken, u32)>,
}

impl Desk {
    /// From now on it sends; what was wanted before is done. Once is enough.
    pub(super) fn open(&mut self, make: Make, inbox: Inbox, store: Store, tracks: impl Fn() -> Tracks) {
        if self.here.is_some() {
            return;
        }
        let sending = make(inbox, store);
        if let Some(seat) = &self.seat {
            sending.seated(seat);
        }
        for (file, kind) in self.wanted.drain(..) {
            sending.take(file, kind, tracks());
        }
        if let Some((seat, bytes)) = self.measured.take() {
            sending.measure(seat, bytes);
        }
        self.here = Some(sending);
    }

    /// What sends; none where that is not there yet.
    pub(super) fn sending(&self) -> Option<Rc<dyn Sending>> {
        self.here.clone()
    }

    /// The seat that files are sent and read with; also after the session has ended.
    pub(super) fn seat(&self) -> Option<SeatToken> {
        self.seat.clone()
    }

    pub(super) fn seated(&mut self, seat: SeatToken) {
        if let Some(sending) = &self.here {
            sending.seated(&seat);
        }
        self.seat = Some(seat);
    }

    pub(super) fn take(&mut self, file: FileId, kind: FileKind, tracks: Tracks) {
        match &self.here {
            Some(sending) => sending.take(file, kind, tracks),
            None => self.wanted.push((file, kind)),
        }
    }

    pub(super) fn measure(&mut self, seat: SeatToken, bytes: u32) {
        match &self.here {
            Some(sending) => sending.measure(seat, bytes),
            None => self.measured = Some((seat, bytes)),
        }
    }
}
