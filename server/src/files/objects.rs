//! Where finished bytes are kept: a folder now, an object store of a cloud when somebody needs one.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use axum::body::{Body, Bytes};
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;
use uuid::Uuid;

use super::disk;

/// How large a file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// The small first picture, sent before the sharp one.
    Preview,
    /// A picture for lists.
    Thumb,
    /// All of it.
    Whole,
}

/// One kept piece of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Whose piece.
    pub file: Uuid,
    /// How large.
    pub size: Size,
    /// With the blur boxes of this name burnt into it.
    pub burnt: Option<u64>,
}

impl Key {
    /// The piece as it was stored.
    pub const fn plain(file: Uuid, size: Size) -> Self {
        let burnt = None;
        Self { file, size, burnt }
    }
}

/// A name that no person chose: safe in any file system.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.size {
            Size::Preview => "preview",
            Size::Thumb => "thumb",
            Size::Whole => "whole",
        })?;
        self.burnt.map_or(Ok(()), |boxes| write!(f, "-{boxes:016x}"))
    }
}

/// A piece that is there.
#[derive(Debug)]
pub struct Object {
    /// Its length.
    pub bytes: u64,
    /// The bytes themselves, read as they are sent.
    pub body: Body,
}

/// Keeps pieces of files.
#[async_trait]
pub trait Objects: Send + Sync + fmt::Debug {
    /// Keeps a piece, replacing what was there. When this returns, the bytes survive a crash and a power cut; when it
    /// fails, what was there is still there.
    async fn put(&self, key: Key, bytes: Bytes) -> io::Result<()>;

    /// Takes over a whole file of the local disk, which stays where it is, as [`Objects::put`] takes bytes.
    async fn adopt(&self, key: Key, path: PathBuf) -> io::Result<()>;

    /// The piece, if it is there.
    async fn open(&self, key: Key) -> io::Result<Option<Object>>;

    /// All bytes of a piece, if it is there.
    async fn read(&self, key: Key) -> io::Result<Option<Vec<u8>>>;

    /// Removes the burnt pieces of a file whose boxes are not these: there is only ever one set of them.
    async fn keep_burnt(&self, file: Uuid, boxes: u64) -> io::Result<()>;

    /// Removes every piece of a file.
    async fn purge(&self, file: Uuid) -> io::Result<()>;
}

/// Pieces in a folder: `ab/<file>/<piece>`, where `ab` begins the file's id, so that no folder grows too long.
#[derive(Clone, Debug)]
pub struct Folder(Arc<PathBuf>);

impl Folder {
    /// Pieces below this folder, which is made when something is put into it.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self(Arc::new(root.into()))
    }

    fn folder_of(&self, file: Uuid) -> PathBuf {
        let name = file.to_string();
        self.0.join(&name[..2]).join(name)
    }

    fn path(&self, key: Key) -> PathBuf {
        self.folder_of(key.file).join(key.to_string())
    }
}

#[async_trait]
impl Objects for Folder {
    async fn put(&self, key: Key, bytes: Bytes) -> io::Result<()> {
        let path = self.path(key);
        disk::aside(move || {
            replace(&path, |fresh| {
                let mut file = disk::private().write(true).create(true).truncate(true).open(fresh)?;
                file.write_all(&bytes)?;
                file.sync_all()
            })
        })
        .await
    }

    async fn adopt(&self, key: Key, from: PathBuf) -> io::Result<()> {
        let path = self.path(key);
        disk::aside(move || {
            replace(&path, |fresh| {
                disk::if_there(fs::remove_file(fresh))?;
                // The same bytes under two names, where the file system knows how.
                if fs::hard_link(&from, fresh).is_err() {
                    fs::copy(&from, fresh)?;
                }
                fs::File::open(fresh)?.sync_all()
            })
        })
        .await
    }

    async fn open(&self, key: Key) -> io::Result<Option<Object>> {
        let Some(file) = disk::if_there(tokio::fs::File::open(self.path(key)).await)? else {
            return Ok(None);
        };
        let bytes = file.metadata().await?.len();
        let body = Body::from_stream(ReaderStream::with_capacity(file.take(bytes), 64 * 1024));
        Ok(Some(Object { bytes, body }))
    }

    async fn read(&self, key: Key) -> io::Result<Option<Vec<u8>>> {
        disk::if_there(tokio::fs::read(self.path(key)).await)
    }

    async fn keep_burnt(&self, file: Uuid, boxes: u64) -> io::Result<()> {
        let (folder, end) = (self.folder_of(file), format!("-{boxes:016x}"));
        disk::aside(move || {
            for entry in disk::if_there(fs::read_dir(&folder))?.into_iter().flatten() {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.contains('-') && !name.ends_with(&end) {
                    fs::remove_file(entry.path())?;
                }
            }
            Ok(())
        })
        .await
    }

    async fn purge(&self, file: Uuid) -> io::Result<()> {
        let folder = self.folder_of(file);
        disk::aside(move || {
            disk::if_there(fs::remove_dir_all(&folder))?;
            match folder.parent().filter(|parent| parent.exists()) {
                Some(parent) => disk::settle_folder(parent),
                None => Ok(()),
            }
        })
        .await
    }
}

/// Writes beside the path and renames, so that a piece is never seen half written.
fn replace(path: &Path, write: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    disk::make_folder(folder)?;
    let fresh = path.with_extension("new");
    write(&fresh)?;
    fs::rename(&fresh, path)?;
    disk::settle_folder(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: Uuid = Uuid::from_u128(0xab00_0000_0000_0000_0000_0000_0000_0001);

    async fn bytes_of(objects: &dyn Objects, key: Key) -> Option<Vec<u8>> {
        let object = objects.open(key).await.expect("readable")?;
        let bytes = axum::body::to_bytes(object.body, 1 << 20).await.expect("bytes");
        assert_eq!(object.bytes, bytes.len() as u64);
        assert_eq!(objects.read(key).await.expect("readable").as_deref(), Some(&bytes[..]));
        Some(bytes.to_vec())
    }

    #[tokio::test]
    async fn pieces_are_kept_replaced_and_removed_together() {
        let dir = tempfile::tempdir().unwrap();
        let objects = Folder::new(dir.path().join("objects"));
        let whole = Key::plain(FILE, Size::Whole);
        assert_eq!(bytes_of(&objects, whole).await, None);
        objects.purge(FILE).await.expect("nothing to remove is no error");

        objects.put(whole, Bytes::from_static(b"first")).await.unwrap();
        objects.put(whole, Bytes::from_static(b"second")).await.unwrap();
        objects
            .put(Key::plain(FILE, Size::Thumb), Bytes::from_static(b"thumb"))
            .await
            .unwrap();
        assert_eq!(bytes_of(&objects, whole).await.as_deref(), Some(&b"second"[..]));
        let upload = dir.path().join("upload");
        fs::write(&upload, b"third").unwrap();
        for _ in 0..2 {
            objects.adopt(whole, upload.clone()).await.unwrap();
            assert_eq!(bytes_of(&objects, whole).await.as_deref(), Some(&b"third"[..]));
        }
        fs::remove_file(&upload).unwrap();
        assert_eq!(bytes_of(&objects, whole).await.as_deref(), Some(&b"third"[..]));
        let other = Key::plain(Uuid::from_u128(1), Size::Whole);
        objects.put(other, Bytes::from_static(b"other")).await.unwrap();

        objects.purge(FILE).await.unwrap();
        assert_eq!(bytes_of(&objects, whole).await, None);
        assert_eq!(bytes_of(&objects, Key::plain(FILE, Size::Thumb)).await, None);
        assert_eq!(bytes_of(&objects, other).await.as_deref(), Some(&b"other"[..]));
    }

    #[tokio::test]
    async fn one_set_of_burnt_pieces_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let objects = Folder::new(dir.path());
        let key = |size, burnt| Key {
            file: FILE,
            size,
            burnt,
        };
        for burnt in [None, Some(1), Some(2)] {
            for size in [Size::Whole, Size::Thumb] {
                objects.put(key(size, burnt), Bytes::from_static(b"x")).await.unwrap();
            }
        }
        objects.keep_burnt(FILE, 2).await.unwrap();
        for (burnt, there) in [(None, true), (Some(1), false), (Some(2), true)] {
            let found = bytes_of(&objects, key(Size::Whole, burnt)).await.is_some();
            assert_eq!(found, there, "{burnt:?}");
        }
        objects
            .keep_burnt(Uuid::from_u128(1), 2)
            .await
            .expect("nothing there is no error");
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn nobody_else_on_the_machine_may_look() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let objects = Folder::new(dir.path().join("objects"));
        let key = Key::plain(FILE, Size::Whole);
        objects.put(key, Bytes::from_static(b"x")).await.unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let path = objects.path(key);
        assert_eq!(mode(&path), 0o600);
        for folder in path.ancestors().skip(1).take_while(|folder| *folder != dir.path()) {
            assert_eq!(mode(folder), 0o700, "{}", folder.display());
        }
    }
}
