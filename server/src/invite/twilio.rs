//! Text messages through a REST API that speaks Twilio's form (Twilio itself, and others that copied it).
//!
//! Sending: `POST {base}/2010-04-01/Accounts/{account}/Messages.json`, form fields `To`, `From` (or
//! `MessagingServiceSid`), `Body`, `StatusCallback`, basic authentication. The API has no idempotency key, so a call
//! whose answer was lost is not repeated.
//!
//! Reports: the provider posts `MessageStatus` to our callback and signs it with `X-Twilio-Signature`, base64 of
//! HMAC-SHA1 under the account's token over the full URL followed by every form field's name and value, sorted by
//! name. SHA-1 is the provider's choice; HMAC does not need collision resistance.

use async_trait::async_trait;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::StatusCode;
use serde::Deserialize;
use sha1::Sha1;

use super::{Deliver, DeliverError, Message, Receipt, call_failed, short_body};
use crate::store::{DeliveryStatus, secret::Private};

/// An account with the provider.
#[derive(Clone, Debug)]
pub struct Twilio {
    http: reqwest::Client,
    messages_url: String,
    account: String,
    token: Private,
    from: String,
    callback_base: String,
}

/// What the provider answers; everything else is ignored.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Answer {
    sid: Option<String>,
    code: Option<i64>,
}

impl Twilio {
    /// Where the provider's reports are posted, without the delivery's id.
    pub const CALLBACK_PATH: &'static str = "/api/deliveries/twilio/";

    /// An account. `base_url` such as `https://api.twilio.com`; `from` is a number, a sender name or the id of a
    /// messaging service (`MG…`); `origin` is our own public address, such as `https://help.example.com`.
    #[must_use]
    pub fn new(http: reqwest::Client, base_url: &str, account: &str, token: Private, from: &str, origin: &str) -> Self {
        Self {
            http,
            messages_url: format!(
                "{}/2010-04-01/Accounts/{account}/Messages.json",
                base_url.trim_end_matches('/')
            ),
            account: account.to_owned(),
            token,
            from: from.to_owned(),
            callback_base: format!("{origin}{}", Self::CALLBACK_PATH),
        }
    }

    /// The whole address that reports about `message` are posted to.
    #[must_use]
    pub fn callback_url(&self, delivery: uuid::Uuid) -> String {
        format!("{}{delivery}", self.callback_base)
    }

    /// Whether `signature` (base64) belongs to these form fields posted to `url`. Takes the same time for every wrong
    /// signature.
    #[must_use]
    pub fn signed(&self, url: &str, fields: &[(String, String)], signature: &str) -> bool {
        let Ok(signature) = STANDARD.decode(signature) else {
            return false;
        };
        let mut mac =
            Hmac::<Sha1>::new_from_slice(self.token.expose().as_bytes()).expect("HMAC takes keys of every length");
        mac.update(url.as_bytes());
        let mut sorted: Vec<_> = fields.iter().collect();
        sorted.sort();
        for (name, value) in sorted {
            mac.update(name.as_bytes());
            mac.update(value.as_bytes());
        }
        mac.verify_slice(&signature).is_ok()
    }

    /// What a report means, with the reason of a failure in plain words. `None` for states on the way, which change
    /// nothing.
    #[must_use]
    pub fn read_report(fields: &[(String, String)]) -> Option<(DeliveryStatus, Option<String>)> {
        let field = |name: &str| fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        match field("MessageStatus")? {
            "sent" => Some((DeliveryStatus::Sent, None)),
            "delivered" | "read" => Some((DeliveryStatus::Delivered, None)),
            "undelivered" | "failed" | "canceled" => {
                let code = field("ErrorCode").and_then(|code| code.parse().ok());
                Some((DeliveryStatus::Failed, Some(reason(code))))
            }
            _ => None,
        }
    }
}

#[async_trait]
impl Deliver for Twilio {
    async fn send(&self, message: &Message) -> Result<Receipt, DeliverError> {
        let sender = if self.from.starts_with("MG") {
            "MessagingServiceSid"
        } else {
            "From"
        };
        let callback = self.callback_url(message.id);
        let form = [
            ("To", message.to.as_str()),
            (sender, self.from.as_str()),
            ("Body", message.text.as_str()),
            ("StatusCallback", callback.as_str()),
        ];
        let response = self
            .http
            .post(&self.messages_url)
            .basic_auth(&self.account, Some(self.token.expose()))
            .form(&form)
            .send()
            .await
            .map_err(|e| call_failed(&e))?;
        let status = response.status();
        let answer: Answer = serde_json::from_slice(&short_body(response).await).unwrap_or_default();
        judge(status, answer)
    }
}

fn judge(status: StatusCode, answer: Answer) -> Result<Receipt, DeliverError> {
    match status {
        s if s.is_success() => Ok(Receipt {
            provider_id: answer.sid,
        }),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
            Err(DeliverError::Later("the provider is busy".into()))
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            tracing::warn!(%status, "the SMS provider refuses our account");
            Err(DeliverError::Refused(
                "the SMS provider refuses our account; tell your administrator".into(),
            ))
        }
        s if s.is_server_error() => Err(DeliverError::Unsure(
            "the provider failed in the middle; the message may have left".into(),
        )),
        _ => Err(DeliverError::Refused(reason(answer.code))),
    }
}

/// Words for the provider's error codes an agent can do something about.
fn reason(code: Option<i64>) -> String {
    match code {
        Some(21211 | 21217 | 21614 | 30005) => "the number does not exist or cannot get text messages".into(),
        Some(30006) => "a landline or a network that cannot be reached".into(),
        Some(30003) => "the phone is switched off or out of reach".into(),
        Some(21610) => "the person has blocked messages from this sender".into(),
        Some(30004 | 30007) => "the network blocked the message".into(),
        Some(21408 | 21612) => "messages to this country are switched off at the provider".into(),
        Some(code) => format!("the provider refused it (code {code})"),
        None => "the provider refused it".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twilio(token: &str) -> Twilio {
        let http = reqwest::Client::new();
        Twilio::new(
            http,
            "https://api.example.com/",
            "AC1",
            Private::new(token),
            "+1555",
            "https://h.example",
        )
    }

    fn fields(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
    }

    /// The worked example of the provider's own security page.
    #[test]
    fn the_published_example_of_a_signature_is_accepted() {
        let fields = fields(&[
            ("Digits", "1234"),
            ("To", "+18005551212"),
            ("From", "+14158675310"),
            ("Caller", "+14158675310"),
            ("CallSid", "CA1234567890ABCDE"),
        ]);
        let url = "https://example.com/myapp.php?foo=1&bar=2";
        let signature = "L/OH5YylLD5NRKLltdqwSvS0BnU=";
        assert!(twilio("12345").signed(url, &fields, signature));
        assert!(!twilio("12346").signed(url, &fields, signature));
        assert!(!twilio("12345").signed("https://example.com/", &fields, signature));
        assert!(!twilio("12345").signed(url, &fields[1..], signature));
        assert!(!twilio("12345").signed(url, &fields, "not base64"));
        assert!(!twilio("12345").signed(url, &fields, ""));
    }

    #[test]
    fn reports_become_our_states() {
        let report = |status: &str| Twilio::read_report(&fields(&[("MessageStatus", status), ("ErrorCode", "30003")]));
        assert_eq!(report("delivered"), Some((DeliveryStatus::Delivered, None)));
        assert_eq!(report("sent"), Some((DeliveryStatus::Sent, None)));
        let failed = Some((
            DeliveryStatus::Failed,
            Some("the phone is switched off or out of reach".into()),
        ));
        assert_eq!(report("undelivered"), failed);
        assert_eq!(report("queued"), None);
        assert_eq!(Twilio::read_report(&[]), None);
    }

    #[test]
    fn only_what_was_surely_not_taken_is_tried_again() {
        let judged = |code: u16| judge(StatusCode::from_u16(code).unwrap_or_default(), Answer::default());
        assert!(judged(201).is_ok());
        for code in [429, 503] {
            assert!(matches!(judged(code), Err(DeliverError::Later(_))), "{code}");
        }
        for code in [500, 502, 504] {
            assert!(matches!(judged(code), Err(DeliverError::Unsure(_))), "{code}");
        }
        for code in [302, 400, 401, 404] {
            assert!(matches!(judged(code), Err(DeliverError::Refused(_))), "{code}");
        }
    }
}
