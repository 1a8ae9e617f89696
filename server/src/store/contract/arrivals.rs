use super::{Outcome, T0, a_session, contract};
use crate::store::{Store, StoredArrival};

contract!(only_the_latest_arrival_of_a_session_is_kept);

async fn only_the_latest_arrival_of_a_session_is_kept(store: &dyn Store) -> Outcome {
    let session = a_session(store).await?;
    assert_eq!(store.arrival(session).await?, None);
    for (browser, no_program, seen_at) in [("Facebook", true, T0), ("Safari", false, T0 + 1)] {
        let arrival = StoredArrival {
            session_id: session,
            user_agent: browser.into(),
            no_program,
            seen_at,
        };
        store.put_arrival(&arrival).await?;
        assert_eq!(store.arrival(session).await?, Some(arrival));
    }
    Ok(())
}
