use super::*;

#[tokio::test]
async fn the_printed_link_makes_the_first_administrator_once() -> Outcome {
    let house = House::open().await?;
    let link = first_admin_link(&house.state).await?.ok_or("no link")?;
    let token = secret_in(&link, "first-admin").ok_or("not a link")?;
    assert!(link.starts_with("http://localhost:8080/agent#first-admin="));
    let body = |password: &str| json!({ "token": token, "email": "Boss@Anywhere.example", "name": " Boss ", "password": password });

    let mut browser = Browser::new(&house);
    let weak = browser.post("/api/accounts/first-admin", body("short")).await?;
    assert_eq!((weak.status.as_u16(), weak.code()), (422, "password_too_short"));
    let made = browser.post("/api/accounts/first-admin", body(PASSWORD)).await?;
    assert_eq!(
        made.status,
        StatusCode::OK,
        "a refused try spent the link: {}",
        made.body
    );
    assert_eq!(
        (&made.body["email"], &made.body["name"], &made.body["admin"]),
        (&json!("boss@anywhere.example"), &json!("Boss"), &json!(true))
    );
    assert_eq!(browser.get("/api/me").await?.body, made.body);

    let again = Browser::new(&house)
        .post("/api/accounts/first-admin", body(PASSWORD))
        .await?;
    assert_eq!((again.status.as_u16(), again.code()), (410, "link_spent"));
    assert_eq!(first_admin_link(&house.state).await?, None);
    Ok(())
}

#[tokio::test]
async fn an_administrators_link_dies_after_a_day_and_when_a_newer_one_is_printed() -> Outcome {
    let house = House::open().await?;
    let claim = async |token: &str| {
        let body = json!({ "token": token, "email": "boss@a.example", "name": "Boss", "password": PASSWORD });
        Browser::new(&house).post("/api/accounts/first-admin", body).await
    };
    let old = secret_in(&first_admin_link(&house.state).await?.ok_or("no link")?, "first-admin").ok_or("not a link")?;
    let new = secret_in(&first_admin_link(&house.state).await?.ok_or("no link")?, "first-admin").ok_or("not a link")?;
    assert_eq!(claim(&old).await?.code(), "link_spent");
    house.hand.advance(std::time::Duration::from_secs(24 * 3600));
    assert_eq!(claim(&new).await?.code(), "link_spent");
    Ok(())
}

#[tokio::test]
async fn a_domain_nobody_allowed_cannot_sign_up() -> Outcome {
    let house = House::open().await?;
    let mut browser = Browser::new(&house);
    for email in ["ann@gmail.example", "ann@sub.example.org", "ann@xexample.org"] {
        let refused = browser.sign_up(email, PASSWORD).await?;
        assert_eq!(
            (refused.status.as_u16(), refused.code()),
            (403, "invalid_email_domain"),
            "{email}"
        );
        assert_eq!(refused.body["message"], "invalid email domain");
        assert!(
            refused.body["next"]
                .as_str()
                .unwrap_or_default()
                .contains("contact your administrator")
        );
    }
    assert!(house.sent_nothing().await?);
    Ok(())
}

#[tokio::test]
async fn a_sign_up_works_when_its_address_and_its_password_are_proved() -> Outcome {
    let mut house = House::open().await?;
    let answer = Browser::new(&house).sign_up(" Ann@EXAMPLE.org ", PASSWORD).await?;
    assert_eq!(
        (answer.status, answer.body, answer.headers.get(header::SET_COOKIE)),
        (StatusCode::ACCEPTED, json!({}), None)
    );
    let token = house.mailed_secret("verify").await?;

    let mut browser = Browser::new(&house);
    let early = browser.sign_in("ann@example.org", PASSWORD).await?;
    assert_eq!((early.status.as_u16(), early.code()), (403, "email_not_verified"));
    let guessed = browser.sign_in("ann@example.org", "not the password").await?;
    assert_eq!(
        guessed.code(),
        "wrong_credentials",
        "an unproved account shows itself to strangers"
    );

    let verify = |password: &str| json!({ "token": token, "password": password });
    let wrong = browser.post("/api/accounts/verify", verify("somebody else's")).await?;
    assert_eq!((wrong.status.as_u16(), wrong.code()), (401, "wrong_credentials"));
    let right = browser.post("/api/accounts/verify", verify(PASSWORD)).await?;
    assert_eq!(
        (right.status, &right.body["email"], &right.body["admin"]),
        (StatusCode::OK, &json!("ann@example.org"), &json!(false))
    );
    assert!(browser.is_signed_in().await?);
    assert_eq!(
        Browser::new(&house)
            .post("/api/accounts/verify", verify(PASSWORD))
            .await?
            .code(),
        "link_spent"
    );
    assert!(
        Browser::signed_in(&house, "ann@example.org")
            .await?
            .is_signed_in()
            .await?
    );
    Ok(())
}

#[tokio::test]
async fn nobody_can_have_a_stranger_activate_an_account_for_them() -> Outcome {
    let mut house = House::open().await?;
    Browser::new(&house)
        .sign_up("victim@example.org", "the attacker's choice")
        .await?;
    let attackers = house.mailed_secret("verify").await?;
    Browser::new(&house).sign_up("victim@example.org", PASSWORD).await?;
    let own = house.mailed_secret("verify").await?;

    let verify = async |token: &str, password: &str| {
        Browser::new(&house)
            .post("/api/accounts/verify", json!({ "token": token, "password": password }))
            .await
    };
    assert_eq!(verify(&attackers, "the attacker's choice").await?.code(), "link_spent");
    assert_eq!(verify(&own, "the attacker's choice").await?.code(), "wrong_credentials");
    assert_eq!(verify(&own, PASSWORD).await?.status, StatusCode::OK);
    Ok(())
}

#[tokio::test]
async fn signing_up_twice_looks_the_same_and_tells_only_the_owner() -> Outcome {
    let mut house = House::open().await?;
    house.account("ann@example.org", false).await?;
    let known = Browser::new(&house)
        .sign_up("ann@example.org", "another password")
        .await?;
    let note = house.letter().await?;
    assert!(
        note.to.contains("ann@example.org") && note.content.contains("already"),
        "{}",
        note.content
    );
    assert_eq!(secret_in(&note.content.replace("=3D", "="), "verify"), None);

    let unknown = Browser::new(&house)
        .sign_up("bob@example.org", "another password")
        .await?;
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    house.mailed_secret("verify").await?;
    assert_eq!(
        Browser::new(&house)
            .sign_in("ann@example.org", "another password")
            .await?
            .code(),
        "wrong_credentials"
    );
    Browser::signed_in(&house, "ann@example.org").await?;
    Ok(())
}

#[tokio::test]
async fn one_reader_is_not_flooded_and_one_network_cannot_flood() -> Outcome {
    let mut house = House::open().await?;
    for _ in 0..8 {
        assert_eq!(
            Browser::new(&house).sign_up("ann@example.org", PASSWORD).await?.status,
            StatusCode::ACCEPTED
        );
    }
    for _ in 0..6 {
        house.letter().await?;
    }
    let caller = house.state.scopes.name("account mail address", "192.0.2.1");
    for _ in 0..60 {
        house
            .state
            .store
            .hit(&caller, 3_600_000, super::super::now(&house.state))
            .await?;
    }
    let flooding = Browser::new(&house).sign_up("bob@example.org", PASSWORD).await?;
    assert_eq!((flooding.status.as_u16(), flooding.code()), (429, "too_many_requests"));
    assert!(house.sent_nothing().await?, "the seventh letter was sent");
    Ok(())
}

#[tokio::test]
async fn wrong_fields_are_named() -> Outcome {
    let house = House::open().await?;
    let mut browser = Browser::new(&house);
    let long_name = "x".repeat(61);
    for (email, name, password, code) in [
        ("ann", "Ann", PASSWORD, "email_not_valid"),
        ("ann@example.org", "  ", PASSWORD, "name_not_valid"),
        ("ann@example.org", long_name.as_str(), PASSWORD, "name_not_valid"),
        ("ann@example.org", "Ann", "short", "password_too_short"),
        (
            "ann.smith@example.org",
            "Ann",
            "ann.smith@example.org",
            "password_too_simple",
        ),
    ] {
        let body = json!({ "email": email, "name": name, "password": password });
        let refused = browser.post("/api/accounts/sign-up", body).await?;
        assert_eq!((refused.status.as_u16(), refused.code()), (422, code));
        assert!(refused.body["message"].is_string() && refused.body["next"].is_string());
    }
    let nonsense = browser.post("/api/accounts/sign-up", json!({ "email": 7 })).await?;
    assert_eq!(nonsense.code(), "body_not_valid");
    Ok(())
}
