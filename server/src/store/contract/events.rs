use uuid::Uuid;

use super::{Outcome, T0, contract, event, session_row};
use crate::store::{SessionRow, Store, StoreError, secret::Private};

contract!(
    events_come_back_as_they_were_appended,
    a_stale_writer_is_told_where_the_log_is_and_writes_nothing,
    of_two_writers_at_once_one_wins,
    gaps_and_empty_appends_are_refused,
    the_index_row_changes_with_the_log,
    recent_sessions_are_those_the_agent_made_or_joined_latest_first,
    live_sessions_are_those_that_have_not_ended,
    a_key_once_made_stays,
    a_closed_store_says_so,
);

async fn events_come_back_as_they_were_appended(store: &dyn Store) -> Outcome {
    let row = session_row(Uuid::new_v4());
    let mut odd = event(3);
    odd.by = None;
    odd.cause = Some(Uuid::new_v4());
    odd.body = "{\"text\":\"čaj 🍵 \\u0000 'quoted'\"}".into();
    store.append(&row, 1, &[event(1), event(2)]).await?;
    store.append(&row, 3, std::slice::from_ref(&odd)).await?;

    assert_eq!(store.load(row.id, 0).await?, vec![event(1), event(2), odd.clone()]);
    assert_eq!(store.load(row.id, 2).await?, vec![odd]);
    assert_eq!(store.load(row.id, 3).await?, vec![]);
    assert_eq!(store.load(row.id, u64::MAX).await?, vec![]);
    assert_eq!(store.load(Uuid::new_v4(), 0).await?, vec![]);
    Ok(())
}

async fn a_stale_writer_is_told_where_the_log_is_and_writes_nothing(store: &dyn Store) -> Outcome {
    let row = session_row(Uuid::new_v4());
    store.append(&row, 1, &[event(1), event(2)]).await?;

    let changed = SessionRow {
        status: "done".into(),
        ..row.clone()
    };
    let stale = store.append(&changed, 2, &[event(2)]).await;
    assert!(matches!(stale, Err(StoreError::Conflict { last: 2 })), "{stale:?}");
    let ahead = store.append(&changed, 4, &[event(4)]).await;
    assert!(matches!(ahead, Err(StoreError::Conflict { last: 2 })), "{ahead:?}");

    assert_eq!(store.load(row.id, 0).await?.len(), 2);
    assert_eq!(store.session(row.id).await?, Some(row));
    Ok(())
}

async fn of_two_writers_at_once_one_wins(store: &dyn Store) -> Outcome {
    let row = session_row(Uuid::new_v4());
    let (one, other) = ([event(1)], [event(1)]);
    let (a, b) = tokio::join!(store.append(&row, 1, &one), store.append(&row, 1, &other));
    assert_eq!(
        [a.is_ok(), b.is_ok()].iter().filter(|won| **won).count(),
        1,
        "{a:?} {b:?}"
    );
    assert_eq!(store.load(row.id, 0).await?.len(), 1);
    Ok(())
}

async fn gaps_and_empty_appends_are_refused(store: &dyn Store) -> Outcome {
    let row = session_row(Uuid::new_v4());
    for (first, events) in [
        (1, vec![]),
        (1, vec![event(1), event(3)]),
        (1, vec![event(2)]),
        (0, vec![event(0)]),
    ] {
        let refused = store.append(&row, first, &events).await;
        assert!(matches!(refused, Err(StoreError::Misuse(_))), "{first} {events:?}");
    }
    assert_eq!(store.session(row.id).await?, None);
    Ok(())
}

async fn the_index_row_changes_with_the_log(store: &dyn Store) -> Outcome {
    let (maker, helper) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let mut row = session_row(Uuid::new_v4());
    row.created_by = Some(maker);
    store.append(&row, 1, &[event(1)]).await?;

    row.status = "done".into();
    row.mode = "photo".into();
    row.customer_name = Some("Kim".into());
    row.agents = vec![helper];
    row.last_at = T0 + 5;
    row.ended_at = Some(T0 + 5);
    store.append(&row, 2, &[event(2)]).await?;

    // An agent once recorded stays, even when a later row does not name them.
    row.agents = vec![];
    store.append(&row, 3, &[event(3)]).await?;
    row.agents = vec![maker, helper];
    assert_eq!(store.session(row.id).await?, Some(row));
    Ok(())
}

async fn recent_sessions_are_those_the_agent_made_or_joined_latest_first(store: &dyn Store) -> Outcome {
    let me = Uuid::new_v4();
    let mut made = session_row(Uuid::new_v4());
    made.created_by = Some(me);
    made.last_at = T0 + 1;
    let mut joined = session_row(Uuid::new_v4());
    joined.agents = vec![me];
    joined.last_at = T0 + 2;
    let others = session_row(Uuid::new_v4());
    for row in [&made, &joined, &others] {
        store.append(row, 1, &[event(1)]).await?;
    }

    let ids = |rows: Vec<SessionRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(store.recent_sessions(me, 10).await?), vec![joined.id, made.id]);
    assert_eq!(ids(store.recent_sessions(me, 1).await?), vec![joined.id]);
    assert_eq!(
        ids(store.recent_sessions(Uuid::new_v4(), 10).await?),
        Vec::<Uuid>::new()
    );
    Ok(())
}

async fn live_sessions_are_those_that_have_not_ended(store: &dyn Store) -> Outcome {
    let live = session_row(Uuid::new_v4());
    let mut ended = session_row(Uuid::new_v4());
    ended.ended_at = Some(T0);
    store.append(&live, 1, &[event(1)]).await?;
    store.append(&ended, 1, &[event(1)]).await?;
    assert_eq!(store.live_sessions().await?, vec![live]);
    Ok(())
}

async fn a_key_once_made_stays(store: &dyn Store) -> Outcome {
    let first = store.server_key("scopes", &Private::new("one")).await?;
    let second = store.server_key("scopes", &Private::new("two")).await?;
    assert_eq!((first.expose(), second.expose()), ("one", "one"));
    let other = store.server_key("turn", &Private::new("three")).await?;
    assert_eq!(other.expose(), "three");
    Ok(())
}

async fn a_closed_store_says_so(store: &dyn Store) -> Outcome {
    store.ping().await?;
    store.close().await;
    assert!(matches!(store.ping().await, Err(StoreError::Unavailable(_))));
    let row = session_row(Uuid::new_v4());
    let refused = store.append(&row, 1, &[event(1)]).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    Ok(())
}
