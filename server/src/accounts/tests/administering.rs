use super::*;
use crate::invite::postman::Outgoing;
use crate::invite::{By, Message};

const ADMIN_PAGES: [&str; 3] = ["/api/admin/domains", "/api/admin/agents", "/api/admin/audit"];

#[tokio::test]
async fn only_administrators_administer() -> Outcome {
    let house = House::open().await?;
    let boss = house.account("boss@example.org", true).await?;
    house.account("ann@example.org", false).await?;
    let mut nobody = Browser::new(&house);
    let mut agent = Browser::signed_in(&house, "ann@example.org").await?;
    for path in ADMIN_PAGES {
        assert_eq!(
            (nobody.get(path).await?.code(), agent.get(path).await?.code()),
            ("not_signed_in", "not_admin"),
            "{path}"
        );
    }
    let change = format!("/api/admin/agents/{}", boss.id);
    for (method, path, body) in [
        (
            Method::POST,
            "/api/admin/domains",
            Some(json!({ "domain": "evil.example" })),
        ),
        (Method::DELETE, "/api/admin/domains/example.org", None),
        (Method::PATCH, change.as_str(), Some(json!({ "disabled": true }))),
    ] {
        assert_eq!(agent.send(method, path, body, &[]).await?.code(), "not_admin", "{path}");
    }
    assert_eq!(nobody.get("/api/outbox").await?.code(), "not_signed_in");
    Ok(())
}

#[tokio::test]
async fn an_administrator_allows_and_removes_domains() -> Outcome {
    let mut house = House::open().await?;
    house.account("boss@example.org", true).await?;
    let row = |domain: &str, configured: bool| json!({ "domain": domain, "configured": configured });
    {
        let mut boss = Browser::signed_in(&house, "boss@example.org").await?;
        assert_eq!(
            boss.get("/api/admin/domains").await?.body,
            json!([row("example.org", true)])
        );
        for typed in ["@Acme.Example", "acme.example", "example.org"] {
            let answer = boss.post("/api/admin/domains", json!({ "domain": typed })).await?;
            assert_eq!(
                answer.body,
                json!([row("acme.example", false), row("example.org", true)]),
                "{typed}"
            );
        }
        assert_eq!(
            boss.post("/api/admin/domains", json!({ "domain": "no domain" }))
                .await?
                .code(),
            "domain_not_valid"
        );
        assert_eq!(
            Browser::new(&house).sign_up("kim@acme.example", PASSWORD).await?.status,
            StatusCode::ACCEPTED
        );
    }
    house.mailed_secret("verify").await?;

    let mut boss = Browser::signed_in(&house, "boss@example.org").await?;
    let mut remove = async |domain: &str| {
        boss.send(Method::DELETE, &format!("/api/admin/domains/{domain}"), None, &[])
            .await
    };
    assert_eq!(remove("acme.example").await?.status, StatusCode::NO_CONTENT);
    assert_eq!(remove("acme.example").await?.code(), "not_found");
    assert_eq!(remove("example.org").await?.code(), "domain_configured");
    let refused = Browser::new(&house).sign_up("lee@acme.example", PASSWORD).await?;
    assert_eq!(refused.code(), "invalid_email_domain");
    Ok(())
}

#[tokio::test]
async fn a_disabled_agent_is_out_at_once_and_told_so_only_with_the_password() -> Outcome {
    let house = House::open().await?;
    house.account("boss@example.org", true).await?;
    let ann = house.account("ann@example.org", false).await?;
    let mut boss = Browser::signed_in(&house, "boss@example.org").await?;
    let mut agent = Browser::signed_in(&house, "ann@example.org").await?;
    let path = format!("/api/admin/agents/{}", ann.id);

    let changed = boss
        .send(Method::PATCH, &path, Some(json!({ "disabled": true })), &[])
        .await?;
    assert_eq!(
        (changed.status, &changed.body["disabled"], &changed.body["admin"]),
        (StatusCode::OK, &json!(true), &json!(false))
    );
    assert!(!agent.is_signed_in().await?);
    assert_eq!(
        agent.sign_in("ann@example.org", "not the password").await?.code(),
        "wrong_credentials"
    );
    let told = agent.sign_in("ann@example.org", PASSWORD).await?;
    assert_eq!((told.status.as_u16(), told.code()), (403, "account_disabled"));

    boss.send(
        Method::PATCH,
        &path,
        Some(json!({ "disabled": false, "admin": true })),
        &[],
    )
    .await?;
    let mut agent = Browser::signed_in(&house, "ann@example.org").await?;
    assert_eq!(
        agent.get("/api/admin/agents").await?.body.as_array().map(Vec::len),
        Some(2)
    );
    let nobody = format!("/api/admin/agents/{}", Uuid::new_v4());
    assert_eq!(
        boss.send(Method::PATCH, &nobody, Some(json!({})), &[]).await?.code(),
        "not_found"
    );
    Ok(())
}

#[tokio::test]
async fn the_last_administrator_cannot_leave() -> Outcome {
    let house = House::open().await?;
    let boss = house.account("boss@example.org", true).await?;
    let mut browser = Browser::signed_in(&house, "boss@example.org").await?;
    let path = format!("/api/admin/agents/{}", boss.id);
    for change in [json!({ "disabled": true }), json!({ "admin": false })] {
        let refused = browser.send(Method::PATCH, &path, Some(change), &[]).await?;
        assert_eq!((refused.status.as_u16(), refused.code()), (409, "last_admin"));
    }
    assert!(browser.is_signed_in().await?);
    Ok(())
}

#[tokio::test]
async fn what_administrators_do_is_on_record_without_addresses() -> Outcome {
    let house = House::open().await?;
    let boss = house.account("boss@example.org", true).await?;
    let mut browser = Browser::signed_in(&house, "boss@example.org").await?;
    browser
        .post("/api/admin/domains", json!({ "domain": "acme.example" }))
        .await?;
    let trail = browser.get("/api/admin/audit").await?.body;
    let actions: Vec<&str> = trail
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|row| row["action"].as_str())
        .collect();
    assert!(
        actions.contains(&"domain.allow") && actions.contains(&"account.sign_in"),
        "{trail}"
    );
    assert!(trail.to_string().contains(&boss.id.to_string()) && !trail.to_string().contains("boss@"));
    Ok(())
}

#[tokio::test]
async fn without_a_mail_server_account_mail_is_in_the_outbox_for_administrators_only() -> Outcome {
    let folder = tempfile::tempdir()?;
    let mut config = Config::for_tests(folder.path());
    config.email_domains = vec!["example.org".into()];
    let hand = ManualClock::at_ms(1_800_000_000_000);
    let state = AppState::open(config, hand.clock()).await?;
    let house = House {
        state,
        hand,
        mail: MailServer::start(&[]).await?,
        _folder: folder,
    };
    house.account("boss@example.org", true).await?;
    let ann = house.account("ann@example.org", false).await?;
    let message = Message {
        id: Uuid::new_v4(),
        session_id: None,
        agent_id: Some(ann.id),
        by: By::Sms,
        to: "+447400123456".into(),
        text: "Open it".into(),
    };
    house
        .state
        .postman
        .post(Outgoing {
            message,
            invite_id: None,
            masked: String::new(),
        })
        .await?;
    Browser::new(&house).sign_up("kim@example.org", PASSWORD).await?;

    let mut agent = Browser::signed_in(&house, "ann@example.org").await?;
    let mut boss = Browser::signed_in(&house, "boss@example.org").await?;
    // The outbox fills aside.
    soon(async {
        while house.state.store.outbox(None, 10).await?.len() < 2 {
            tokio::task::yield_now().await;
        }
        Ok::<(), crate::store::StoreError>(())
    })
    .await??;

    let own = agent.get("/api/outbox").await?.body;
    assert_eq!(own.as_array().map(Vec::len), Some(1), "{own}");
    assert_eq!(
        (&own[0]["to"], &own[0]["text"], &own[0]["channel"]),
        (&json!("+447400123456"), &json!("Open it"), &json!("sms"))
    );
    let all = boss.get("/api/outbox").await?.body;
    let texts: String = all
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|m| m["text"].as_str())
        .collect();
    let token = secret_in(&texts, "verify").ok_or("no link in the outbox")?;
    let verified = Browser::new(&house)
        .post("/api/accounts/verify", json!({ "token": token, "password": PASSWORD }))
        .await?;
    assert_eq!(verified.status, StatusCode::OK);
    Ok(())
}
