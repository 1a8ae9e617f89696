//! Agents who ask a colleague to take a session over.

use async_trait::async_trait;
use uuid::Uuid;

use super::{StoreError, UnixMs, stored_as_text};

stored_as_text! {
    /// What the colleague said.
    Answer {
        /// Nothing yet.
        None = "none",
        /// They came.
        Accepted = "accepted",
        /// They cannot now.
        Declined = "declined",
    }
}

/// The latest asking of one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredHandover {
    /// The session.
    pub session_id: Uuid,
    /// The agent who asks.
    pub asked_by: Uuid,
    /// The agent who is asked.
    pub colleague: Uuid,
    /// What they said.
    pub answer: Answer,
    /// Until when it rings.
    pub until: UnixMs,
}

/// Keeps askings.
#[async_trait]
pub trait HandoverStore: Send + Sync {
    /// Keeps an asking in place of an older one of the same session.
    async fn put_handover(&self, handover: &StoredHandover) -> Result<(), StoreError>;

    /// The latest of a session.
    async fn handover(&self, session: Uuid) -> Result<Option<StoredHandover>, StoreError>;

    /// Those that still ring at this colleague.
    async fn handovers_to(&self, colleague: Uuid, now: UnixMs) -> Result<Vec<StoredHandover>, StoreError>;

    /// Writes the answer down while none is there. `false` when this colleague is not asked (any more).
    async fn answer_handover(&self, session: Uuid, colleague: Uuid, answer: Answer) -> Result<bool, StoreError>;

    /// Forgets the asking of a session.
    async fn remove_handover(&self, session: Uuid) -> Result<(), StoreError>;
}
