//! Pictures and documents of this device on their way to the relay: their bytes, kept in the browser's database too
//! until they have arrived, and the exchanges that [`farhand_shared::upload`] wants. Not needed before the camera runs: the
//! customer's page gets it with its late part.

use super::inbox::Inbox;
use super::sending::{News, Sending};
use super::store::Store;
use crate::platform::blob::{Blob, BlobUrl};
use crate::platform::keep::{self, Kept};
use crate::platform::media::Tracks;
use crate::platform::photo::{self, Shot};
use crate::platform::timer::Timeout;
use crate::platform::{clock, spawn, transfer};
use core::cell::{Cell, RefCell};
use core::time::Duration;
use farhand_shared::client::{Gesture, Input, LinkView, View};
use farhand_shared::id::FileId;
use farhand_shared::session::FileKind;
use farhand_shared::upload::{After, Fault, Queue, Step};
use farhand_shared::wire::SeatToken;
use std::rc::Rc;

/// How long a picture of a session that nobody came back to stays on the device, in milliseconds.
const FORGOTTEN_MS: f64 = 48.0 * 3600.0 * 1000.0;

/// All of them.
pub(super) struct Uploads(Rc<Inner>);

struct Inner {
    inbox: Inbox,
    store: Store,
    seat: RefCell<Option<SeatToken>>,
    /// What was kept before this page has been read.
    loaded: Cell<bool>,
    up: Cell<bool>,
    queue: RefCell<Queue>,
    /// The bytes of what is in the queue.
    kept: RefCell<Vec<Kept>>,
    /// Pictures that the camera is taking.
    taking: RefCell<Vec<FileId>>,
    given_up: RefCell<Vec<FileId>>,
    previews: RefCell<Vec<(FileId, BlobUrl)>>,
    busy: Cell<bool>,
    pause: RefCell<Option<Timeout>>,
    reported: Cell<u16>,
}

impl Uploads {
    /// Nothing to send yet.
    pub(super) fn start(inbox: Inbox, store: Store) -> Rc<dyn Sending> {
        Rc::new(Self(Rc::new(Inner {
            inbox,
            store,
            seat: RefCell::default(),
            loaded: Cell::new(false),
            up: Cell::new(false),
            queue: RefCell::default(),
            kept: RefCell::default(),
            taking: RefCell::default(),
            given_up: RefCell::default(),
            previews: RefCell::default(),
            busy: Cell::new(false),
            pause: RefCell::default(),
            reported: Cell::new(0),
        })))
    }
}

impl Sending for Uploads {
    fn seated(&self, seat: &SeatToken) {
        let inner = &self.0;
        if inner.seat.borrow().as_ref() == Some(seat) {
            return;
        }
        inner.seat.replace(Some(seat.clone()));
        inner.loaded.set(false);
        inner.kept.borrow_mut().clear();
        inner.queue.replace(Queue::default());
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

    fn take(&self, file: FileId, kind: FileKind, tracks: Tracks) {
        self.0.taking.borrow_mut().push(file);
        let inner = self.0.clone();
        spawn(async move {
            let shot = match kind {
                FileKind::Still => photo::still(tracks).await,
                _ => photo::photo(tracks).await,
            };
            match shot {
                Ok(shot) => inner.keep(file, kind, shot),
                Err(_) => inner.give_up(file),
            }
            inner.taking.borrow_mut().retain(|other| *other != file);
        });
    }

    fn keep(&self, file: FileId, kind: FileKind, shot: Shot) {
        self.0.keep(file, kind, shot);
    }

    fn measure(&self, seat: SeatToken, bytes: u32) {
        let inbox = self.0.inbox.clone();
        spawn(async move { inbox.push(Input::Measured(transfer::measure(&seat, bytes).await)) });
    }

    fn preview(&self, file: FileId) -> Option<String> {
        let previews = self.0.previews.borrow();
        let found = previews.iter().find(|(of, _)| *of == file);
        found.map(|(_, url)| url.text())
    }

    fn news(&self, view: &View) -> News {
        let session = view.session.as_ref().zip(view.you);
        let files = session.map(|(session, me)| session.files().iter().filter(move |file| file.from == me));
        News {
            up: matches!(view.link, LinkView::Live | LinkView::Closed),
            mine: files.into_iter().flatten().map(|file| (file.id, file.stage)).collect(),
        }
    }

    fn follow(&self, News { up, mine }: News) {
        let inner = &self.0;
        inner.up.set(up);
        if inner.queue.borrow_mut().hear(up, mine) {
            inner.settle();
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
        if self.queue.borrow().has(kept.file) {
            return;
        }
        let (total, preview) = (kept.whole.size(), kept.preview.as_ref());
        self.queue
            .borrow_mut()
            .add(kept.file, kept.kind, total, preview.is_some());
        if let Some(url) = preview.and_then(BlobUrl::of) {
            self.previews.borrow_mut().push((kept.file, url));
        }
        self.kept.borrow_mut().push(kept);
    }

    /// Lets go what has arrived, gives up what cannot come, tells how many wait, and goes on sending.
    fn settle(self: &Rc<Self>) {
        let gone = self.queue.borrow_mut().settle();
        self.kept.borrow_mut().retain(|kept| !gone.contains(&kept.file));
        for file in gone {
            spawn(keep::remove(file));
        }
        self.give_up_missing();
        self.show();
        self.run();
    }

    /// What is expected of this device and not on it, after a reload, will not come.
    fn give_up_missing(&self) {
        if !self.loaded.get() || !self.up.get() {
            return;
        }
        let missing: Vec<_> = self.queue.borrow().missing().collect();
        for file in missing {
            if !self.taking.borrow().contains(&file) {
                self.give_up(file);
            }
        }
    }

    fn give_up(&self, file: FileId) {
        if self.given_up.borrow().contains(&file) {
            return;
        }
        self.given_up.borrow_mut().push(file);
        self.inbox.push(Input::Gesture(Gesture::FailFile(file)));
    }

    fn show(&self) {
        let (uploads, waiting) = {
            let queue = self.queue.borrow();
            (queue.uploads(), queue.waiting())
        };
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
                let next = weak.upgrade().and_then(|inner| inner.next());
                let Some((seat, step, bytes)) = next else { break };
                let outcome = exchange(&seat, step, &bytes).await;
                let Some(inner) = weak.upgrade() else { return };
                inner.answered(step, outcome);
            }
            if let Some(inner) = weak.upgrade() {
                inner.busy.set(false);
            }
        });
    }

    /// The next exchange, with the bytes that it is about.
    fn next(&self) -> Option<(SeatToken, Step, Blob)> {
        let step = self.queue.borrow().next()?;
        let (Step::Preview(file) | Step::Ask(file) | Step::Chunk { file, .. }) = step;
        let kept = self.kept.borrow();
        let kept = kept.iter().find(|kept| kept.file == file)?;
        let bytes = match step {
            Step::Preview(_) => kept.preview.clone()?,
            Step::Ask(_) | Step::Chunk { .. } => kept.whole.clone(),
        };
        Some((kept.seat.clone(), step, bytes))
    }

    fn answered(self: &Rc<Self>, step: Step, outcome: Result<u64, Fault>) {
        let after = self.queue.borrow_mut().answered(step, outcome);
        match after {
            After::GoOn => {}
            After::Pause(wait) => self.pause(wait),
            After::GiveUp(file) => self.give_up(file),
        }
        self.settle();
    }

    fn pause(self: &Rc<Self>, wait: Duration) {
        let weak = Rc::downgrade(self);
        let over = move || {
            if let Some(inner) = weak.upgrade() {
                inner.queue.borrow_mut().resume();
                inner.run();
            }
        };
        self.pause.replace(Some(Timeout::after(wait, over)));
    }
}

async fn exchange(seat: &SeatToken, step: Step, bytes: &Blob) -> Result<u64, Fault> {
    match step {
        Step::Preview(file) => transfer::send_preview(seat, file, bytes).await.map(|()| 0),
        Step::Ask(file) => transfer::standing(seat, file).await,
        Step::Chunk { file, from } => transfer::send_chunk(seat, file, bytes, from).await,
    }
}
