//! Relayed packets per second of the relay's processor time (goal P6), beside coturn in the same run.
//!
//! `cargo bench -p farhand-server --bench turn_relay`; coturn has to be on PATH for its row.
//!
//! Each relay runs as a process of its own, so that /proc tells its processor time and not the load's. The load is a closed
//! loop: so many packets are sent, received at the other end, and only then the next ones, hence nothing is lost in queues
//! and a slow relay is not helped by dropping.

#[path = "../tests/turn_programs/mod.rs"]
mod turn_programs;
#[path = "../tests/turn_support/mod.rs"]
mod turn_support;

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, UdpSocket},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use stun::message::{METHOD_CHANNEL_BIND, Setter};
use turn::proto::{channum::ChannelNumber, peeraddr::PeerAddress};
use turn_programs::Coturn;
use turn_support::{RawClient, credential, error_code, open_server};

/// Tells this program that it is the relay.
const SERVE: &str = "FARHAND_TURN_BENCH_SERVE";

/// People at the same time.
const CLIENTS: usize = 8;

/// Packets on their way at once, per client: what a video frame makes.
const WINDOW: usize = 8;

/// As much as browsers put into one packet.
const PAYLOAD: usize = 1100;

/// How long each direction is measured.
const MEASURED: Duration = Duration::from_secs(5);

const CHANNEL: u16 = 0x4000;

fn main() {
    if std::env::var_os(SERVE).is_some() {
        return serve();
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    println!("| relay | direction | packets | lost | processor s | packets per processor s |");
    println!("|---|---|---|---|---|---|");
    let mut own = OwnServer::start();
    measure("farhand", own.address, own.process.id(), &runtime);
    own.stop();
    if let Some(coturn) = runtime.block_on(Coturn::start()) {
        measure("coturn", coturn.address, coturn.process_id(), &runtime);
    }
}

/// The relay alone, until its input ends.
fn serve() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let server = runtime.block_on(open_server());
    println!("{}", server.local_addr());
    let mut nothing = Vec::new();
    let _ = std::io::stdin().read_to_end(&mut nothing);
    runtime.block_on(server.close());
}

struct OwnServer {
    address: SocketAddr,
    process: Child,
}

impl OwnServer {
    fn start() -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut process = Command::new(program)
            .env(SERVE, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the relay's process");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("its address");
        Self {
            address: line.trim().parse().expect("an address"),
            process,
        }
    }

    fn stop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// One person and the peer that the person talks to.
struct Pair {
    client: UdpSocket,
    peer: UdpSocket,
    relay: SocketAddr,
}

/// Allocates, binds a channel and learns the relay's address from the first packet.
async fn pair(server: SocketAddr, number: usize) -> Pair {
    let peer = UdpSocket::bind("127.0.0.1:0").expect("a peer");
    let at = peer.local_addr().expect("its address");
    let raw = RawClient::allocated(server, credential(&format!("person-{number}"))).await;
    let to: Box<dyn Setter> = Box::new(PeerAddress {
        ip: at.ip(),
        port: at.port(),
    });
    let channel: Box<dyn Setter> = Box::new(ChannelNumber(CHANNEL));
    let bound = raw.request(METHOD_CHANNEL_BIND, vec![channel, to]).await;
    assert_eq!(error_code(&bound), None);
    let client = raw.socket.into_std().expect("a socket");
    for socket in [&client, &peer] {
        socket.set_nonblocking(false).expect("blocking");
        socket
            .set_read_timeout(Some(Duration::from_millis(200)))
            .expect("a timeout");
    }
    client.send(&channel_data()).expect("the first packet");
    let (_, relay) = peer.recv_from(&mut [0; 2000]).expect("the first packet");
    Pair { client, peer, relay }
}

fn channel_data() -> Vec<u8> {
    let mut packet = CHANNEL.to_be_bytes().to_vec();
    packet.extend(u16::try_from(PAYLOAD).expect("a short payload").to_be_bytes());
    packet.resize(4 + PAYLOAD, 0xaa);
    packet
}

fn measure(name: &str, server: SocketAddr, process: u32, runtime: &tokio::runtime::Runtime) {
    let pairs: Vec<Pair> = runtime.block_on(async {
        let mut pairs = Vec::new();
        for number in 0..CLIENTS {
            pairs.push(pair(server, number).await);
        }
        pairs
    });
    let packet = channel_data();
    let up = |pair: &Pair| pair.client.send(&packet).is_ok();
    let down = |pair: &Pair| pair.peer.send_to(&packet[4..], pair.relay).is_ok();
    row(name, "to peers", process, &pairs, up, |pair| &pair.peer);
    row(name, "to clients", process, &pairs, down, |pair| &pair.client);
}

fn row(
    name: &str,
    direction: &str,
    process: u32,
    pairs: &[Pair],
    send: impl Fn(&Pair) -> bool,
    receiver: impl Fn(&Pair) -> &UdpSocket,
) {
    let mut buffer = [0; 2000];
    let (mut sent, mut received) = (0u64, 0u64);
    let before = processor_seconds(process);
    let started = Instant::now();
    while started.elapsed() < MEASURED {
        for pair in pairs {
            sent += (0..WINDOW).filter(|_| send(pair)).count() as u64;
        }
        for pair in pairs {
            let came = (0..WINDOW).take_while(|_| receiver(pair).recv(&mut buffer).is_ok());
            received += came.count() as u64;
        }
    }
    let used = processor_seconds(process) - before;
    let rate = received as f64 / used;
    let lost = sent.saturating_sub(received);
    println!("| {name} | {direction} | {received} | {lost} | {used:.2} | {rate:.0} |");
    let _ = std::io::stdout().flush();
}

/// User and system time of a process (all its threads).
fn processor_seconds(process: u32) -> f64 {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).expect("Linux's /proc");
    // The name in parentheses may hold spaces; utime and stime are the 12th and 13th field behind it.
    let (_, fields) = stat.rsplit_once(") ").expect("a name");
    let ticks = fields.split(' ').skip(11).take(2);
    ticks.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / TICKS_PER_SECOND
}
