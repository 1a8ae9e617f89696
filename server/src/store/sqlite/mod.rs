//! The store on SQLite, in one file next to the server.
//!
//! One connection writes, a few read: SQLite has one writer anyway, and queueing for it in a pool is fair and never
//! answers "locked". Write transactions begin IMMEDIATE, so that what they read cannot go stale before they write.
//!
//! Durability: WAL with `synchronous=FULL`. NORMAL would already survive a `kill -9`, because the operating system
//! keeps what was written; FULL also fsyncs the WAL at each commit, so that an acknowledged event survives a power
//! cut. The price is one fsync a commit, which a support session's handful of events a second does not notice.

mod accounts;
mod arrivals;
mod counters;
mod deliveries;
mod events;
mod files;
mod handovers;
mod invites;
mod one_time;
mod pins;
mod ratings;
mod records;
mod row;

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::{Store, StoreError, UnixMs, secret::Private};

/// How long a statement may wait for a lock another process (a backup) holds.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a caller may wait for its turn to write or read before the store counts as unavailable.
const TURN_TIMEOUT: Duration = Duration::from_secs(10);
const READERS: u32 = 4;
/// The WAL is cut back to this size after a checkpoint.
const JOURNAL_SIZE_LIMIT: &str = "67108864";

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Addresses of messages are forgotten this long after the last change, if their session did not end before.
const TARGETS_KEPT_MS: i64 = DAY_MS;
/// Messages in the outbox are kept this long,
const OUTBOX_KEPT_MS: i64 = 7 * DAY_MS;
/// and at most this many of them.
const OUTBOX_KEPT: i64 = 1_000;
/// A sign-up whose address is not proved by then makes way for the next.
const UNPROVED_KEPT_MS: i64 = 7 * DAY_MS;
/// Audit entries are kept this long.
const AUDIT_KEPT_MS: i64 = 400 * DAY_MS;

/// The store on SQLite.
#[derive(Debug, Clone)]
pub struct SqliteStore {
    write: SqlitePool,
    read: SqlitePool,
}

type Tx = sqlx::Transaction<'static, sqlx::Sqlite>;

impl SqliteStore {
    /// Opens the database file, makes it (readable by its owner only) if it is not there, and brings it up to date.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the folder cannot be written, the file is no database, or it was written by a
    /// newer Farhand.
    pub async fn open(file: &Path) -> Result<Self, StoreError> {
        prepare_file(file).map_err(|e| StoreError::Unavailable(Box::new(e)))?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .pragma("journal_size_limit", JOURNAL_SIZE_LIMIT);
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(TURN_TIMEOUT)
            .connect_with(options.clone())
            .await
            .map_err(unavailable)?;
        sqlx::migrate!("./migrations/sqlite")
            .run(&write)
            .await
            .map_err(|e| StoreError::Unavailable(Box::new(e)))?;
        let read = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(TURN_TIMEOUT)
            .connect_with(options.pragma("query_only", "ON"))
            .await
            .map_err(unavailable)?;
        Ok(Self { write, read })
    }

    async fn begin(&self) -> Result<Tx, StoreError> {
        self.write.begin_with("BEGIN IMMEDIATE").await.map_err(unavailable)
    }
}

/// Makes the folder and an empty file that only the owner may read: it will hold names and addresses.
fn prepare_file(file: &Path) -> std::io::Result<()> {
    if let Some(folder) = file.parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(file).map(drop)
}

/// Any database error that has no meaning of its own to callers.
fn unavailable(error: sqlx::Error) -> StoreError {
    StoreError::Unavailable(Box::new(error))
}

/// Like [`unavailable`], but a broken uniqueness means that the value is taken.
fn taken_or_unavailable(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::Database(e) if e.is_unique_violation() => StoreError::Taken,
        other => unavailable(other),
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn ping(&self) -> Result<(), StoreError> {
        self.begin().await?.rollback().await.map_err(unavailable)
    }

    async fn sweep(&self, now: UnixMs) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        for (statement, before) in [
            ("DELETE FROM web_sessions WHERE expires_at <= $1", now),
            ("DELETE FROM one_time_tokens WHERE expires_at <= $1", now),
            ("DELETE FROM counters WHERE expires_at <= $1", now),
            ("DELETE FROM audit WHERE at_ms <= $1", now - AUDIT_KEPT_MS),
            (
                "DELETE FROM agents WHERE verified_at IS NULL AND created_at <= $1",
                now - UNPROVED_KEPT_MS,
            ),
            ("DELETE FROM outbox WHERE at_ms <= $1", now - OUTBOX_KEPT_MS),
            (
                "UPDATE deliveries SET target = NULL WHERE target IS NOT NULL AND updated_at <= $1 \
                 AND status NOT IN ('queued', 'sending')",
                now - TARGETS_KEPT_MS,
            ),
            (
                "DELETE FROM pins WHERE retired_at IS NOT NULL AND expires_at <= $1",
                now - DAY_MS,
            ),
        ] {
            sqlx::query(statement)
                .bind(before)
                .execute(&mut *tx)
                .await
                .map_err(unavailable)?;
        }
        sqlx::query("DELETE FROM outbox WHERE id NOT IN (SELECT id FROM outbox ORDER BY at_ms DESC, id LIMIT $1)")
            .bind(OUTBOX_KEPT)
            .execute(&mut *tx)
            .await
            .map_err(unavailable)?;
        tx.commit().await.map_err(unavailable)
    }

    async fn server_key(&self, name: &str, fresh: &Private) -> Result<Private, StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query("INSERT INTO server_keys (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
            .bind(name)
            .bind(fresh.expose())
            .execute(&mut *tx)
            .await
            .map_err(unavailable)?;
        let kept: String = sqlx::query_scalar("SELECT value FROM server_keys WHERE name = $1")
            .bind(name)
            .fetch_one(&mut *tx)
            .await
            .map_err(unavailable)?;
        tx.commit().await.map_err(unavailable)?;
        Ok(Private::new(kept))
    }

    async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}
