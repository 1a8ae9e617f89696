//! The providers the configuration names.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::email::{Smtp, SmtpSetup};
use super::outbox::Outbox;
use super::postman::Postman;
use super::twilio::Twilio;
use super::webhook::Webhook;
use super::{Deliver, http_client};
use crate::clock::Clock;
use crate::config::{Config, MailConfig, SmsConfig};
use crate::store::{Store, secret::Private};

/// Who delivers what. The two with reports are kept by type as well, because reports are checked with their secrets.
#[derive(Clone, Debug)]
pub struct Providers {
    /// The Twilio-compatible provider, if configured.
    pub twilio: Option<Arc<Twilio>>,
    /// The webhook, if configured.
    pub webhook: Option<Arc<Webhook>>,
    sms: Arc<dyn Deliver>,
    mail: Arc<dyn Deliver>,
}

/// A provider that cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// HTTP.
    #[error("TLS cannot be set up on this machine: {0}")]
    Http(#[from] reqwest::Error),
    /// SMTP.
    #[error("mail: {0}")]
    Smtp(#[from] SmtpSetup),
}

impl Providers {
    /// Sets up what `config` names; calls nobody yet.
    ///
    /// # Errors
    /// [`ProviderError`] names the setting that is wrong.
    pub fn open(config: &Config, store: &Arc<dyn Store>, clock: &Clock) -> Result<Self, ProviderError> {
        let outbox: Arc<dyn Deliver> = Arc::new(Outbox::new(Arc::clone(store), clock.clone()));
        let (mut twilio, mut webhook) = (None, None);
        let sms: Arc<dyn Deliver> = match &config.sms {
            SmsConfig::Outbox => Arc::clone(&outbox),
            SmsConfig::Twilio {
                base_url,
                account,
                token,
                from,
            } => {
                let token = Private::new(token.expose());
                let origin = config.public_url.origin();
                let made = Arc::new(Twilio::new(http_client()?, base_url, account, token, from, &origin));
                twilio = Some(Arc::clone(&made));
                made
            }
            SmsConfig::Webhook { url, secret } => {
                let (url, secret) = (Private::new(url), Private::new(secret.expose()));
                let made = Arc::new(Webhook::new(http_client()?, url, secret, clock.clone()));
                webhook = Some(Arc::clone(&made));
                made
            }
        };
        let mail: Arc<dyn Deliver> = match &config.mail {
            MailConfig::Outbox => outbox,
            MailConfig::Smtp { url, from } => {
                Arc::new(Smtp::new(&Private::new(url.expose()), from, config.public_url.host())?)
            }
        };
        Ok(Self {
            twilio,
            webhook,
            sms,
            mail,
        })
    }

    /// A postman for these providers; see [`Postman::new`].
    #[must_use]
    pub fn postman(
        &self,
        store: Arc<dyn Store>,
        clock: Clock,
        tracker: TaskTracker,
        shutdown: CancellationToken,
    ) -> Postman {
        Postman::new(
            store,
            clock,
            Arc::clone(&self.sms),
            Arc::clone(&self.mail),
            tracker,
            shutdown,
        )
    }
}
