use uuid::Uuid;

use super::{Outcome, T0, a_session, contract, hash, invite};
use crate::store::{Invite, Seat, Store, StoreError};

contract!(
    a_link_is_found_by_the_hash_of_its_secret,
    a_link_is_open_until_it_expires_or_is_withdrawn,
    a_link_serves_many_devices_each_with_its_own_seat,
    withdrawing_a_link_withdraws_its_seats_only,
    ending_a_session_withdraws_links_and_seats,
    a_seat_is_good_until_its_end_which_can_be_moved,
    one_person_can_be_put_out,
);

fn seat(invite: &Invite, person_id: Uuid) -> Result<Seat, Box<dyn std::error::Error>> {
    Ok(Seat {
        token: hash()?,
        session_id: invite.session_id,
        person_id,
        invite_id: Some(invite.id),
        device: "iPhone".into(),
        created_at: T0,
        expires_at: T0 + 100,
        revoked_at: None,
    })
}

async fn a_link_is_found_by_the_hash_of_its_secret(store: &dyn Store) -> Outcome {
    let link = invite(a_session(store).await?)?;
    store.put_invite(&link).await?;
    assert_eq!(store.invite_by_secret(&link.secret).await?, Some(link.clone()));
    assert_eq!(store.invite_by_secret(&hash()?).await?, None);
    assert_eq!(store.invites_of(link.session_id).await?, vec![link.clone()]);

    let again = Invite {
        id: Uuid::new_v4(),
        ..link
    };
    assert!(matches!(store.put_invite(&again).await, Err(StoreError::Taken)));
    Ok(())
}

async fn a_link_is_open_until_it_expires_or_is_withdrawn(store: &dyn Store) -> Outcome {
    let link = invite(a_session(store).await?)?;
    store.put_invite(&link).await?;
    assert!(link.is_open(T0) && link.is_open(T0 + 999) && !link.is_open(T0 + 1_000));

    assert!(store.revoke_invite(link.id, T0 + 5).await?);
    assert!(!store.revoke_invite(link.id, T0 + 6).await?);
    let withdrawn = store.invite_by_secret(&link.secret).await?.ok_or("forgotten")?;
    assert_eq!(withdrawn.revoked_at, Some(T0 + 5));
    assert!(!withdrawn.is_open(T0));
    Ok(())
}

async fn a_link_serves_many_devices_each_with_its_own_seat(store: &dyn Store) -> Outcome {
    let link = invite(a_session(store).await?)?;
    store.put_invite(&link).await?;
    let (phone, tablet) = (seat(&link, Uuid::new_v4())?, seat(&link, Uuid::new_v4())?);
    store.put_seat(&phone).await?;
    store.put_seat(&tablet).await?;
    assert_eq!(store.seat(&phone.token, T0).await?, Some(phone));
    assert_eq!(store.seat(&tablet.token, T0).await?, Some(tablet));
    assert_eq!(store.seats_of(link.session_id, T0).await?.len(), 2);
    assert_eq!(store.seat(&hash()?, T0).await?, None);
    Ok(())
}

async fn withdrawing_a_link_withdraws_its_seats_only(store: &dyn Store) -> Outcome {
    let session = a_session(store).await?;
    let (bad, good) = (invite(session)?, invite(session)?);
    store.put_invite(&bad).await?;
    store.put_invite(&good).await?;
    let (out, stays) = (seat(&bad, Uuid::new_v4())?, seat(&good, Uuid::new_v4())?);
    store.put_seat(&out).await?;
    store.put_seat(&stays).await?;

    store.revoke_invite(bad.id, T0).await?;
    assert_eq!(store.seat(&out.token, T0).await?, None);
    assert_eq!(store.seats_of(session, T0).await?, vec![stays]);
    Ok(())
}

async fn ending_a_session_withdraws_links_and_seats(store: &dyn Store) -> Outcome {
    let link = invite(a_session(store).await?)?;
    let other = invite(a_session(store).await?)?;
    store.put_invite(&link).await?;
    store.put_invite(&other).await?;
    let seat = seat(&link, Uuid::new_v4())?;
    store.put_seat(&seat).await?;

    store.revoke_invites_of(link.session_id, T0).await?;
    assert!(
        store.seat(&seat.token, T0).await?.is_some(),
        "withdrawing links threw people out"
    );
    let ended = store.invite_by_secret(&link.secret).await?.ok_or("forgotten")?;
    let lives = store.invite_by_secret(&other.secret).await?.ok_or("forgotten")?;
    assert!(!ended.is_open(T0) && lives.is_open(T0));
    assert_eq!(store.revoke_seats_of(link.session_id, T0).await?, 1);
    assert_eq!(store.seat(&seat.token, T0).await?, None);
    Ok(())
}

async fn a_seat_is_good_until_its_end_which_can_be_moved(store: &dyn Store) -> Outcome {
    let link = invite(a_session(store).await?)?;
    store.put_invite(&link).await?;
    let seat = seat(&link, Uuid::new_v4())?;
    store.put_seat(&seat).await?;
    assert!(store.seat(&seat.token, T0 + 99).await?.is_some());
    assert!(store.seat(&seat.token, T0 + 100).await?.is_none());
    assert!(store.seats_of(seat.session_id, T0 + 100).await?.is_empty());
    store.extend_seat(&seat.token, T0 + 200).await?;
    assert!(store.seat(&seat.token, T0 + 199).await?.is_some());
    Ok(())
}

async fn one_person_can_be_put_out(store: &dyn Store) -> Outcome {
    let link = invite(a_session(store).await?)?;
    store.put_invite(&link).await?;
    let (kim, lee) = (Uuid::new_v4(), Uuid::new_v4());
    let seats = [seat(&link, kim)?, seat(&link, kim)?, seat(&link, lee)?];
    for seat in &seats {
        store.put_seat(seat).await?;
    }
    assert_eq!(store.revoke_seats(link.session_id, kim, T0).await?, 2);
    assert_eq!(store.revoke_seats(link.session_id, kim, T0).await?, 0);
    let left = store.seats_of(link.session_id, T0).await?;
    assert_eq!(left.iter().map(|s| s.person_id).collect::<Vec<_>>(), [lee]);
    Ok(())
}
