//! What people thought of their sessions.

use async_trait::async_trait;
use uuid::Uuid;

use super::{StoreError, UnixMs, stored_as_text};

stored_as_text! {
    /// From which side a rating comes.
    RatedBy {
        /// The customer.
        Customer = "customer",
        /// An agent.
        Agent = "agent",
        /// A guest.
        Guest = "guest",
        /// Somebody who looked on.
        Viewer = "viewer",
    }
}

/// One person's rating of one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRating {
    /// The session.
    pub session_id: Uuid,
    /// Who rates; no secret, and no name.
    pub person_id: Uuid,
    /// From which side.
    pub role: RatedBy,
    /// 1 to 5.
    pub stars: u8,
    /// May be empty.
    pub words: String,
    /// When it was last said.
    pub rated_at: UnixMs,
}

/// Keeps ratings.
#[async_trait]
pub trait RatingStore: Send + Sync {
    /// Keeps a rating in place of what the same person said of the same session before.
    async fn put_rating(&self, rating: &StoredRating) -> Result<(), StoreError>;

    /// The newest ratings of all sessions.
    async fn ratings(&self, limit: u32) -> Result<Vec<StoredRating>, StoreError>;
}
