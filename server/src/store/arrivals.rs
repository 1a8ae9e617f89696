//! Where the links of sessions were opened.

use async_trait::async_trait;
use uuid::Uuid;

use super::{StoreError, UnixMs};

/// Browsers that are kept of one session: nobody has more, and a link that is passed around must not fill the disk.
pub const MOST_ARRIVALS: u32 = 32;

/// A page that was opened by the link of a session and asked what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredArrival {
    /// The session.
    pub session_id: Uuid,
    /// What its browser calls itself.
    pub user_agent: String,
    /// Its program cannot run there.
    pub no_program: bool,
    /// When it first asked.
    pub first_at: UnixMs,
    /// When it last asked.
    pub seen_at: UnixMs,
}

/// Keeps where the links of each session were opened: one arrival for each browser, with and without the program.
#[async_trait]
pub trait ArrivalStore: Send + Sync {
    /// A page has asked, at this time. Of more than [`MOST_ARRIVALS`] browsers those are forgotten that asked longest ago.
    async fn put_arrival(
        &self,
        session: Uuid,
        user_agent: &str,
        no_program: bool,
        at: UnixMs,
    ) -> Result<(), StoreError>;

    /// All of a session, in the order in which they asked last.
    async fn arrivals(&self, session: Uuid) -> Result<Vec<StoredArrival>, StoreError>;
}
