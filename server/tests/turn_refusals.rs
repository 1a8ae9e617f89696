//! What the embedded TURN server refuses: wrong people, too much, and peers that nobody should reach through it.

mod turn_support;

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use farhand_server::clock::ManualClock;
use farhand_server::turn::{DEFAULT_TTL, Issuer, Rate, SharedSecret};
use stun::message::{
    METHOD_ALLOCATE, METHOD_BINDING, METHOD_CHANNEL_BIND, METHOD_CREATE_PERMISSION, METHOD_REFRESH, Setter,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, UdpSocket},
};
use turn::proto::{
    channum::ChannelNumber,
    evenport::EvenPort,
    lifetime::Lifetime,
    peeraddr::PeerAddress,
    reqfamily::{REQUESTED_FAMILY_IPV6, RequestedAddressFamily},
};
use turn_support::{
    By, RawClient, client, credential, error_code, message, open_server, secret, server, soon, udp_transport, unix_now,
    until,
};
use webrtc_util::Conn;

fn peer(address: SocketAddr) -> Box<dyn Setter> {
    Box::new(PeerAddress {
        ip: address.ip(),
        port: address.port(),
    })
}

#[tokio::test]
async fn wrong_and_expired_credentials_get_no_allocation_by_either_transport() {
    let server = open_server().await;
    let mut wrong = credential("p");
    wrong.credential = credential("q").credential;
    let past = unix_now() - DEFAULT_TTL.as_secs() - 1;
    let expired = Issuer::new(secret(), DEFAULT_TTL).issue("p", past);
    let foreign = Issuer::new(SharedSecret::generate().unwrap(), DEFAULT_TTL).issue("p", unix_now());
    let mut unnamed = credential("p");
    unnamed.username = "p".to_owned();
    for refused in [wrong, expired, foreign, unnamed] {
        for by in [By::Udp, By::Tcp] {
            let client = client(by, server.local_addr(), &refused).await;
            let error = soon("a refusal", client.allocate()).await.err().unwrap();
            assert!(error.to_string().contains("401"), "{error}");
        }
    }
    assert_eq!(server.stats().allocations, 0);
    // The expired one was genuine.
    assert_eq!(server.stats().auth_refusals, 6);
}

#[tokio::test]
async fn a_nonce_of_someone_else_or_of_an_hour_ago_is_stale() {
    let hand = ManualClock::at_ms(unix_now() * 1000);
    let server = server(|config| config.clock = hand.clock()).await;
    let mut raw = RawClient::connect(server.local_addr(), credential("p")).await;
    let own = std::mem::replace(&mut raw.nonce, "0123456789abcdef0123456789ab".to_owned());
    let answer = raw.request(METHOD_ALLOCATE, vec![udp_transport()]).await;
    assert_eq!(error_code(&answer), Some(438));
    raw.nonce = own;
    hand.advance(Duration::from_secs(3600));
    let answer = raw.request(METHOD_ALLOCATE, vec![udp_transport()]).await;
    assert_eq!(error_code(&answer), Some(438));
}

#[tokio::test]
async fn a_call_outlives_the_credential_that_began_it() {
    let hand = ManualClock::at_ms(unix_now() * 1000);
    let server = server(|config| config.clock = hand.clock()).await;
    let short = Issuer::new(secret(), Duration::from_secs(60)).issue("p", unix_now());
    let raw = RawClient::allocated(server.local_addr(), short.clone()).await;
    hand.advance(Duration::from_secs(61));
    let answer = raw.request(METHOD_REFRESH, vec![]).await;
    assert_eq!(error_code(&answer), None);
    // It begins no other one.
    let other = RawClient::connect(server.local_addr(), short).await;
    let answer = other.request(METHOD_ALLOCATE, vec![udp_transport()]).await;
    assert_eq!(error_code(&answer), Some(401));
}

#[tokio::test]
async fn an_allocation_belongs_to_the_username_that_made_it() {
    let server = server(|_| {}).await;
    let mut raw = RawClient::allocated(server.local_addr(), credential("p")).await;
    raw.credential = credential("q");
    let answer = raw.request(METHOD_REFRESH, vec![]).await;
    assert_eq!(error_code(&answer), Some(441));
}

#[tokio::test]
async fn a_person_and_the_server_have_quotas_and_what_ends_is_given_back() {
    let server = server(|config| {
        config.limits.allocations_per_person = 2;
        config.limits.allocations_total = 3;
    })
    .await;
    let at = server.local_addr();
    let first = RawClient::allocated(at, credential("p")).await;
    let _second = RawClient::allocated(at, credential("p")).await;
    // A credential of another second is the same person's.
    let later = Issuer::new(secret(), DEFAULT_TTL).issue("p", unix_now() + 5);
    let third = RawClient::connect(at, later).await;
    let allocate = || third.request(METHOD_ALLOCATE, vec![udp_transport()]);
    assert_eq!(error_code(&allocate().await), Some(486));

    let _other = RawClient::allocated(at, credential("q")).await;
    let full = RawClient::connect(at, credential("r")).await;
    let answer = full.request(METHOD_ALLOCATE, vec![udp_transport()]).await;
    assert_eq!(error_code(&answer), Some(486));

    let end: Box<dyn Setter> = Box::new(Lifetime(Duration::ZERO));
    assert_eq!(error_code(&first.request(METHOD_REFRESH, vec![end]).await), None);
    assert_eq!(error_code(&allocate().await), None);
    assert_eq!(server.stats().quota_refusals, 2);
    assert_eq!(server.stats().active_allocations, 3);
}

#[tokio::test]
async fn a_repeated_allocate_gets_the_same_relay_and_another_one_is_a_mismatch() {
    let server = server(|_| {}).await;
    let raw = RawClient::connect(server.local_addr(), credential("p")).await;
    let request = raw.signed(METHOD_ALLOCATE, vec![udp_transport()]);
    let first = raw.exchange(&request).await;
    let again = raw.exchange(&request).await;
    assert_eq!(error_code(&first), None);
    assert_eq!(first.raw, again.raw);
    assert_eq!(server.stats().allocations, 1);
    let answer = raw.request(METHOD_ALLOCATE, vec![udp_transport()]).await;
    assert_eq!(error_code(&answer), Some(437));
}

#[tokio::test]
async fn what_the_server_does_not_offer_is_refused_with_the_right_code() {
    let server = server(|_| {}).await;
    let raw = RawClient::connect(server.local_addr(), credential("p")).await;
    let ipv6: Box<dyn Setter> = Box::new(RequestedAddressFamily(REQUESTED_FAMILY_IPV6.0));
    let pair: Box<dyn Setter> = Box::new(EvenPort::default());
    for (attribute, code) in [(ipv6, 440), (pair, 508)] {
        let attributes = vec![udp_transport(), attribute];
        let answer = raw.request(METHOD_ALLOCATE, attributes).await;
        assert_eq!(error_code(&answer), Some(code));
    }
    for method in [METHOD_REFRESH, METHOD_CREATE_PERMISSION, METHOD_CHANNEL_BIND] {
        let answer = raw.request(method, vec![]).await;
        assert_eq!(error_code(&answer), Some(437), "no allocation to {method:?}");
    }
    assert_eq!(server.stats().active_allocations, 0);
}

#[tokio::test]
async fn no_permission_and_no_channel_for_reserved_peers_in_any_disguise() {
    let server = server(|config| config.public_ip = [9, 9, 9, 9].into()).await;
    let raw = RawClient::allocated(server.local_addr(), credential("p")).await;
    let forbidden = [
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
    ];
    let disguised = ["::1", "::ffff:127.0.0.1", "::127.0.0.1", "2002:7f00:1::", "fe80::1"];
    let cases = forbidden.map(|ip| (ip, 403)).into_iter();
    // A relay with an IPv4 address takes no IPv6 peer at all.
    let cases = cases.chain(disguised.map(|ip| (ip, 443)));
    for (number, (ip, code)) in (0x4000..).zip(cases) {
        let bad = SocketAddr::new(ip.parse::<IpAddr>().unwrap(), 80);
        let good = SocketAddr::from(([8, 8, 8, 8], 80));
        let permission = raw.request(METHOD_CREATE_PERMISSION, vec![peer(bad)]);
        assert_eq!(error_code(&permission.await), Some(code), "{ip}");
        // Behind a harmless one, where the state machine would not look.
        let hidden = raw.request(METHOD_CREATE_PERMISSION, vec![peer(good), peer(bad)]);
        assert_eq!(error_code(&hidden.await), Some(code), "{ip}");
        let channel: Box<dyn Setter> = Box::new(ChannelNumber(number));
        let bound = raw.request(METHOD_CHANNEL_BIND, vec![channel, peer(bad)]);
        assert_eq!(error_code(&bound.await), Some(code), "{ip}");
    }
}

#[tokio::test]
async fn a_denied_peer_gets_nothing_and_gives_nothing() {
    let server = server(|_| {}).await;
    let own = client(By::Udp, server.local_addr(), &credential("p")).await;
    let relay = soon("an allocation", own.allocate()).await.unwrap();
    let relay_at = relay.local_addr().unwrap();

    // The address is our own, so permissions are given; only its relay ports are reached.
    let service = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let to_service = service.local_addr().unwrap();
    for _ in 0..10 {
        relay.send_to(b"attack", to_service).await.unwrap();
    }
    until("ten refusals", || server.stats().peers_refused == 10).await;
    assert_eq!(server.stats().packets_to_peers, 0);
    let nothing = service.try_recv_from(&mut [0; 10]).unwrap_err();
    assert_eq!(nothing.kind(), std::io::ErrorKind::WouldBlock);

    // Nor does its answer come back: what arrives first is what an allowed peer sends later.
    service.send_to(b"secret", relay_at).await.unwrap();
    until("the eleventh", || server.stats().peers_refused == 11).await;
    let other = client(By::Udp, server.local_addr(), &credential("q")).await;
    let other = soon("an allocation", other.allocate()).await.unwrap();
    other.send_to(b"hello", relay_at).await.unwrap();
    let mut buffer = [0; 10];
    let received = soon("a greeting", relay.recv_from(&mut buffer)).await;
    assert_eq!(received.unwrap(), (5, other.local_addr().unwrap()));
}

#[tokio::test]
async fn every_peer_of_one_create_permission_is_permitted() {
    let server = open_server().await;
    let raw = RawClient::allocated(server.local_addr(), credential("p")).await;
    let first: SocketAddr = "127.0.0.2:9".parse().unwrap();
    let second = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let to_second = second.local_addr().unwrap();
    let attributes = vec![peer(first), peer(to_second)];
    let answer = raw.request(METHOD_CREATE_PERMISSION, attributes).await;
    assert_eq!(error_code(&answer), None);
    let mut indication = stun::message::Message::new();
    let typ = stun::message::MessageType::new(stun::message::METHOD_SEND, stun::message::CLASS_INDICATION);
    let data: Box<dyn Setter> = Box::new(turn::proto::data::Data(b"hello".to_vec()));
    let id = stun::agent::TransactionId::new();
    indication
        .build(&[Box::new(id), Box::new(typ), peer(to_second), data])
        .unwrap();
    raw.socket.send(&indication.raw).await.unwrap();
    let mut buffer = [0; 10];
    let received = soon("the second peer", second.recv(&mut buffer)).await;
    assert_eq!(buffer[..received.unwrap()], *b"hello");
}

#[tokio::test]
async fn strangers_are_answered_at_their_rate_and_people_with_credentials_always() {
    let server = server(|config| {
        config.limits.strangers = Rate {
            per_second: 0.001,
            burst: 5.0,
        };
    })
    .await;
    let raw = RawClient::connect(server.local_addr(), credential("p")).await;
    for _ in 0..20 {
        let unsigned = message(METHOD_ALLOCATE, vec![udp_transport()]);
        raw.socket.send(&unsigned.raw).await.unwrap();
        let binding = message(METHOD_BINDING, vec![]);
        raw.socket.send(&binding.raw).await.unwrap();
    }
    until("silence", || server.stats().rate_limited == 36).await;
    for _ in 0..4 {
        raw.answer().await;
    }
    let answer = raw.request(METHOD_ALLOCATE, vec![udp_transport()]).await;
    assert_eq!(error_code(&answer), None);
}

#[tokio::test]
async fn whoever_leaves_loses_the_relay_at_once() {
    let server = open_server().await;
    let at = server.local_addr();
    let leaver = RawClient::allocated(at, credential("leaver")).await;
    let by_tcp = client(By::Tcp, at, &credential("leaver")).await;
    let _relay = soon("an allocation", by_tcp.allocate()).await.unwrap();
    let stayer = RawClient::allocated(at, credential("stayer")).await;
    assert_eq!(server.delete_allocations_of("leaver").await, 2);
    assert_eq!(server.stats().active_allocations, 1);
    let answer = leaver.request(METHOD_REFRESH, vec![]).await;
    assert_eq!(error_code(&answer), Some(437));
    let answer = stayer.request(METHOD_REFRESH, vec![]).await;
    assert_eq!(error_code(&answer), None);
}

#[tokio::test]
async fn garbage_by_udp_is_counted_and_harms_nobody() {
    let server = server(|_| {}).await;
    let raw = RawClient::connect(server.local_addr(), credential("p")).await;
    let good = raw.signed(METHOD_ALLOCATE, vec![udp_transport()]).raw;
    let mut sent = 0;
    for cut in 1..20 {
        raw.socket.send(&good[..cut]).await.unwrap();
        sent += 1;
    }
    for bit in 0..8 * 20 {
        let mut flipped = good.clone();
        flipped[20 + bit / 8] ^= 1 << (bit % 8);
        raw.socket.send(&flipped).await.unwrap();
    }
    until("the short ones", || server.stats().malformed >= sent).await;
    let fresh = RawClient::allocated(server.local_addr(), credential("q")).await;
    assert!(!fresh.nonce.is_empty());
}

#[tokio::test]
async fn a_tcp_stream_that_is_not_turn_is_closed() {
    let server = server(|_| {}).await;
    let mut stream = TcpStream::connect(server.local_addr()).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    let end = soon("the end", stream.read(&mut [0; 10])).await;
    // A reset is an end too: our last bytes were not read.
    assert!(!matches!(end, Ok(1..)));
    assert_eq!(server.stats().malformed, 1);
    until("the seat", || server.stats().active_tcp == 0).await;
}

#[tokio::test]
async fn a_tcp_connection_without_an_allocation_is_closed_in_time() {
    let server = server(|config| config.limits.tcp_unused = Duration::from_millis(20)).await;
    let mut stream = TcpStream::connect(server.local_addr()).await.unwrap();
    let end = soon("the end", stream.read(&mut [0; 10])).await;
    assert_eq!(end.unwrap(), 0);
    // A used one stays beyond that and goes when it has been silent for too long.
    let by_tcp = client(By::Tcp, server.local_addr(), &credential("p")).await;
    assert!(soon("an allocation", by_tcp.allocate()).await.is_ok());
}

#[tokio::test]
async fn a_silent_tcp_connection_loses_its_allocation() {
    let server = server(|config| {
        config.limits.tcp_unused = Duration::from_millis(20);
        config.limits.tcp_idle = Duration::from_millis(60);
    })
    .await;
    let by_tcp = client(By::Tcp, server.local_addr(), &credential("p")).await;
    let _relay = soon("an allocation", by_tcp.allocate()).await.unwrap();
    until("silence", || server.stats().active_tcp == 0).await;
    assert_eq!(server.stats().active_allocations, 0);
}

#[tokio::test]
async fn a_broken_tcp_connection_ends_its_allocation_at_once() {
    let server = server(|_| {}).await;
    let credential = credential("p");
    let conn = turn_support::TcpConn::connect(server.local_addr()).await;
    let conn: Arc<dyn Conn + Send + Sync> = Arc::new(conn);
    let raw = RawClient::connect(server.local_addr(), credential).await;
    // The nonce is for the address, so what was learned by UDP holds for TCP.
    let request = raw.signed(METHOD_ALLOCATE, vec![udp_transport()]);
    conn.send_to(&request.raw, server.local_addr()).await.unwrap();
    soon("an answer", conn.recv_from(&mut [0; 2000])).await.unwrap();
    assert_eq!(server.stats().active_allocations, 1);
    drop(conn);
    until("its end", || server.stats().active_allocations == 0).await;
}

#[tokio::test]
async fn one_address_gets_so_many_tcp_connections_and_no_more() {
    let server = server(|config| config.limits.tcp_per_address = 2).await;
    let connect = || TcpStream::connect(server.local_addr());
    let (first, _second) = (connect().await.unwrap(), connect().await.unwrap());
    until("two seats", || server.stats().active_tcp == 2).await;
    let mut third = connect().await.unwrap();
    let end = soon("the end", third.read(&mut [0; 10])).await;
    assert_eq!(end.unwrap(), 0);
    drop(first);
    until("a free seat", || server.stats().active_tcp == 1).await;
    let _fourth = connect().await.unwrap();
    until("its seat", || server.stats().active_tcp == 2).await;
    assert_eq!(server.stats().tcp_refused, 1);
}
