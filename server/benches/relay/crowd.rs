//! Many sockets that keep a server busy. They speak just as much of WebSocket as is needed and cost little themselves:
//! their frames are made once (with a mask of zeros), and of what comes only the headers are read.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime::Runtime,
    sync::watch,
};

use super::servers::{Running, Ticket, Which};

/// What everybody of a crowd sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A signal to the other of two, of so many bytes; 0 for the shortest that the protocol has.
    Signal { bytes: usize },
    /// A piece of a stroke to everybody else of the session.
    Ink,
}

/// Messages of one kind, so many of them of each socket on their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    pub kind: Kind,
    pub window: usize,
}

impl Load {
    /// A message as a browser sends it; a signal goes to `to`.
    pub fn message(self, to: &str) -> String {
        match self.kind {
            Kind::Signal { bytes } => signal(to, bytes),
            Kind::Ink => ink(to),
        }
    }

    /// How many hear one message, where so many share a session.
    const fn hearers(self, per_session: usize) -> usize {
        match self.kind {
            Kind::Signal { .. } => 1,
            Kind::Ink => per_session - 1,
        }
    }
}

/// What one server did in one round.
pub struct Figure {
    pub per_cpu_second: f64,
    pub per_second: f64,
    /// Sent and not arrived.
    pub lost: u64,
}

#[derive(Default)]
struct Counts {
    /// Arrivals that there should be.
    sent: AtomicU64,
    arrived: AtomicU64,
}

/// Sockets at one server.
pub struct Crowd<'a> {
    server: &'a Running,
    runtime: Runtime,
    counts: Arc<Counts>,
    load: watch::Sender<Option<Load>>,
}

impl<'a> Crowd<'a> {
    pub fn connect(server: &'a Running, sockets: usize) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let counts = Arc::new(Counts::default());
        let (load, wanted) = watch::channel(None);
        runtime.block_on(async {
            let mut members = Vec::new();
            for number in 0..sockets {
                members.push(Member::connect(server, number).await);
            }
            // Everybody is in; what was said about who came is read up to the answer of a ping.
            for member in &mut members {
                member.settle(server.which).await;
            }
            for member in members {
                tokio::spawn(member.play(wanted.clone(), counts.clone()));
            }
        });
        Self {
            server,
            runtime,
            counts,
            load,
        }
    }

    /// One round.
    pub fn run(&self, load: Load, span: Duration) -> Figure {
        let arrived = || self.counts.arrived.load(Ordering::Relaxed);
        self.runtime.block_on(async {
            let _ = self.load.send(Some(load));
            // The start is another thing than the going on.
            tokio::time::sleep(span / 10).await;
            let (cpu, count, began) = (self.server.processor_seconds(), arrived(), Instant::now());
            tokio::time::sleep(span).await;
            let (cpu, count) = (self.server.processor_seconds() - cpu, arrived() - count);
            let per_second = count as f64 / began.elapsed().as_secs_f64();
            let _ = self.load.send(None);
            Figure {
                per_cpu_second: count as f64 / cpu,
                per_second,
                lost: self.lost().await,
            }
        })
    }

    /// What has not arrived a while after the last was sent.
    async fn lost(&self) -> u64 {
        let deadline = Instant::now() + Duration::from_secs(5);
        loop {
            let missing = self.counts.sent.load(Ordering::SeqCst) - self.counts.arrived.load(Ordering::SeqCst);
            if missing == 0 || Instant::now() > deadline {
                self.counts.arrived.fetch_add(missing, Ordering::SeqCst);
                return missing;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// A piece of a stroke on the picture of `on`, as a moving finger sends it with every frame of its screen.
fn ink(on: &str) -> String {
    let mark = "00000000-0000-0000-0000-000000000007";
    format!(
        r#"{{"ink":{{"stroke":{{"on":{{"live":"{on}"}},"mark":"{mark}","tool":"line","from":2,"points":[300,400,310,420]}}}}}}"#
    )
}

/// A signal to `to`, as a browser sends it, of `bytes` bytes; without a candidate when that is too few.
pub fn signal(to: &str, bytes: usize) -> String {
    let text = |kind: &str| {
        format!(r#"{{"signal":{{"to":"{to}","signal":{{"connection":1,"to_connection":1,"round":1,"kind":{kind}}}}}}}"#)
    };
    let candidate = |pad: usize| {
        let pad = "c".repeat(pad);
        text(&format!(
            r#"{{"candidate":{{"candidate":"{pad}","mid":null,"line":null}}}}"#
        ))
    };
    match bytes.checked_sub(candidate(0).len()) {
        Some(pad) => candidate(pad),
        None => text(r#""again""#),
    }
}

/// A client's text frame.
pub fn frame(text: &str) -> Vec<u8> {
    let mut frame = vec![0x81];
    match u8::try_from(text.len()) {
        Ok(short) if short < 126 => frame.push(0x80 | short),
        _ => {
            frame.push(0x80 | 126);
            frame.extend(u16::try_from(text.len()).expect("a short text").to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(text.as_bytes());
    frame
}

/// What opens a WebSocket.
pub fn upgrade(server: &Running) -> String {
    let address = server.address;
    format!(
        "GET /ws HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
}

/// The first words of somebody with this ticket.
pub fn hello(ticket: &Ticket) -> Vec<u8> {
    let token = &ticket.token;
    frame(&format!(
        r#"{{"hello":{{"protocol":1,"seat":"{token}","generation":1,"have":0}}}}"#
    ))
}

/// No person at all.
pub const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

/// The person whom number `number` writes to, the neighbour in their session. At the echo it is anybody.
pub fn partner(server: &Running, number: usize) -> String {
    let ticket = server.tickets.get(number ^ 1);
    ticket.map_or(NOBODY, |ticket| &ticket.person).to_owned()
}

/// Bytes of a server's frames, as they arrive.
#[derive(Default)]
pub struct Incoming {
    bytes: Vec<u8>,
}

impl Incoming {
    /// Takes bytes in and shows every whole frame's payload.
    pub fn take(&mut self, bytes: &[u8], mut show: impl FnMut(&[u8])) {
        self.bytes.extend_from_slice(bytes);
        let mut at = 0;
        while let Some((start, end)) = self.frame_at(at) {
            show(&self.bytes[start..end]);
            at = end;
        }
        self.bytes.drain(..at);
    }

    fn frame_at(&self, at: usize) -> Option<(usize, usize)> {
        let rest = &self.bytes[at..];
        let (header, length) = match *rest.get(1)? {
            126 => (4, usize::from(u16::from_be_bytes([*rest.get(2)?, *rest.get(3)?]))),
            127 => (
                10,
                usize::try_from(u64::from_be_bytes(rest.get(2..10)?.try_into().ok()?)).ok()?,
            ),
            short => (2, usize::from(short)),
        };
        let end = at + header + length;
        (end <= self.bytes.len()).then_some((at + header, end))
    }
}

/// Whether a payload is a message of the load.
pub fn is_message(payload: &[u8]) -> bool {
    payload.starts_with(b"{\"signal\"") || payload.starts_with(b"{\"ink\"")
}

struct Member {
    stream: TcpStream,
    incoming: Incoming,
    buffer: Vec<u8>,
    to: String,
    per_session: usize,
}

impl Member {
    async fn connect(server: &Running, number: usize) -> Self {
        let mut stream = TcpStream::connect(server.address).await.expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        stream.write_all(upgrade(server).as_bytes()).await.expect("an upgrade");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.expect("an answer"));
        }
        assert!(head.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&head));
        let mut member = Self {
            stream,
            incoming: Incoming::default(),
            buffer: vec![0; 32 * 1024],
            to: partner(server, number),
            per_session: server.per_session,
        };
        if server.which == Which::Relay {
            member
                .stream
                .write_all(&hello(&server.tickets[number]))
                .await
                .expect("a hello");
            member.read_until(b"{\"welcome\"").await;
        }
        member
    }

    async fn settle(&mut self, which: Which) {
        let (ping, pong) = match which {
            Which::Relay => (r#"{"ping":1}"#, &br#"{"pong":1}"#[..]),
            Which::Echo => ("ping", &b"ping"[..]),
        };
        self.stream.write_all(&frame(ping)).await.expect("a ping");
        self.read_until(pong).await;
    }

    async fn read_until(&mut self, start: &[u8]) {
        let mut found = false;
        while !found {
            let count = self.stream.read(&mut self.buffer).await.expect("a frame");
            assert!(count > 0, "the server closed a socket");
            self.incoming
                .take(&self.buffer[..count], |payload| found |= payload.starts_with(start));
        }
    }

    /// Answers what comes, one message for every one that has been heard by all, as long as a load is wanted.
    async fn play(mut self, mut wanted: watch::Receiver<Option<Load>>, counts: Arc<Counts>) {
        let mut load = None;
        let mut frames = Vec::new();
        let (mut length, mut hearers, mut unanswered) = (0, 1, 0);
        loop {
            tokio::select! {
                changed = wanted.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    load = *wanted.borrow_and_update();
                    if let Some(load) = load {
                        let one = frame(&load.message(&self.to));
                        length = one.len();
                        (hearers, unanswered) = (load.hearers(self.per_session), 0);
                        // The messages of all others may arrive together with the answers to one's own.
                        frames = one.repeat(self.per_session * load.window);
                        counts.sent.fetch_add((load.window * hearers) as u64, Ordering::SeqCst);
                        self.stream.write_all(&frames[..load.window * length]).await.expect("a socket that takes frames");
                    }
                }
                count = self.stream.read(&mut self.buffer) => {
                    let count = count.unwrap_or(0);
                    if count == 0 {
                        return;
                    }
                    let mut messages = 0;
                    self.incoming.take(&self.buffer[..count], |payload| messages += usize::from(is_message(payload)));
                    if load.is_some() {
                        unanswered += messages;
                        let answers = unanswered / hearers;
                        unanswered %= hearers;
                        counts.sent.fetch_add((answers * hearers) as u64, Ordering::SeqCst);
                        self.stream.write_all(&frames[..answers * length]).await.expect("a socket that takes frames");
                    }
                    counts.arrived.fetch_add(messages as u64, Ordering::SeqCst);
                }
            }
        }
    }
}
