use uuid::Uuid;

use super::{Outcome, T0, a_session, contract, event, session_row};
use crate::store::{Find, PinRow, SessionRow, Store, StoreError, StoredNotes, StoredProblem};

contract!(
    notes_replace_the_version_before_and_no_other,
    problems_are_kept_and_the_newest_come_first,
    sessions_are_found_by_case_name_pin_and_address,
);

async fn notes_replace_the_version_before_and_no_other(store: &dyn Store) -> Outcome {
    let session_id = a_session(store).await?;
    assert_eq!(store.notes(session_id).await?, None);
    let first = StoredNotes {
        session_id,
        text: "Pressure 0.4 bar\n".into(),
        version: 1,
        written_by: Uuid::new_v4(),
        written_at: T0,
    };
    store.put_notes(&first).await?;
    let second = StoredNotes {
        text: "Refilled".into(),
        version: 2,
        written_by: Uuid::new_v4(),
        ..first.clone()
    };
    store.put_notes(&second).await?;
    for version in [1, 2, 4] {
        let unseen = StoredNotes {
            version,
            text: "lost".into(),
            ..first.clone()
        };
        let refused = store.put_notes(&unseen).await;
        assert!(
            matches!(refused, Err(StoreError::Conflict { last: 2 })),
            "{version}: {refused:?}"
        );
    }
    assert_eq!(store.notes(session_id).await?, Some(second));
    Ok(())
}

async fn problems_are_kept_and_the_newest_come_first(store: &dyn Store) -> Outcome {
    let first = StoredProblem {
        id: Uuid::new_v4(),
        session_id: a_session(store).await?,
        agent_id: Uuid::new_v4(),
        text: "No picture".into(),
        reported_at: T0,
    };
    let second = StoredProblem {
        id: Uuid::new_v4(),
        reported_at: T0 + 1,
        ..first.clone()
    };
    store.put_problem(&first).await?;
    store.put_problem(&second).await?;
    assert_eq!(store.problems(10).await?, vec![second.clone(), first]);
    assert_eq!(store.problems(1).await?, vec![second]);
    Ok(())
}

async fn sessions_are_found_by_case_name_pin_and_address(store: &dyn Store) -> Outcome {
    let (ann, ben) = (Uuid::new_v4(), Uuid::new_v4());
    let with = |case: &str, name: &str, agent: Uuid, last_at: i64| SessionRow {
        case_id: Some(case.into()),
        customer_name: Some(name.into()),
        agents: vec![agent],
        last_at,
        ..session_row(Uuid::new_v4())
    };
    let cleo = with("T-1001", "Cleo Fox", ann, T0);
    let dora = with("T-100%", "Dora", ann, T0 + 1);
    let bens = with("T-1002", "Cleo Fox", ben, T0 + 2);
    for row in [&cleo, &dora, &bens] {
        store.append(row, 1, &[event(1)]).await?;
    }
    let pin = PinRow {
        id: Uuid::new_v4(),
        pin: "482917".into(),
        session_id: dora.id,
        created_at: T0,
        expires_at: T0 + 10,
        misses: 0,
        knocks_declined: 0,
    };
    store.put_pin(&pin, T0).await?;
    store.remember_address(cleo.id, "customer:abc").await?;
    store.remember_address(cleo.id, "customer:abc").await?;
    let look = async |agent: Option<Uuid>, text: &str, now: i64| -> Result<Vec<Uuid>, StoreError> {
        let find = Find {
            agent,
            text: text.into(),
            pin: Some(text.into()),
            address: Some(text.into()),
        };
        let found = store.find_sessions(&find, now, 10).await?;
        Ok(found.into_iter().map(|row| row.id).collect())
    };
    assert_eq!(
        look(Some(ann), "t-100", T0).await?,
        [dora.id, cleo.id],
        "the latest first"
    );
    assert_eq!(
        look(Some(ann), "100%", T0).await?,
        [dora.id],
        "no character is a wildcard"
    );
    assert_eq!(look(Some(ann), "fox", T0).await?, [cleo.id], "not Ben's");
    assert_eq!(look(None, "FOX", T0).await?, [bens.id, cleo.id]);
    assert_eq!(look(Some(ann), "482917", T0).await?, [dora.id]);
    assert!(
        look(Some(ann), "482917", T0 + 10).await?.is_empty(),
        "the number has run out"
    );
    assert_eq!(look(Some(ann), "customer:abc", T0).await?, [cleo.id]);
    assert!(look(Some(ann), "customer:ab", T0).await?.is_empty());
    Ok(())
}
