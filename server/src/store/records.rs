//! What agents write down about sessions, and by what sessions are found again.

use async_trait::async_trait;
use uuid::Uuid;

use super::{SessionRow, StoreError, UnixMs};

/// The agents' notes about a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredNotes {
    /// The session.
    pub session_id: Uuid,
    /// As typed.
    pub text: String,
    /// Counts up from 1 with every change.
    pub version: u32,
    /// The agent who changed them last.
    pub written_by: Uuid,
    /// When.
    pub written_at: UnixMs,
}

/// Something that did not work, in an agent's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredProblem {
    /// Its own id.
    pub id: Uuid,
    /// Where it happened.
    pub session_id: Uuid,
    /// Who says so.
    pub agent_id: Uuid,
    /// What was seen.
    pub text: String,
    /// When it was reported.
    pub reported_at: UnixMs,
}

/// What a session is looked for by; any of them is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Find {
    /// Only sessions in which this agent took part.
    pub agent: Option<Uuid>,
    /// Part of the case id or of the customer's name, in any case of letters.
    pub text: String,
    /// The PIN, if the text may be one.
    pub pin: Option<String>,
    /// The keyed hash of an address to which an invitation went, if the text may be one.
    pub address: Option<String>,
}

/// Keeps records.
#[async_trait]
pub trait RecordStore: Send + Sync {
    /// Keeps notes in place of the version before.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] with the version that is there when `notes.version` is not the one after it.
    async fn put_notes(&self, notes: &StoredNotes) -> Result<(), StoreError>;

    /// The notes of a session, if anybody has written some.
    async fn notes(&self, session: Uuid) -> Result<Option<StoredNotes>, StoreError>;

    /// Keeps a problem.
    async fn put_problem(&self, problem: &StoredProblem) -> Result<(), StoreError>;

    /// The newest problems of all sessions.
    async fn problems(&self, limit: u32) -> Result<Vec<StoredProblem>, StoreError>;

    /// Makes the session findable by the keyed hash of an address.
    async fn remember_address(&self, session: Uuid, address: &str) -> Result<(), StoreError>;

    /// Sessions that fit, the latest first.
    async fn find_sessions(&self, find: &Find, now: UnixMs, limit: u32) -> Result<Vec<SessionRow>, StoreError>;
}
