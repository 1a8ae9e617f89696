//! E-mail over SMTP with TLS (rustls).
//!
//! A connection that broke after the letter was handed over may mean two letters: SMTP itself prefers twice to never
//! (RFC 5321, 6.1), and each try carries the same `Message-ID`, by which mailboxes tell a repeat. So everything but a
//! permanent refusal is tried again.

use async_trait::async_trait;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

use super::{By, Deliver, DeliverError, Message, PROVIDER_TIMEOUT, Receipt};
use crate::store::secret::Private;

/// An SMTP server that takes our mail.
#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    id_host: String,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Smtp(…)")
    }
}

/// Why SMTP cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum SmtpSetup {
    /// The address of the server.
    #[error("expected an address like smtps://user:password@smtp.example.com or smtp://host:587?tls=required")]
    Url,
    /// The sender.
    #[error("expected a sender like Help Desk <help@example.com>")]
    From,
}

/// Tells other mail programs not to answer (RFC 3834): no out-of-office notes to a machine.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

impl Smtp {
    /// A server at `url` (`smtps://…`, or `smtp://…?tls=required`; plain `smtp://` only for a server on this machine
    /// or a trusted network), which accepts mail from `from`. `id_host` ends our message ids.
    ///
    /// # Errors
    /// [`SmtpSetup`] names the setting that is wrong.
    pub fn new(url: &Private, from: &str, id_host: &str) -> Result<Self, SmtpSetup> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose())
            .map_err(|_| SmtpSetup::Url)?
            .timeout(Some(PROVIDER_TIMEOUT))
            .build();
        let from = from.parse().map_err(|_| SmtpSetup::From)?;
        Ok(Self {
            transport,
            from,
            id_host: id_host.to_owned(),
        })
    }

    fn letter(&self, message: &Message) -> Result<lettre::Message, DeliverError> {
        let By::Email { subject, html } = &message.by else {
            return Err(DeliverError::Refused("a text message cannot go by e-mail".into()));
        };
        let to = message
            .to
            .parse()
            .map_err(|_| DeliverError::Refused("the address is not valid".into()))?;
        let part = |kind: ContentType, body: &str| SinglePart::builder().header(kind).body(body.to_owned());
        lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(subject.as_str())
            .message_id(Some(format!("<{}@{}>", message.id, self.id_host)))
            .header(AutoSubmitted)
            .multipart(
                MultiPart::alternative()
                    .singlepart(part(ContentType::TEXT_PLAIN, &message.text))
                    .singlepart(part(ContentType::TEXT_HTML, html)),
            )
            .map_err(|_| DeliverError::Refused("the letter could not be written".into()))
    }
}

#[async_trait]
impl Deliver for Smtp {
    async fn send(&self, message: &Message) -> Result<Receipt, DeliverError> {
        let letter = self.letter(message)?;
        match self.transport.send(letter).await {
            Ok(_) => Ok(Receipt { provider_id: None }),
            Err(error) if error.is_permanent() => Err(DeliverError::Refused(refusal(&error))),
            Err(error) => {
                // The words of a refused recipient may hold the address, so only the kind is logged.
                tracing::warn!(
                    timeout = error.is_timeout(),
                    tls = error.is_tls(),
                    "the mail server took no mail"
                );
                Err(DeliverError::Later("the mail server could not be reached".into()))
            }
        }
    }
}

/// Words for a permanent refusal, by its SMTP status.
fn refusal(error: &lettre::transport::smtp::Error) -> String {
    match error.status().map(u16::from) {
        Some(550 | 551 | 553) => "the mail server says the address does not exist".into(),
        Some(552) => "the mailbox is full".into(),
        Some(530 | 534 | 535) => "the mail server refuses our account; tell your administrator".into(),
        Some(code) => format!("the mail server refused it (code {code})"),
        None => "the mail server refused it".into(),
    }
}
