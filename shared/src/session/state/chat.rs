//! What people write to each other.

use crate::id::{FileId, PersonId, Seq};
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// One message of the chat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Its event's place: the order of the chat, and what "read up to" counts.
    pub seq: Seq,
    /// When the relay took it.
    pub at: Time,
    /// Who wrote it.
    pub by: PersonId,
    /// The words; may be empty when there is a file.
    pub text: String,
    /// A picture or document with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileId>,
}

/// "Please take a photo of …"
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhotoAsk {
    /// The agent who asks.
    pub by: PersonId,
    /// Of what.
    pub text: String,
    /// Since when.
    pub at: Time,
}
