//! What every handler shares.

use std::ops::Deref;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::Clock;
use crate::config::Config;
use crate::store::sqlite::SqliteStore;
use crate::store::{Scopes, Store, StoreError};

/// The shared state of one server: a cheap handle, cloned into every request.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

/// The parts behind an [`AppState`].
pub struct Inner {
    pub config: Config,
    pub clock: Clock,
    /// Everything that outlives the process.
    pub store: Arc<dyn Store>,
    /// Names of counted scopes.
    pub scopes: Scopes,
    /// Cancelled when the server stops: long-lived tasks say goodbye and end.
    pub shutdown: CancellationToken,
    /// Every long-lived task is spawned here, so that stopping can wait for it.
    pub tracker: TaskTracker,
}

/// Why a server could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A file or folder of the data directory could not be used.
    #[error("{what}: {source}")]
    Io { what: String, source: std::io::Error },
    /// The database could not be opened.
    #[error("the database in the data folder cannot be used: {0}")]
    Store(#[from] StoreError),
}

/// The database's file in the data folder.
const DATABASE: &str = "farhand.db";

impl Deref for AppState {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl AppState {
    /// Opens everything the configuration names.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, StartError> {
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&config.data_dir.join(DATABASE)).await?);
        let scopes = Scopes::open(store.as_ref()).await?;
        Ok(Self(Arc::new(Inner {
            config,
            clock,
            store,
            scopes,
            shutdown: CancellationToken::new(),
            tracker: TaskTracker::new(),
        })))
    }
}
