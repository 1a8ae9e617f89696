//! The provider for when there is none: keeps what would have been sent, for the agent console to show.

use std::sync::Arc;

use async_trait::async_trait;

use super::{By, Deliver, DeliverError, Message, Receipt};
use crate::clock::Clock;
use crate::store::{OutboxMessage, Store, secret::Private, unix_ms};

/// Keeps messages in the store instead of sending them.
#[derive(Clone, Debug)]
pub struct Outbox {
    store: Arc<dyn Store>,
    clock: Clock,
}

impl Outbox {
    /// An outbox in this store.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, clock: Clock) -> Self {
        Self { store, clock }
    }
}

#[async_trait]
impl Deliver for Outbox {
    async fn send(&self, message: &Message) -> Result<Receipt, DeliverError> {
        let subject = match &message.by {
            By::Sms => String::new(),
            By::Email { subject, .. } => subject.clone(),
        };
        let kept = OutboxMessage {
            id: message.id,
            session_id: message.session_id,
            agent_id: message.agent_id,
            channel: message.by.channel(),
            target: Private::new(&message.to),
            subject,
            body: Private::new(&message.text),
            at: unix_ms(self.clock.now_ms()),
        };
        match self.store.put_outbox(&kept).await {
            Ok(()) => Ok(Receipt {
                provider_id: Some("outbox".into()),
            }),
            Err(_) => Err(DeliverError::Later("the outbox could not be written".into())),
        }
    }
}
