use super::{Outcome, T0, a_session, contract};
use crate::store::{MOST_ARRIVALS, Store, StoredArrival};

contract!(
    every_browser_that_opened_a_link_is_kept_once_the_latest_last,
    of_too_many_browsers_those_are_forgotten_that_asked_longest_ago,
);

async fn every_browser_that_opened_a_link_is_kept_once_the_latest_last(store: &dyn Store) -> Outcome {
    let session = a_session(store).await?;
    assert_eq!(store.arrivals(session).await?, []);
    for (at, browser, no_program) in [
        (T0, "Facebook", false),
        (T0 + 1, "Safari", false),
        (T0 + 2, "Safari", true),
        (T0 + 3, "Facebook", false),
    ] {
        store.put_arrival(session, browser, no_program, at).await?;
    }
    let arrival = |user_agent: &str, no_program, first_at, seen_at| StoredArrival {
        session_id: session,
        user_agent: user_agent.to_owned(),
        no_program,
        first_at,
        seen_at,
    };
    let expected = [
        arrival("Safari", false, T0 + 1, T0 + 1),
        arrival("Safari", true, T0 + 2, T0 + 2),
        arrival("Facebook", false, T0, T0 + 3),
    ];
    assert_eq!(store.arrivals(session).await?, expected);
    assert_eq!(store.arrivals(a_session(store).await?).await?, []);
    Ok(())
}

async fn of_too_many_browsers_those_are_forgotten_that_asked_longest_ago(store: &dyn Store) -> Outcome {
    let session = a_session(store).await?;
    for number in 0..MOST_ARRIVALS + 5 {
        let browser = format!("Browser {number}");
        store
            .put_arrival(session, &browser, false, T0 + i64::from(number))
            .await?;
    }
    let kept = store.arrivals(session).await?;
    assert_eq!(kept.len(), MOST_ARRIVALS as usize);
    let (first, last) = (&kept[0], &kept[kept.len() - 1]);
    assert_eq!(first.user_agent, "Browser 5");
    assert_eq!(last.user_agent, format!("Browser {}", MOST_ARRIVALS + 4));
    Ok(())
}
