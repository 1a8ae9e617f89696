//! Sends messages in the background and follows what becomes of them.
//!
//! The states are those of `store::DeliveryStatus`; its module holds the table. The postman adds the rules for time:
//! a message is kept in the store before anybody hears that it was accepted, is claimed before it is handed over, and
//! once a provider acknowledged it (or may have) it is never handed over again. What was queued when the process
//! stopped is taken up again at the next start.
//!
//! At most [`MOST_WAITING`] messages wait or retry at a time; one more is refused with [`PostError::Busy`], at once,
//! while the agent can still do something else.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::{Deliver, DeliverError, Message, Receipt};
use crate::clock::Clock;
use crate::store::{Channel, Delivery, DeliveryStatus, Store, StoreError, UnixMs, secret::Private, unix_ms};

/// Messages waiting, being sent or between two tries.
const MOST_WAITING: usize = 256;
/// Messages being handed over at the same time.
const MOST_SENDING: usize = 8;
/// Waits between tries. The last try is about three minutes after the first: an invitation that comes later than that
/// finds nobody waiting any more.
const PAUSES: [Duration; 5] = [
    Duration::from_secs(2),
    Duration::from_secs(8),
    Duration::from_secs(20),
    Duration::from_secs(50),
    Duration::from_secs(100),
];
const INTERRUPTED: &str = "the server was restarted while sending; the message may have left";

/// News of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The message.
    pub delivery: Uuid,
    /// The session it invites to.
    pub session_id: Option<Uuid>,
    /// The link it carries.
    pub invite_id: Option<Uuid>,
    /// How it travels.
    pub channel: Channel,
    /// Where it is now.
    pub status: DeliveryStatus,
    /// Why it failed.
    pub reason: Option<String>,
}

/// Hears what becomes of messages: sent, delivered or failed, each at most once and in this order.
#[async_trait]
pub trait DeliveryNews: Send + Sync {
    /// A message moved on; the store has it already.
    async fn moved(&self, moved: Moved);
}

/// A message about to be posted, with whom it concerns.
#[derive(Debug)]
pub struct Outgoing {
    /// The message; its id becomes the delivery's.
    pub message: Message,
    /// The link it carries.
    pub invite_id: Option<Uuid>,
    /// The address for showing.
    pub masked: String,
}

/// Why a message was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// Too many are waiting.
    #[error("too many messages are waiting to be sent")]
    Busy,
    /// It could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Accepts messages and sends them in the background. Cheap to clone.
#[derive(Clone)]
pub struct Postman(Arc<Inner>);

struct Inner {
    store: Arc<dyn Store>,
    clock: Clock,
    sms: Arc<dyn Deliver>,
    mail: Arc<dyn Deliver>,
    pauses: Vec<Duration>,
    waiting: Arc<Semaphore>,
    sending: Semaphore,
    news: OnceLock<Arc<dyn DeliveryNews>>,
    tracker: TaskTracker,
    shutdown: CancellationToken,
}

impl std::fmt::Debug for Postman {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postman")
            .field("sms", &self.0.sms)
            .field("mail", &self.0.mail)
            .finish_non_exhaustive()
    }
}

/// What came of one try.
enum Tried {
    Done,
    Again,
}

impl Postman {
    /// A postman with one provider for each way. Its tasks run on `tracker` and stop with `shutdown`.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        clock: Clock,
        sms: Arc<dyn Deliver>,
        mail: Arc<dyn Deliver>,
        tracker: TaskTracker,
        shutdown: CancellationToken,
    ) -> Self {
        Self::with_pauses(store, clock, sms, mail, tracker, shutdown, PAUSES.to_vec())
    }

    pub(super) fn with_pauses(
        store: Arc<dyn Store>,
        clock: Clock,
        sms: Arc<dyn Deliver>,
        mail: Arc<dyn Deliver>,
        tracker: TaskTracker,
        shutdown: CancellationToken,
        pauses: Vec<Duration>,
    ) -> Self {
        Self(Arc::new(Inner {
            store,
            clock,
            sms,
            mail,
            pauses,
            waiting: Arc::new(Semaphore::new(MOST_WAITING)),
            sending: Semaphore::new(MOST_SENDING),
            news: OnceLock::new(),
            tracker,
            shutdown,
        }))
    }

    /// Says who is told what becomes of messages; the first call counts.
    pub fn tell(&self, news: Arc<dyn DeliveryNews>) {
        let _ = self.0.news.set(news); // a second listener would be a wiring mistake; the first stays
    }

    /// Accepts a message: from `Ok` on it is in the store and will be tried.
    ///
    /// # Errors
    /// [`PostError::Busy`] when too many wait; nothing was kept.
    pub async fn post(&self, outgoing: Outgoing) -> Result<(), PostError> {
        let place = Arc::clone(&self.0.waiting)
            .try_acquire_owned()
            .map_err(|_| PostError::Busy)?;
        let delivery = self.0.as_delivery(&outgoing)?;
        let (kept, told) = oneshot::channel();
        let inner = Arc::clone(&self.0);
        // On a task of its own: a caller that goes away in the middle must not leave a kept message untried.
        self.0.tracker.spawn(async move {
            let put = inner.store.put_delivery(&delivery).await;
            let is_kept = put.is_ok();
            let _ = kept.send(put); // the caller may have gone; the message is sent all the same
            if is_kept {
                inner.carry_on(outgoing.message, place).await;
            }
        });
        told.await.map_err(|_| PostError::Busy)??;
        Ok(())
    }

    /// Takes up what the last process left: sends what was queued, and fails what was being handed over when it
    /// stopped, because that may have left. Call once at start, after [`Postman::tell`].
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn resume(&self) -> Result<(), StoreError> {
        let most = u32::try_from(MOST_WAITING).unwrap_or(u32::MAX);
        for left in self.0.store.unfinished_deliveries(most).await? {
            let message = left
                .message
                .as_ref()
                .and_then(|text| serde_json::from_str(text.expose()).ok());
            match (left.status, message, Arc::clone(&self.0.waiting).try_acquire_owned()) {
                (DeliveryStatus::Queued, Some(message), Ok(place)) => {
                    let inner = Arc::clone(&self.0);
                    self.0
                        .tracker
                        .spawn(async move { inner.carry_on(message, place).await });
                }
                _ => {
                    self.0
                        .advance(left.id, DeliveryStatus::Failed, None, Some(INTERRUPTED))
                        .await?;
                }
            }
        }
        Ok(())
    }

    /// A provider reports what became of a message. `false` when that is no news (repeated, late or unknown).
    ///
    /// # Errors
    /// When the store does not answer; the provider should then report again.
    pub async fn report(&self, id: Uuid, status: DeliveryStatus, reason: Option<&str>) -> Result<bool, StoreError> {
        self.0.advance(id, status, None, reason).await
    }
}

impl Inner {
    fn now(&self) -> UnixMs {
        unix_ms(self.clock.now_ms())
    }

    fn as_delivery(&self, outgoing: &Outgoing) -> Result<Delivery, StoreError> {
        let message = &outgoing.message;
        let text = serde_json::to_string(message).map_err(|_| StoreError::Misuse("the message cannot be written"))?;
        Ok(Delivery {
            id: message.id,
            session_id: message.session_id,
            invite_id: outgoing.invite_id,
            agent_id: message.agent_id,
            channel: message.by.channel(),
            target_masked: outgoing.masked.clone(),
            target: Some(Private::new(&message.to)),
            message: Some(Private::new(text)),
            provider_id: None,
            status: DeliveryStatus::Queued,
            reason: None,
            attempts: 0,
            created_at: self.now(),
            updated_at: self.now(),
        })
    }

    /// Carries the message and gives its place back.
    async fn carry_on(&self, message: Message, place: OwnedSemaphorePermit) {
        if let Err(error) = self.carry(&message).await {
            tracing::error!(delivery = %message.id, %error, "a message could not be followed");
        }
        drop(place);
    }

    /// Tries until the message is settled, or the server stops (then it stays queued for the next start).
    async fn carry(&self, message: &Message) -> Result<(), StoreError> {
        for pause in self.pauses.iter().copied().map(Some).chain([None]) {
            match self.try_once(message, pause.is_none()).await? {
                Tried::Done => return Ok(()),
                Tried::Again => {}
            }
            let stopped = self.shutdown.cancelled();
            if tokio::time::timeout(pause.unwrap_or_default(), stopped).await.is_ok() {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn try_once(&self, message: &Message, last: bool) -> Result<Tried, StoreError> {
        let Ok(_turn) = self.sending.acquire().await else {
            return Ok(Tried::Done);
        };
        if self.shutdown.is_cancelled() {
            return Ok(Tried::Done);
        }
        let claimed = self
            .store
            .advance_delivery(message.id, DeliveryStatus::Sending, None, None, self.now())
            .await?;
        if claimed.is_none() {
            return Ok(Tried::Done); // somebody else has it, or it is settled
        }
        let provider = match message.by.channel() {
            Channel::Email => &self.mail,
            Channel::Sms | Channel::Link | Channel::Site => &self.sms,
        };
        match provider.send(message).await {
            Ok(Receipt { provider_id }) => {
                self.advance(message.id, DeliveryStatus::Sent, provider_id.as_deref(), None)
                    .await?;
            }
            Err(DeliverError::Later(reason)) if !last => {
                let queued = DeliveryStatus::Queued;
                self.store
                    .advance_delivery(message.id, queued, None, Some(&reason), self.now())
                    .await?;
                return Ok(Tried::Again);
            }
            Err(error) => {
                self.advance(message.id, DeliveryStatus::Failed, None, Some(&error.to_string()))
                    .await?;
            }
        }
        Ok(Tried::Done)
    }

    /// Moves a message on and tells the listener, if it was a move.
    async fn advance(
        &self,
        id: Uuid,
        to: DeliveryStatus,
        provider_id: Option<&str>,
        reason: Option<&str>,
    ) -> Result<bool, StoreError> {
        let Some(delivery) = self
            .store
            .advance_delivery(id, to, provider_id, reason, self.now())
            .await?
        else {
            return Ok(false);
        };
        tracing::info!(delivery = %id, channel = delivery.channel.as_str(), status = to.as_str(), "a message moved on");
        if let Some(news) = self.news.get() {
            let moved = Moved {
                delivery: id,
                session_id: delivery.session_id,
                invite_id: delivery.invite_id,
                channel: delivery.channel,
                status: to,
                reason: delivery.reason,
            };
            news.moved(moved).await;
        }
        Ok(true)
    }
}
