//! The relay side of an allocation: one UDP socket per allocation, with the policy of peers in front of it.
//!
//! Every datagram in both directions passes here, whatever permission the TURN state machine believes in, so this is the
//! place that S9 ("0 reserved addresses reachable") rests on.
//!
//! Our own advertised address is special. Two people who both use the relay are each other's peer at
//! `advertised:<relay port>`, which may be a loopback or private address (development, a home network) or one that the
//! machine itself does not have (address translation in a cloud). Such datagrams go directly from socket to socket on this
//! machine, only to ports that are relay sockets of ours at that moment; every other port of our public address is refused.

use std::{
    any::Any,
    collections::HashMap,
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    ops::RangeInclusive,
    sync::{
        Arc, Mutex, PoisonError, RwLock, Weak,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use async_trait::async_trait;
use tokio::net::UdpSocket;
use tokio_util::task::{TaskTracker, task_tracker::TaskTrackerToken};
use turn::relay::RelayAddressGenerator;
use webrtc_util::Conn;

use crate::{clock::Clock, config::PeerPolicy};

use super::{
    limiter::{Bucket, Rate},
    policy::{AddressClass, classify},
    registry::{Client, Lease, PENDING},
    stats::{Counters, add, count},
};

/// What all relay sockets share.
pub(super) struct RelaySide {
    /// The address clients are told.
    pub advertised: Ipv4Addr,
    /// The address relay sockets are bound to, often 0.0.0.0.
    pub bind: Ipv4Addr,
    pub ports: RangeInclusive<u16>,
    pub policy: PeerPolicy,
    /// Bytes per second and direction of one allocation.
    pub bandwidth: Option<Rate>,
    pub clock: Clock,
    pub counters: Arc<Counters>,
    pub live: LivePorts,
    /// The relay socket of each client, for data that needs no state machine.
    pub by_client: RwLock<HashMap<Client, Weak<RelayConn>>>,
    /// Whoever stops the server waits here for every relay socket.
    pub sockets: TaskTracker,
}

impl RelaySide {
    /// Whether a permission for this address makes sense at all; each datagram is judged again with its port.
    pub(super) fn allows_permission(&self, ip: IpAddr) -> bool {
        ip.to_canonical() == IpAddr::V4(self.advertised) || self.policy.allows(ip)
    }

    /// The relay socket of this client.
    pub(super) fn of_client(&self, client: Client) -> Option<Arc<RelayConn>> {
        let by_client = self.by_client.read().unwrap_or_else(PoisonError::into_inner);
        by_client.get(&client)?.upgrade()
    }

    /// Where a datagram for this peer really goes, or `None` if it is refused.
    fn route_out(&self, peer: SocketAddr) -> Option<SocketAddr> {
        if peer.ip().to_canonical() == IpAddr::V4(self.advertised) {
            if self.live.contains(peer.port()) {
                return Some(SocketAddr::from((self.local(), peer.port())));
            }
            // Services of this machine must not see the outside world arrive from their own address.
            if classify(peer.ip()) == AddressClass::Public {
                return None;
            }
        }
        self.policy.allows(peer.ip()).then_some(peer)
    }

    /// Whom a datagram from this source counts as coming from, or `None` if it is refused.
    fn route_in(&self, source: SocketAddr) -> Option<SocketAddr> {
        if source.ip() == IpAddr::V4(self.local()) && self.live.contains(source.port()) {
            return Some(SocketAddr::from((self.advertised, source.port())));
        }
        self.policy.allows(source.ip()).then_some(source)
    }

    /// How relay sockets of this machine reach each other.
    fn local(&self) -> Ipv4Addr {
        if self.bind.is_unspecified() {
            Ipv4Addr::LOCALHOST
        } else {
            self.bind
        }
    }

    /// Binds a relay socket to a free port of the range, beginning anywhere so that ports cannot be foreseen.
    async fn bind_any(&self) -> io::Result<UdpSocket> {
        let (low, high) = (*self.ports.start(), *self.ports.end());
        let size = u32::from(high - low) + 1;
        let start = getrandom::u32().map_err(io::Error::other)? % size;
        for step in 0..size {
            // Below 65536 since `low + size - 1` is a port.
            let port = u32::from(low) + (start + step) % size;
            let Ok(port) = u16::try_from(port) else {
                continue;
            };
            if self.live.contains(port) {
                continue;
            }
            match UdpSocket::bind((self.bind, port)).await {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
                done => return done,
            }
        }
        Err(io::ErrorKind::AddrInUse.into())
    }
}

/// Makes the relay sockets, for the TURN state machine.
pub(super) struct RelaySockets(pub Arc<RelaySide>);

#[async_trait]
impl RelayAddressGenerator for RelaySockets {
    fn validate(&self) -> Result<(), turn::Error> {
        Ok(())
    }

    async fn allocate_conn(
        &self,
        use_ipv4: bool,
        _requested_port: u16,
    ) -> Result<(Arc<dyn Conn + Send + Sync>, SocketAddr), turn::Error> {
        let lease = PENDING.try_with(std::cell::Cell::take).ok().flatten();
        let (Some(lease), true) = (lease, use_ipv4) else {
            return Err(turn::Error::ErrRelayAddressGeneratorUnset);
        };
        let side = Arc::clone(&self.0);
        let socket = side.bind_any().await.map_err(|_| turn::Error::ErrMaxRetriesExceeded)?;
        let port = socket.local_addr().map_err(turn::Error::from)?.port();
        side.live.insert(port);
        count(&side.counters.allocations);
        let advertised = SocketAddr::from((side.advertised, port));
        let now = side.clock.monotonic();
        let bucket = || side.bandwidth.map(|rate| (rate, Mutex::new(Bucket::new(rate, now))));
        let client = lease.client();
        let conn = Arc::new(RelayConn {
            advertised,
            client,
            to_peers: bucket(),
            from_peers: bucket(),
            lease: Mutex::new(Some(lease)),
            socket,
            _open: side.sockets.token(),
            side: Arc::clone(&side),
        });
        let mut by_client = side.by_client.write().unwrap_or_else(PoisonError::into_inner);
        by_client.insert(client, Arc::downgrade(&conn));
        Ok((conn, advertised))
    }
}

type Cap = Option<(Rate, Mutex<Bucket>)>;

/// One allocation's relay socket.
pub(super) struct RelayConn {
    socket: UdpSocket,
    advertised: SocketAddr,
    client: Client,
    side: Arc<RelaySide>,
    lease: Mutex<Option<Lease>>,
    to_peers: Cap,
    from_peers: Cap,
    _open: TaskTrackerToken,
}

impl RelayConn {
    /// Sends to a peer if it is allowed. UDP may lose datagrams, so refusing and failing look the same to the caller.
    pub(super) async fn send_to_peer(&self, payload: &[u8], peer: SocketAddr) {
        let Some(target) = self.side.route_out(peer) else {
            count(&self.side.counters.peers_refused);
            return;
        };
        if self.within(&self.to_peers, payload.len()) && self.socket.send_to(payload, target).await.is_ok() {
            count(&self.side.counters.packets_to_peers);
            add(&self.side.counters.bytes_to_peers, payload.len());
        }
    }

    fn within(&self, cap: &Cap, bytes: usize) -> bool {
        let Some((rate, bucket)) = cap else {
            return true;
        };
        let mut bucket = bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let within = bucket.take(*rate, bytes as f64, self.side.clock.monotonic());
        if !within {
            count(&self.side.counters.packets_over_cap);
        }
        within
    }
}

impl Drop for RelayConn {
    fn drop(&mut self) {
        let mut by_client = self.side.by_client.write().unwrap_or_else(PoisonError::into_inner);
        // The client may already have a new allocation from the same address.
        if by_client.get(&self.client).is_some_and(|conn| conn.strong_count() == 0) {
            by_client.remove(&self.client);
        }
        drop(by_client);
        self.side.live.remove(self.advertised.port());
    }
}

#[async_trait]
impl Conn for RelayConn {
    async fn connect(&self, _: SocketAddr) -> Result<(), webrtc_util::Error> {
        Err(unsupported())
    }

    async fn recv(&self, _: &mut [u8]) -> Result<usize, webrtc_util::Error> {
        Err(unsupported())
    }

    /// The next datagram from an allowed peer; others are dropped unseen.
    async fn recv_from(&self, buf: &mut [u8]) -> Result<(usize, SocketAddr), webrtc_util::Error> {
        loop {
            let (length, source) = self.socket.recv_from(buf).await?;
            let Some(peer) = self.side.route_in(source) else {
                count(&self.side.counters.peers_refused);
                continue;
            };
            if self.within(&self.from_peers, length) {
                count(&self.side.counters.packets_from_peers);
                add(&self.side.counters.bytes_from_peers, length);
                return Ok((length, peer));
            }
        }
    }

    async fn send(&self, _: &[u8]) -> Result<usize, webrtc_util::Error> {
        Err(unsupported())
    }

    async fn send_to(&self, buf: &[u8], peer: SocketAddr) -> Result<usize, webrtc_util::Error> {
        self.send_to_peer(buf, peer).await;
        Ok(buf.len())
    }

    fn local_addr(&self) -> Result<SocketAddr, webrtc_util::Error> {
        Ok(self.advertised)
    }

    fn remote_addr(&self) -> Option<SocketAddr> {
        None
    }

    /// The allocation ended: gives its place back at once, while the socket itself lives until its reader is gone.
    async fn close(&self) -> Result<(), webrtc_util::Error> {
        let lease = self.lease.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(lease);
        Ok(())
    }

    fn as_any(&self) -> &(dyn Any + Send + Sync) {
        self
    }
}

fn unsupported() -> webrtc_util::Error {
    io::Error::from(io::ErrorKind::Unsupported).into()
}

/// The ports that are relay sockets now, one bit each, read for every datagram.
pub(super) struct LivePorts(Box<[AtomicU64]>);

impl LivePorts {
    pub(super) fn new() -> Self {
        Self((0..1024).map(|_| AtomicU64::new(0)).collect())
    }

    fn insert(&self, port: u16) {
        self.0[usize::from(port / 64)].fetch_or(1 << (port % 64), Relaxed);
    }

    fn remove(&self, port: u16) {
        self.0[usize::from(port / 64)].fetch_and(!(1 << (port % 64)), Relaxed);
    }

    fn contains(&self, port: u16) -> bool {
        self.0[usize::from(port / 64)].load(Relaxed) & (1 << (port % 64)) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(advertised: [u8; 4], policy: PeerPolicy) -> RelaySide {
        let side = RelaySide {
            advertised: advertised.into(),
            bind: Ipv4Addr::UNSPECIFIED,
            ports: 50_000..=50_009,
            policy,
            bandwidth: None,
            clock: Clock::system(),
            counters: Arc::default(),
            live: LivePorts::new(),
            by_client: RwLock::default(),
            sockets: TaskTracker::new(),
        };
        side.live.insert(50_001);
        side
    }

    fn address(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    #[test]
    fn relays_reach_each_other_at_the_advertised_address_whatever_its_class() {
        for advertised in [[127, 0, 0, 1], [192, 168, 1, 2], [9, 9, 9, 9]] {
            let side = side(advertised, PeerPolicy::PUBLIC_ONLY);
            let relay = SocketAddr::from((advertised, 50_001));
            assert!(side.allows_permission(relay.ip()));
            let local = address("127.0.0.1:50001");
            assert_eq!(side.route_out(relay), Some(local));
            assert_eq!(side.route_in(local), Some(relay));
        }
    }

    #[test]
    fn no_other_port_of_this_machine_is_reached() {
        let side = side([9, 9, 9, 9], PeerPolicy::PUBLIC_ONLY);
        for target in ["9.9.9.9:22", "9.9.9.9:50002", "127.0.0.1:50001", "127.0.0.1:22"] {
            assert_eq!(side.route_out(address(target)), None, "{target}");
        }
        assert_eq!(side.route_in(address("127.0.0.1:22")), None);
        side.live.remove(50_001);
        assert_eq!(side.route_out(address("9.9.9.9:50001")), None);
        assert_eq!(side.route_in(address("127.0.0.1:50001")), None);
    }

    #[test]
    fn peers_elsewhere_are_a_matter_of_the_policy() {
        let lan = PeerPolicy {
            allow_private: true,
            ..PeerPolicy::PUBLIC_ONLY
        };
        let phone = address("192.168.1.20:4000");
        let public = address("1.1.1.1:4000");
        for (policy, reached) in [(PeerPolicy::PUBLIC_ONLY, false), (lan, true)] {
            let side = side([192, 168, 1, 2], policy);
            assert_eq!(side.route_out(phone).is_some(), reached);
            assert_eq!(side.route_in(phone).is_some(), reached);
            assert_eq!(side.allows_permission(phone.ip()), reached);
            assert_eq!(side.route_out(public), Some(public));
            assert_eq!(side.route_out(address("169.254.169.254:80")), None);
        }
    }

    #[tokio::test]
    async fn a_range_is_used_up_to_its_last_port_and_no_further() {
        let side = side([127, 0, 0, 1], PeerPolicy::PUBLIC_ONLY);
        side.live.remove(50_001);
        let mut sockets = Vec::new();
        while let Ok(socket) = side.bind_any().await {
            assert!(side.ports.contains(&socket.local_addr().unwrap().port()));
            sockets.push(socket);
        }
        // Another program of the machine may hold some of the ten ports.
        assert!(!sockets.is_empty() && sockets.len() <= 10);
        let error = side.bind_any().await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    }
}
