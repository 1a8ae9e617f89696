//! Pictures and documents of this device on their way to the relay.
//!
//! What is kept goes one exchange at a time: first the small pictures of all, then chunk by chunk the whole ones. A
//! picture is kept, in the browser's database too, until the session says that the relay has all of it.

use super::inbox::Inbox;
use super::store::Store;
use crate::platform::blob::{Blob, BlobUrl};
use crate::platform::keep::{self, Kept};
use crate::platform::photo::Shot;
use crate::platform::timer::Timeout;
use crate::platform::transfer::{self, TransferFault};
use crate::platform::{clock, spawn};
use core::cell::{Cell, RefCell};
use core::time::Duration;
use farhand_shared::client::{Gesture, Input, LinkView, View};
use farhand_shared::id::FileId;
use farhand_shared::session::{FileKind, FileStage};
use farhand_shared::wire::SeatToken;
use std::rc::Rc;

/// Waits after failures, in seconds; the last one repeats.
const PAUSES: [u64; 5] = [1, 2, 4, 8, 15];
/// How often the session may not know a file before it is given up: the command that announces it was refused.
const UNKNOWN: u8 = 8;
/// How long a picture of a session that nobody came back to stays on the device, in milliseconds.
const FORGOTTEN_MS: f64 = 48.0 * 3600.0 * 1000.0;

/// One file on its way, for the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Which.
    pub file: FileId,
    /// What it is.
    pub kind: FileKind,
    /// Bytes that have arrived.
    pub sent: u64,
    /// Bytes of the whole.
    pub total: u64,
    /// It waits for the signal to return.
    pub waiting: bool,
}

/// One file that is kept.
struct Item {
    kept: Kept,
    previewed: bool,
    /// Bytes that the relay has; none until asked.
    offset: Option<u64>,
    done: bool,
    waiting: bool,
    unknown: u8,
}

/// The next exchange.
enum Job {
    Preview(FileId, Blob),
    Ask(FileId),
    Chunk(FileId, Blob, u64),
}

/// All of them.
pub(super) struct Uploads(Rc<Inner>);

struct Inner {
    inbox: Inbox,
    store: Store,
    seat: RefCell<Option<SeatToken>>,
    /// What was kept before this page has been read.
    loaded: Cell<bool>,
    items: RefCell<Vec<Item>>,
    /// Pictures that the camera is taking.
    taking: RefCell<Vec<FileId>>,
    given_up: RefCell<Vec<FileId>>,
    previews: RefCell<Vec<(FileId, BlobUrl)>>,
    /// Files that the session expects of this device, and how far they are.
    mine: RefCell<Vec<(FileId, FileStage)>>,
    up: Cell<bool>,
    busy: Cell<bool>,
    failures: Cell<usize>,
    pause: RefCell<Option<Timeout>>,
    reported: Cell<u16>,
}

impl Uploads {
    pub(super) fn new(inbox: Inbox, store: Store) -> Self {
        Self(Rc::new(Inner {
            inbox,
            store,
            seat: RefCell::default(),
            loaded: Cell::new(false),
            items: RefCell::default(),
            taking: RefCell::default(),
            given_up: RefCell::default(),
            previews: RefCell::default(),
            mine: RefCell::default(),
            up: Cell::new(false),
            busy: Cell::new(false),
            failures: Cell::new(0),
            pause: RefCell::default(),
            reported: Cell::new(0),
        }))
    }

    /// This browser has this seat now; reads what an earlier page of it kept.
    pub(super) fn seated(&self, seat: &SeatToken) {
        let inner = &self.0;
        if inner.seat.borrow().as_ref() == Some(seat) {
            return;
        }
        inner.seat.replace(Some(seat.clone()));
        inner.loaded.set(false);
        inner.items.borrow_mut().retain(|item| item.kept.seat == *seat);
        let (inner, seat) = (inner.clone(), seat.clone());
        spawn(async move {
            let mut found = Vec::new();
            for kept in keep::all().await {
                if clock::since_1970() - kept.at > FORGOTTEN_MS {
                    keep::remove(kept.file).await;
                } else if kept.seat == seat {
                    found.push(kept);
                }
            }
            inner.loaded.set(true);
            found.into_iter().for_each(|kept| inner.add(kept));
            inner.settle();
        });
    }

    /// The seat that files are sent and read with; also after the session has ended.
    pub(super) fn seat(&self) -> Option<SeatToken> {
        self.0.seat.borrow().clone()
    }

    /// The camera is about to take this picture; answers with what to do once it has, or has not.
    pub(super) fn taking(&self, file: FileId, kind: FileKind) -> impl FnOnce(Option<Shot>) + 'static {
        self.0.taking.borrow_mut().push(file);
        let inner = self.0.clone();
        move |shot| {
            match shot {
                Some(shot) => inner.keep(file, kind, shot),
                None => inner.give_up(file),
            }
            inner.taking.borrow_mut().retain(|other| *other != file);
        }
    }

    /// Keeps a file and sends it as soon as the session knows it.
    pub(super) fn keep(&self, file: FileId, kind: FileKind, shot: Shot) {
        self.0.keep(file, kind, shot);
    }

    /// The small picture of a file of this device.
    pub(super) fn preview(&self, file: FileId) -> Option<String> {
        let previews = self.0.previews.borrow();
        let found = previews.iter().find(|(of, _)| *of == file);
        found.map(|(_, url)| url.text())
    }

    /// Something may have happened to the link or the session.
    pub(super) fn follow(&self, News { up, mine }: News) {
        let inner = &self.0;
        let came_up = !inner.up.replace(up) && up;
        let news = came_up || *inner.mine.borrow() != mine;
        inner.mine.replace(mine);
        if came_up {
            inner.failures.set(0);
            inner.pause.take();
        }
        if !up {
            let mut items = inner.items.borrow_mut();
            items.iter_mut().for_each(|item| item.waiting = true);
        }
        if news || !up {
            inner.settle();
        }
    }
}

/// What the sending depends on.
pub(super) struct News {
    up: bool,
    mine: Vec<(FileId, FileStage)>,
}

impl News {
    /// Reads it from the view.
    pub(super) fn of(view: &View) -> Self {
        let session = view.session.as_ref().zip(view.you);
        let files = session.map(|(session, me)| session.files().iter().filter(move |file| file.from == me));
        Self {
            up: matches!(view.link, LinkView::Live | LinkView::Closed),
            mine: files.into_iter().flatten().map(|file| (file.id, file.stage)).collect(),
        }
    }
}

impl Inner {
    fn keep(self: &Rc<Self>, file: FileId, kind: FileKind, shot: Shot) {
        let Some(seat) = self.seat.borrow().clone() else { return };
        let kept = Kept {
            file,
            seat,
            kind,
            preview: shot.preview,
            whole: shot.whole,
            at: clock::since_1970(),
        };
        spawn({
            let kept = kept.clone();
            async move { keep::put(&kept).await }
        });
        self.add(kept);
        self.settle();
    }

    fn add(&self, kept: Kept) {
        if self.items.borrow().iter().any(|item| item.kept.file == kept.file) {
            return;
        }
        if let Some(url) = kept.preview.as_ref().and_then(BlobUrl::of) {
            self.previews.borrow_mut().push((kept.file, url));
        }
        self.items.borrow_mut().push(Item {
            previewed: kept.preview.is_none(),
            kept,
            offset: None,
            done: false,
            waiting: !self.up.get(),
            unknown: 0,
        });
    }

    fn stage(&self, file: FileId) -> Option<FileStage> {
        let mine = self.mine.borrow();
        mine.iter().find(|(id, _)| *id == file).map(|(_, stage)| *stage)
    }

    /// Lets go what has arrived, gives up what cannot come, tells how many wait, and goes on sending.
    fn settle(self: &Rc<Self>) {
        let over = |item: &Item| {
            let stage = self.stage(item.kept.file);
            matches!(stage, Some(FileStage::Stored | FileStage::Failed)) || item.unknown > UNKNOWN
        };
        let gone: Vec<_> = self.items.borrow_mut().extract_if(.., |item| over(item)).collect();
        for item in gone {
            spawn(async move { keep::remove(item.kept.file).await });
        }
        self.give_up_lost();
        self.show();
        self.run();
    }

    /// What is expected of this device and not on it, after a reload, will not come.
    fn give_up_lost(&self) {
        if !self.loaded.get() || !self.up.get() {
            return;
        }
        let kept = |file: FileId| {
            self.items.borrow().iter().any(|item| item.kept.file == file) || self.taking.borrow().contains(&file)
        };
        let pending = |stage| matches!(stage, FileStage::Expected | FileStage::Preview);
        let mine = self.mine.borrow().clone();
        let lost = mine.into_iter().filter(|(file, stage)| pending(*stage) && !kept(*file));
        lost.for_each(|(file, _)| self.give_up(file));
    }

    fn give_up(&self, file: FileId) {
        if self.given_up.borrow().contains(&file) {
            return;
        }
        self.given_up.borrow_mut().push(file);
        self.inbox.push(Input::Gesture(Gesture::FailFile(file)));
    }

    fn show(&self) {
        let items = self.items.borrow();
        let uploads: Vec<_> = items.iter().map(Item::upload).collect();
        drop(items);
        let waits = |upload: &&Upload| upload.waiting && upload.kind != FileKind::Document;
        let waiting = u16::try_from(uploads.iter().filter(waits).count()).unwrap_or(u16::MAX);
        self.store.show_uploads(uploads);
        if self.reported.replace(waiting) != waiting {
            self.inbox.push(Input::PhotosWaiting(waiting));
        }
    }

    /// Sends until nothing is left to send or something is in the way.
    fn run(self: &Rc<Self>) {
        if self.busy.replace(true) {
            return;
        }
        let weak = Rc::downgrade(self);
        spawn(async move {
            loop {
                let next = weak.upgrade().and_then(|inner| inner.next_job());
                let Some((seat, job)) = next else { break };
                let outcome = job.run(&seat).await;
                let Some(inner) = weak.upgrade() else { return };
                inner.answered(&job, outcome);
            }
            if let Some(inner) = weak.upgrade() {
                inner.busy.set(false);
            }
        });
    }

    fn next_job(&self) -> Option<(SeatToken, Job)> {
        if !self.up.get() || self.pause.borrow().is_some() {
            return None;
        }
        let seat = self.seat.borrow().clone()?;
        let items = self.items.borrow();
        let wanted =
            |item: &&Item| !item.done && !matches!(self.stage(item.kept.file), Some(FileStage::Deleted { .. }));
        let preview = || {
            let item = items.iter().filter(wanted).find(|item| !item.previewed)?;
            Some(Job::Preview(item.kept.file, item.kept.preview.clone()?))
        };
        let whole = || {
            let item = items.iter().find(wanted)?;
            Some(match item.offset {
                None => Job::Ask(item.kept.file),
                Some(from) => Job::Chunk(item.kept.file, item.kept.whole.clone(), from),
            })
        };
        preview().or_else(whole).map(|job| (seat, job))
    }

    fn answered(self: &Rc<Self>, job: &Job, outcome: Result<u64, TransferFault>) {
        let file = job.file();
        let first_picture = matches!(job, Job::Preview(..));
        if let Some(item) = self.items.borrow_mut().iter_mut().find(|item| item.kept.file == file) {
            item.take(outcome, first_picture);
        }
        match outcome {
            Ok(_) | Err(TransferFault::Elsewhere(_)) => self.failures.set(0),
            Err(TransferFault::Refused) if first_picture => {}
            Err(TransferFault::Refused) => self.give_up(file),
            Err(TransferFault::Unreachable | TransferFault::Unknown) => self.pause(),
        }
        self.settle();
    }

    fn pause(self: &Rc<Self>) {
        let failed = self.failures.get();
        self.failures.set(failed + 1);
        let wait = PAUSES.get(failed).or(PAUSES.last()).copied().unwrap_or(1);
        let weak = Rc::downgrade(self);
        let over = move || {
            if let Some(inner) = weak.upgrade() {
                inner.pause.take();
                inner.run();
            }
        };
        self.pause
            .replace(Some(Timeout::after(Duration::from_secs(wait), over)));
    }
}

impl Item {
    fn upload(&self) -> Upload {
        Upload {
            file: self.kept.file,
            kind: self.kept.kind,
            sent: self.offset.unwrap_or_default(),
            total: self.kept.whole.size(),
            waiting: self.waiting && !self.done,
        }
    }

    fn take(&mut self, outcome: Result<u64, TransferFault>, first_picture: bool) {
        match outcome {
            Ok(_) if first_picture => self.previewed = true,
            Ok(offset) | Err(TransferFault::Elsewhere(offset)) => {
                self.offset = Some(offset);
                self.done = offset >= self.kept.whole.size();
                self.unknown = 0;
            }
            Err(TransferFault::Unreachable) => {
                self.waiting = true;
                self.offset = None;
            }
            Err(TransferFault::Unknown) => self.unknown += 1,
            // Without its first picture the whole one may still be welcome.
            Err(TransferFault::Refused) if first_picture => self.previewed = true,
            Err(TransferFault::Refused) => self.done = true,
        }
    }
}

impl Job {
    const fn file(&self) -> FileId {
        match self {
            Self::Preview(file, _) | Self::Ask(file) | Self::Chunk(file, ..) => *file,
        }
    }

    /// How many bytes of the whole the relay has.
    async fn run(&self, seat: &SeatToken) -> Result<u64, TransferFault> {
        match self {
            Self::Preview(file, preview) => transfer::send_preview(seat, *file, preview).await.map(|()| 0),
            Self::Ask(file) => transfer::standing(seat, *file).await,
            Self::Chunk(file, whole, from) => transfer::send_chunk(seat, *file, whole, *from).await,
        }
    }
}
