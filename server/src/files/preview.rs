//! The small first picture, which is seen while the sharp one is on its way.

use axum::body::Bytes;
use farhand_shared::session::{FileKind, FilePart, FileStage as Stage, Intake};

use super::objects::{Key, Size};
use super::{Files, Sender, picture, problem};
use crate::entry::refused;
use crate::error::ApiError;
use crate::store::{FileStage, NewFile, StoreError};

impl Files {
    /// Keeps the small first picture and tells the session. A second one changes nothing.
    ///
    /// # Errors
    /// Why it is not taken.
    pub(crate) async fn take_preview(&self, sender: &Sender, bytes: Bytes) -> Result<(), ApiError> {
        let id = sender.file.id.uuid();
        match sender.file.stage {
            _ if sender.file.kind == FileKind::Document => return Err(problem::no_preview()),
            Stage::Failed => return Err(problem::failed()),
            // The sharp one is there, or this one was taken before.
            Stage::Stored | Stage::Preview => return Ok(()),
            Stage::Expected | Stage::Deleted { .. } => {}
        }
        let made = self.with_pixels(bytes.to_vec(), picture::make_preview).await?;
        let around = &self.0.around;
        let _turn = self.0.turns.wait(&id).await;
        let new = NewFile {
            id,
            session_id: sender.session.uuid(),
            person_id: sender.person.uuid(),
        };
        let most = around.limits.session_bytes;
        let begun = around.store.begin_file(&new, 0, most, self.now()).await;
        let row = begun.map_err(|error| match error {
            StoreError::Full => problem::session_full(most),
            StoreError::Taken => problem::unknown(),
            error => error.into(),
        })?;
        if row.stage != FileStage::Receiving {
            return Ok(());
        }
        let length = made.bytes.len() as u64;
        let key = Key::plain(id, Size::Preview);
        self.0
            .objects
            .put(key, made.bytes.into())
            .await
            .map_err(problem::disk)?;
        around.store.file_previewed(id, length, self.now()).await?;
        let stored = Intake::FileStored {
            person: sender.person,
            file: sender.file.id,
            part: FilePart::Preview,
            bytes: length,
            width: made.width,
            height: made.height,
        };
        around.rooms.intake(sender.session, stored).await.map_err(refused)
    }
}
