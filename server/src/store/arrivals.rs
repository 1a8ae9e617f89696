//! Where the links of sessions were opened.

use async_trait::async_trait;
use uuid::Uuid;

use super::{StoreError, UnixMs};

/// A page that was opened by the link of a session and asked what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredArrival {
    /// The session.
    pub session_id: Uuid,
    /// What its browser calls itself.
    pub user_agent: String,
    /// Its program cannot run there.
    pub no_program: bool,
    /// When it last asked.
    pub seen_at: UnixMs,
}

/// Keeps the latest arrival of each session.
#[async_trait]
pub trait ArrivalStore: Send + Sync {
    /// Keeps an arrival in place of the one before.
    async fn put_arrival(&self, arrival: &StoredArrival) -> Result<(), StoreError>;

    /// The latest of a session.
    async fn arrival(&self, session: Uuid) -> Result<Option<StoredArrival>, StoreError>;
}
