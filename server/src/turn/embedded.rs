//! The embedded STUN/TURN server: configuration, start and stop.
//!
//! UDP and TCP share one port number. There is no TLS here: media is encrypted end to end anyway, and a network that only
//! lets TLS through needs a coturn on port 443, which takes the same credentials.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    ops::RangeInclusive,
    sync::{Arc, Mutex, RwLock},
    time::Duration,
};

use tokio::{
    net::{TcpListener, UdpSocket},
    sync::oneshot,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{clock::Clock, config::PeerPolicy};

use super::{
    credentials::{CredentialError, SharedSecret},
    gate::Gate,
    limiter::{Rate, SourceLimiter},
    nonce::Nonces,
    registry::{Registry, Transport},
    relay::{LivePorts, RelaySide},
    service::Service,
    stats::{Counters, Stats},
    tcp, udp,
};

/// Sources of unauthenticated messages that are remembered, about 1 MiB.
const REMEMBERED_SOURCES: usize = 16_384;

/// How often a free port is looked for that is free for both transports, when the system chooses it.
const BIND_TRIES: usize = 16;

/// How much one person, one address and all together may use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Allocations of one person. A browser makes one per network interface, transport and connection.
    pub allocations_per_person: usize,
    /// Allocations of all persons.
    pub allocations_total: usize,
    /// Messages per second and address that are answered without proof of who sent them.
    pub strangers: Rate,
    /// Permissions, channel bindings and refreshes per second of one allocation.
    pub control: Rate,
    /// Bytes per second and direction of one allocation; `None` for no cap.
    pub bandwidth: Option<Rate>,
    /// TCP connections of one address (an IPv6 /64 counts as one).
    pub tcp_per_address: usize,
    /// TCP connections of all addresses.
    pub tcp_total: usize,
    /// How long a TCP connection may go without making an allocation.
    pub tcp_unused: Duration,
    /// How long a TCP connection with an allocation may be silent; longer than an allocation's lifetime of ten minutes.
    pub tcp_idle: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            allocations_per_person: 16,
            allocations_total: 2000,
            strangers: Rate {
                per_second: 50.0,
                burst: 500.0,
            },
            control: Rate {
                per_second: 5.0,
                burst: 100.0,
            },
            bandwidth: None,
            tcp_per_address: 128,
            tcp_total: 2000,
            tcp_unused: Duration::from_secs(30),
            tcp_idle: Duration::from_secs(660),
        }
    }
}

/// What the embedded server needs to know.
#[derive(Clone)]
pub struct EmbeddedConfig {
    /// Where clients are served by UDP and TCP; port 0 lets the system choose. `[::]` serves IPv4 too.
    pub listen: SocketAddr,
    /// The address under which peers and clients reach relay sockets.
    pub public_ip: Ipv4Addr,
    /// The address relay sockets are bound to; 0.0.0.0 unless one interface is meant.
    pub relay_bind: Ipv4Addr,
    /// Ports of relay sockets; a firewall must let UDP through to all of them.
    pub relay_ports: RangeInclusive<u16>,
    /// Name of the protection domain that clients are told.
    pub realm: String,
    /// Shared with whoever issues credentials.
    pub secret: SharedSecret,
    /// Which peers are allowed besides public addresses.
    pub peers: PeerPolicy,
    pub limits: Limits,
    pub clock: Clock,
}

impl EmbeddedConfig {
    /// The usual configuration: relay ports 49152 to 65535, public peers only, default limits, system clock.
    pub fn new(listen: SocketAddr, public_ip: Ipv4Addr, secret: SharedSecret) -> Self {
        Self {
            listen,
            public_ip,
            relay_bind: Ipv4Addr::UNSPECIFIED,
            relay_ports: 49_152..=65_535,
            realm: "farhand".to_owned(),
            secret,
            peers: PeerPolicy::PUBLIC_ONLY,
            limits: Limits::default(),
            clock: Clock::system(),
        }
    }

    fn validate(&self) -> Result<(), TurnError> {
        if self.public_ip.is_unspecified() || self.public_ip.is_multicast() || self.public_ip.is_broadcast() {
            return Err(TurnError::BadPublicIp(self.public_ip));
        }
        if self.relay_ports.is_empty() || *self.relay_ports.start() == 0 {
            return Err(TurnError::BadRelayPorts);
        }
        if self.realm.is_empty() || self.realm.len() > 127 {
            return Err(TurnError::BadRealm);
        }
        Ok(())
    }
}

/// Why the embedded server did not start.
#[derive(Debug, thiserror::Error)]
pub enum TurnError {
    #[error("the TURN server's public address {0} is none that anyone could reach")]
    BadPublicIp(Ipv4Addr),
    #[error("the range of TURN relay ports is empty or begins with 0")]
    BadRelayPorts,
    #[error("the TURN realm needs 1 to 127 bytes")]
    BadRealm,
    #[error("the TURN server cannot listen on {address}")]
    Listen { address: SocketAddr, source: io::Error },
    #[error("the TURN server's thread did not start")]
    Thread(#[source] io::Error),
    #[error(transparent)]
    Credential(#[from] CredentialError),
}

/// A running server; dropping it stops it.
pub struct Embedded {
    local: SocketAddr,
    services: [Arc<Service>; 2],
    counters: Arc<Counters>,
    stop: CancellationToken,
    /// Answers when everything is closed.
    ended: oneshot::Receiver<()>,
}

/// Starts listening on UDP and TCP, on a thread of its own.
///
/// One thread with a runtime of its own relays half as much again per processor second as the same tasks on the server's
/// pool, whose idle threads wake for every packet; and media does not wait behind a slow page.
///
/// # Errors
/// [`TurnError`] for a configuration that cannot work or a port that is taken.
pub async fn start(config: EmbeddedConfig) -> Result<Embedded, TurnError> {
    config.validate()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(TurnError::Thread)?;
    let (report, started) = oneshot::channel();
    std::thread::Builder::new()
        .name("turn".to_owned())
        .spawn(move || runtime.block_on(run(config, report)))
        .map_err(TurnError::Thread)?;
    let died = |_| TurnError::Thread(io::ErrorKind::BrokenPipe.into());
    started.await.map_err(died)?
}

/// The whole life of a server, on its own thread.
async fn run(config: EmbeddedConfig, report: oneshot::Sender<Result<Embedded, TurnError>>) {
    let (tasks, sockets) = (TaskTracker::new(), TaskTracker::new());
    let (end, ended) = oneshot::channel();
    let embedded = match listen(&config, &tasks, &sockets, ended).await {
        Ok(embedded) => embedded,
        Err(error) => {
            // Whoever asked is gone if this fails, and nothing was started.
            let _ = report.send(Err(error));
            return;
        }
    };
    let (stop, services) = (embedded.stop.clone(), embedded.services.clone());
    // If whoever asked is gone, the server is dropped here and thereby stopped.
    let _ = report.send(Ok(embedded));
    stop.cancelled().await;
    tasks.wait().await;
    for service in services {
        service.forget_person(None).await;
    }
    sockets.wait().await;
    let _ = end.send(());
}

async fn listen(
    config: &EmbeddedConfig,
    tasks: &TaskTracker,
    sockets: &TaskTracker,
    ended: oneshot::Receiver<()>,
) -> Result<Embedded, TurnError> {
    let cannot_listen = |source| TurnError::Listen {
        address: config.listen,
        source,
    };
    let (udp_socket, tcp_listener) = bind(config.listen).await.map_err(cannot_listen)?;
    let counters = Arc::new(Counters::default());
    let gate = Arc::new(gate(config, &counters, sockets)?);
    let conn = udp::UdpConn::new(udp_socket, Arc::clone(&counters), sockets.token()).map_err(cannot_listen)?;
    let local = conn.local();
    let by_udp = Arc::new(Service::new(Transport::Udp, local, Arc::clone(&gate)));
    let by_tcp = Arc::new(Service::new(Transport::Tcp, local, gate));

    let stop = CancellationToken::new();
    tasks.spawn(udp::serve(Arc::new(conn), Arc::clone(&by_udp), stop.clone()));
    let acceptor = tcp::Acceptor::new(tcp_listener, Arc::clone(&by_tcp), config.limits, Arc::clone(&counters));
    tasks.spawn(acceptor.serve(tasks.clone(), stop.clone()));
    tasks.close();
    sockets.close();
    Ok(Embedded {
        local,
        services: [by_udp, by_tcp],
        counters,
        stop,
        ended,
    })
}

fn gate(config: &EmbeddedConfig, counters: &Arc<Counters>, sockets: &TaskTracker) -> Result<Gate, TurnError> {
    let limits = config.limits;
    let registry = Registry::new(
        limits.allocations_per_person,
        limits.allocations_total,
        limits.control,
        Arc::clone(counters),
    );
    let relays = RelaySide {
        advertised: config.public_ip,
        bind: config.relay_bind,
        ports: config.relay_ports.clone(),
        policy: config.peers,
        bandwidth: limits.bandwidth,
        clock: config.clock.clone(),
        counters: Arc::clone(counters),
        live: LivePorts::new(),
        by_client: RwLock::default(),
        sockets: sockets.clone(),
    };
    let strangers = SourceLimiter::new(limits.strangers, REMEMBERED_SOURCES, config.clock.monotonic());
    Ok(Gate {
        secret: config.secret.clone(),
        realm: config.realm.clone(),
        clock: config.clock.clone(),
        nonces: Nonces::new()?,
        registry: Arc::new(registry),
        relays: Arc::new(relays),
        strangers: Mutex::new(strangers),
        counters: Arc::clone(counters),
    })
}

/// Both transports on one port number.
async fn bind(listen: SocketAddr) -> io::Result<(UdpSocket, TcpListener)> {
    let mut tries = 0;
    loop {
        tries += 1;
        let tcp = TcpListener::bind(listen).await?;
        match UdpSocket::bind(tcp.local_addr()?).await {
            // Another program has that port for UDP; only a port of the system's choice can be chosen again.
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && listen.port() == 0 && tries < BIND_TRIES => {}
            Err(error) => return Err(error),
            Ok(udp) => return Ok((udp, tcp)),
        }
    }
}

impl Embedded {
    /// Where it listens, with the port the system chose.
    pub fn local_addr(&self) -> SocketAddr {
        self.local
    }

    /// What it has done so far, for whoever exports metrics.
    pub fn stats(&self) -> Stats {
        self.counters.snapshot()
    }

    /// Ends all allocations of a person at once, whichever credentials made them, and says how many there were.
    pub async fn delete_allocations_of(&self, person: &str) -> usize {
        let mut ended = 0;
        for service in &self.services {
            ended += service.forget_person(Some(person)).await;
        }
        ended
    }

    /// Stops listening, ends every allocation and waits until all sockets are closed.
    pub async fn close(mut self) {
        self.stop.cancel();
        // An error means that the thread is gone, and its sockets with it.
        let _ = (&mut self.ended).await;
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}
