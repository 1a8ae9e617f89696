//! The postman's rounds: tries, gives up, resumes, and never sends twice.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::mpsc;

use super::http_provider::{Answer, HttpProvider};
use super::{Office, Outcome, letter, outgoing, soon, text_message};
use crate::clock::Clock;
use crate::invite::outbox::Outbox;
use crate::invite::postman::PostError;
use crate::invite::twilio::Twilio;
use crate::invite::{Deliver, DeliverError, Message, Receipt, http_client};
use crate::store::secret::Private;
use crate::store::sqlite::SqliteStore;
use crate::store::{Channel, DeliveryStatus, Store};
use DeliveryStatus::{Delivered, Failed, Queued, Sending, Sent};

fn twilio(url: &str) -> Result<Arc<dyn Deliver>, reqwest::Error> {
    let token = Private::new("t0ken");
    Ok(Arc::new(Twilio::new(
        http_client()?,
        url,
        "AC1",
        token,
        "+15550001",
        "https://help.example.com",
    )))
}

#[tokio::test]
async fn a_busy_provider_is_asked_again_until_it_takes_the_message() -> Outcome {
    let folder = tempfile::tempdir()?;
    let busy = Answer::Say(503, "");
    let mut provider = HttpProvider::start(&[busy, busy, Answer::Say(201, r#"{"sid":"SM1"}"#)]).await?;
    let mut office = Office::open(folder.path(), twilio(&provider.url)?, &[1, 1, 1, 1]).await?;
    let message = text_message();
    office.postman.post(outgoing(&message)).await?;
    assert_eq!(office.next_news().await?, (Sent, None));

    let kept = office.store.delivery(message.id).await?.ok_or("lost")?;
    assert_eq!(
        (kept.attempts, kept.provider_id.as_deref(), kept.message),
        (3, Some("SM1"), None)
    );
    assert_eq!(kept.target_masked, "••• 56");
    for _ in 0..3 {
        soon(provider.arrived.recv()).await?;
    }
    office.stop().await?;
    assert!(provider.arrived.try_recv().is_err(), "sent again after it was taken");
    Ok(())
}

#[tokio::test]
async fn when_the_answer_is_lost_the_message_is_not_sent_again() -> Outcome {
    /// Takes the message and breaks the connection.
    async fn take_and_break() -> Result<(String, mpsc::Receiver<()>), std::io::Error> {
        use tokio::io::AsyncReadExt as _;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (sender, taken) = mpsc::channel(16);
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let mut some = [0; 64];
                if socket.read(&mut some).await.is_ok_and(|n| n > 0) {
                    let _ = sender.send(()).await; // the test may have seen enough
                }
            }
        });
        Ok((url, taken))
    }
    let folder = tempfile::tempdir()?;
    let (url, mut taken) = take_and_break().await?;
    let mut office = Office::open(folder.path(), twilio(&url)?, &[1, 1]).await?;
    let message = text_message();
    office.postman.post(outgoing(&message)).await?;
    let (status, reason) = office.next_news().await?;
    assert_eq!(status, Failed);
    assert!(reason.is_some_and(|words| words.contains("may have left")));

    // The provider reports after all that it arrived.
    assert!(office.postman.report(message.id, Delivered, None).await?);
    assert_eq!(office.next_news().await?.0, Delivered);
    office.stop().await?;
    assert_eq!((taken.recv().await, taken.try_recv().is_err()), (Some(()), true));
    Ok(())
}

#[tokio::test]
async fn an_unreachable_provider_is_given_up_in_the_end_with_the_reason() -> Outcome {
    let folder = tempfile::tempdir()?;
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", nobody.local_addr()?);
    drop(nobody);
    let mut office = Office::open(folder.path(), twilio(&url)?, &[1, 1]).await?;
    let message = text_message();
    office.postman.post(outgoing(&message)).await?;
    assert_eq!(
        office.next_news().await?,
        (Failed, Some("the provider could not be reached".into()))
    );
    assert_eq!(office.store.delivery(message.id).await?.ok_or("lost")?.attempts, 3);
    office.stop().await
}

#[tokio::test]
async fn reports_move_a_message_forward_only() -> Outcome {
    let folder = tempfile::tempdir()?;
    let provider = HttpProvider::start(&[Answer::Say(201, "{}")]).await?;
    let mut office = Office::open(folder.path(), twilio(&provider.url)?, &[]).await?;
    let message = text_message();
    office.postman.post(outgoing(&message)).await?;
    assert_eq!(office.next_news().await?.0, Sent);
    assert!(office.postman.report(message.id, Delivered, None).await?);
    assert_eq!(office.next_news().await?.0, Delivered);
    for late in [Sent, Delivered, Failed] {
        assert!(
            !office.postman.report(message.id, late, Some("late")).await?,
            "{late:?}"
        );
    }
    assert!(!office.postman.report(uuid::Uuid::new_v4(), Delivered, None).await?);
    office.stop().await
}

#[tokio::test]
async fn the_outbox_keeps_what_would_have_been_sent() -> Outcome {
    let folder = tempfile::tempdir()?;
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&folder.path().join("t.db")).await?);
    let outbox: Arc<dyn Deliver> = Arc::new(Outbox::new(store, Clock::system()));
    let mut office = Office::open(folder.path(), outbox, &[]).await?;
    let (sms, mail) = (text_message(), letter());
    for message in [&sms, &mail] {
        office.postman.post(outgoing(message)).await?;
        assert_eq!(office.next_news().await?.0, Sent);
    }
    let mut kept = office.store.outbox(None, 10).await?;
    kept.sort_by_key(|m| m.channel.as_str());
    let shown: Vec<_> = kept
        .iter()
        .map(|m| (m.channel, m.target.expose(), m.subject.as_str(), m.body.expose()))
        .collect();
    assert_eq!(
        shown,
        [
            (Channel::Email, mail.to.as_str(), "Zoë asks", mail.text.as_str()),
            (Channel::Sms, sms.to.as_str(), "", sms.text.as_str()),
        ]
    );
    office.stop().await
}

/// A provider that takes a message and does not answer while the test lasts.
#[derive(Debug)]
struct Stuck(mpsc::Sender<()>);

#[async_trait]
impl Deliver for Stuck {
    async fn send(&self, _: &Message) -> Result<Receipt, DeliverError> {
        let _ = self.0.send(()).await; // the test may have seen enough
        std::future::pending().await
    }
}

#[tokio::test]
async fn when_too_many_wait_one_more_is_refused_at_once() -> Outcome {
    let folder = tempfile::tempdir()?;
    let (begun, _stuck) = mpsc::channel(300);
    let office = Office::open(folder.path(), Arc::new(Stuck(begun)), &[]).await?;
    for _ in 0..256 {
        office.postman.post(outgoing(&text_message())).await?;
    }
    let extra = text_message();
    assert!(matches!(
        office.postman.post(outgoing(&extra)).await,
        Err(PostError::Busy)
    ));
    assert_eq!(office.store.delivery(extra.id).await?, None);
    Ok(())
}

#[tokio::test]
async fn a_message_between_two_tries_survives_a_restart_and_is_sent_once() -> Outcome {
    let folder = tempfile::tempdir()?;
    let mut provider = HttpProvider::start(&[Answer::Say(503, ""), Answer::Say(201, "{}")]).await?;
    let office = Office::open(folder.path(), twilio(&provider.url)?, &[60_000]).await?;
    let message = text_message();
    office.postman.post(outgoing(&message)).await?;
    soon(provider.arrived.recv()).await?;
    office.stop().await?;

    let mut office = Office::open(folder.path(), twilio(&provider.url)?, &[60_000]).await?;
    assert_eq!(office.store.delivery(message.id).await?.ok_or("lost")?.status, Queued);
    office.postman.resume().await?;
    assert_eq!(office.next_news().await?.0, Sent);
    office.stop().await?;

    let office = Office::open(folder.path(), twilio(&provider.url)?, &[60_000]).await?;
    office.postman.resume().await?;
    office.stop().await?;
    soon(provider.arrived.recv()).await?;
    assert!(provider.arrived.try_recv().is_err(), "sent again after a restart");
    Ok(())
}

#[tokio::test]
async fn a_message_being_sent_when_the_process_died_is_failed_and_not_sent_again() -> Outcome {
    let folder = tempfile::tempdir()?;
    let mut provider = HttpProvider::start(&[Answer::Say(201, "{}")]).await?;
    let mut office = Office::open(folder.path(), twilio(&provider.url)?, &[]).await?;
    let (begun, mut stuck) = mpsc::channel(1);
    let dying = Office::open(folder.path(), Arc::new(Stuck(begun)), &[]).await?;
    let message = text_message();
    dying.postman.post(outgoing(&message)).await?;
    soon(stuck.recv()).await?;
    assert_eq!(office.store.delivery(message.id).await?.ok_or("lost")?.status, Sending);

    office.postman.resume().await?;
    let (status, reason) = office.next_news().await?;
    assert_eq!(status, Failed);
    assert!(reason.is_some_and(|words| words.contains("restarted")));
    office.stop().await?;
    assert!(provider.arrived.try_recv().is_err());
    Ok(())
}
