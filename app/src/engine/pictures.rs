//! Pictures of the session, fetched with the seat and kept as long as something shows them.

use super::handle::Handle;
use crate::platform::blob::BlobUrl;
use crate::platform::transfer::{self, PictureSize};
use crate::platform::{spawn, timer};
use core::cell::RefCell;
use core::time::Duration;
use farhand_shared::id::FileId;
use farhand_shared::ink::{Shape, hash};
use farhand_shared::session::{File, FileStage};
use farhand_shared::upload::Fault;
use farhand_shared::wire::SeatToken;
use leptos::prelude::*;
use std::rc::{Rc, Weak};

/// Waits between tries, in seconds; then it is given up until something shows it anew.
const PAUSES: [u64; 5] = [1, 2, 4, 8, 15];

/// What is shown now, so that two elements that show the same fetch it once.
#[derive(Default)]
pub(super) struct Pictures(RefCell<Vec<Weak<Picture>>>);

/// Somebody who waits for an address.
type Got = Box<dyn Fn(String)>;

/// Which picture, in which size, with what hidden (see [`hidden`]).
pub(super) type What = (FileId, PictureSize, u64);

/// One picture in one size, fetched or being fetched.
pub(super) struct Picture {
    what: What,
    url: RefCell<Option<BlobUrl>>,
    waiting: RefCell<Vec<Got>>,
}

impl Pictures {
    /// Tells `got` the address as soon as it can be shown; it works as long as what this gives back lives.
    pub(super) fn want(&self, seat: Option<SeatToken>, what: What, got: impl Fn(String) + 'static) -> Rc<Picture> {
        let mut known = self.0.borrow_mut();
        known.retain(|picture| picture.strong_count() > 0);
        let same = |picture: &Rc<Picture>| picture.what == what;
        if let Some(picture) = known.iter().filter_map(Weak::upgrade).find(same) {
            let url = picture.url.borrow().as_ref().map(BlobUrl::text);
            match url {
                Some(url) => got(url),
                None => picture.waiting.borrow_mut().push(Box::new(got)),
            }
            return picture;
        }
        let picture = Rc::new(Picture {
            what,
            url: RefCell::default(),
            waiting: RefCell::new(vec![Box::new(got)]),
        });
        known.push(Rc::downgrade(&picture));
        let (file, size, _) = what;
        spawn(fetch(Rc::downgrade(&picture), seat, file, size));
        picture
    }
}

async fn fetch(picture: Weak<Picture>, seat: Option<SeatToken>, file: FileId, size: PictureSize) {
    for pause in PAUSES {
        let answer = transfer::load(seat.as_ref(), file, size).await;
        let Some(picture) = picture.upgrade() else { return };
        match answer {
            Ok(blob) => return picture.arrived(BlobUrl::of(&blob)),
            Err(Fault::Refused) => return,
            Err(_) => {}
        }
        drop(picture);
        timer::sleep(Duration::from_secs(pause)).await;
    }
}

impl Picture {
    fn arrived(&self, url: Option<BlobUrl>) {
        let Some(url) = url else { return };
        let text = url.text();
        self.url.replace(Some(url));
        for got in self.waiting.take() {
            got(text.clone());
        }
    }
}

/// The version of a picture on which nobody has hidden anything.
const NOTHING_HIDDEN: u64 = 0;

fn hidden(file: &File) -> u64 {
    let blurs = file
        .visible_marks()
        .filter(|mark| matches!(mark.shape, Shape::Blur { .. }));
    let mut blurs = blurs.map(|mark| (mark.id, mark.by, &mark.shape)).peekable();
    if blurs.peek().is_none() {
        return NOTHING_HIDDEN;
    }
    hash(blurs)
}

/// The sizes to show of a file in this stage, the quickest first.
fn sizes(stage: FileStage, wanted: PictureSize) -> &'static [PictureSize] {
    match (stage, wanted) {
        (FileStage::Stored, PictureSize::Whole) => &[PictureSize::Preview, PictureSize::Whole],
        (FileStage::Stored, PictureSize::Thumb) => &[PictureSize::Thumb],
        (FileStage::Stored | FileStage::Preview, _) => &[PictureSize::Preview],
        (FileStage::Expected | FileStage::Failed | FileStage::Deleted { .. }, _) => &[],
    }
}

impl Handle {
    /// The address of a picture for `<img src>`: the small one at once, then the one wanted when it has arrived. It
    /// works as long as the component that asked is there.
    pub fn picture(&self, file: FileId, wanted: PictureSize) -> Signal<Option<String>> {
        let handle = *self;
        let uploads = self.uploads_signal();
        let own = Memo::new(move |_| {
            uploads.track();
            handle.own_preview(file)
        });
        let shown = RwSignal::new(None);
        let sharp = StoredValue::new(false);
        let stage = self.in_session(move |session| session.file(file).map(|file| file.stage));
        let hidden = self.hidden(file);
        let held = StoredValue::new_local(Vec::<Rc<Picture>>::new());
        Effect::new(move |before: Option<u64>| {
            let (stage, own, version) = (stage.get().flatten(), own.get(), hidden.get());
            let gone = matches!(stage, Some(FileStage::Deleted { .. } | FileStage::Failed));
            let other = before.is_some_and(|before| before != version);
            if gone || other {
                held.set_value(Vec::new());
                sharp.set_value(false);
            }
            // What was hidden since must not stay in sight; on the open picture itself the marks cover it at once.
            if gone || (other && wanted != PictureSize::Whole) {
                shown.set(None);
            }
            if gone {
                return version;
            }
            // What this device sent is at hand.
            let at_hand = own.is_some() && version == NOTHING_HIDDEN;
            if at_hand && !sharp.get_value() {
                shown.set(own);
            }
            let sizes = stage.map_or(&[] as &[_], |stage| sizes(stage, wanted));
            for size in sizes.iter().copied() {
                if at_hand && size != PictureSize::Whole {
                    continue;
                }
                let got = move |url| {
                    if hidden.try_get_untracked() != Some(version) {
                        return;
                    }
                    // A small picture that comes late must not take the sharp one's place.
                    if size == wanted || !sharp.get_value() {
                        sharp.set_value(size == wanted);
                        shown.try_set(Some(url));
                    }
                };
                if let Some(picture) = handle.fetch_picture((file, size, version), got) {
                    held.update_value(|held| held.push(picture));
                }
            }
            version
        });
        shown.into()
    }

    /// Changes with what is hidden on a picture, once the relay knows of it: from then on it serves other pixels.
    fn hidden(self, file: FileId) -> Memo<u64> {
        self.read(move |_| {
            let found = self.replica(|session| Some(hidden(session.file(file)?)));
            found.flatten().unwrap_or(NOTHING_HIDDEN)
        })
    }
}
