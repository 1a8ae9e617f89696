//! Everything that must outlive the process: the event log, where files stand, accounts, invitations, PINs and counted
//! attempts.
//!
//! Callers see traits and one error type; each database is one folder that implements them, and one contract test
//! (`contract`) runs on every one of them. A call that returned `Ok` is committed: whoever hears of it may rely on it
//! after a `kill -9`.
//!
//! Times are unix milliseconds and always come from the caller: the store reads no clock.

mod accounts;
mod arrivals;
mod counters;
mod deliveries;
mod events;
mod files;
mod handovers;
mod invites;
mod pins;
mod ratings;
mod records;
mod scopes;
pub mod secret;
pub mod sqlite;

#[cfg(test)]
mod contract;

use async_trait::async_trait;

pub use accounts::{
    AccountStore, Agent, AuditEntry, Credentials, EmailDomain, NewAgent, OneTime, TokenKind, WebSession,
};
pub use arrivals::{ArrivalStore, MOST_ARRIVALS, StoredArrival};
pub use counters::CounterStore;
pub use deliveries::{Delivery, DeliveryStatus, DeliveryStore, OutboxMessage};
pub use events::{EventStore, FileFate, SessionRow, StoredEvent};
pub use files::{FileRow, FileStage, FileStore, Kept, NewFile};
pub use handovers::{Answer, HandoverStore, StoredHandover};
pub use invites::{Channel, Invite, InviteRole, InviteStore, Seat, SeatStore};
pub use pins::{PinRow, PinStore};
pub use ratings::{RatedBy, RatingStore, StoredRating};
pub use records::{Find, RecordStore, StoredNotes, StoredProblem};
pub use scopes::Scopes;

/// Milliseconds since 1970-01-01 UTC.
pub type UnixMs = i64;

/// The same instant as the store counts it: databases know no unsigned numbers.
#[must_use]
pub fn unix_ms(ms: u64) -> UnixMs {
    i64::try_from(ms).unwrap_or(i64::MAX)
}

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else appended first: the caller's picture of the log is old.
    #[error("the log has moved on, its last sequence number is {last}")]
    Conflict {
        /// Last sequence number in the log, 0 when it is empty.
        last: u64,
    },
    /// A value that must be unique exists already (e-mail address, live PIN).
    #[error("already taken")]
    Taken,
    /// The files of a session would take more than they may.
    #[error("the session's files take as much as they may")]
    Full,
    /// It would leave the installation without an enabled administrator.
    #[error("the last administrator must stay")]
    LastAdmin,
    /// The caller broke the contract, for example with a gap in sequence numbers.
    #[error("asked wrongly: {0}")]
    Misuse(&'static str),
    /// Something stored does not read back as what it should be.
    #[error("stored data cannot be read: {0}")]
    Corrupt(&'static str),
    /// The database refused or did not answer.
    #[error("the store does not answer")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// All of the store. `Arc<dyn Store>` is what the rest of the server holds.
#[async_trait]
pub trait Store:
    EventStore
    + FileStore
    + AccountStore
    + SeatStore
    + InviteStore
    + DeliveryStore
    + PinStore
    + ArrivalStore
    + HandoverStore
    + RatingStore
    + RecordStore
    + CounterStore
    + std::fmt::Debug
{
    /// Answers when a write would be possible; for the readiness check.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Forgets what has expired (tokens, web sessions, counters, addresses of old deliveries, old outbox messages) so
    /// that no table grows for ever. Cheap enough to call every few minutes.
    async fn sweep(&self, now: UnixMs) -> Result<(), StoreError>;

    /// Returns the value kept under `name`, keeping `fresh` first if there is none yet. For keys the installation
    /// makes for itself; all callers get the same value.
    async fn server_key(&self, name: &str, fresh: &secret::Private) -> Result<secret::Private, StoreError>;

    /// Finishes writing and closes. Calls after this answer [`StoreError::Unavailable`].
    async fn close(&self);
}

/// An enum whose values are stored as short texts.
macro_rules! stored_as_text {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The text the store keeps.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value kept as `text`, if it is one.
            #[must_use]
            pub fn from_text(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use stored_as_text;
