//! One click: visitors of the organisation's website wait, an agent asks one, they come or not.

use std::time::Duration;

use farhand_server::config::{Secret, SiteConfig};
use farhand_shared::session::{Channel, Delivery, Invitation};
use farhand_shared::wire::http::accounts::Me;
use farhand_shared::wire::http::sessions::{Invite, SessionStarted};
use farhand_shared::wire::http::site::{Asked, SiteVisitor, Waited};
use jsonwebtoken::{EncodingKey, Header, encode};
use reqwest::StatusCode;
use serde_json::json;

use crate::desk::{Answer, Caller, opening, wish};
use crate::harness::Relay;

const SECRET: &str = "0123456789abcdef0123456789abcdef";

async fn relay() -> Relay {
    Relay::configured(|config| {
        config.site = Some(SiteConfig {
            secret: Secret::new(SECRET),
            origins: vec!["https://www.example.com".to_owned()],
            terms: "You can stop at any time.".to_owned(),
        });
        config.frame_origins = vec!["https://crm.example.com".to_owned()];
    })
    .await
}

fn bo() -> Invite {
    Invite::Site {
        visitor: "4711".to_owned(),
    }
}

impl Relay {
    /// What the website signs for a visitor.
    fn token(&self, id: &str, name: &str, seconds: u64) -> String {
        let claims = json!({ "sub": id, "name": name, "exp": self.hand.clock().now_secs() + seconds });
        let key = EncodingKey::from_secret(SECRET.as_bytes()).expect("a key");
        encode(&Header::default(), &claims, &key).expect("a token")
    }

    /// A page of the website that waits; it is known when this returns. It has its code at once.
    async fn page(&self, token: &str) -> tokio::task::JoinHandle<Answer> {
        let (visitor, token) = (self.customer_desk(), token.to_owned());
        let first: Waited = visitor
            .post("/api/site/wait", &json!({ "token": token, "code": "" }))
            .await
            .good();
        assert_eq!(first.asked, None);
        let body = json!({ "token": token, "code": first.code });
        tokio::spawn(async move { visitor.post("/api/site/wait", &body).await })
    }

    async fn invitation(&self, started: &SessionStarted) -> Invitation {
        let (session, _) = self.state.rooms.look(started.session).await.expect("a session");
        session.invitations()[0].clone()
    }
}

async fn visitors(desk: &Caller) -> Vec<SiteVisitor> {
    desk.get("/api/site/visitors").await.good()
}

async fn asked(page: tokio::task::JoinHandle<Answer>) -> Asked {
    let waited: Waited = page.await.expect("an answer").good();
    waited.asked.expect("somebody asks")
}

#[tokio::test]
async fn a_visitor_who_waits_is_seen_asked_and_comes() {
    let relay = relay().await;
    let desk = relay.agent_desk().await;
    let me: Me = desk.get("/api/me").await.good();
    assert!(me.site);
    let page = relay.page(&relay.token("4711", "Bo", 60)).await;
    let here = visitors(&desk).await;
    assert_eq!((here[0].id.as_str(), here[0].name.as_str()), ("4711", "Bo"));
    let one: Option<SiteVisitor> = desk.get("/api/site/visitors/4711").await.good();
    assert_eq!(one.as_ref(), here.first());
    assert_eq!(here[0].code.len(), 4, "four digits to read out on the phone");
    assert!(here[0].code.bytes().all(|digit| digit.is_ascii_digit()));

    let started = desk.start(bo()).await;
    let asked = asked(page).await;
    assert_eq!((asked.agent.as_str(), asked.company.as_str()), ("Ann", "Farhand"));
    assert_eq!(asked.terms, "You can stop at any time.");
    assert_eq!(asked.link, started.invitation.link);
    let shown = relay.invitation(&started).await;
    assert_eq!((shown.channel, shown.delivery), (Channel::Site, Delivery::Delivered));
    let seat = relay
        .customer_desk()
        .post("/api/invites/open", &opening(&started.invitation, None))
        .await;
    relay.seated(seat).await;
    assert_eq!(relay.invitation(&started).await.delivery, Delivery::Opened);
    // It is taken off every page that still shows it.
    let known = json!({ "token": relay.token("4711", "Bo", 60), "known": asked.invitation });
    let waited: Waited = relay.customer_desk().post("/api/site/wait", &known).await.good();
    assert_eq!(waited.asked, None);
}

#[tokio::test]
async fn not_now_reaches_the_agent_and_another_asking_is_shown_again() {
    let relay = relay().await;
    let desk = relay.agent_desk().await;
    let token = relay.token("4711", "Bo", 60);
    let page = relay.page(&token).await;
    let first = desk.start(bo()).await;
    let shown = asked(page).await;
    let decline = json!({ "token": token, "invitation": shown.invitation });
    for _ in 0..2 {
        let answer = relay.customer_desk().post("/api/site/decline", &decline).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(relay.invitation(&first).await.delivery, Delivery::Declined);

    // The page has moved on to its next question, and knows the old asking.
    let second = desk.start(bo()).await;
    let next = json!({ "token": token, "known": shown.invitation });
    let waited: Waited = relay.customer_desk().post("/api/site/wait", &next).await.good();
    assert_eq!(waited.asked.expect("asked again").link, second.invitation.link);
}

#[tokio::test]
async fn who_has_gone_cannot_be_asked_and_nothing_is_started() {
    let relay = relay().await;
    let desk = relay.agent_desk().await;
    let answer = desk.post("/api/sessions", &wish(bo())).await;
    assert_eq!(
        (answer.status, answer.refusal().as_str()),
        (StatusCode::CONFLICT, "visitor_gone")
    );
    assert_eq!(relay.state.rooms.awake(), 0);

    let page = relay.page(&relay.token("4711", "Bo", 60)).await;
    page.abort();
    let _ = page.await;
    // A page that loads another one is not gone at once.
    relay.hand.advance(Duration::from_secs(3));
    assert_eq!(visitors(&desk).await.len(), 1);
    while !visitors(&desk).await.is_empty() {
        relay.hand.advance(Duration::from_secs(3));
    }
    let answer = desk.post("/api/sessions", &wish(bo())).await;
    assert_eq!(answer.refusal(), "visitor_gone");
}

#[tokio::test]
async fn a_visitor_hears_only_what_is_meant_for_them() {
    let relay = relay().await;
    let desk = relay.agent_desk().await;
    let page = relay.page(&relay.token("4711", "Bo", 60)).await;
    let other = relay.page(&relay.token("42", "", 60)).await;
    let started = desk.start(bo()).await;
    let shown = asked(page).await;
    assert!(!other.is_finished());
    other.abort();
    // Somebody else's token takes nothing back.
    let codes: std::collections::HashSet<_> = visitors(&desk).await.into_iter().map(|one| one.code).collect();
    assert_eq!(codes.len(), 2, "each has a code of their own");
    let foreign = json!({ "token": relay.token("42", "", 60), "invitation": shown.invitation });
    relay.customer_desk().post("/api/site/decline", &foreign).await;
    assert_eq!(relay.invitation(&started).await.delivery, Delivery::Delivered);
}

#[tokio::test]
async fn only_signed_tokens_wait_and_only_agents_look() {
    let relay = relay().await;
    let visitor = relay.customer_desk();
    let old = relay.token("4711", "Bo", 60);
    relay.hand.advance(Duration::from_secs(61));
    for (token, code) in [(old.as_str(), "token_expired"), ("a.b.c", "token_not_valid")] {
        let answer = visitor.post("/api/site/wait", &json!({ "token": token })).await;
        assert_eq!(
            (answer.status, answer.refusal().as_str()),
            (StatusCode::UNAUTHORIZED, code)
        );
    }
    for path in ["/api/site/visitors", "/api/site/visitors/4711"] {
        assert_eq!(visitor.get(path).await.refusal(), "not_signed_in");
    }

    let without = Relay::start().await;
    let answer = without
        .customer_desk()
        .post("/api/site/wait", &json!({ "token": old }))
        .await;
    assert_eq!(answer.refusal(), "site_off");
    let me: Me = without.agent_desk().await.get("/api/me").await.good();
    assert!(!me.site);
}

#[tokio::test]
async fn only_the_named_origins_may_show_our_pages_in_a_frame() {
    let relay = relay().await;
    let http = reqwest::Client::new();
    let cases = [
        ("/connect", Some("https://www.example.com")),
        ("/agent", Some("https://crm.example.com")),
        ("/visit", None),
        ("/connect.js", None),
        ("/healthz", None),
    ];
    for (path, ancestors) in cases {
        let answer = http
            .get(format!("http://{}{path}", relay.addr))
            .send()
            .await
            .expect("an answer");
        let header = |name: &str| {
            let value = answer.headers().get(name);
            value.map(|value| value.to_str().expect("text").to_owned())
        };
        let policy = header("content-security-policy").expect("a policy");
        match ancestors {
            Some(origin) => {
                assert!(
                    policy.ends_with(&format!("frame-ancestors {origin}")),
                    "{path}: {policy}"
                );
                assert_eq!(header("x-frame-options"), None, "{path}");
            }
            None => assert_eq!(header("x-frame-options").as_deref(), Some("DENY"), "{path}"),
        }
        let shared = header("cross-origin-resource-policy");
        assert_eq!(
            shared.as_deref() == Some("cross-origin"),
            path == "/connect.js",
            "{path}"
        );
    }
}
