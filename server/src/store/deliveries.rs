//! Messages on their way to people, and the outbox that shows what would have been sent.
//!
//! | from \ to | sending | queued | sent | delivered | failed |
//! |---|---|---|---|---|---|
//! | queued    | claimed by one worker | | | | refused before trying |
//! | sending   | | known not to have been taken: try again | provider took it | report overtook the answer | gave up |
//! | sent      | | | | report | report |
//! | delivered | | | | | |
//! | failed    | | | | report after an answer was lost | |
//!
//! A message found `sending` after a restart may or may not have left, so it is failed with words to that effect and
//! never sent a second time.

use async_trait::async_trait;
use uuid::Uuid;

use super::{Channel, StoreError, UnixMs, secret::Private, stored_as_text};

stored_as_text! {
    /// Where a message is on its way.
    DeliveryStatus {
        /// Waiting for a worker.
        Queued = "queued",
        /// A worker is handing it to the provider.
        Sending = "sending",
        /// The provider took it.
        Sent = "sent",
        /// The provider says it arrived.
        Delivered = "delivered",
        /// It will not arrive; the reason says why.
        Failed = "failed",
    }
}

impl DeliveryStatus {
    /// The states from which this one may be entered; the table of this module.
    #[must_use]
    pub const fn may_follow(self) -> &'static [Self] {
        match self {
            Self::Sending => &[Self::Queued],
            Self::Queued | Self::Sent => &[Self::Sending],
            Self::Delivered => &[Self::Sending, Self::Sent, Self::Failed],
            Self::Failed => &[Self::Queued, Self::Sending, Self::Sent],
        }
    }

    /// Whether the message text is still needed in this state.
    #[must_use]
    pub const fn needs_message(self) -> bool {
        matches!(self, Self::Queued | Self::Sending)
    }
}

/// One message on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The message.
    pub id: Uuid,
    /// The session it invites to; `None` for account mail.
    pub session_id: Option<Uuid>,
    /// The link it carries.
    pub invite_id: Option<Uuid>,
    /// The agent who asked for it.
    pub agent_id: Option<Uuid>,
    /// How it travels.
    pub channel: Channel,
    /// The address with its middle hidden, for showing.
    pub target_masked: String,
    /// The address in clear, because it must be sent to and the agent may resend; forgotten when the session ends or
    /// after a day.
    pub target: Option<Private>,
    /// The message in clear (JSON), because a queued message must survive a restart; forgotten once handed over, for
    /// it carries the link's secret.
    pub message: Option<Private>,
    /// The provider's name for it.
    pub provider_id: Option<String>,
    /// Where it is.
    pub status: DeliveryStatus,
    /// Why it failed or is tried again, in plain words.
    pub reason: Option<String>,
    /// How often a worker claimed it.
    pub attempts: u32,
    /// When it was asked for.
    pub created_at: UnixMs,
    /// When its state last changed.
    pub updated_at: UnixMs,
}

/// What would have been sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxMessage {
    /// The message.
    pub id: Uuid,
    /// The session it invites to.
    pub session_id: Option<Uuid>,
    /// The agent who asked for it.
    pub agent_id: Option<Uuid>,
    /// How it would have travelled.
    pub channel: Channel,
    /// To whom.
    pub target: Private,
    /// Subject line; empty for text messages.
    pub subject: String,
    /// The text.
    pub body: Private,
    /// When.
    pub at: UnixMs,
}

/// Keeps messages on their way.
#[async_trait]
pub trait DeliveryStore: Send + Sync {
    /// Keeps a new message; its status is what the value says (normally queued).
    async fn put_delivery(&self, delivery: &Delivery) -> Result<(), StoreError>;

    /// Moves a message on, if the table of [`DeliveryStatus`] allows it from where it is now, and returns it as it is
    /// afterwards. `None` when it does not exist or the move is not allowed: of two callers only one gets it.
    /// Entering `sending` counts an attempt; leaving `queued`/`sending` for good forgets the message text. A
    /// `provider_id` of `None` keeps the known one.
    async fn advance_delivery(
        &self,
        id: Uuid,
        to: DeliveryStatus,
        provider_id: Option<&str>,
        reason: Option<&str>,
        now: UnixMs,
    ) -> Result<Option<Delivery>, StoreError>;

    /// One message.
    async fn delivery(&self, id: Uuid) -> Result<Option<Delivery>, StoreError>;

    /// Messages of a session, the oldest first.
    async fn deliveries_of(&self, session: Uuid) -> Result<Vec<Delivery>, StoreError>;

    /// Messages that are queued or sending, the oldest first; for taking work up again after a restart.
    async fn unfinished_deliveries(&self, limit: u32) -> Result<Vec<Delivery>, StoreError>;

    /// Forgets the addresses of a session's messages; the masked form stays.
    async fn forget_targets(&self, session: Uuid) -> Result<(), StoreError>;

    /// Keeps what would have been sent.
    async fn put_outbox(&self, message: &OutboxMessage) -> Result<(), StoreError>;

    /// The latest messages first: those an agent asked for or of sessions the agent took part in, or all for `None`.
    async fn outbox(&self, agent: Option<Uuid>, limit: u32) -> Result<Vec<OutboxMessage>, StoreError>;
}
