use uuid::Uuid;

use super::{Outcome, T0, a_session, contract};
use crate::store::{RatedBy, Store, StoredRating};

contract!(a_rating_replaces_the_one_before_and_the_newest_come_first);

async fn a_rating_replaces_the_one_before_and_the_newest_come_first(store: &dyn Store) -> Outcome {
    let first = StoredRating {
        session_id: a_session(store).await?,
        person_id: Uuid::new_v4(),
        role: RatedBy::Customer,
        stars: 2,
        words: "It froze".into(),
        rated_at: T0,
    };
    let second = StoredRating {
        person_id: Uuid::new_v4(),
        role: RatedBy::Agent,
        stars: 5,
        words: String::new(),
        rated_at: T0 + 1,
        ..first.clone()
    };
    store.put_rating(&first).await?;
    store.put_rating(&second).await?;
    assert_eq!(store.ratings(10).await?, vec![second.clone(), first.clone()]);
    let better = StoredRating {
        stars: 4,
        words: "Then it went".into(),
        rated_at: T0 + 2,
        ..first
    };
    store.put_rating(&better).await?;
    assert_eq!(store.ratings(10).await?, vec![better.clone(), second]);
    assert_eq!(store.ratings(1).await?, vec![better]);
    Ok(())
}
