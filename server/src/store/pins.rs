//! PINs: short-lived locators of sessions.

use async_trait::async_trait;
use uuid::Uuid;

use super::{StoreError, UnixMs};

/// A PIN and what has happened to it. `Debug` hides the PIN.
#[derive(Clone, PartialEq, Eq)]
pub struct PinRow {
    /// The PIN's own id; no secret.
    pub id: Uuid,
    /// The text that is looked up. The caller decides whether that is the PIN or a keyed hash of it.
    pub pin: String,
    /// Where it leads.
    pub session_id: Uuid,
    /// When it was made.
    pub created_at: UnixMs,
    /// From then on it leads nowhere.
    pub expires_at: UnixMs,
    /// Counted misses.
    pub misses: u32,
    /// Knocks that an agent declined.
    pub knocks_declined: u32,
}

impl std::fmt::Debug for PinRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PinRow")
            .field("id", &self.id)
            .field("session_id", &self.session_id)
            .field("expires_at", &self.expires_at)
            .field("misses", &self.misses)
            .field("knocks_declined", &self.knocks_declined)
            .finish_non_exhaustive()
    }
}

/// Keeps PINs. At most one PIN is live per session, and at most one session per PIN.
#[async_trait]
pub trait PinStore: Send + Sync {
    /// Makes `pin` the session's PIN and retires the one it had. [`StoreError::Taken`] when another session holds the
    /// same PIN; draw again.
    async fn put_pin(&self, pin: &PinRow, now: UnixMs) -> Result<(), StoreError>;

    /// The live PIN with this text: neither retired nor expired.
    async fn pin(&self, pin: &str, now: UnixMs) -> Result<Option<PinRow>, StoreError>;

    /// The session's live PIN.
    async fn pin_of(&self, session: Uuid, now: UnixMs) -> Result<Option<PinRow>, StoreError>;

    /// Counts a miss against a PIN and returns the new number; `None` when it is retired or unknown.
    async fn count_pin_miss(&self, id: Uuid) -> Result<Option<u32>, StoreError>;

    /// Counts a declined knock and returns the new number; `None` when it is retired or unknown.
    async fn count_knock_declined(&self, id: Uuid) -> Result<Option<u32>, StoreError>;

    /// Retires one PIN; `false` when it was not live.
    async fn retire_pin(&self, id: Uuid, now: UnixMs) -> Result<bool, StoreError>;

    /// Retires the session's PIN, if it has one.
    async fn retire_pin_of(&self, session: Uuid, now: UnixMs) -> Result<(), StoreError>;
}
