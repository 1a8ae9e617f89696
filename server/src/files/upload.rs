//! Uploads: chunk by chunk, resumed where they stand, checked when they are whole, told to the session.

use std::fs::File;
use std::path::{Path, PathBuf};

use axum::body::Bytes;
use farhand_shared::id::FileId;
use farhand_shared::limit;
use farhand_shared::session::{Command, FileKind, FilePart, FileStage as Stage, Intake, Rejection};
use uuid::Uuid;

use super::content::{self, Media, Unknown};
use super::objects::{Key, Size};
use super::picture::{self, Made};
use super::{Files, Refusal, Sender, counters, problem};
use crate::entry::refused;
use crate::error::ApiError;
use crate::room::{RoomError, Who};
use crate::store::{FileRow, FileStage, Kept, NewFile, StoreError};

/// Most bytes of a picture, whatever the operator allows: while it is decoded, all of it is in memory.
const PICTURE_BYTES: u64 = 64 << 20;

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Bytes that are here for certain.
    pub(crate) offset: u64,
    /// Bytes it will have; 0 while nobody has said.
    pub(crate) length: u64,
}

impl From<&FileRow> for Progress {
    fn from(row: &FileRow) -> Self {
        Self {
            offset: row.received,
            length: row.announced,
        }
    }
}

/// What was given up is not sent any more; what was refused says why elsewhere.
fn still_wanted(sender: &Sender, row: Option<&FileRow>) -> Result<(), ApiError> {
    let refused = row.is_some_and(|row| row.stage == FileStage::Refused);
    if sender.file.stage == Stage::Failed && !refused {
        Err(problem::failed())
    } else {
        Ok(())
    }
}

/// What is made of an upload.
struct Checked {
    media: Media,
    /// None for a document, which is kept as it came.
    whole: Option<Bytes>,
    bytes: u64,
    thumb: Option<Bytes>,
    width: u32,
    height: u32,
}

impl Files {
    /// How far this upload is. Completes one that a crash kept from its end.
    ///
    /// # Errors
    /// Why it will never be complete.
    pub(crate) async fn progress(&self, sender: &Sender) -> Result<Progress, ApiError> {
        match self.0.around.store.file(sender.file.id.uuid()).await? {
            Some(row) if row.session_id == sender.session.uuid() => {
                still_wanted(sender, Some(&row))?;
                self.finish_if_whole(&row).await?;
                Ok(Progress::from(&row))
            }
            Some(_) => Err(problem::unknown()),
            None => still_wanted(sender, None).map(|()| Progress { offset: 0, length: 0 }),
        }
    }

    /// Makes sure that a chunk of an upload of `length` bytes may be written at `offset`, before a byte of it is read;
    /// says how many bytes it may have.
    ///
    /// # Errors
    /// Why not; 409 when the upload stands somewhere else.
    pub(crate) async fn expect(&self, sender: &Sender, offset: u64, length: u64) -> Result<u64, ApiError> {
        let limits = &self.0.around.limits;
        let is_picture = sender.file.kind != FileKind::Document;
        let most = if is_picture {
            limits.file_bytes.min(PICTURE_BYTES)
        } else {
            limits.file_bytes
        };
        if length > most {
            return Err(problem::too_large(most));
        }
        let new = NewFile {
            id: sender.file.id.uuid(),
            session_id: sender.session.uuid(),
            person_id: sender.person.uuid(),
        };
        let known = self.0.around.store.file(new.id).await?;
        still_wanted(sender, known.as_ref())?;
        let begun = self
            .0
            .around
            .store
            .begin_file(&new, length, limits.session_bytes, self.now())
            .await;
        let row = begun.map_err(|error| match error {
            StoreError::Full => problem::session_full(limits.session_bytes),
            StoreError::Taken => problem::unknown(),
            error => error.into(),
        })?;
        self.finish_if_whole(&row).await?;
        if row.announced != length {
            return Err(problem::length());
        }
        if row.received != offset {
            return Err(problem::offset());
        }
        Ok((length - offset).min(limit::CHUNK_BYTES))
    }

    /// Adds a chunk. When this returns, its bytes survive a crash; when it was the last one, the file is checked, kept
    /// and told to the session.
    ///
    /// # Errors
    /// 409 when another request was faster; why the file is refused.
    pub(crate) async fn append(&self, sender: &Sender, offset: u64, chunk: Bytes) -> Result<Progress, ApiError> {
        let id = sender.file.id.uuid();
        let around = &self.0.around;
        let row = {
            let _turn = self.0.turns.wait(&id).await;
            let row = around.store.file(id).await?.ok_or_else(problem::unknown)?;
            if row.received != offset || row.stage != FileStage::Receiving {
                return Err(problem::offset());
            }
            let end = offset + chunk.len() as u64;
            let arrived = chunk.len();
            self.0.incoming.write(id, offset, chunk).await.map_err(problem::disk)?;
            if !around.store.file_grew(id, offset, end, self.now()).await? {
                return Err(problem::offset());
            }
            counters::received(arrived);
            FileRow { received: end, ..row }
        };
        self.finish_if_whole(&row).await?;
        Ok(Progress::from(&row))
    }

    /// Completes an upload that has all of its bytes, unless the session has heard of it already.
    async fn finish_if_whole(&self, row: &FileRow) -> Result<(), ApiError> {
        let whole = row.announced > 0 && row.received == row.announced;
        match row.stage {
            FileStage::Receiving if !whole => Ok(()),
            FileStage::Stored if row.told => Ok(()),
            FileStage::Leaving => Err(problem::deleted()),
            FileStage::Receiving | FileStage::Stored | FileStage::Refused => self.finish_aside(row.id).await,
        }
    }

    /// Like [`Files::finish`], but goes on when the caller goes away.
    async fn finish_aside(&self, id: Uuid) -> Result<(), ApiError> {
        let files = self.clone();
        let finishing = self.0.around.tracker.spawn(async move { files.finish(id).await });
        finishing.await.unwrap_or_else(|error| Err(ApiError::internal(error)))
    }

    /// Takes an upload from wherever it is to its end. Repeats do no harm.
    pub(super) async fn finish(&self, id: Uuid) -> Result<(), ApiError> {
        let _turn = self.0.turns.wait(&id).await;
        let store = &self.0.around.store;
        let mut row = store.file(id).await?.ok_or_else(problem::unknown)?;
        if row.stage == FileStage::Receiving {
            self.check(&row).await?;
            row = store.file(id).await?.ok_or_else(problem::unknown)?;
        }
        if row.stage == FileStage::Leaving {
            return Err(problem::deleted());
        }
        if !row.told {
            self.tell(&row).await?;
        }
        if row.stage != FileStage::Refused {
            return Ok(());
        }
        let why = row.refusal.as_deref().and_then(Refusal::from_code);
        Err(why.map_or_else(problem::failed, ApiError::from))
    }

    /// Looks at the content and keeps what is made of it, or that it is refused.
    async fn check(&self, row: &FileRow) -> Result<(), ApiError> {
        let around = &self.0.around;
        let (session, file) = (row.session_id.into(), FileId::from(row.id));
        let look = around.rooms.file(session, Who::Server, file).await.map_err(refused)?;
        let Some(kind) = look.file.map(|file| file.kind) else {
            return Err(problem::unknown());
        };
        let path = self
            .0
            .incoming
            .whole(row.id, row.announced)
            .await
            .map_err(problem::disk)?;
        let checked = {
            let _busy = self.0.checking.acquire().await;
            if kind == FileKind::Document {
                look_into_document(path.clone(), row.announced).await
            } else {
                self.make_picture(&path).await
            }
        };
        match checked {
            Ok(checked) => self.keep(row, checked, path).await,
            Err(Unknown::Refused(why)) => {
                counters::refused(why);
                tracing::info!(why = why.code(), "a file was refused");
                Ok(around.store.file_refused(row.id, why.code(), self.now()).await?)
            }
            Err(Unknown::Unread(error)) => Err(problem::disk(error)),
        }
    }

    async fn make_picture(&self, path: &Path) -> Result<Checked, Unknown> {
        let most = self.0.around.limits.file_bytes;
        let bytes = tokio::fs::read(path).await?;
        let made = self.with_pixels(bytes, move |bytes| picture::make(bytes, most)).await?;
        let Made { whole, thumb } = made;
        Ok(Checked {
            media: whole.media,
            bytes: whole.bytes.len() as u64,
            whole: Some(whole.bytes.into()),
            thumb: Some(thumb.bytes.into()),
            width: whole.width,
            height: whole.height,
        })
    }

    /// The bytes first, then that they are there.
    async fn keep(&self, row: &FileRow, checked: Checked, upload: PathBuf) -> Result<(), ApiError> {
        let kept = Kept {
            media: Some(checked.media.as_str().to_owned()),
            bytes: checked.bytes,
            width: checked.width,
            height: checked.height,
        };
        let taken = kept.bytes + checked.thumb.as_ref().map_or(0, |thumb| thumb.len() as u64);
        let objects = &self.0.objects;
        let put = async {
            if let Some(thumb) = checked.thumb {
                objects.put(Key::plain(row.id, Size::Thumb), thumb).await?;
            }
            let whole = Key::plain(row.id, Size::Whole);
            match checked.whole {
                Some(made) => objects.put(whole, made).await,
                None => objects.adopt(whole, upload).await,
            }
        };
        put.await.map_err(problem::disk)?;
        self.0
            .around
            .store
            .file_stored(row.id, &kept, taken, self.now())
            .await?;
        counters::stored();
        Ok(())
    }

    /// Lets the session know how the upload ended, and clears up behind it.
    async fn tell(&self, row: &FileRow) -> Result<(), ApiError> {
        let around = &self.0.around;
        let (session, person, file) = (row.session_id.into(), row.person_id.into(), FileId::from(row.id));
        let told = if row.stage == FileStage::Stored {
            let stored = Intake::FileStored {
                person,
                file,
                part: FilePart::Whole,
                bytes: row.kept.bytes,
                width: row.kept.width,
                height: row.kept.height,
            };
            around.rooms.intake(session, stored).await
        } else {
            self.0.objects.purge(row.id).await.map_err(problem::disk)?;
            around.rooms.act(session, person, Command::FailFile { file }).await
        };
        match told {
            Ok(()) => {}
            Err(error @ (RoomError::Busy | RoomError::Rejected(Rejection::NotStored))) => return Err(refused(error)),
            // Deleted in the meantime. It stays as long as that may be taken back, and is told then.
            Err(RoomError::Rejected(_) | RoomError::Unknown) if row.stage == FileStage::Stored => {
                return Err(problem::deleted());
            }
            Err(RoomError::Rejected(_) | RoomError::Unknown) => {}
        }
        around.store.file_told(row.id).await?;
        self.0.incoming.remove(row.id).await.map_err(problem::disk)
    }
}

async fn look_into_document(path: PathBuf, bytes: u64) -> Result<Checked, Unknown> {
    let media = tokio::task::spawn_blocking(move || content::document(File::open(path)?));
    // Whatever makes the reader of archives panic is no document.
    let media = media.await.unwrap_or(Err(Refusal::FileType.into()))?;
    Ok(Checked {
        media,
        whole: None,
        bytes,
        thumb: None,
        width: 0,
        height: 0,
    })
}
