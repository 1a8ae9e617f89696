//! The file store: pictures and documents people send over HTTP.
//!
//! The session says which files there are, whose they are and what is drawn on them; this keeps their bytes. One upload:
//!
//! | What happens | On disk when the answer goes out | After a crash right then |
//! |---|---|---|
//! | a chunk comes | the bytes, then how far they count | the browser asks how far, and goes on from there |
//! | the last one comes | all bytes | they are checked at the next start, or when the browser asks |
//! | the content is checked | what was made of it, then that it is stored | the session is told at the next start, or … |
//! | the session is told | its event | - |
//! | the file is deleted | its event, and in the same transaction that the bytes must go | they go after the next start |
//!
//! Nothing here trusts what a browser says about a file: its kind is known by its content (`content`), pictures are made
//! anew from their pixels (`picture`), names are labels (`name`) and paths are made of ids only (`objects`).

mod access;
mod burnt;
mod colour;
pub mod content;
mod counters;
mod disk;
mod incoming;
mod name;
pub mod objects;
pub mod picture;
mod preview;
pub(crate) mod problem;
mod refusal;
mod show;
mod sweep;
mod upload;

#[cfg(test)]
#[path = "../../tests/samples/mod.rs"]
mod samples;

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::Clock;
use crate::config::FilesConfig;
use crate::entry::turns::Turns;
use crate::room::Rooms;
use crate::store::{Store, UnixMs, unix_ms};

use incoming::Incoming;
use objects::{Folder, Objects};

pub(crate) use access::{Reader, Sender, reader, sender, sends, sitter};
pub use refusal::Refusal;
pub(crate) use show::Shown;
pub(crate) use upload::Progress;

/// Uploads that are checked at the same time.
const CHECKING: usize = 4;

/// The file store of one server. Cheap to clone.
#[derive(Clone)]
pub struct Files(Arc<Inner>);

/// What the file store needs of the rest of the server.
pub struct Surroundings {
    /// Where it is written down how far files are.
    pub store: Arc<dyn Store>,
    /// The sessions.
    pub rooms: Rooms,
    /// Folder and sizes.
    pub limits: FilesConfig,
    /// What time it is.
    pub clock: Clock,
    /// Cancelled when the server stops.
    pub shutdown: CancellationToken,
    /// Work that must not be cut short is counted here.
    pub tracker: TaskTracker,
}

struct Inner {
    around: Surroundings,
    objects: Arc<dyn Objects>,
    incoming: Incoming,
    /// Of requests about one file, one at a time changes it.
    turns: Turns,
    /// Uploads and pictures that may be in memory at the same time, encoded.
    checking: Semaphore,
    /// One permit for each million pixels that may be decoded at the same time, so that memory stays bounded.
    decoding: Arc<Semaphore>,
}

impl Files {
    /// The file store in its folder.
    pub fn new(around: Surroundings) -> Self {
        let folder = &around.limits.dir;
        Self(Arc::new(Inner {
            objects: Arc::new(Folder::new(folder.join("objects"))),
            incoming: Incoming::new(folder.join("incoming")),
            turns: Turns::default(),
            checking: Semaphore::new(CHECKING),
            decoding: Arc::new(Semaphore::new(picture::MOST_MEGAPIXELS as usize)),
            around,
        }))
    }

    fn now(&self) -> UnixMs {
        unix_ms(self.0.around.clock.now_ms())
    }

    /// Does work on pixels aside from the sockets' threads, when there is memory for it. `bytes` are an encoded picture.
    async fn with_pixels<T: Send + 'static>(
        &self,
        bytes: Vec<u8>,
        work: impl FnOnce(&[u8]) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let measured = tokio::task::spawn_blocking(move || picture::megapixels(&bytes).map(|weight| (weight, bytes)));
        // Whatever makes a decoder panic is no picture.
        let (weight, bytes) = measured.await.unwrap_or(Err(Refusal::PictureBroken))?;
        let permits = self.0.decoding.clone().acquire_many_owned(weight).await;
        let started = self.0.around.clock.monotonic();
        let worked = tokio::task::spawn_blocking(move || {
            let worked = work(&bytes);
            drop(permits);
            worked
        });
        let worked = worked.await.unwrap_or(Err(Refusal::PictureBroken));
        counters::picture(self.0.around.clock.monotonic().saturating_sub(started));
        worked
    }
}
