//! Pictures and documents, as components see them.

use super::handle::Handle;
use super::perform::World;
use super::pictures::{Picture, What};
use super::sending::Sending;
use super::uploads::Uploads;
use crate::platform::blob::Blob;
use crate::platform::photo;
use crate::platform::random::Random;
use farhand_shared::client::{Dice, Gesture};
use farhand_shared::id::FileId;
use farhand_shared::session::FileKind;
use farhand_shared::upload::Upload;
use leptos::prelude::*;
use std::rc::Rc;

impl Handle {
    /// From now on files can be taken and sent; what was wanted before is done now.
    pub fn open_desk(&self) {
        if let Some(engine) = self.engine() {
            engine.open_desk(Uploads::start);
        }
    }

    fn sending(&self) -> Option<Rc<dyn Sending>> {
        self.with_world(|world| world.desk().sending()).flatten()
    }

    /// Adds a picture, document or annotated picture: makes it ready, keeps it on this device, announces it and sends
    /// it, now or when the signal returns. The session knows it (for instance for [`Gesture::Say`]) by what this gives
    /// back, as soon as it is given back. `of` is what an annotated picture was made from; `name` is a document's.
    pub async fn share(self, blob: Blob, kind: FileKind, name: String, of: Option<FileId>) -> FileId {
        let file = FileId::from_u128(Random.bits());
        let shot = photo::prepared(blob, kind == FileKind::Picture).await;
        let bytes = shot.whole.size();
        if let Some(sending) = self.sending() {
            sending.keep(file, kind, shot);
        }
        self.dispatch(Gesture::Share {
            file,
            kind,
            name,
            bytes,
            of,
        });
        file
    }

    /// What this device has to send, oldest first.
    pub fn uploads(&self) -> Vec<Upload> {
        self.uploads_signal().try_get().unwrap_or_default()
    }

    /// How many pictures wait on this device for the signal to return.
    pub fn photos_waiting(&self) -> Memo<usize> {
        let uploads = self.uploads_signal();
        Memo::new(move |_| uploads.with(|uploads| uploads.iter().filter(|upload| upload.is_waiting_picture()).count()))
    }

    /// The small picture of a file that this very page sent.
    pub(super) fn own_preview(&self, file: FileId) -> Option<String> {
        self.sending()?.preview(file)
    }

    pub(super) fn fetch_picture(&self, what: What, got: impl Fn(String) + 'static) -> Option<Rc<Picture>> {
        let seat = self.with_world(|world| world.desk().seat()).flatten();
        let pictures = self.with_world(World::pictures)?;
        Some(pictures.want(seat, what, got))
    }
}
