//! Where the pages come from: inside the program, or a folder that may change while we run.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use axum::body::Bytes;
use axum::http::HeaderValue;
use rust_embed::RustEmbed;

use super::bundle::Bundle;
use super::{INDEX, Snapshot, csp};

#[derive(RustEmbed)]
#[folder = "../dist/customer"]
#[allow_missing = true]
struct Customer;

#[derive(RustEmbed)]
#[folder = "../dist/agent"]
#[allow_missing = true]
struct Agent;

/// Where the two bundles are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the program, put there when it was built.
    Embedded,
    /// In `customer` and `agent` of this folder; read again whenever a page there changes.
    Folder(PathBuf),
}

impl Source {
    /// What the configuration asks for. Debug builds have no pages inside and watch the source tree instead, so that
    /// pages can be rebuilt beside a running server.
    pub fn new(pages_dir: Option<&Path>) -> Self {
        match pages_dir {
            Some(folder) => Self::Folder(folder.to_owned()),
            None if cfg!(debug_assertions) => Self::Folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist")),
            None => Self::Embedded,
        }
    }
}

/// When each bundle's page was written.
type Stamp = [Option<SystemTime>; 2];

/// The pages, loaded once or followed as they change.
pub struct Pages {
    source: Source,
    socket_origin: String,
    frames: Vec<String>,
    current: RwLock<(Stamp, Arc<Snapshot>)>,
}

impl Pages {
    /// Loads the pages. `socket_origin` is the origin of our WebSockets as the policy names it; pages of `frames` may show
    /// the console in a frame.
    pub fn load(source: Source, socket_origin: String, frames: &[String]) -> Self {
        let stamp = source.stamp();
        let snapshot = Arc::new(source.snapshot(&socket_origin, frames));
        Self {
            source,
            socket_origin,
            frames: frames.to_vec(),
            current: RwLock::new((stamp, snapshot)),
        }
    }

    /// The pages as they are now.
    pub fn now(&self) -> Arc<Snapshot> {
        let stamp = self.source.stamp();
        {
            // A panic while loading leaves the old pages in place, which are still good.
            let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
            if current.0 == stamp {
                return current.1.clone();
            }
        }
        let snapshot = Arc::new(self.source.snapshot(&self.socket_origin, &self.frames));
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = (stamp, snapshot.clone());
        snapshot
    }
}

impl Source {
    fn stamp(&self) -> Stamp {
        match self {
            Self::Embedded => [None, None],
            Self::Folder(folder) => ["customer", "agent"].map(|part| {
                fs::metadata(folder.join(part).join(INDEX))
                    .and_then(|meta| meta.modified())
                    .ok()
            }),
        }
    }

    fn snapshot(&self, socket_origin: &str, frames: &[String]) -> Snapshot {
        let (customer, agent) = match self {
            Self::Embedded => (embedded::<Customer>(), embedded::<Agent>()),
            Self::Folder(folder) => (read(&folder.join("customer")), read(&folder.join("agent"))),
        };
        let policy = |frames: &[String]| {
            let policy = csp::policy(customer.pages().chain(agent.pages()), socket_origin, frames);
            // Hashes and checked origins are plain ASCII; were they not, the strictest policy is the safe one.
            HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
        };
        let framed = (!frames.is_empty()).then(|| policy(frames));
        Snapshot {
            policy: policy(&[]),
            framed,
            customer,
            agent,
        }
    }
}

fn embedded<E: RustEmbed>() -> Bundle {
    Bundle::new(E::iter().filter_map(|name| {
        let bytes = match E::get(&name)?.data {
            std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
        };
        Some((name.into_owned(), bytes))
    }))
}

/// A folder that is missing is an empty bundle: the server then says how to build the pages.
fn read(root: &Path) -> Bundle {
    let mut files = Vec::new();
    match collect(root, root, &mut files) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => tracing::warn!(folder = %root.display(), %error, "the pages cannot be read"),
    }
    Bundle::new(files)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Bytes)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if let Some(name) = path.strip_prefix(root).ok().and_then(Path::to_str) {
            files.push((name.replace('\\', "/"), Bytes::from(fs::read(&path)?)));
        }
    }
    Ok(())
}
