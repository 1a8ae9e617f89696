use uuid::Uuid;

use super::{Outcome, T0, a_session, contract};
use crate::store::{PinRow, Store, StoreError};

contract!(
    a_pin_leads_to_its_session_until_it_expires,
    a_pin_in_use_cannot_be_drawn_again_until_it_is_free,
    a_session_has_one_pin_and_a_new_one_retires_the_old,
    misses_and_declined_knocks_are_counted_and_kept,
    a_retired_pin_leads_nowhere_and_counts_no_more,
    attempts_are_counted_by_scope_over_a_sliding_window,
    parallel_attempts_are_all_counted,
);

fn pin(text: &str, session_id: Uuid) -> PinRow {
    PinRow {
        id: Uuid::new_v4(),
        pin: text.into(),
        session_id,
        created_at: T0,
        expires_at: T0 + 600_000,
        misses: 0,
        knocks_declined: 0,
    }
}

async fn a_pin_leads_to_its_session_until_it_expires(store: &dyn Store) -> Outcome {
    let put = pin("042917", a_session(store).await?);
    store.put_pin(&put, T0).await?;
    assert_eq!(store.pin("042917", T0 + 599_999).await?, Some(put.clone()));
    assert_eq!(store.pin_of(put.session_id, T0).await?, Some(put.clone()));
    assert_eq!(store.pin("042917", T0 + 600_000).await?, None);
    assert_eq!(store.pin_of(put.session_id, T0 + 600_000).await?, None);
    assert_eq!(store.pin("42917", T0).await?, None);
    assert!(!format!("{put:?}").contains("042917"));
    Ok(())
}

async fn a_pin_in_use_cannot_be_drawn_again_until_it_is_free(store: &dyn Store) -> Outcome {
    let first = pin("482917", a_session(store).await?);
    store.put_pin(&first, T0).await?;
    let second = pin("482917", a_session(store).await?);
    assert!(matches!(store.put_pin(&second, T0).await, Err(StoreError::Taken)));
    assert_eq!(store.pin("482917", T0).await?, Some(first));

    let later = T0 + 600_000;
    let second = PinRow {
        expires_at: later + 1,
        ..second
    };
    store.put_pin(&second, later).await?;
    assert_eq!(store.pin("482917", later).await?, Some(second));
    Ok(())
}

async fn a_session_has_one_pin_and_a_new_one_retires_the_old(store: &dyn Store) -> Outcome {
    let session = a_session(store).await?;
    store.put_pin(&pin("111111", session), T0).await?;
    let new = pin("222222", session);
    store.put_pin(&new, T0).await?;
    assert_eq!(store.pin("111111", T0).await?, None);
    assert_eq!(store.pin_of(session, T0).await?, Some(new));

    // A refused draw must leave the session the PIN it had.
    let other = pin("333333", a_session(store).await?);
    store.put_pin(&other, T0).await?;
    assert!(matches!(
        store.put_pin(&pin("333333", session), T0).await,
        Err(StoreError::Taken)
    ));
    assert!(store.pin("222222", T0).await?.is_some());
    Ok(())
}

async fn misses_and_declined_knocks_are_counted_and_kept(store: &dyn Store) -> Outcome {
    let put = pin("482917", a_session(store).await?);
    store.put_pin(&put, T0).await?;
    assert_eq!(store.count_pin_miss(put.id).await?, Some(1));
    assert_eq!(store.count_pin_miss(put.id).await?, Some(2));
    assert_eq!(store.count_knock_declined(put.id).await?, Some(1));
    let kept = store.pin("482917", T0).await?.ok_or("lost")?;
    assert_eq!((kept.misses, kept.knocks_declined), (2, 1));
    Ok(())
}

async fn a_retired_pin_leads_nowhere_and_counts_no_more(store: &dyn Store) -> Outcome {
    let put = pin("482917", a_session(store).await?);
    store.put_pin(&put, T0).await?;
    assert!(store.retire_pin(put.id, T0).await?);
    assert!(!store.retire_pin(put.id, T0).await?);
    assert_eq!(store.pin("482917", T0).await?, None);
    assert_eq!(store.count_pin_miss(put.id).await?, None);
    assert_eq!(store.count_knock_declined(put.id).await?, None);

    let again = pin("555555", put.session_id);
    store.put_pin(&again, T0).await?;
    store.retire_pin_of(put.session_id, T0).await?;
    assert_eq!(store.pin_of(put.session_id, T0).await?, None);
    Ok(())
}

async fn attempts_are_counted_by_scope_over_a_sliding_window(store: &dyn Store) -> Outcome {
    let window = 1_000;
    for expected in 1..=4 {
        assert_eq!(store.hit("pin:a", window, T0 + 10).await?, expected);
    }
    assert_eq!(store.hits("pin:a", window, T0 + 10).await?, 4);
    assert_eq!(store.hits("pin:b", window, T0 + 10).await?, 0);
    assert_eq!(store.hits("pin:a", window, T0 + 1_500).await?, 2, "half a window later");
    assert_eq!(store.hits("pin:a", window, T0 + 2_000).await?, 0);
    store.clear_hits("pin:a").await?;
    assert_eq!(store.hits("pin:a", window, T0 + 10).await?, 0);
    Ok(())
}

async fn parallel_attempts_are_all_counted(store: &dyn Store) -> Outcome {
    let attempts = (0..8).map(|_| store.hit("sign-in", 1_000, T0));
    let mut counted = futures_util::future::try_join_all(attempts).await?;
    counted.sort_unstable();
    assert_eq!(counted, (1..=8).collect::<Vec<u64>>());
    Ok(())
}
