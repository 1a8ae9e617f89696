use uuid::Uuid;

use super::{Outcome, T0, a_session, contract, event, session_row};
use crate::store::{Channel, Delivery, DeliveryStatus, OutboxMessage, Store, secret::Private};
use DeliveryStatus::{Delivered, Failed, Queued, Sending, Sent};

contract!(
    a_message_moves_only_as_the_table_allows,
    one_worker_claims_a_message,
    the_text_is_forgotten_once_handed_over_and_the_address_with_the_session,
    each_claim_counts_as_an_attempt,
    unfinished_messages_are_found_again,
    addresses_are_forgotten_after_a_day_even_if_the_session_goes_on,
    an_agent_sees_the_outbox_of_own_sessions_and_an_administrator_all,
    the_outbox_does_not_grow_for_ever,
);

fn message(session_id: Option<Uuid>) -> Delivery {
    Delivery {
        id: Uuid::new_v4(),
        session_id,
        invite_id: None,
        agent_id: None,
        channel: Channel::Sms,
        target_masked: "+44 … 123".into(),
        target: Some(Private::new("+447700900123")),
        message: Some(Private::new("{}")),
        provider_id: None,
        status: Queued,
        reason: None,
        attempts: 0,
        created_at: T0,
        updated_at: T0,
    }
}

async fn a_message_moves_only_as_the_table_allows(store: &dyn Store) -> Outcome {
    for from in DeliveryStatus::ALL.iter().copied() {
        for to in DeliveryStatus::ALL.iter().copied() {
            let put = Delivery {
                status: from,
                ..message(None)
            };
            store.put_delivery(&put).await?;
            let moved = store
                .advance_delivery(put.id, to, Some("SM1"), Some("why"), T0 + 1)
                .await?;
            let expected = to.may_follow().contains(&from);
            assert_eq!(moved.is_some(), expected, "{from:?} to {to:?}");
            let stored = store.delivery(put.id).await?;
            if let Some(moved) = moved {
                assert_eq!((moved.status, moved.updated_at), (to, T0 + 1));
                assert_eq!(moved.provider_id.as_deref(), Some("SM1"));
                assert_eq!(moved.reason.as_deref(), Some("why"));
                assert_eq!(stored, Some(moved));
            } else {
                assert_eq!(stored, Some(put));
            }
        }
    }
    assert!(
        store
            .advance_delivery(Uuid::new_v4(), Sending, None, None, T0)
            .await?
            .is_none()
    );
    Ok(())
}

async fn one_worker_claims_a_message(store: &dyn Store) -> Outcome {
    let put = message(None);
    store.put_delivery(&put).await?;
    let (a, b) = tokio::join!(
        store.advance_delivery(put.id, Sending, None, None, T0),
        store.advance_delivery(put.id, Sending, None, None, T0)
    );
    assert_eq!([a?, b?].iter().flatten().count(), 1);
    Ok(())
}

async fn the_text_is_forgotten_once_handed_over_and_the_address_with_the_session(store: &dyn Store) -> Outcome {
    let session = a_session(store).await?;
    let put = message(Some(session));
    store.put_delivery(&put).await?;
    let sending = store
        .advance_delivery(put.id, Sending, None, None, T0)
        .await?
        .ok_or("lost")?;
    assert_eq!(sending.message, put.message);
    let sent = store
        .advance_delivery(put.id, Sent, Some("SM1"), None, T0)
        .await?
        .ok_or("lost")?;
    assert_eq!((sent.message, sent.target), (None, put.target));
    let arrived = store.advance_delivery(put.id, Delivered, None, None, T0).await?;
    assert_eq!(arrived.and_then(|d| d.provider_id).as_deref(), Some("SM1"));

    store.forget_targets(session).await?;
    let left = store.deliveries_of(session).await?.pop().ok_or("lost")?;
    assert_eq!((left.target, left.target_masked.as_str()), (None, "+44 … 123"));
    Ok(())
}

async fn each_claim_counts_as_an_attempt(store: &dyn Store) -> Outcome {
    let put = message(None);
    store.put_delivery(&put).await?;
    for attempt in 1..=3 {
        let claimed = store
            .advance_delivery(put.id, Sending, None, None, T0)
            .await?
            .ok_or("lost")?;
        assert_eq!(claimed.attempts, attempt);
        assert!(claimed.message.is_some());
        store
            .advance_delivery(put.id, Queued, None, Some("busy"), T0)
            .await?
            .ok_or("lost")?;
    }
    Ok(())
}

async fn unfinished_messages_are_found_again(store: &dyn Store) -> Outcome {
    let mut put = Vec::new();
    for (n, status) in (0..).zip([Sending, Queued, Sent, Failed, Delivered]) {
        let one = Delivery {
            status,
            created_at: T0 + n,
            ..message(None)
        };
        store.put_delivery(&one).await?;
        put.push(one);
    }
    assert_eq!(store.unfinished_deliveries(10).await?, put[..2].to_vec());
    assert_eq!(store.unfinished_deliveries(1).await?, put[..1].to_vec());
    Ok(())
}

async fn addresses_are_forgotten_after_a_day_even_if_the_session_goes_on(store: &dyn Store) -> Outcome {
    let day = 24 * 60 * 60 * 1000;
    let sent = Delivery {
        status: Sent,
        ..message(None)
    };
    let waiting = message(None);
    store.put_delivery(&sent).await?;
    store.put_delivery(&waiting).await?;
    store.sweep(T0 + day - 1).await?;
    assert!(store.delivery(sent.id).await?.ok_or("lost")?.target.is_some());
    store.sweep(T0 + day).await?;
    assert!(store.delivery(sent.id).await?.ok_or("lost")?.target.is_none());
    assert!(store.delivery(waiting.id).await?.ok_or("lost")?.target.is_some());
    Ok(())
}

fn outgoing(session_id: Option<Uuid>, agent_id: Option<Uuid>, at: i64) -> OutboxMessage {
    OutboxMessage {
        id: Uuid::new_v4(),
        session_id,
        agent_id,
        channel: Channel::Email,
        target: Private::new("kim@example.org"),
        subject: "Help".into(),
        body: Private::new("Open the link"),
        at,
    }
}

async fn an_agent_sees_the_outbox_of_own_sessions_and_an_administrator_all(store: &dyn Store) -> Outcome {
    let (me, colleague) = (Uuid::new_v4(), Uuid::new_v4());
    let mut shared = session_row(Uuid::new_v4());
    shared.agents = vec![me];
    store.append(&shared, 1, &[event(1)]).await?;
    let account_mail = outgoing(None, None, T0);
    let mine = outgoing(None, Some(me), T0 + 1);
    let in_my_session = outgoing(Some(shared.id), Some(colleague), T0 + 2);
    let theirs = outgoing(None, Some(colleague), T0 + 3);
    for put in [&account_mail, &mine, &in_my_session, &theirs] {
        store.put_outbox(put).await?;
    }
    store.put_outbox(&mine).await?;

    assert_eq!(
        store.outbox(Some(me), 10).await?,
        vec![in_my_session.clone(), mine.clone()]
    );
    assert_eq!(
        store.outbox(None, 10).await?,
        vec![theirs.clone(), in_my_session, mine, account_mail]
    );
    assert_eq!(store.outbox(None, 1).await?, vec![theirs]);
    Ok(())
}

async fn the_outbox_does_not_grow_for_ever(store: &dyn Store) -> Outcome {
    for n in 0..1_005 {
        store.put_outbox(&outgoing(None, None, T0 + n)).await?;
    }
    store.sweep(T0 + 2_000).await?;
    let left = store.outbox(None, 2_000).await?;
    assert_eq!((left.len(), left.last().map(|m| m.at)), (1_000, Some(T0 + 5)));
    store.sweep(T0 + 8 * 24 * 60 * 60 * 1000).await?;
    assert!(store.outbox(None, 10).await?.is_empty());
    Ok(())
}
