//! Text messages through any service that can take a signed JSON request: our own, small, documented form.
//!
//! Sending: `POST {url}` with `{"id", "channel": "sms", "to", "text"}`. `id` is the same for every try and also stands
//! in `Idempotency-Key`: the receiver must send once per id, and then a lost answer can safely be tried again. Any 2xx
//! means "taken"; the body may name it: `{"id": "…"}`. 4xx (but 408, 425 and 429) means "refused", with words in
//! `{"reason": "…"}` if it likes.
//!
//! Reports: the service posts `{"id": our id, "status": "sent" | "delivered" | "failed", "reason"?}` to our callback.
//!
//! Signature, both ways: `Farhand-Timestamp` holds unix seconds and `Farhand-Signature` holds `v1=` and the hex of
//! HMAC-SHA256 under the shared secret over timestamp, a dot, and the body's bytes. A timestamp more than five minutes
//! off is refused; within them a repeat changes nothing, because reports only ever move a message forward.

use std::time::Duration;

use async_trait::async_trait;
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::StatusCode;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use uuid::Uuid;

use super::{Deliver, DeliverError, Message, Receipt, short_body};
use crate::clock::Clock;
use crate::store::{DeliveryStatus, secret::Private};

/// Header with unix seconds.
pub const TIMESTAMP_HEADER: &str = "farhand-timestamp";
/// Header with `v1=` and the hex signature.
pub const SIGNATURE_HEADER: &str = "farhand-signature";
/// How far a timestamp may be off.
const SKEW: Duration = Duration::from_secs(5 * 60);
/// Longest reason taken over from the other side, in characters.
const REASON_CHARS: usize = 120;

/// A service behind a signed webhook.
#[derive(Clone, Debug)]
pub struct Webhook {
    http: reqwest::Client,
    url: Private,
    secret: Private,
    clock: Clock,
}

#[derive(Serialize)]
struct Request<'a> {
    id: Uuid,
    channel: &'static str,
    to: &'a str,
    text: &'a str,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Answer {
    id: Option<String>,
    reason: Option<String>,
}

/// What became of a message, as the service reports it.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct Report {
    /// Our id of the message.
    pub id: Uuid,
    /// What became of it.
    pub status: Reported,
    /// Why, for failures.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Report {
    /// The reason of a failure in words that are safe to show.
    #[must_use]
    pub fn reason_to_show(&self) -> Option<String> {
        let failed = self.status == Reported::Failed;
        failed.then(|| shown_reason(self.reason.as_deref(), "the provider could not deliver it"))
    }
}

/// The states a service may report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reported {
    /// Handed to the network.
    Sent,
    /// Arrived.
    Delivered,
    /// Will not arrive.
    Failed,
}

impl From<Reported> for DeliveryStatus {
    fn from(reported: Reported) -> Self {
        match reported {
            Reported::Sent => Self::Sent,
            Reported::Delivered => Self::Delivered,
            Reported::Failed => Self::Failed,
        }
    }
}

impl Webhook {
    /// Where reports are posted.
    pub const CALLBACK_PATH: &'static str = "/api/deliveries/webhook";

    /// A service at `url` that shares `secret` with us.
    #[must_use]
    pub fn new(http: reqwest::Client, url: Private, secret: Private, clock: Clock) -> Self {
        Self {
            http,
            url,
            secret,
            clock,
        }
    }

    fn mac(&self, timestamp: &str, body: &[u8]) -> Hmac<Sha256> {
        Hmac::<Sha256>::new_from_slice(self.secret.expose().as_bytes())
            .expect("HMAC takes keys of every length")
            .chain_update(timestamp)
            .chain_update(b".")
            .chain_update(body)
    }

    fn sign(&self, timestamp: &str, body: &[u8]) -> String {
        let tag = self.mac(timestamp, body).finalize().into_bytes();
        tag.iter()
            .fold("v1=".to_owned(), |hex, byte| format!("{hex}{byte:02x}"))
    }

    /// Whether a callback was signed by the service, lately. Takes the same time for every wrong signature.
    #[must_use]
    pub fn signed(&self, timestamp: &str, body: &[u8], signature: &str) -> bool {
        let Ok(at) = timestamp.parse::<u64>() else { return false };
        let Some(tag) = signature.strip_prefix("v1=").and_then(from_hex) else {
            return false;
        };
        self.clock.now_secs().abs_diff(at) <= SKEW.as_secs() && self.mac(timestamp, body).verify_slice(&tag).is_ok()
    }
}

fn from_hex(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = hex
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let digits = digits.filter(|digits| digits.len() == 64)?;
    Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// Words from the other side, made safe to show; `otherwise` when there are none.
fn shown_reason(reason: Option<&str>, otherwise: &str) -> String {
    let cut: String = reason.unwrap_or_default().chars().take(REASON_CHARS).collect();
    farhand_shared::limit::clean(&cut, REASON_CHARS).unwrap_or_else(|_| otherwise.to_owned())
}

#[async_trait]
impl Deliver for Webhook {
    async fn send(&self, message: &Message) -> Result<Receipt, DeliverError> {
        let request = Request {
            id: message.id,
            channel: message.by.channel().as_str(),
            to: &message.to,
            text: &message.text,
        };
        let body = serde_json::to_vec(&request).map_err(|e| DeliverError::Refused(e.to_string()))?;
        let timestamp = self.clock.now_secs().to_string();
        let response = self
            .http
            .post(self.url.expose())
            .header("content-type", "application/json")
            .header("idempotency-key", message.id.to_string())
            .header(SIGNATURE_HEADER, self.sign(&timestamp, &body))
            .header(TIMESTAMP_HEADER, timestamp)
            .body(body)
            .send()
            .await
            .map_err(|_| DeliverError::Later("the provider could not be reached".into()))?;
        let status = response.status();
        let answer: Answer = serde_json::from_slice(&short_body(response).await).unwrap_or_default();
        judge(status, answer)
    }
}

/// Sorts the answer. The id makes every repeat harmless, so nothing here is [`DeliverError::Unsure`].
fn judge(status: StatusCode, answer: Answer) -> Result<Receipt, DeliverError> {
    match status {
        s if s.is_success() => Ok(Receipt { provider_id: answer.id }),
        s if s.is_server_error()
            || s == StatusCode::TOO_MANY_REQUESTS
            || s == StatusCode::REQUEST_TIMEOUT
            || s == StatusCode::TOO_EARLY =>
        {
            Err(DeliverError::Later("the provider is busy".into()))
        }
        _ => Err(DeliverError::Refused(shown_reason(
            answer.reason.as_deref(),
            "the provider refused it",
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    fn webhook(secret: &str) -> (Webhook, ManualClock) {
        let hand = ManualClock::at_ms(1_800_000_000_000);
        let url = Private::new("https://sms.example");
        (
            Webhook::new(reqwest::Client::new(), url, Private::new(secret), hand.clock()),
            hand,
        )
    }

    #[test]
    fn a_signature_holds_for_its_body_its_time_and_its_secret_only() {
        let (ours, hand) = webhook("s3cret");
        let (stamp, body) = ("1800000000", br#"{"id":1}"#.as_slice());
        let signature = ours.sign(stamp, body);
        assert!(ours.signed(stamp, body, &signature));
        assert!(!ours.signed(stamp, b"{}", &signature));
        assert!(!ours.signed("1800000001", body, &signature));
        assert!(!ours.signed(stamp, body, &signature.replace("v1=", "")));
        assert!(!ours.signed(stamp, body, "v1=zz"));
        assert!(!webhook("other").0.signed(stamp, body, &signature));
        hand.advance(Duration::from_secs(301));
        assert!(!ours.signed(stamp, body, &signature), "an old report was taken");
    }

    /// So that others can check their implementation: computed independently with `openssl dgst -sha256 -hmac`.
    #[test]
    fn the_documented_example_of_a_signature() {
        let (ours, _) = webhook("s3cret");
        assert_eq!(
            ours.sign("1800000000", br#"{"status":"sent"}"#),
            "v1=e419ad50227741a4b04e4bf4c715e4e3f24761bfae969b339ce932053f6f13a0"
        );
    }

    #[test]
    fn a_busy_service_is_asked_again_and_a_refusal_keeps_its_words() {
        let judged = |code: u16, reason: Option<&str>| {
            let answer = Answer {
                id: None,
                reason: reason.map(str::to_owned),
            };
            judge(StatusCode::from_u16(code).unwrap_or_default(), answer)
        };
        for code in [408, 425, 429, 500, 502, 503, 504] {
            assert!(matches!(judged(code, None), Err(DeliverError::Later(_))), "{code}");
        }
        assert_eq!(
            judged(422, Some("no\ncredit")),
            Err(DeliverError::Refused("no credit".into()))
        );
        assert_eq!(
            judged(400, None),
            Err(DeliverError::Refused("the provider refused it".into()))
        );
    }
}
