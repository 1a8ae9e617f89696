//! The providers and the postman against real servers of the kinds they talk to, on loopback.

pub(crate) mod http_provider;
pub(crate) mod mail_server;
mod providers;
mod reports;
mod rounds;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::postman::{DeliveryNews, Moved, Outgoing, Postman};
use super::{By, Deliver, Message};
use crate::clock::Clock;
use crate::store::sqlite::SqliteStore;
use crate::store::{DeliveryStatus, Store};

type Outcome = Result<(), Box<dyn Error>>;

/// Longer than anything here takes, so that a fault fails a test instead of hanging it.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits for `future`, but not for ever.
pub(crate) async fn soon<T>(future: impl Future<Output = T>) -> Result<T, Box<dyn Error>> {
    Ok(tokio::time::timeout(PATIENCE, future).await?)
}

/// A postman, what it tells, and the parts a test may want to look at.
struct Office {
    store: Arc<dyn Store>,
    postman: Postman,
    news: mpsc::Receiver<Moved>,
    tracker: TaskTracker,
    shutdown: CancellationToken,
}

struct Ear(mpsc::Sender<Moved>);

#[async_trait]
impl DeliveryNews for Ear {
    async fn moved(&self, moved: Moved) {
        let _ = self.0.send(moved).await; // the test may have heard enough
    }
}

impl Office {
    /// Opens on the database in `folder` with one provider for everything and short pauses between tries.
    async fn open(
        folder: &std::path::Path,
        provider: Arc<dyn Deliver>,
        pauses: &[u64],
    ) -> Result<Self, Box<dyn Error>> {
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&folder.join("t.db")).await?);
        let (tracker, shutdown) = (TaskTracker::new(), CancellationToken::new());
        let pauses = pauses.iter().copied().map(Duration::from_millis).collect();
        let (mail, sms) = (Arc::clone(&provider), provider);
        let postman = Postman::with_pauses(
            Arc::clone(&store),
            Clock::system(),
            sms,
            mail,
            tracker.clone(),
            shutdown.clone(),
            pauses,
        );
        let (ear, news) = mpsc::channel(16);
        postman.tell(Arc::new(Ear(ear)));
        Ok(Self {
            store,
            postman,
            news,
            tracker,
            shutdown,
        })
    }

    async fn next_news(&mut self) -> Result<(DeliveryStatus, Option<String>), Box<dyn Error>> {
        let moved = soon(self.news.recv()).await?.ok_or("no more news")?;
        Ok((moved.status, moved.reason))
    }

    async fn stop(self) -> Outcome {
        self.shutdown.cancel();
        self.tracker.close();
        soon(self.tracker.wait()).await?;
        self.store.close().await;
        Ok(())
    }
}

fn text_message() -> Message {
    Message {
        id: Uuid::new_v4(),
        session_id: None,
        agent_id: None,
        by: By::Sms,
        to: "+447400123456".into(),
        text: "Open https://help.example.com/j#s & see\n@help.example.com #482917".into(),
    }
}

fn letter() -> Message {
    Message {
        id: Uuid::new_v4(),
        session_id: None,
        agent_id: None,
        by: By::Email {
            subject: "Zoë asks".into(),
            html: "<p>Open <a href=\"https://h/j#s\">it</a></p>".into(),
        },
        to: "kim@example.org".into(),
        text: "Open https://h/j#s\n".into(),
    }
}

fn outgoing(message: &Message) -> Outgoing {
    Outgoing {
        message: message.clone(),
        invite_id: None,
        masked: "••• 56".into(),
    }
}
