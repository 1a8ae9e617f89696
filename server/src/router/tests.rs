use axum::body::Body;
use axum::http::{HeaderMap, Request};
use axum::routing::{get, post};
use tempfile::TempDir;
use tower::ServiceExt;

use super::*;
use crate::clock::Clock;
use crate::config::{Config, Secret};
use crate::telemetry::capture::Capture;

async fn state(change: impl FnOnce(&mut Config)) -> (AppState, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let mut config = Config::for_tests(dir.path());
    config.pages_dir = Some(dir.path().to_owned());
    change(&mut config);
    (AppState::open(config, Clock::system()).await.unwrap(), dir)
}

async fn send(app: Router, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let (parts, body) = app.oneshot(request).await.unwrap().into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

fn ask(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let (state, _dir) = state(|_| {}).await;
    for path in ["/healthz", "/", "/nowhere"] {
        let (_, mut headers, _) = send(app(state.clone()), ask(path)).await;
        for varying in [
            "content-type",
            "content-length",
            "cache-control",
            "x-request-id",
            "allow",
        ] {
            headers.remove(varying);
        }
        let mut lines: Vec<String> = headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        lines.sort();
        insta::assert_snapshot!("security_headers", lines.join("\n"));
    }
}

#[tokio::test]
async fn tls_is_promised_only_where_browsers_can_trust_it() {
    type Change = fn(&mut Config);
    let cases: [(Change, bool); 3] = [
        (|_| {}, false),
        (
            |config| config.public_url = "https://help.example.com".parse().unwrap(),
            true,
        ),
        (
            |config| {
                config.public_url = "https://192.168.1.5:8080".parse().unwrap();
                config.lan = true;
            },
            false,
        ),
    ];
    for (change, promised) in cases {
        let (state, _dir) = state(change).await;
        let url = state.config.public_url.origin();
        let (_, headers, _) = send(app(state), ask("/healthz")).await;
        assert_eq!(headers.contains_key("strict-transport-security"), promised, "{url}");
    }
}

#[tokio::test]
async fn other_sites_cannot_post_and_our_own_pages_can() {
    let (state, _dir) = state(|_| {}).await;
    let routes = Router::new().route("/api", post(async || "done"));
    let app = layered(routes, state);
    for (site, origin, allowed) in [
        (Some("same-origin"), Some("http://localhost:8080"), true),
        (Some("cross-site"), Some("http://evil.example"), false),
        (None, Some("http://evil.example"), false),
        (None, Some("http://localhost:8080"), true),
        // A provider that reports a delivery is no browser.
        (None, None, true),
    ] {
        let mut request = Request::post("/api").header("host", "proxied:9000");
        if let Some(site) = site {
            request = request.header("sec-fetch-site", site);
        }
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let (status, _, body) = send(app.clone(), request.body(Body::empty()).unwrap()).await;
        assert_eq!(status == StatusCode::OK, allowed, "{site:?} {origin:?}: {body}");
        assert_eq!(body.contains("cross_origin"), !allowed);
    }
}

#[tokio::test]
async fn a_server_that_stops_or_lost_its_store_is_not_ready_but_alive() {
    let _log = Capture::start().expecting_errors();
    let (stopping, _dir) = state(|_| {}).await;
    assert_eq!(send(app(stopping.clone()), ask("/readyz")).await.0, StatusCode::OK);
    stopping.shutdown.cancel();
    assert_eq!(
        send(app(stopping.clone()), ask("/readyz")).await.0,
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(send(app(stopping), ask("/healthz")).await.0, StatusCode::OK);

    let (storeless, _dir) = state(|_| {}).await;
    storeless.store.close().await;
    let (status, _, body) = send(app(storeless), ask("/readyz")).await;
    assert_eq!(
        (status, body.as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n")
    );
}

#[tokio::test]
async fn figures_need_their_token_on_the_main_address() {
    let (closed, _dir) = state(|_| {}).await;
    assert_eq!(
        send(app(closed.clone()), ask("/metrics")).await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(send(metrics_app(closed), ask("/metrics")).await.0, StatusCode::OK);

    let (guarded, _dir) = state(|config| config.metrics.token = Some(Secret::new("t0ken"))).await;
    crate::telemetry::metrics::start(&guarded);
    for (sent, expected) in [(None, 401), (Some("Bearer wrong"), 401), (Some("Bearer t0ken"), 200)] {
        for figures in [app(guarded.clone()), metrics_app(guarded.clone())] {
            let mut request = Request::get("/metrics");
            if let Some(sent) = sent {
                request = request.header("authorization", sent);
            }
            let (status, _, body) = send(figures, request.body(Body::empty()).unwrap()).await;
            assert_eq!(status.as_u16(), expected, "{sent:?}");
            assert_eq!(body.contains("farhand_http_requests_total"), expected == 200, "{body}");
        }
    }
}

#[tokio::test]
async fn the_log_names_the_route_and_never_what_was_asked_for() {
    let log = Capture::start();
    let (state, _dir) = state(|_| {}).await;
    let routes = Router::new().route("/api/pins/{pin}", get(async || ApiError::not_found()));
    let request = Request::get("/api/pins/482917?phone=%2B436641234567").header("x-request-id", "forged");
    let (_, headers, _) = send(layered(routes, state), request.body(Body::empty()).unwrap()).await;
    let id = headers["x-request-id"].to_str().unwrap();
    let text = log.text();
    assert!(
        text.contains("route=\"/api/pins/{pin}\"") && text.contains("status=404") && text.contains(id),
        "{text}"
    );
    log.assert_never_says(&["482917", "436641234567", "forged"]);
}

#[tokio::test]
async fn a_handler_that_panics_answers_500_without_its_words() {
    let log = Capture::start().expecting_errors();
    let (state, _dir) = state(|_| {}).await;
    async fn panics() -> &'static str {
        panic!("the person typed hunter2")
    }
    let app = layered(Router::new().route("/api", get(panics)), state);
    let (status, _, body) = send(app, ask("/api")).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(
        body.contains("\"error\":\"internal\"") && !body.contains("hunter2"),
        "{body}"
    );
    log.assert_never_says(&["hunter2"]);
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let (state, _dir) = state(|_| {}).await;
    let app = layered(Router::new().route("/api", post(async |body: String| body)), state);
    let request = Request::post("/api")
        .body(Body::from("x".repeat(BODY_LIMIT + 1)))
        .unwrap();
    assert_eq!(send(app, request).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_flood_from_one_network_is_slowed_down_and_others_are_not() {
    let (state, _dir) = state(|config| config.trusted_proxies = vec!["0.0.0.0/0".parse().unwrap()]).await;
    let app = layered(Router::new().route("/api", post(async || "done")), state);
    let from = |ip: &str| {
        Request::post("/api")
            .header("x-forwarded-for", ip)
            .body(Body::empty())
            .unwrap()
    };
    let mut refused = None;
    for _ in 0..3000 {
        let (status, headers, body) = send(app.clone(), from("203.0.113.9")).await;
        if status != StatusCode::OK {
            refused = Some((status, headers, body));
            break;
        }
    }
    let (status, headers, body) = refused.expect("3000 requests at once are too many");
    assert_eq!(
        (status, headers["retry-after"].to_str().unwrap()),
        (StatusCode::TOO_MANY_REQUESTS, "1")
    );
    assert!(body.contains("too_many_requests"), "{body}");
    assert_eq!(send(app.clone(), from("203.0.113.10")).await.0, StatusCode::OK);
    let look = Request::get("/api")
        .header("x-forwarded-for", "203.0.113.9")
        .body(Body::empty())
        .unwrap();
    assert_ne!(
        send(app, look).await.0,
        StatusCode::TOO_MANY_REQUESTS,
        "looking is never refused"
    );
}
