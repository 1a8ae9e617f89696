//! Real browser media through a relay, and coturn with our credentials.
//!
//! "Connected" proves nothing here: servers that mangle padded ChannelData get that far and then pass no picture. So the
//! decoded frames count.

mod turn_programs;
mod turn_support;

use std::net::SocketAddr;

use axum::{Router, response::Html, routing::get};
use farhand_server::turn::{Credential, DEFAULT_TTL, IceUrls, Issuer};
use farhand_shared::wire::IceServer;
use serde::Deserialize;
use thirtyfour::WebDriver;
use tokio::net::{TcpListener, UdpSocket};
use turn_programs::{Coturn, with_chromium};
use turn_support::{By, client, credential, secret, server, soon, unix_now};
use webrtc_util::Conn;

/// Four seconds of the fake camera at 20 frames a second, beyond any start-up.
const FRAMES: u32 = 80;

/// What the page says about its call.
#[derive(Debug, Deserialize)]
struct Seen {
    error: Option<String>,
    #[serde(default)]
    frames: u32,
    #[serde(default)]
    lost: u32,
    width: Option<u32>,
    local: Option<String>,
    remote: Option<String>,
    protocol: Option<String>,
    #[serde(default)]
    failed: Vec<String>,
}

/// A page from localhost, where browsers give the camera without TLS.
async fn page() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://localhost:{}/", listener.local_addr().unwrap().port());
    let app = Router::new().route("/", get(|| async { Html("<!doctype html><title>call</title>") }));
    tokio::spawn(axum::serve(listener, app).into_future());
    url
}

/// The servers a browser would get, cut down to one transport.
fn servers(at: SocketAddr, by: By, credential: &Credential) -> Vec<IceServer> {
    let transport = match by {
        By::Udp => "?transport=udp",
        By::Tcp => "?transport=tcp",
    };
    let mut servers = IceUrls::embedded(&at.ip().to_string(), at.port()).servers(credential);
    servers.truncate(1);
    servers[0].urls.retain(|url| url.ends_with(transport));
    assert_eq!(servers[0].urls.len(), 1);
    servers
}

async fn call(browser: &WebDriver, servers: &[IceServer]) -> Seen {
    browser.goto(page().await).await.unwrap();
    let arguments = vec![serde_json::to_value(servers).unwrap(), FRAMES.into()];
    let answer = browser
        .execute_async(include_str!("turn_programs/call.js"), arguments)
        .await;
    let seen: Seen = answer.unwrap().convert().unwrap();
    println!("{seen:?}");
    seen
}

fn assert_relayed(seen: &Seen, by: By) {
    let protocol = if by == By::Udp { "udp" } else { "tcp" };
    assert_eq!(seen.error, None);
    assert!(seen.frames >= FRAMES, "{seen:?}");
    assert_eq!(seen.width, Some(640), "{seen:?}");
    assert_eq!(seen.local.as_deref(), Some("relay"), "{seen:?}");
    assert_eq!(seen.remote.as_deref(), Some("relay"), "{seen:?}");
    assert_eq!(seen.protocol.as_deref(), Some(protocol), "{seen:?}");
    // Nothing on this machine loses packets but a relay that mangles or forgets them.
    assert!(seen.lost <= 2, "{seen:?}");
}

/// The default policy: no loopback peer is allowed, and a relay-only call on one machine works all the same.
async fn calls_through_the_embedded_server(by: By) {
    with_chromium(async |browser| {
        let server = server(|_| {}).await;
        let servers = servers(server.local_addr(), by, &credential("p"));
        let seen = call(browser, &servers).await;
        assert_relayed(&seen, by);
        let stats = server.stats();
        assert!(stats.bytes_to_peers > 50_000, "{stats:?}");
        assert_eq!((stats.malformed, stats.packets_undelivered), (0, 0), "{stats:?}");
        assert_eq!(stats.active_tcp > 0, by == By::Tcp, "{stats:?}");
    })
    .await;
}

#[tokio::test]
async fn two_browsers_see_each_other_through_the_embedded_server_by_udp() {
    calls_through_the_embedded_server(By::Udp).await;
}

#[tokio::test]
async fn two_browsers_see_each_other_through_the_embedded_server_by_tcp() {
    calls_through_the_embedded_server(By::Tcp).await;
}

#[tokio::test]
async fn two_browsers_see_each_other_through_coturn_with_our_credentials() {
    let Some(coturn) = Coturn::start().await else {
        return;
    };
    with_chromium(async |browser| {
        let servers = servers(coturn.address, By::Udp, &credential("p"));
        assert_relayed(&call(browser, &servers).await, By::Udp);
    })
    .await;
}

#[tokio::test]
async fn a_browser_is_refused_with_an_expired_credential() {
    with_chromium(async |browser| {
        let server = server(|_| {}).await;
        let past = unix_now() - DEFAULT_TTL.as_secs() - 1;
        let expired = Issuer::new(secret(), DEFAULT_TTL).issue("p", past);
        let seen = call(browser, &servers(server.local_addr(), By::Udp, &expired)).await;
        assert_eq!((seen.frames, seen.local.as_deref()), (0, None));
        assert!(seen.failed.iter().any(|failure| failure.starts_with("401")), "{seen:?}");
    })
    .await;
}

#[tokio::test]
async fn coturn_takes_our_credentials_and_refuses_those_of_another_secret_or_time() {
    let Some(coturn) = Coturn::start().await else {
        return;
    };
    for by in [By::Udp, By::Tcp] {
        let ours = client(by, coturn.address, &credential("p")).await;
        let relay = soon("coturn's allocation", ours.allocate()).await.unwrap();
        let peer = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        relay.send_to(b"hello", peer.local_addr().unwrap()).await.unwrap();
        let mut buffer = [0; 10];
        let (length, _) = soon("relaying", peer.recv_from(&mut buffer)).await.unwrap();
        assert_eq!(buffer[..length], *b"hello");

        let past = unix_now() - DEFAULT_TTL.as_secs() - 60;
        let mut forged = credential("p");
        forged.credential = credential("q").credential;
        for bad in [Issuer::new(secret(), DEFAULT_TTL).issue("p", past), forged] {
            let refused = client(by, coturn.address, &bad).await;
            let error = soon("coturn's refusal", refused.allocate()).await.err().unwrap();
            assert!(error.to_string().contains("401"), "{error}");
        }
    }
}
