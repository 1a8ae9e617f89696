use uuid::Uuid;

use super::{Outcome, T0, contract, hash, new_agent};
use crate::store::{
    AuditEntry, EmailDomain, NewAgent, OneTime, Store, StoreError, TokenKind, WebSession, secret::Private,
};

contract!(
    an_account_is_found_by_id_and_by_address,
    an_address_has_one_account,
    a_browser_stays_signed_in_until_it_expires_or_signs_out,
    a_new_password_signs_every_browser_out,
    a_disabled_agent_is_signed_out_and_stays_out,
    the_last_administrator_stays,
    a_one_time_link_works_once_in_time_and_for_its_purpose,
    a_newer_link_replaces_the_older_one,
    the_first_administrator_is_made_once,
    domains_are_allowed_and_taken_off,
    an_address_is_proved_once,
    the_audit_trail_is_read_latest_first,
    an_account_whose_address_is_never_proved_makes_way,
    expired_things_are_swept_away,
);

fn browser(agent_id: Uuid) -> Result<WebSession, Box<dyn std::error::Error>> {
    Ok(WebSession {
        token: hash()?,
        agent_id,
        created_at: T0,
        last_seen_at: T0,
        expires_at: T0 + 100,
        user_agent: "Firefox".into(),
    })
}

fn link(kind: TokenKind, agent_id: Option<Uuid>) -> Result<OneTime, Box<dyn std::error::Error>> {
    Ok(OneTime {
        token: hash()?,
        kind,
        agent_id,
        created_at: T0,
        expires_at: T0 + 100,
    })
}

async fn an_account_is_found_by_id_and_by_address(store: &dyn Store) -> Outcome {
    let new = new_agent("ann@example.org");
    store.create_agent(&new).await?;
    store.create_agent(&new_agent("bob@example.org")).await?;

    assert_eq!(store.agent(new.agent.id).await?, Some(new.agent.clone()));
    let found = store.credentials(&new.agent.email).await?.ok_or("not found")?;
    assert_eq!(found.agent, new.agent);
    assert_eq!(found.password_hash, new.password_hash);
    assert!(store.credentials(&Private::new("eve@example.org")).await?.is_none());

    store.rename_agent(new.agent.id, "Zoë").await?;
    let names: Vec<_> = store.agents(0, 10).await?.into_iter().map(|a| a.name).collect();
    assert_eq!(names, ["Ann", "Zoë"]);
    assert_eq!(store.agents(1, 10).await?.len(), 1);
    Ok(())
}

async fn an_address_has_one_account(store: &dyn Store) -> Outcome {
    store.create_agent(&new_agent("ann@example.org")).await?;
    let again = store.create_agent(&new_agent("ann@example.org")).await;
    assert!(matches!(again, Err(StoreError::Taken)), "{again:?}");
    Ok(())
}

async fn a_browser_stays_signed_in_until_it_expires_or_signs_out(store: &dyn Store) -> Outcome {
    let ann = new_agent("ann@example.org");
    store.create_agent(&ann).await?;
    let (one, other) = (browser(ann.agent.id)?, browser(ann.agent.id)?);
    store.start_web_session(&one).await?;
    store.start_web_session(&other).await?;

    assert_eq!(store.web_session(&one.token, T0).await?, Some((one.clone(), ann.agent)));
    assert!(store.web_session(&one.token, T0 + 100).await?.is_none());
    store.touch_web_session(&one.token, T0 + 50, T0 + 200).await?;
    let (touched, _) = store.web_session(&one.token, T0 + 100).await?.ok_or("signed out")?;
    assert_eq!((touched.last_seen_at, touched.expires_at), (T0 + 50, T0 + 200));

    store.end_web_session(&one.token).await?;
    assert!(store.web_session(&one.token, T0).await?.is_none());
    assert!(store.web_session(&other.token, T0).await?.is_some());
    assert_eq!(store.end_web_sessions(other.agent_id).await?, 1);
    assert!(store.web_session(&other.token, T0).await?.is_none());
    Ok(())
}

async fn a_new_password_signs_every_browser_out(store: &dyn Store) -> Outcome {
    let ann = new_agent("ann@example.org");
    store.create_agent(&ann).await?;
    let browser = browser(ann.agent.id)?;
    store.start_web_session(&browser).await?;

    store
        .refresh_password_hash(ann.agent.id, &Private::new("$argon2id$stronger"))
        .await?;
    assert!(store.web_session(&browser.token, T0).await?.is_some());
    store
        .set_password(ann.agent.id, &Private::new("$argon2id$second"))
        .await?;
    assert!(store.web_session(&browser.token, T0).await?.is_none());
    let now = store.credentials(&ann.agent.email).await?.ok_or("not found")?;
    assert_eq!(now.password_hash.expose(), "$argon2id$second");
    Ok(())
}

async fn a_disabled_agent_is_signed_out_and_stays_out(store: &dyn Store) -> Outcome {
    let ann = new_agent("ann@example.org");
    store.create_agent(&ann).await?;
    let before = browser(ann.agent.id)?;
    store.start_web_session(&before).await?;

    let disabled = store
        .set_standing(ann.agent.id, true, false)
        .await?
        .ok_or("not found")?;
    assert!(disabled.disabled);
    let after = browser(ann.agent.id)?;
    store.start_web_session(&after).await?;
    assert!(store.web_session(&after.token, T0).await?.is_none());

    store.set_standing(ann.agent.id, false, false).await?;
    assert!(
        store.web_session(&before.token, T0).await?.is_none(),
        "signed in again by itself"
    );
    assert!(store.set_standing(Uuid::new_v4(), true, false).await?.is_none());
    Ok(())
}

async fn the_last_administrator_stays(store: &dyn Store) -> Outcome {
    let (ann, bob) = (new_agent("ann@example.org"), new_agent("bob@example.org"));
    store.create_agent(&ann).await?;
    store.create_agent(&bob).await?;
    assert!(!store.has_admin().await?);
    store.set_standing(ann.agent.id, false, true).await?;
    assert!(store.has_admin().await?);

    for (disabled, admin) in [(true, true), (false, false)] {
        let refused = store.set_standing(ann.agent.id, disabled, admin).await;
        assert!(matches!(refused, Err(StoreError::LastAdmin)), "{refused:?}");
    }
    assert_eq!(
        store.agent(ann.agent.id).await?.map(|a| (a.disabled, a.admin)),
        Some((false, true))
    );
    store.set_standing(bob.agent.id, false, true).await?;
    store.set_standing(ann.agent.id, true, true).await?;
    assert!(store.has_admin().await?);
    Ok(())
}

async fn a_one_time_link_works_once_in_time_and_for_its_purpose(store: &dyn Store) -> Outcome {
    let ann = new_agent("ann@example.org");
    store.create_agent(&ann).await?;
    let reset = link(TokenKind::ResetPassword, Some(ann.agent.id))?;
    store.put_one_time(&reset).await?;

    assert_eq!(store.one_time(reset.kind, &reset.token, T0).await?, Some(reset.clone()));
    assert!(
        store
            .one_time(TokenKind::VerifyEmail, &reset.token, T0)
            .await?
            .is_none()
    );
    assert!(store.one_time(reset.kind, &reset.token, T0 + 100).await?.is_none());
    assert!(
        store
            .use_one_time(TokenKind::VerifyEmail, &reset.token, T0)
            .await?
            .is_none()
    );
    assert!(store.use_one_time(reset.kind, &reset.token, T0 + 100).await?.is_none());
    assert!(store.use_one_time(reset.kind, &hash()?, T0).await?.is_none());
    let (a, b) = tokio::join!(
        store.use_one_time(reset.kind, &reset.token, T0),
        store.use_one_time(reset.kind, &reset.token, T0)
    );
    let won: Vec<_> = [a?, b?].into_iter().flatten().collect();
    assert_eq!(won, vec![reset.clone()]);
    assert!(store.one_time(reset.kind, &reset.token, T0).await?.is_none());
    Ok(())
}

async fn a_newer_link_replaces_the_older_one(store: &dyn Store) -> Outcome {
    let (ann, bob) = (new_agent("ann@example.org"), new_agent("bob@example.org"));
    store.create_agent(&ann).await?;
    store.create_agent(&bob).await?;
    let old = link(TokenKind::ResetPassword, Some(ann.agent.id))?;
    let bobs = link(TokenKind::ResetPassword, Some(bob.agent.id))?;
    let verify = link(TokenKind::VerifyEmail, Some(ann.agent.id))?;
    let new = link(TokenKind::ResetPassword, Some(ann.agent.id))?;
    for put in [&old, &bobs, &verify, &new] {
        store.put_one_time(put).await?;
    }

    assert!(store.use_one_time(old.kind, &old.token, T0).await?.is_none());
    for works in [&bobs, &verify, &new] {
        assert!(store.use_one_time(works.kind, &works.token, T0).await?.is_some());
    }
    Ok(())
}

async fn the_first_administrator_is_made_once(store: &dyn Store) -> Outcome {
    let admin = |email: &str| {
        let mut new = new_agent(email);
        new.agent.admin = true;
        new
    };
    let older = link(TokenKind::FirstAdmin, None)?;
    let first = link(TokenKind::FirstAdmin, None)?;
    store.put_one_time(&older).await?;
    store.put_one_time(&first).await?;
    assert!(
        !store
            .claim_first_admin(&older.token, &admin("eve@example.org"), T0)
            .await?
    );
    assert!(
        !store
            .claim_first_admin(&first.token, &admin("eve@example.org"), T0 + 100)
            .await?
    );

    // An address in use must not burn the link.
    store.create_agent(&new_agent("ann@example.org")).await?;
    let taken = store
        .claim_first_admin(&first.token, &admin("ann@example.org"), T0)
        .await;
    assert!(matches!(taken, Err(StoreError::Taken)), "{taken:?}");

    let (one, two): (NewAgent, NewAgent) = (admin("one@example.org"), admin("two@example.org"));
    let (a, b) = tokio::join!(
        store.claim_first_admin(&first.token, &one, T0),
        store.claim_first_admin(&first.token, &two, T0)
    );
    assert!(a? != b?, "exactly one becomes the first administrator");

    let late = link(TokenKind::FirstAdmin, None)?;
    store.put_one_time(&late).await?;
    assert!(
        !store
            .claim_first_admin(&late.token, &admin("late@example.org"), T0)
            .await?
    );
    Ok(())
}

async fn domains_are_allowed_and_taken_off(store: &dyn Store) -> Outcome {
    let domain = |name: &str| EmailDomain {
        domain: name.into(),
        added_by: None,
        added_at: T0,
    };
    for name in ["example.org", "a.test", "example.org"] {
        store.allow_domain(&domain(name)).await?;
    }
    assert_eq!(
        store.email_domains().await?,
        vec![domain("a.test"), domain("example.org")]
    );
    assert!(store.remove_domain("a.test").await?);
    assert!(!store.remove_domain("a.test").await?);
    assert_eq!(store.email_domains().await?, vec![domain("example.org")]);
    Ok(())
}

async fn an_address_is_proved_once(store: &dyn Store) -> Outcome {
    let ann = new_agent("ann@example.org");
    store.create_agent(&ann).await?;
    store.mark_verified(ann.agent.id, T0 + 1).await?;
    store.mark_verified(ann.agent.id, T0 + 2).await?;
    assert_eq!(
        store.agent(ann.agent.id).await?.and_then(|a| a.verified_at),
        Some(T0 + 1)
    );
    Ok(())
}

async fn the_audit_trail_is_read_latest_first(store: &dyn Store) -> Outcome {
    let entry = |n: i64| AuditEntry {
        id: Uuid::new_v4(),
        at: T0 + n,
        by: (n == 1).then(Uuid::new_v4),
        action: "domain.allow".into(),
        target: "example.org".into(),
        note: String::new(),
    };
    let (one, two) = (entry(1), entry(2));
    store.audit(&one).await?;
    store.audit(&two).await?;
    assert_eq!(store.audit_entries(10).await?, vec![two.clone(), one]);
    assert_eq!(store.audit_entries(1).await?, vec![two]);
    Ok(())
}

async fn an_account_whose_address_is_never_proved_makes_way(store: &dyn Store) -> Outcome {
    let week = 7 * 24 * 60 * 60 * 1000;
    let (proved, unproved) = (new_agent("ann@example.org"), new_agent("bob@example.org"));
    store.create_agent(&proved).await?;
    store.create_agent(&unproved).await?;
    store.mark_verified(proved.agent.id, T0).await?;
    store
        .put_one_time(&link(TokenKind::VerifyEmail, Some(unproved.agent.id))?)
        .await?;
    store.sweep(T0 + week - 1).await?;
    assert!(store.agent(unproved.agent.id).await?.is_some());
    store.sweep(T0 + week).await?;
    assert!(store.agent(unproved.agent.id).await?.is_none());
    assert!(store.agent(proved.agent.id).await?.is_some());
    Ok(())
}

async fn expired_things_are_swept_away(store: &dyn Store) -> Outcome {
    let ann = new_agent("ann@example.org");
    store.create_agent(&ann).await?;
    let (gone, kept) = (browser(ann.agent.id)?, browser(ann.agent.id)?);
    store.start_web_session(&gone).await?;
    store.start_web_session(&kept).await?;
    store.touch_web_session(&kept.token, T0, T0 + 1_000).await?;
    let reset = link(TokenKind::ResetPassword, Some(ann.agent.id))?;
    store.put_one_time(&reset).await?;
    store.hit("scope", 10, T0).await?;

    store.sweep(T0 + 100).await?;
    // Asked as of before their end, swept things are gone all the same.
    assert!(store.web_session(&gone.token, T0).await?.is_none());
    assert!(store.web_session(&kept.token, T0).await?.is_some());
    assert!(store.use_one_time(reset.kind, &reset.token, T0).await?.is_none());
    assert_eq!(store.hits("scope", 10, T0).await?, 0);
    Ok(())
}
