//! Uploads on their way: one file on the local disk each, which grows chunk by chunk.
//!
//! How long a file counts as is said by the store, not by the disk: bytes that came with a chunk nobody acknowledged are
//! cut off before the next one is written.

use std::io::{self, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Bytes;
use uuid::Uuid;

use super::disk;

/// The folder of uploads on their way.
#[derive(Clone, Debug)]
pub(super) struct Incoming(Arc<PathBuf>);

impl Incoming {
    pub(super) fn new(folder: impl Into<PathBuf>) -> Self {
        Self(Arc::new(folder.into()))
    }

    fn path(&self, file: Uuid) -> PathBuf {
        self.0.join(file.to_string())
    }

    /// Writes bytes at a place that has been reached, and forgets what was beyond it. On `Ok` they are on disk.
    pub(super) async fn write(&self, file: Uuid, at: u64, bytes: Bytes) -> io::Result<()> {
        let (path, folder) = (self.path(file), self.0.clone());
        disk::aside(move || {
            disk::make_folder(&folder)?;
            let fresh = !path.exists();
            let mut out = disk::private().write(true).create(true).truncate(false).open(&path)?;
            if out.metadata()?.len() < at {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "an upload has lost bytes"));
            }
            out.set_len(at)?;
            out.seek(SeekFrom::Start(at))?;
            out.write_all(&bytes)?;
            out.sync_all()?;
            if fresh { disk::settle_folder(&folder) } else { Ok(()) }
        })
        .await
    }

    /// Where an upload lies that has all of its bytes; an error when it has more or fewer.
    pub(super) async fn whole(&self, file: Uuid, bytes: u64) -> io::Result<PathBuf> {
        let path = self.path(file);
        if tokio::fs::metadata(&path).await?.len() == bytes {
            Ok(path)
        } else {
            Err(io::Error::new(io::ErrorKind::UnexpectedEof, "an upload has lost bytes"))
        }
    }

    /// Forgets an upload.
    pub(super) async fn remove(&self, file: Uuid) -> io::Result<()> {
        disk::if_there(tokio::fs::remove_file(self.path(file)).await).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[tokio::test]
    async fn what_nobody_acknowledged_is_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let incoming = Incoming::new(dir.path().join("incoming"));
        let file = Uuid::from_u128(1);
        incoming
            .write(file, 0, Bytes::from_static(b"hello wonderful world"))
            .await
            .unwrap();
        // Only "hello" was acknowledged before the crash.
        incoming.write(file, 5, Bytes::from_static(b", moon")).await.unwrap();
        let path = incoming.whole(file, 11).await.unwrap();
        assert_eq!(fs::read(path).unwrap(), b"hello, moon");
        for other in [10, 12] {
            assert!(
                incoming.whole(file, other).await.is_err(),
                "bytes are neither lost nor made up"
            );
        }
        assert!(incoming.write(file, 12, Bytes::from_static(b"x")).await.is_err());
        incoming.remove(file).await.unwrap();
        incoming.remove(file).await.expect("nothing to remove is no error");
        assert!(incoming.whole(file, 11).await.is_err());
    }
}
