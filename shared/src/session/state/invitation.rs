//! Invitations and how far they have come.

use crate::id::InvitationId;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// How an invitation travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Text message.
    Sms,
    /// E-mail.
    Email,
    /// The agent passes the link on.
    Link,
    /// The page of the organisation's website that the customer has open.
    Site,
}

/// How far one invitation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Made; on its way to the provider (or only a link).
    Made,
    /// The provider took it.
    Sent,
    /// The provider says that it arrived.
    Delivered,
    /// It did not arrive.
    Failed,
    /// Who it was for said: not now.
    Declined,
    /// Somebody tapped the link.
    Opened,
    /// Taken back by an agent.
    Revoked,
}

/// One invite link and its message. The address is masked: the log never holds a phone number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// How it travels.
    pub channel: Channel,
    /// Masked address such as `••• 42`, empty for a bare link.
    pub to: String,
    /// How far it has come.
    pub delivery: Delivery,
    /// When it was made.
    pub made_at: Time,
    /// When `delivery` last changed.
    pub moved_at: Time,
}
