use std::time::Duration;

use argon2::PasswordHasher as _;
use argon2::{Algorithm, Argon2, Params, Version};

use super::*;

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_look_the_same() -> Outcome {
    let house = House::open().await?;
    house.account("ann@example.org", false).await?;
    let mut browser = Browser::new(&house);
    let wrong = browser.sign_in("ann@example.org", "not the password").await?;
    let unknown = browser.sign_in("eve@example.org", PASSWORD).await?;
    let nonsense = browser.sign_in("nobody", PASSWORD).await?;
    assert_eq!((wrong.status.as_u16(), wrong.code()), (401, "wrong_credentials"));
    assert_eq!((wrong.status, &wrong.body), (unknown.status, &unknown.body));
    assert_eq!((wrong.status, &wrong.body), (nonsense.status, &nonsense.body));
    assert!(!browser.is_signed_in().await?);
    assert_eq!(
        browser.sign_in(" ANN@example.org", PASSWORD).await?.status,
        StatusCode::OK
    );
    assert!(browser.is_signed_in().await?);
    Ok(())
}

#[tokio::test]
async fn an_account_is_closed_to_guessing_for_a_quarter_of_an_hour() -> Outcome {
    let house = House::open().await?;
    house.account("ann@example.org", false).await?;
    house.account("bob@example.org", false).await?;
    let mut inside = Browser::signed_in(&house, "ann@example.org").await?;
    for n in 0..10_u8 {
        let mut guesser = Browser {
            address: IpAddr::from([198, 51, 100, n]),
            ..Browser::new(&house)
        };
        assert_eq!(
            guesser.sign_in("ann@example.org", "a guess, a guess").await?.code(),
            "wrong_credentials"
        );
    }
    let mut ann = Browser::new(&house);
    let closed = ann.sign_in("ann@example.org", PASSWORD).await?;
    assert_eq!((closed.status.as_u16(), closed.code()), (429, "too_many_requests"));
    assert!(closed.headers.contains_key(header::RETRY_AFTER));
    assert!(inside.is_signed_in().await?, "whoever was signed in was thrown out");
    Browser::signed_in(&house, "bob@example.org").await?;

    house.hand.advance(Duration::from_secs(30 * 60));
    assert_eq!(ann.sign_in("ann@example.org", PASSWORD).await?.status, StatusCode::OK);
    Ok(())
}

#[tokio::test]
async fn a_sign_in_that_works_forgives_the_attempts_before_it() -> Outcome {
    let house = House::open().await?;
    house.account("ann@example.org", false).await?;
    for _ in 0..3 {
        for _ in 0..5 {
            Browser::new(&house)
                .sign_in("ann@example.org", "mistyped, sorry")
                .await?;
        }
        Browser::signed_in(&house, "ann@example.org").await?;
    }
    Ok(())
}

#[tokio::test]
async fn one_network_cannot_try_many_accounts() -> Outcome {
    let house = House::open().await?;
    house.account("ann@example.org", false).await?;
    let scope = house.state.scopes.name("sign-in address", "2001:db8:1:2::");
    for _ in 0..49 {
        house
            .state
            .store
            .hit(&scope, 900_000, super::super::now(&house.state))
            .await?;
    }
    let mut guesser = Browser {
        address: "2001:db8:1:2::7".parse()?,
        ..Browser::new(&house)
    };
    assert_eq!(
        guesser.sign_in("eve@example.org", "a guess, a guess").await?.code(),
        "wrong_credentials"
    );
    guesser.address = "2001:db8:1:2:ffff::8".parse()?;
    assert_eq!(
        guesser.sign_in("ann@example.org", PASSWORD).await?.code(),
        "too_many_requests"
    );
    Browser::signed_in(&house, "ann@example.org").await?;
    Ok(())
}

#[tokio::test]
async fn each_sign_in_has_a_cookie_of_its_own_that_signing_out_kills() -> Outcome {
    let house = House::open().await?;
    house.account("ann@example.org", false).await?;
    let mut first = Browser::signed_in(&house, "ann@example.org").await?;
    let mut other = Browser::signed_in(&house, "ann@example.org").await?;
    let mut stolen = Browser {
        cookie: first.cookie.clone(),
        ..Browser::new(&house)
    };
    assert_ne!(first.cookie, other.cookie);

    first.sign_in("ann@example.org", PASSWORD).await?;
    assert!(
        !stolen.is_signed_in().await?,
        "the cookie from before the sign-in still works"
    );

    let mut copied = Browser {
        cookie: first.cookie.clone(),
        ..Browser::new(&house)
    };
    let out = first.post("/api/accounts/sign-out", json!({})).await?;
    assert_eq!((out.status, &first.cookie), (StatusCode::NO_CONTENT, &None));
    assert!(!copied.is_signed_in().await?, "the cookie outlived the sign-out");
    assert!(other.is_signed_in().await?);

    let mut third = Browser::signed_in(&house, "ann@example.org").await?;
    third
        .post("/api/accounts/sign-out", json!({ "everywhere": true }))
        .await?;
    assert!(!other.is_signed_in().await? && !third.is_signed_in().await?);
    assert_eq!(
        third.post("/api/accounts/sign-out", json!({})).await?.status,
        StatusCode::NO_CONTENT
    );
    Ok(())
}

#[tokio::test]
async fn a_browser_in_use_stays_signed_in_up_to_a_month() -> Outcome {
    let house = House::open().await?;
    house.account("ann@example.org", false).await?;
    let mut idle = Browser::signed_in(&house, "ann@example.org").await?;
    let mut used = Browser::signed_in(&house, "ann@example.org").await?;
    house.hand.advance(11 * HOUR);
    assert!(used.is_signed_in().await?);
    house.hand.advance(HOUR);
    assert!(used.is_signed_in().await? && !idle.is_signed_in().await?);
    for _ in 0..70 {
        house.hand.advance(10 * HOUR);
        assert!(used.is_signed_in().await?);
    }
    house.hand.advance(10 * HOUR);
    assert!(!used.is_signed_in().await?, "signed in for longer than a month");
    Ok(())
}

#[tokio::test]
async fn under_tls_the_cookie_is_bound_to_the_host() -> Outcome {
    let folder = tempfile::tempdir()?;
    let mut config = Config::for_tests(folder.path());
    config.public_url = "https://help.example.com".parse()?;
    let hand = ManualClock::at_ms(1_800_000_000_000);
    let state = AppState::open(config, hand.clock()).await?;
    let house = House {
        state,
        hand,
        mail: MailServer::start(&[]).await?,
        _folder: folder,
    };
    let made = make_first_admin(&house).await?;
    let cookie = made.headers.get(header::SET_COOKIE).ok_or("no cookie")?.to_str()?;
    assert!(
        cookie.starts_with("__Host-farhand=") && cookie.contains("Secure"),
        "{cookie}"
    );
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    Ok(())
}

#[tokio::test]
async fn another_sites_page_cannot_use_the_cookie() -> Outcome {
    let house = House::open().await?;
    house.account("ann@example.org", false).await?;
    let mut browser = Browser::signed_in(&house, "ann@example.org").await?;
    let name = || Some(json!({ "name": "Mallory" }));
    for headers in [
        &[("origin", "https://evil.example")][..],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
    ] {
        let refused = browser.send(Method::PATCH, "/api/me", name(), headers).await?;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
    assert_eq!(browser.get("/api/me").await?.body["name"], "Ann");
    let own = [("sec-fetch-site", "same-origin"), ("origin", "http://localhost:8080")];
    assert_eq!(
        browser.send(Method::PATCH, "/api/me", name(), &own).await?.body["name"],
        "Mallory"
    );
    Ok(())
}

#[tokio::test]
async fn an_old_hash_is_made_anew_at_sign_in() -> Outcome {
    let house = House::open().await?;
    let ann = house.account("ann@example.org", false).await?;
    let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8 * 1024, 1, 1, None)?);
    let old = Private::new(weak.hash_password(PASSWORD.as_bytes())?.to_string());
    house.state.store.refresh_password_hash(ann.id, &old).await?;
    Browser::signed_in(&house, "ann@example.org").await?;
    let now = house
        .state
        .store
        .credentials(&ann.email)
        .await?
        .ok_or("lost")?
        .password_hash;
    assert!(now.expose().contains("m=19456,t=2,p=1"));
    Browser::signed_in(&house, "ann@example.org").await?;
    Ok(())
}
