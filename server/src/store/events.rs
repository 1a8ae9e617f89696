//! The event log of a session and its one-row index.

use async_trait::async_trait;
use uuid::Uuid;

use super::{StoreError, UnixMs};

/// One event as it is kept. The body is the event's JSON; the store does not look inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    /// Position in the session's log, from 1, without gaps.
    pub seq: u64,
    /// When the event was decided.
    pub at_ms: UnixMs,
    /// Who caused it; `None` for the system (timers).
    pub by: Option<Uuid>,
    /// The command that led to it, for telling a repeated command from a new one.
    pub cause: Option<Uuid>,
    /// JSON.
    pub body: String,
}

/// What lists and look-ups need to know of a session without replaying it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// The session.
    pub id: Uuid,
    /// Status in its wire form.
    pub status: String,
    /// Mode in its wire form: what a rejoined session starts in.
    pub mode: String,
    /// Ticket number in another system.
    pub case_id: Option<String>,
    /// The customer's name as the agent or the customer gave it.
    pub customer_name: Option<String>,
    /// The agent who made it; `None` when the customer did.
    pub created_by: Option<Uuid>,
    /// Every agent who took part so far, the maker included. Agents once recorded are never taken off.
    pub agents: Vec<Uuid>,
    /// When it was made.
    pub created_at: UnixMs,
    /// When the last event happened.
    pub last_at: UnixMs,
    /// When it ended; `None` while it lives.
    pub ended_at: Option<UnixMs>,
}

/// What an event does to the bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFate {
    /// Deleted: the bytes go when it can no longer be taken back.
    Deleted(Uuid),
    /// Taken back: they stay.
    Restored(Uuid),
}

/// Appends and reads logs.
#[async_trait]
pub trait EventStore: Send + Sync {
    /// Appends `events` and writes `row` in one transaction; on `Ok` both are on disk.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when `first_seq` is not the last number plus one, [`StoreError::Misuse`] when the
    /// events do not count up from `first_seq` or there are none. Nothing is written in either case.
    async fn append(&self, row: &SessionRow, first_seq: u64, events: &[StoredEvent]) -> Result<(), StoreError> {
        self.append_with_files(row, first_seq, events, &[]).await
    }

    /// The same, and what the events do to files of the session is on disk with them: no deleted picture outlives a
    /// crash.
    ///
    /// # Errors
    /// Those of [`EventStore::append`].
    async fn append_with_files(
        &self,
        row: &SessionRow,
        first_seq: u64,
        events: &[StoredEvent],
        fates: &[FileFate],
    ) -> Result<(), StoreError>;

    /// Events after `after_seq`, in order; all of them for 0. Empty for an unknown session.
    async fn load(&self, session: Uuid, after_seq: u64) -> Result<Vec<StoredEvent>, StoreError>;

    /// The index row, if the session exists.
    async fn session(&self, session: Uuid) -> Result<Option<SessionRow>, StoreError>;

    /// Sessions the agent made or took part in, the latest first.
    async fn recent_sessions(&self, agent: Uuid, limit: u32) -> Result<Vec<SessionRow>, StoreError>;

    /// Sessions that have not ended, the longest silent first. For waking their timers after a restart.
    async fn live_sessions(&self) -> Result<Vec<SessionRow>, StoreError>;
}
