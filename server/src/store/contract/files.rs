use uuid::Uuid;

use super::{Outcome, T0, a_session, contract, event, session_row};
use crate::store::{FileFate, FileRow, FileStage, Kept, NewFile, Store, StoreError};

contract!(
    a_file_grows_byte_by_byte_and_only_from_where_it_stands,
    a_file_that_has_begun_is_answered_as_it_is,
    the_files_of_a_session_share_its_place,
    an_id_belongs_to_the_session_that_announced_it_first,
    what_a_crash_left_open_is_found_until_the_session_has_heard_of_it,
    a_deletion_is_on_disk_with_its_event_and_can_be_taken_back,
    an_upload_nobody_goes_on_with_leaves,
);

const MOST: u64 = 1_000;

async fn begin(store: &dyn Store, session_id: Uuid, bytes: u64) -> Result<FileRow, StoreError> {
    let new = NewFile {
        id: Uuid::new_v4(),
        session_id,
        person_id: Uuid::from_u128(1),
    };
    store.begin_file(&new, bytes, MOST, T0).await
}

fn kept(bytes: u64) -> Kept {
    Kept {
        media: Some("image/jpeg".into()),
        bytes,
        width: 640,
        height: 480,
    }
}

fn ids(rows: &[FileRow]) -> Vec<Uuid> {
    rows.iter().map(|row| row.id).collect()
}

async fn a_file_grows_byte_by_byte_and_only_from_where_it_stands(store: &dyn Store) -> Outcome {
    let file = begin(store, a_session(store).await?, 100).await?;
    assert_eq!(
        (file.stage, file.announced, file.received),
        (FileStage::Receiving, 100, 0)
    );
    assert!(store.file_grew(file.id, 0, 60, T0).await?);
    assert!(!store.file_grew(file.id, 0, 60, T0).await?, "a chunk counts once");
    assert!(!store.file_grew(file.id, 61, 70, T0).await?, "there is no gap");
    assert!(
        !store.file_grew(file.id, 60, 101, T0).await?,
        "not beyond what was announced"
    );
    assert!(store.file_grew(file.id, 60, 100, T0).await?);
    let now = store.file(file.id).await?.ok_or("forgotten")?;
    assert_eq!(now, FileRow { received: 100, ..file });
    assert_eq!(store.file(Uuid::new_v4()).await?, None);
    Ok(())
}

async fn a_file_that_has_begun_is_answered_as_it_is(store: &dyn Store) -> Outcome {
    let file = begin(store, a_session(store).await?, 0).await?;
    assert!(store.file_previewed(file.id, 10, T0).await?);
    assert!(!store.file_previewed(file.id, 20, T0).await?, "there is one preview");
    let again = NewFile {
        id: file.id,
        session_id: file.session_id,
        person_id: file.person_id,
    };
    let announced = store.begin_file(&again, 100, MOST, T0).await?;
    assert_eq!((announced.announced, announced.preview), (100, true));
    assert!(store.file_grew(file.id, 0, 40, T0).await?);
    let other = store.begin_file(&again, 200, MOST, T0).await?;
    assert_eq!((other.announced, other.received), (100, 40));
    Ok(())
}

async fn the_files_of_a_session_share_its_place(store: &dyn Store) -> Outcome {
    let session = a_session(store).await?;
    let first = begin(store, session, 600).await?;
    assert!(matches!(begin(store, session, 401).await, Err(StoreError::Full)));
    begin(store, a_session(store).await?, 1_000).await?;

    store.file_grew(first.id, 0, 600, T0).await?;
    store.file_stored(first.id, &kept(280), 300, T0).await?;
    let second = begin(store, session, 700).await?;
    assert!(matches!(begin(store, session, 1).await, Err(StoreError::Full)));
    store.file_refused(second.id, "file_type", T0).await?;
    begin(store, session, 700).await?;
    Ok(())
}

async fn an_id_belongs_to_the_session_that_announced_it_first(store: &dyn Store) -> Outcome {
    let file = begin(store, a_session(store).await?, 100).await?;
    let thief = NewFile {
        id: file.id,
        session_id: a_session(store).await?,
        person_id: file.person_id,
    };
    for bytes in [0, 100] {
        assert!(matches!(
            store.begin_file(&thief, bytes, MOST, T0).await,
            Err(StoreError::Taken)
        ));
    }
    Ok(())
}

async fn what_a_crash_left_open_is_found_until_the_session_has_heard_of_it(store: &dyn Store) -> Outcome {
    let session = a_session(store).await?;
    let (halfway, whole) = (begin(store, session, 100).await?, begin(store, session, 100).await?);
    let (stored, refused) = (begin(store, session, 100).await?, begin(store, session, 100).await?);
    store.file_grew(halfway.id, 0, 99, T0).await?;
    for (file, at) in [(&whole, T0 + 1), (&stored, T0 + 2), (&refused, T0 + 3)] {
        store.file_grew(file.id, 0, 100, at).await?;
    }
    store.file_stored(stored.id, &kept(90), 95, T0 + 2).await?;
    store.file_refused(refused.id, "picture_broken", T0 + 3).await?;
    assert_eq!(ids(&store.unfinished_files().await?), [whole.id, stored.id, refused.id]);

    let row = store.file(stored.id).await?.ok_or("forgotten")?;
    assert_eq!((row.stage, row.kept, row.told), (FileStage::Stored, kept(90), false));
    let row = store.file(refused.id).await?.ok_or("forgotten")?;
    assert_eq!(
        (row.stage, row.refusal.as_deref()),
        (FileStage::Refused, Some("picture_broken"))
    );

    store.file_told(stored.id).await?;
    store.file_told(refused.id).await?;
    assert_eq!(ids(&store.unfinished_files().await?), [whole.id]);
    Ok(())
}

async fn a_deletion_is_on_disk_with_its_event_and_can_be_taken_back(store: &dyn Store) -> Outcome {
    let session = a_session(store).await?;
    let (gone, back) = (begin(store, session, 100).await?, begin(store, session, 100).await?);
    let mut row = session_row(session);
    row.last_at = T0 + 50;
    let fates = [FileFate::Deleted(gone.id), FileFate::Deleted(back.id)];
    store.append_with_files(&row, 2, &[event(2)], &fates).await?;
    row.last_at = T0 + 60;
    store
        .append_with_files(&row, 3, &[event(3)], &[FileFate::Restored(back.id)])
        .await?;
    let stale = store
        .append_with_files(&row, 3, &[event(3)], &[FileFate::Restored(gone.id)])
        .await;
    assert!(matches!(stale, Err(StoreError::Conflict { last: 3 })));
    let other = session_row(a_session(store).await?);
    store
        .append_with_files(&other, 2, &[event(2)], &[FileFate::Restored(gone.id)])
        .await?;

    assert_eq!(store.leaving_files(T0 + 49, 0).await?, []);
    let leaving = store.leaving_files(T0 + 50, 0).await?;
    assert_eq!((ids(&leaving), leaving[0].stage), (vec![gone.id], FileStage::Leaving));
    assert_eq!(ids(&store.leaving_files(0, 0).await?), [gone.id], "also after a crash");
    store.forget_file(gone.id).await?;
    store.forget_file(back.id).await?;
    assert_eq!(store.file(gone.id).await?, None);
    assert!(
        store.file(back.id).await?.is_some(),
        "only what is on its way out is forgotten"
    );
    Ok(())
}

async fn an_upload_nobody_goes_on_with_leaves(store: &dyn Store) -> Outcome {
    let session = a_session(store).await?;
    let (left, stored) = (begin(store, session, 100).await?, begin(store, session, 100).await?);
    store.file_grew(left.id, 0, 10, T0 + 5).await?;
    store.file_stored(stored.id, &kept(90), 95, T0).await?;
    store.file_told(stored.id).await?;
    assert_eq!(store.leaving_files(0, T0 + 4).await?, []);
    assert_eq!(ids(&store.leaving_files(0, T0 + 5).await?), [left.id]);
    Ok(())
}
