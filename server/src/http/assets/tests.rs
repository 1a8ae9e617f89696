use std::fs;
use std::path::Path;

use axum::body::Body;
use axum::http::Request;
use tempfile::TempDir;
use tower::ServiceExt;

use super::*;
use crate::clock::Clock;
use crate::config::Config;

const SCRIPT: &str = "customer-0123456789abcdef.js";

/// A server whose pages are `files` (bundle, name, content) in a folder of their own.
async fn serving(files: &[(&str, &str)]) -> (Router, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let pages = dir.path().join("pages");
    fs::create_dir_all(&pages).unwrap();
    for (name, content) in files {
        write(&pages.join(name), content);
    }
    let mut config = Config::for_tests(dir.path().join("data"));
    config.pages_dir = Some(pages);
    let state = AppState::open(config, Clock::system()).await.unwrap();
    (crate::app(state), dir)
}

fn write(path: &Path, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

async fn both_bundles() -> (Router, TempDir) {
    let script = format!("customer/{SCRIPT}");
    let (brotli, gzip) = (format!("{script}.br"), format!("{script}.gz"));
    serving(&[
        ("customer/index.html", "customer page"),
        ("customer/sw.js", "worker"),
        ("customer/customer.webmanifest", "{}"),
        (&script, "plain"),
        (&brotli, "packed by brotli"),
        (&gzip, "packed by gzip"),
        ("agent/index.html", "agent page"),
        ("agent/icons/app.png", "png"),
    ])
    .await
}

async fn ask(app: &Router, method: &str, path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn every_address_leads_to_its_page_or_file() {
    let (app, _dir) = both_bundles().await;
    for (path, status, body) in [
        ("/", 200, "customer page"),
        ("/j", 200, "customer page"),
        ("/j/7Kq2", 200, "customer page"),
        ("/code", 200, "customer page"),
        ("/c/sw.js", 200, "worker"),
        ("/agent", 200, "agent page"),
        ("/agent/", 200, "agent page"),
        ("/agent/sessions/5", 200, "agent page"),
        ("/agent/icons/app.png", 200, "png"),
    ] {
        let (got, _, text) = ask(&app, "GET", path, &[]).await;
        assert_eq!((got.as_u16(), text.as_str()), (status, body), "{path}");
    }
    for path in [
        "/c/gone.js",
        "/agent/gone.js",
        "/c/../agent/index.html",
        "/c/%2e%2e/agent/index.html",
        "/elsewhere",
    ] {
        let (status, _, text) = ask(&app, "GET", path, &[]).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert!(text.contains("\"error\":\"not_found\""), "{path}: {text}");
    }
}

#[tokio::test]
async fn each_browser_gets_the_smallest_form_it_takes() {
    let (app, _dir) = both_bundles().await;
    let path = format!("/c/{SCRIPT}");
    let mut etags = Vec::new();
    for (accept, encoding, body) in [
        ("gzip, deflate, br, zstd", Some("br"), "packed by brotli"),
        ("gzip", Some("gzip"), "packed by gzip"),
        ("identity", None, "plain"),
    ] {
        let (status, headers, text) = ask(&app, "GET", &path, &[("accept-encoding", accept)]).await;
        assert_eq!((status, text.as_str()), (StatusCode::OK, body), "{accept}");
        assert_eq!(
            headers.get("content-encoding").map(|value| value.to_str().unwrap()),
            encoding,
            "{accept}"
        );
        assert_eq!(headers["vary"], "accept-encoding");
        assert_eq!(headers["content-type"], "text/javascript; charset=utf-8");
        assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(headers["content-length"], body.len().to_string());
        etags.push(headers["etag"].clone());
    }
    etags.dedup();
    assert_eq!(etags.len(), 3, "each form has an ETag of its own");
}

#[tokio::test]
async fn a_browser_that_has_the_file_is_told_so() {
    let (app, _dir) = both_bundles().await;
    let (_, first, _) = ask(&app, "GET", "/", &[]).await;
    assert_eq!(first["cache-control"], "no-cache");
    let etag = first["etag"].to_str().unwrap();
    assert!(etag.starts_with('"'), "the ETag is strong: {etag}");

    let (status, again, body) = ask(&app, "GET", "/", &[("if-none-match", etag)]).await;
    assert_eq!((status, body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    for name in ["etag", "cache-control", "vary"] {
        assert_eq!(again[name], first[name], "{name}");
    }
}

#[tokio::test]
async fn head_tells_the_length_and_sends_nothing() {
    let (app, _dir) = both_bundles().await;
    let (status, headers, body) = ask(&app, "HEAD", "/", &[]).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, ""));
    assert_eq!(headers["content-length"], "13");
}

#[tokio::test]
async fn invite_links_are_neither_stored_nor_indexed_nor_changed_by_looking() {
    let (app, _dir) = both_bundles().await;
    for _ in 0..2 {
        let (status, headers, body) = ask(&app, "GET", "/j/7Kq2?x=1", &[]).await;
        assert_eq!((status, body.as_str()), (StatusCode::OK, "customer page"));
        assert_eq!(headers["cache-control"], "no-store");
        assert_eq!(headers["x-robots-tag"], "noindex, nofollow");
        assert!(!headers.contains_key("etag") && !headers.contains_key("set-cookie"));
    }
    let (status, _, text) = ask(&app, "POST", "/j/7Kq2", &[]).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(text.contains("method_not_allowed"), "{text}");
}

#[tokio::test]
async fn the_worker_may_control_the_whole_part_and_is_always_asked_for_again() {
    let (app, _dir) = both_bundles().await;
    let (_, headers, _) = ask(&app, "GET", "/c/sw.js", &[]).await;
    assert_eq!(headers["service-worker-allowed"], "/");
    assert_eq!(headers["cache-control"], "no-cache");
    let (_, headers, _) = ask(&app, "GET", "/c/customer.webmanifest", &[]).await;
    assert_eq!(headers["content-type"], "application/manifest+json");
}

#[tokio::test]
async fn pages_that_were_not_built_say_how_to_build_them() {
    let (app, _dir) = serving(&[]).await;
    for path in ["/", "/j/x", "/agent"] {
        let (status, headers, text) = ask(&app, "GET", path, &[]).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_eq!(headers["cache-control"], "no-store");
        assert!(text.contains("scripts/pages"), "{text}");
    }
}

#[tokio::test]
async fn pages_that_are_built_while_we_run_are_served_at_once() {
    let (app, dir) = serving(&[]).await;
    write(
        &dir.path().join("pages/customer/index.html"),
        "<script>alert(1)</script>",
    );
    let (status, headers, _) = ask(&app, "GET", "/", &[]).await;
    assert_eq!(status, StatusCode::OK);
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"),
        "{policy}"
    );
}

#[test]
fn a_program_that_was_built_before_its_pages_still_has_a_policy() {
    let pages = Pages::load(Source::Embedded, "ws://localhost:8080".to_owned(), &[]);
    assert!(
        pages
            .now()
            .policy
            .to_str()
            .unwrap()
            .contains("connect-src 'self' ws://localhost:8080")
    );
}
