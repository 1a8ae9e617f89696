use std::time::Duration;

use super::*;

async fn ask(house: &House, email: &str) -> Result<Answer, Box<dyn Error>> {
    Browser::new(house)
        .post("/api/accounts/reset/request", json!({ "email": email }))
        .await
}

async fn confirm(house: &House, token: &str, password: &str) -> Result<Answer, Box<dyn Error>> {
    let body = json!({ "token": token, "password": password });
    Browser::new(house).post("/api/accounts/reset/confirm", body).await
}

#[tokio::test]
async fn a_mailed_link_sets_a_new_password_once_and_signs_everybody_out() -> Outcome {
    let mut house = House::open().await?;
    house.account("ann@example.org", false).await?;
    let cookie = Browser::signed_in(&house, "ann@example.org").await?.cookie;
    for _ in 0..11 {
        Browser::new(&house)
            .sign_in("ann@example.org", "cannot remember")
            .await?;
    }

    assert_eq!(ask(&house, "Ann@example.org").await?.status, StatusCode::ACCEPTED);
    let token = house.mailed_secret("reset").await?;
    assert_eq!(confirm(&house, &token, "short").await?.code(), "password_too_short");
    assert_eq!(
        confirm(&house, &token, "a new and better one").await?.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        confirm(&house, &token, "yet another password").await?.code(),
        "link_spent"
    );
    let note = house.letter().await?;
    assert!(note.content.contains("was changed"), "{}", note.content);

    let mut inside = Browser {
        cookie,
        ..Browser::new(&house)
    };
    assert!(!inside.is_signed_in().await?, "somebody stayed signed in");
    let mut browser = Browser::new(&house);
    assert_eq!(
        browser.sign_in("ann@example.org", PASSWORD).await?.code(),
        "wrong_credentials"
    );
    let welcome = browser.sign_in("ann@example.org", "a new and better one").await?;
    assert_eq!(
        welcome.status,
        StatusCode::OK,
        "a reset must open an account that was hammered at"
    );
    Ok(())
}

#[tokio::test]
async fn a_reset_link_lives_half_an_hour_and_only_the_newest_works() -> Outcome {
    let mut house = House::open().await?;
    house.account("ann@example.org", false).await?;
    ask(&house, "ann@example.org").await?;
    let old = house.mailed_secret("reset").await?;
    ask(&house, "ann@example.org").await?;
    let new = house.mailed_secret("reset").await?;
    assert_eq!(
        confirm(&house, &old, "a new and better one").await?.code(),
        "link_spent"
    );
    house.hand.advance(Duration::from_secs(30 * 60));
    assert_eq!(
        confirm(&house, &new, "a new and better one").await?.code(),
        "link_spent"
    );
    assert_eq!(
        confirm(&house, "nonsense", "a new and better one").await?.code(),
        "link_spent"
    );
    Ok(())
}

#[tokio::test]
async fn asking_for_a_stranger_looks_the_same_and_sends_nothing() -> Outcome {
    let mut house = House::open().await?;
    house.account("ann@example.org", false).await?;
    let gone = house.account("gone@example.org", false).await?;
    house.state.store.set_standing(gone.id, true, false).await?;
    let known = ask(&house, "ann@example.org").await?;
    house.mailed_secret("reset").await?;
    for email in ["eve@example.org", "gone@example.org"] {
        let answer = ask(&house, email).await?;
        assert_eq!((answer.status, &answer.body), (known.status, &known.body), "{email}");
    }
    assert!(house.sent_nothing().await?);
    Ok(())
}

#[tokio::test]
async fn a_reset_proves_the_address_too() -> Outcome {
    let mut house = House::open().await?;
    Browser::new(&house)
        .sign_up("ann@example.org", "mistyped at sign-up")
        .await?;
    house.mailed_secret("verify").await?;
    ask(&house, "ann@example.org").await?;
    let token = house.mailed_secret("reset").await?;
    confirm(&house, &token, PASSWORD).await?;
    Browser::signed_in(&house, "ann@example.org").await?;
    Ok(())
}

#[tokio::test]
async fn a_password_is_changed_with_the_present_one_and_other_browsers_are_signed_out() -> Outcome {
    let mut house = House::open().await?;
    house.account("ann@example.org", false).await?;
    {
        let mut other = Browser::signed_in(&house, "ann@example.org").await?;
        let mut own = Browser::signed_in(&house, "ann@example.org").await?;
        let change =
            |current: &str, new: &str| Some(json!({ "name": "Anna", "password": { "current": current, "new": new } }));
        let wrong = own
            .send(
                Method::PATCH,
                "/api/me",
                change("not it at all", "a new and better one"),
                &[],
            )
            .await?;
        assert_eq!((wrong.status.as_u16(), wrong.code()), (401, "wrong_credentials"));
        let weak = own
            .send(Method::PATCH, "/api/me", change(PASSWORD, "short"), &[])
            .await?;
        assert_eq!(weak.code(), "password_too_short");
        assert_eq!(
            own.get("/api/me").await?.body["name"],
            "Ann",
            "half of a refused change was made"
        );

        let done = own
            .send(Method::PATCH, "/api/me", change(PASSWORD, "a new and better one"), &[])
            .await?;
        assert_eq!((done.status, &done.body["name"]), (StatusCode::OK, &json!("Anna")));
        assert!(own.is_signed_in().await? && !other.is_signed_in().await?);
        assert_eq!(
            other.sign_in("ann@example.org", PASSWORD).await?.code(),
            "wrong_credentials"
        );
        assert_eq!(
            other.sign_in("ann@example.org", "a new and better one").await?.status,
            StatusCode::OK
        );
    }
    assert!(house.letter().await?.content.contains("was changed"));
    Ok(())
}
