//! The embedded TURN server relays: by UDP, by TCP and between two people who both use it.

mod turn_support;

use std::net::SocketAddr;

use farhand_server::turn::{Rate, Stats};
use stun::message::{Getter, METHOD_BINDING};
use stun::xoraddr::XorMappedAddress;
use tokio::net::UdpSocket;
use turn_support::{By, RawClient, client, credential, message, open_server, server, soon, until};
use webrtc_util::Conn;

/// Sends payloads of every length around the padding and checks that they come back whole, first by indications and, once
/// the client has bound its channel, by ChannelData.
async fn echoes(relay: &impl Conn, peer: &UdpSocket) {
    let mut buffer = [0; 2000];
    for (turn, length) in [1, 2, 3, 4, 5, 50, 51, 1200, 1203, 0, 7, 8].into_iter().enumerate() {
        let payload = vec![u8::try_from(turn).unwrap(); length];
        let address = peer.local_addr().unwrap();
        relay.send_to(&payload, address).await.unwrap();
        let (received, relayed) = soon("relaying", peer.recv_from(&mut buffer)).await.unwrap();
        assert_eq!(buffer[..received], payload);
        assert_eq!(relayed, relay.local_addr().unwrap());

        peer.send_to(&payload, relayed).await.unwrap();
        let back = soon("relaying back", relay.recv_from(&mut buffer)).await;
        let (received, from) = back.unwrap();
        assert_eq!(buffer[..received], payload);
        assert_eq!(from, address);
    }
}

async fn relays_both_ways(by: By) {
    let server = open_server().await;
    let client = client(by, server.local_addr(), &credential("customer")).await;
    let relay = soon("an allocation", client.allocate()).await.unwrap();
    let peer = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    echoes(&relay, &peer).await;

    let stats = server.stats();
    assert_eq!(stats.active_allocations, 1);
    assert_eq!((stats.packets_to_peers, stats.packets_from_peers), (12, 12));
    assert_eq!((stats.bytes_to_peers, stats.bytes_from_peers), (2534, 2534));
    assert_eq!((stats.malformed, stats.peers_refused), (0, 0));

    relay.close().await.unwrap();
    until("the end of the allocation", || server.stats().active_allocations == 0).await;
}

#[tokio::test]
async fn a_client_by_udp_exchanges_datagrams_with_a_peer() {
    relays_both_ways(By::Udp).await;
}

#[tokio::test]
async fn a_client_by_tcp_exchanges_datagrams_with_a_peer() {
    relays_both_ways(By::Tcp).await;
}

/// Both in relay-only mode, as in a private session. No option opens loopback here: the server knows its own relays.
#[tokio::test]
async fn two_relayed_people_reach_each_other_without_opening_any_reserved_address() {
    let server = server(|_| {}).await;
    let agent = client(By::Udp, server.local_addr(), &credential("agent")).await;
    let customer = client(By::Tcp, server.local_addr(), &credential("customer")).await;
    let agent = soon("an allocation", agent.allocate()).await.unwrap();
    let customer = soon("an allocation", customer.allocate()).await.unwrap();
    let (agent_at, customer_at) = (agent.local_addr().unwrap(), customer.local_addr().unwrap());

    // Sending is what permits the other. What comes before the other has sent may be lost or not.
    agent.send_to(b"knock", customer_at).await.unwrap();
    for turn in 0..20u8 {
        let there = [turn; 33];
        customer.send_to(&there, agent_at).await.unwrap();
        assert_eq!(next_but_knock(&agent).await, (there.to_vec(), customer_at));
        let back = [turn; 34];
        agent.send_to(&back, customer_at).await.unwrap();
        assert_eq!(next_but_knock(&customer).await, (back.to_vec(), agent_at));
    }
    assert_eq!(server.stats().peers_refused, 0);
}

async fn next_but_knock(relay: &impl Conn) -> (Vec<u8>, SocketAddr) {
    let mut buffer = [0; 2000];
    loop {
        let (length, from) = soon("relaying", relay.recv_from(&mut buffer)).await.unwrap();
        if buffer[..length] != *b"knock" {
            return (buffer[..length].to_vec(), from);
        }
    }
}

#[tokio::test]
async fn a_binding_request_tells_a_client_its_own_address() {
    let server = server(|_| {}).await;
    let raw = RawClient::connect(server.local_addr(), credential("p")).await;
    let answer = raw.exchange(&message(METHOD_BINDING, vec![])).await;
    let mut mapped = XorMappedAddress::default();
    mapped.get_from(&answer).unwrap();
    let seen = SocketAddr::new(mapped.ip, mapped.port);
    assert_eq!(seen, raw.socket.local_addr().unwrap());
}

#[tokio::test]
async fn a_listener_for_both_families_serves_ipv4_under_its_own_name() {
    let server = server(|config| config.listen = "[::]:0".parse().unwrap()).await;
    let port = server.local_addr().port();
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    for by in [By::Udp, By::Tcp] {
        let client = client(by, address, &credential("p")).await;
        let mapped = soon("a binding", client.send_binding_request()).await;
        assert!(mapped.unwrap().is_ipv4());
        assert!(soon("an allocation", client.allocate()).await.is_ok());
    }
}

#[tokio::test]
async fn the_bandwidth_cap_of_an_allocation_drops_what_is_above_it() {
    let server = server(|config| {
        config.peers.allow_loopback = true;
        config.limits.bandwidth = Some(Rate {
            per_second: 0.001,
            burst: 1000.0,
        });
    })
    .await;
    let client = client(By::Udp, server.local_addr(), &credential("p")).await;
    let relay = soon("an allocation", client.allocate()).await.unwrap();
    let peer = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    for _ in 0..10 {
        let to = peer.local_addr().unwrap();
        relay.send_to(&[0; 400], to).await.unwrap();
    }
    until("the cap", || server.stats().packets_over_cap == 8).await;
    assert_eq!(server.stats().bytes_to_peers, 800);
}

#[tokio::test]
async fn a_closed_server_ends_allocations_and_frees_its_port() {
    let first = open_server().await;
    let address = first.local_addr();
    // Kept open on purpose: the server has to end them.
    let mut open = Vec::new();
    for by in [By::Udp, By::Tcp] {
        let client = client(by, address, &credential("p")).await;
        open.push(soon("an allocation", client.allocate()).await.unwrap());
    }
    assert_eq!(first.stats().active_allocations, 2);
    soon("closing", first.close()).await;
    let second = server(|config| config.listen = address).await;
    assert_eq!(second.local_addr(), address);
    assert_eq!(second.stats(), Stats::default());
}
