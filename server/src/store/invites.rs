//! Invitation links and the seats people take through them.
//!
//! A link may be opened many times and on many devices (copied to another browser when the first one cannot do the
//! job); each device that goes through it gets one seat of its own. Both are known to the store only by hash.

use async_trait::async_trait;
use uuid::Uuid;

use super::{StoreError, UnixMs, secret::SecretHash, stored_as_text};

stored_as_text! {
    /// How an invitation or a message travels.
    Channel {
        /// Text message.
        Sms = "sms",
        /// E-mail.
        Email = "email",
        /// The agent passes the link on by hand; nothing is sent.
        Link = "link",
        /// The page of the organisation's website that the customer has open.
        Site = "site",
    }
}

stored_as_text! {
    /// What a link makes of who opens it.
    InviteRole {
        /// The customer.
        Customer = "customer",
        /// Somebody who takes part once an agent has let them in.
        Guest = "guest",
        /// Somebody who looks on.
        Viewer = "viewer",
    }
}

/// An invitation link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// The invitation; no secret.
    pub id: Uuid,
    /// Hash of the secret in the link.
    pub secret: SecretHash,
    /// Where it leads.
    pub session_id: Uuid,
    /// For whom it is.
    pub role: InviteRole,
    /// How it travels.
    pub channel: Channel,
    /// The agent who made it; `None` for the system.
    pub created_by: Option<Uuid>,
    /// When it was made.
    pub created_at: UnixMs,
    /// From then on it opens nothing.
    pub expires_at: UnixMs,
    /// When it was withdrawn.
    pub revoked_at: Option<UnixMs>,
}

impl Invite {
    /// Whether the link opens the session at `now`.
    #[must_use]
    pub fn is_open(&self, now: UnixMs) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// A device's place in a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Hash of the seat's secret, which the device keeps.
    pub token: SecretHash,
    /// The session.
    pub session_id: Uuid,
    /// The person in the session.
    pub person_id: Uuid,
    /// The link it was taken through; `None` for a PIN or a session of one's own.
    pub invite_id: Option<Uuid>,
    /// What the device calls itself, shortened; for people to tell devices apart.
    pub device: String,
    /// When it was taken.
    pub created_at: UnixMs,
    /// From then on it is nobody's.
    pub expires_at: UnixMs,
    /// When it was withdrawn.
    pub revoked_at: Option<UnixMs>,
}

/// Keeps invitation links.
#[async_trait]
pub trait InviteStore: Send + Sync {
    /// Keeps a link. [`StoreError::Taken`] when the secret exists.
    async fn put_invite(&self, invite: &Invite) -> Result<(), StoreError>;

    /// The link with this secret, open or not: the caller asks [`Invite::is_open`] and can tell people why not.
    async fn invite_by_secret(&self, secret: &SecretHash) -> Result<Option<Invite>, StoreError>;

    /// Links of a session, the oldest first.
    async fn invites_of(&self, session: Uuid) -> Result<Vec<Invite>, StoreError>;

    /// Withdraws one link and the seats taken through it; `false` when there is no such open link.
    async fn revoke_invite(&self, invite: Uuid, now: UnixMs) -> Result<bool, StoreError>;

    /// Withdraws all links of a session. Seats stay, so that people inside are not thrown out.
    async fn revoke_invites_of(&self, session: Uuid, now: UnixMs) -> Result<(), StoreError>;
}

/// Keeps seats.
#[async_trait]
pub trait SeatStore: Send + Sync {
    /// Keeps a seat.
    async fn put_seat(&self, seat: &Seat) -> Result<(), StoreError>;

    /// The seat with this secret, unless expired or withdrawn.
    async fn seat(&self, token: &SecretHash, now: UnixMs) -> Result<Option<Seat>, StoreError>;

    /// Every seat of a session that is neither expired nor withdrawn, the oldest first.
    async fn seats_of(&self, session: Uuid, now: UnixMs) -> Result<Vec<Seat>, StoreError>;

    /// Moves the end of a seat's life.
    async fn extend_seat(&self, token: &SecretHash, expires_at: UnixMs) -> Result<(), StoreError>;

    /// Withdraws every seat of one person in a session; says how many.
    async fn revoke_seats(&self, session: Uuid, person: Uuid, now: UnixMs) -> Result<u64, StoreError>;

    /// Withdraws every seat of a session; says how many.
    async fn revoke_seats_of(&self, session: Uuid, now: UnixMs) -> Result<u64, StoreError>;
}
