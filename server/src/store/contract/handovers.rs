use uuid::Uuid;

use super::{Outcome, T0, a_session, contract};
use crate::store::{Answer, Store, StoredHandover};

contract!(a_colleague_is_asked_until_they_answer_or_time_is_up_and_only_the_latest_asking_counts);

async fn a_colleague_is_asked_until_they_answer_or_time_is_up_and_only_the_latest_asking_counts(
    store: &dyn Store,
) -> Outcome {
    let session = a_session(store).await?;
    let asked = StoredHandover {
        session_id: session,
        asked_by: Uuid::new_v4(),
        colleague: Uuid::new_v4(),
        answer: Answer::None,
        until: T0 + 60_000,
    };
    assert_eq!(store.handover(session).await?, None);
    store.put_handover(&asked).await?;
    assert_eq!(store.handovers_to(asked.colleague, T0).await?, vec![asked.clone()]);
    assert_eq!(store.handovers_to(asked.colleague, asked.until).await?, vec![]);
    assert!(!store.answer_handover(session, asked.asked_by, Answer::Accepted).await?);

    let other = StoredHandover {
        colleague: Uuid::new_v4(),
        ..asked.clone()
    };
    store.put_handover(&other).await?;
    assert!(
        !store
            .answer_handover(session, asked.colleague, Answer::Accepted)
            .await?
    );
    assert_eq!(store.handovers_to(asked.colleague, T0).await?, vec![]);
    assert!(
        store
            .answer_handover(session, other.colleague, Answer::Declined)
            .await?
    );
    assert!(
        !store
            .answer_handover(session, other.colleague, Answer::Accepted)
            .await?,
        "once"
    );
    assert_eq!(store.handovers_to(other.colleague, T0).await?, vec![]);
    let kept = store.handover(session).await?.map(|one| one.answer);
    assert_eq!(kept, Some(Answer::Declined));

    store.remove_handover(session).await?;
    assert_eq!(store.handover(session).await?, None);
    Ok(())
}
