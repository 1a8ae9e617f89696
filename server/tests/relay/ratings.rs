//! Stars and words after a session.

use farhand_shared::role::Role;
use farhand_shared::wire::http::ratings::RatingRow;
use farhand_shared::wire::http::sessions::{Invite, Seated};
use reqwest::StatusCode;
use serde_json::json;

use crate::harness::Relay;

#[tokio::test]
async fn both_sides_rate_and_say_it_again() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let seated: Seated = relay.customer_desk().open(&started.invitation, None).await.good();
    let customers = |stars: u8, text: &str| json!({ "seat": seated.seat, "rating": { "stars": stars, "text": text } });
    for (stars, text) in [(2, "It froze"), (4, "  Then it went \n\n\n well ")] {
        let answer = relay
            .customer_desk()
            .post("/api/ratings", &customers(stars, text))
            .await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}");
    }
    let path = format!("/api/sessions/{}/rating", started.session);
    let answer = desk.post(&path, &json!({ "stars": 5 })).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}");

    let stored = relay.state.store.ratings(10).await.expect("ratings");
    let mut said: Vec<_> = stored
        .iter()
        .map(|one| (one.role.as_str(), one.stars, one.words.as_str()))
        .collect();
    said.sort_unstable();
    assert_eq!(said, [("agent", 5, ""), ("customer", 4, "Then it went\n\nwell")]);
    assert_eq!(
        desk.get("/api/admin/ratings").await.status,
        StatusCode::FORBIDDEN,
        "no administrator"
    );
    let row = RatingRow {
        session: started.session,
        role: Role::Agent,
        rating: farhand_shared::wire::http::ratings::Rating {
            stars: 5,
            text: String::new(),
        },
        at: farhand_shared::time::Time::from_millis(0),
    };
    assert!(
        serde_json::to_string(&row).is_ok_and(|text| !text.contains("person")),
        "ratings name nobody"
    );
}

#[tokio::test]
async fn what_is_no_rating_and_who_was_not_there_is_refused_and_nothing_is_kept() {
    let relay = Relay::start().await;
    let desk = relay.agent_desk().await;
    let started = desk.start(Invite::Link).await;
    let path = format!("/api/sessions/{}/rating", started.session);
    for stars in [0, 6] {
        let answer = desk.post(&path, &json!({ "stars": stars })).await;
        assert_eq!(answer.refusal(), "rating_not_valid");
    }
    let long = "x".repeat(farhand_shared::limit::RATING_CHARS + 1);
    let answer = desk.post(&path, &json!({ "stars": 3, "text": long })).await;
    assert_eq!(answer.refusal(), "rating_not_valid");
    let stranger = relay.agent_desk().await;
    assert_eq!(
        stranger.post(&path, &json!({ "stars": 3 })).await.refusal(),
        "not_in_session"
    );
    let forged = json!({ "seat": "bm90IGEgc2VhdA", "rating": { "stars": 3 } });
    let answer = relay.customer_desk().post("/api/ratings", &forged).await;
    assert_eq!(answer.refusal(), "not_in_session");
    assert!(relay.state.store.ratings(10).await.expect("ratings").is_empty());
}
