//! Where the bytes of pictures and documents stand.
//!
//! | Stage | On disk | Goes to |
//! |---|---|---|
//! | receiving | the preview perhaps, and the first `received` bytes of the upload | stored, refused; gone when nobody goes on |
//! | stored | what was made of the upload | leaving |
//! | refused | nothing | leaving |
//! | leaving | what is not yet removed | gone |
//!
//! `told` says whether the session has heard of the end of the upload: a crash in between is made good after the next start.

use async_trait::async_trait;
use uuid::Uuid;

use super::{StoreError, UnixMs, stored_as_text};

stored_as_text! {
    /// How far a file is.
    FileStage {
        /// Bytes are coming.
        Receiving = "receiving",
        /// Checked and kept.
        Stored = "stored",
        /// Its content was not what may be sent.
        Refused = "refused",
        /// It is being removed.
        Leaving = "leaving",
    }
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// The file.
    pub id: Uuid,
    /// Its session.
    pub session_id: Uuid,
    /// Who sends it.
    pub person_id: Uuid,
    /// How far it is.
    pub stage: FileStage,
    /// Bytes it will have as sent; 0 until the first of them comes.
    pub announced: u64,
    /// Bytes that are on disk for certain.
    pub received: u64,
    /// Whether the small first picture is there.
    pub preview: bool,
    /// What was made of it.
    pub kept: Kept,
    /// Why it was refused: a stable code.
    pub refusal: Option<String>,
    /// Whether the session has heard how it ended.
    pub told: bool,
}

/// What is kept of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Media type; none until the upload was checked.
    pub media: Option<String>,
    /// Bytes of the whole.
    pub bytes: u64,
    /// Pixels; 0 for documents.
    pub width: u32,
    /// Pixels; 0 for documents.
    pub height: u32,
}

/// Whose file begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// The file.
    pub id: Uuid,
    /// Its session.
    pub session_id: Uuid,
    /// Who sends it.
    pub person_id: Uuid,
}

/// Keeps account of files.
#[async_trait]
pub trait FileStore: Send + Sync {
    /// The file, making place for `bytes` more in its session. A file that has announced its bytes already is answered
    /// as it is.
    ///
    /// # Errors
    /// [`StoreError::Full`] when the session's files would take more than `most` together, [`StoreError::Taken`] when
    /// the id belongs to another session.
    async fn begin_file(&self, new: &NewFile, bytes: u64, most: u64, now: UnixMs) -> Result<FileRow, StoreError>;

    /// The file, if its session has begun to send it.
    async fn file(&self, id: Uuid) -> Result<Option<FileRow>, StoreError>;

    /// Bytes from `from` to `to` are on disk. `false`, and nothing changes, unless the file is receiving and stands at
    /// `from`.
    async fn file_grew(&self, id: Uuid, from: u64, to: u64, now: UnixMs) -> Result<bool, StoreError>;

    /// The small first picture of so many bytes is there. `false` when there was one.
    async fn file_previewed(&self, id: Uuid, bytes: u64, now: UnixMs) -> Result<bool, StoreError>;

    /// The upload was checked and this was made of it. It takes so many bytes in all sizes, instead of the announced ones.
    async fn file_stored(&self, id: Uuid, kept: &Kept, taken: u64, now: UnixMs) -> Result<(), StoreError>;

    /// The upload is not what may be sent.
    async fn file_refused(&self, id: Uuid, code: &str, now: UnixMs) -> Result<(), StoreError>;

    /// The session has heard how the upload ended.
    async fn file_told(&self, id: Uuid) -> Result<(), StoreError>;

    /// Files whose bytes are all there or whose end the session has not heard of, for completing after a start.
    async fn unfinished_files(&self) -> Result<Vec<FileRow>, StoreError>;

    /// Starts to remove files that were deleted at or before `deleted`, and those that the session has not heard of and
    /// nobody has touched since `untouched`; says which are on the way out, also those of an earlier call.
    async fn leaving_files(&self, deleted: UnixMs, untouched: UnixMs) -> Result<Vec<FileRow>, StoreError>;

    /// Forgets a file that is on its way out and whose bytes are gone.
    async fn forget_file(&self, id: Uuid) -> Result<(), StoreError>;
}
