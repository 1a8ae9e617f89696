//! Messages to people outside: invitations by text message or e-mail, and account mail.
//!
//! One trait, [`Deliver`], with real providers: a Twilio-compatible REST API, a signed webhook of our own, SMTP, and
//! the outbox, which shows what would have been sent. `postman` queues, retries and follows what becomes of each
//! message; `guard` bounds how many go out, because text messages cost money and premium numbers earn it.
//!
//! Addresses of providers come from the operator's configuration only, never from a request, and redirects are not
//! followed: nobody can make this server call an address of their choosing.

pub mod address;
pub mod email;
pub mod guard;
pub mod invitation;
pub mod letter;
pub mod outbox;
pub mod phone;
pub mod postman;
pub mod providers;
pub mod sms;
pub mod twilio;
pub mod webhook;

#[cfg(test)]
pub(crate) mod tests;

use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::store::Channel;

/// How long one call to a provider may take in all.
pub const PROVIDER_TIMEOUT: Duration = Duration::from_secs(15);
/// How long connecting to a provider may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Most bytes read of a provider's answer.
const ANSWER_BYTES: usize = 16 * 1024;

/// One message, ready to go. Holds an address and often a link's secret: `Debug` shows neither.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The delivery; the same for every try, so that a provider can tell a repeat.
    pub id: Uuid,
    /// The session it invites to.
    pub session_id: Option<Uuid>,
    /// The agent who asked for it.
    pub agent_id: Option<Uuid>,
    /// Text message or e-mail.
    pub by: By,
    /// E.164 number or e-mail address.
    pub to: String,
    /// The text, or the plain form of a letter.
    pub text: String,
}

/// What a message travels by, with what only that way needs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Text message.
    Sms,
    /// E-mail.
    Email {
        /// Subject line.
        subject: String,
        /// The same letter as HTML.
        html: String,
    },
}

impl By {
    /// The channel as the store names it.
    #[must_use]
    pub fn channel(&self) -> Channel {
        match self {
            Self::Sms => Channel::Sms,
            Self::Email { .. } => Channel::Email,
        }
    }
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Message({}, {})", self.id, self.by.channel().as_str())
    }
}

/// A provider took the message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The provider's name for it, for support questions.
    pub provider_id: Option<String>,
}

/// Why a provider did not take a message. The reasons are words an agent can read; they never hold the address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeliverError {
    /// Surely not taken, and another try may work.
    #[error("{0}")]
    Later(String),
    /// Surely not taken, and another try would fail the same way.
    #[error("{0}")]
    Refused(String),
    /// It may have been taken: the answer was lost. Trying again could send it twice.
    #[error("{0}")]
    Unsure(String),
}

/// Hands messages to one provider.
#[async_trait]
pub trait Deliver: Send + Sync + std::fmt::Debug {
    /// Hands over one message; on `Ok` the provider answers for it.
    async fn send(&self, message: &Message) -> Result<Receipt, DeliverError>;
}

/// The client for providers' HTTP APIs.
///
/// # Errors
/// When TLS cannot be set up on this machine.
pub fn http_client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(PROVIDER_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("Farhand/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// Reads at most [`ANSWER_BYTES`] of an answer; a provider gone wrong must not fill our memory. The status already
/// said what happened, so a body that breaks off counts as empty.
async fn short_body(mut response: reqwest::Response) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        if body.len() + chunk.len() > ANSWER_BYTES {
            return Vec::new();
        }
        body.extend_from_slice(&chunk);
    }
    body
}

/// Sorts a failed HTTP call. A call that never connected was surely not taken; one that broke later may have been.
fn call_failed(error: &reqwest::Error) -> DeliverError {
    if error.is_connect() || error.is_builder() {
        DeliverError::Later("the provider could not be reached".into())
    } else {
        DeliverError::Unsure("the provider did not answer in time; the message may have left".into())
    }
}
