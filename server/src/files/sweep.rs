//! What must happen without anybody asking: completing after a crash, and removing what was deleted or left.

use std::time::Duration;

use farhand_shared::id::FileId;
use farhand_shared::limit;
use farhand_shared::session::Command;

use super::{Files, counters};
use crate::accounts::millis;
use crate::entry::seat;
use crate::error::ApiError;
use crate::store::{FileRow, FileStage};

/// How often to look.
const EVERY: Duration = Duration::from_secs(3);
/// A deletion that is just being taken back gets this much longer.
const GRACE: Duration = Duration::from_secs(2);

impl Files {
    /// Takes up work after a start, and keeps removing until the server stops.
    pub fn start(&self) {
        let files = self.clone();
        let shutdown = self.0.around.shutdown.clone();
        self.0.around.tracker.spawn(async move {
            let work = async {
                let mut tick = tokio::time::interval(EVERY);
                loop {
                    tick.tick().await;
                    files.sweep().await;
                }
            };
            shutdown.run_until_cancelled(work).await;
        });
    }

    /// Completes what a crash, a full disk or a busy session left open, and removes the bytes of files that were deleted
    /// for good and of uploads that nobody can go on with.
    pub async fn sweep(&self) {
        self.complete().await;
        self.remove_leaving().await;
    }

    async fn complete(&self) {
        let open = match self.0.around.store.unfinished_files().await {
            Ok(open) => open,
            Err(error) => {
                tracing::error!(%error, "uploads that were left open could not be listed");
                return;
            }
        };
        for row in open {
            if let Err(error) = self.finish(row.id).await {
                tracing::info!(why = error.code(), "an upload that was left open did not become a file");
            }
        }
    }

    async fn remove_leaving(&self) {
        let now = self.now();
        let deleted = now - millis(limit::UNDO_KEPT + GRACE);
        match self.0.around.store.leaving_files(deleted, now - seat::LIFE).await {
            Ok(leaving) => {
                for row in leaving {
                    if let Err(error) = self.remove(&row).await {
                        tracing::error!(why = error.code(), "a file could not be removed yet");
                    }
                }
            }
            Err(error) => tracing::error!(%error, "files to be removed could not be listed"),
        }
    }

    async fn remove(&self, row: &FileRow) -> Result<(), ApiError> {
        let _turn = self.0.turns.wait(&row.id).await;
        debug_assert_eq!(row.stage, FileStage::Leaving);
        if !row.told {
            // Whoever still waits for it learns that it will not come; a file that was deleted cannot fail any more.
            let fail = Command::FailFile {
                file: FileId::from(row.id),
            };
            let _deleted = self
                .0
                .around
                .rooms
                .act(row.session_id.into(), row.person_id.into(), fail)
                .await;
        }
        self.0.objects.purge(row.id).await.map_err(super::problem::disk)?;
        self.0.incoming.remove(row.id).await.map_err(super::problem::disk)?;
        self.0.around.store.forget_file(row.id).await?;
        counters::removed();
        Ok(())
    }
}
