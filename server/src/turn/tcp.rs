//! The TCP listener: clients behind firewalls that drop UDP. Peers are always reached by UDP.
//!
//! | state of a connection | event | next |
//! |---|---|---|
//! | unused | makes an allocation | used |
//! | unused | `tcp_unused` has passed | closed |
//! | used | a byte | used |
//! | used | silent for `tcp_idle`, or the allocation ended `tcp_unused` ago | closed |
//! | any | bytes that are not TURN, end of stream, a peer that stopped reading | closed |
//! | closed | | its allocation ends at once |
//!
//! What goes to a client waits in a bounded queue. When it is full the datagram is dropped, as a congested network would
//! drop it: media that comes late is worth nothing, and one slow client must not hold up a relay socket.

use std::{
    any::Any,
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::mpsc,
    time::{Instant, sleep, sleep_until, timeout},
};
use tokio_util::{
    sync::{CancellationToken, DropGuard},
    task::TaskTracker,
};
use webrtc_util::Conn;

use super::{
    deframe::{DeframeError, Deframer, append_frame},
    embedded::Limits,
    limiter::subscriber,
    service::{ClientConn, Service},
    stats::{Counters, count, uncount},
};

/// Datagrams that wait for one client: a third of a second of video at 4 Mbit/s.
const QUEUE: usize = 128;

/// How long a client may refuse to read before it is given up.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);

const READ_BUFFER: usize = 8192;

/// How long to wait when the system has no descriptor for another connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

pub(super) struct Acceptor {
    listener: TcpListener,
    service: Arc<Service>,
    limits: Limits,
    counters: Arc<Counters>,
    seats: Arc<Seats>,
}

impl Acceptor {
    pub(super) fn new(listener: TcpListener, service: Arc<Service>, limits: Limits, counters: Arc<Counters>) -> Self {
        let seats = Arc::new(Seats {
            per_address: limits.tcp_per_address,
            in_total: limits.tcp_total,
            counters: Arc::clone(&counters),
            taken: Mutex::default(),
        });
        Self {
            listener,
            service,
            limits,
            counters,
            seats,
        }
    }

    /// Accepts connections until cancelled.
    pub(super) async fn serve(self, tasks: TaskTracker, stop: CancellationToken) {
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = stop.cancelled() => return,
            };
            let Ok((stream, from)) = accepted else {
                sleep(ACCEPT_PAUSE).await;
                continue;
            };
            let from = SocketAddr::new(from.ip().to_canonical(), from.port());
            let Some(seat) = Seats::take(&self.seats, from.ip()) else {
                continue;
            };
            let session = Session {
                service: Arc::clone(&self.service),
                from,
                limits: self.limits,
                stop: stop.child_token(),
            };
            let counters = Arc::clone(&self.counters);
            let writers = tasks.clone();
            tasks.spawn(async move {
                session.run(stream, &writers, counters).await;
                drop(seat);
            });
        }
    }
}

/// One connection.
struct Session {
    service: Arc<Service>,
    from: SocketAddr,
    limits: Limits,
    stop: CancellationToken,
}

impl Session {
    async fn run(self, stream: TcpStream, tasks: &TaskTracker, counters: Arc<Counters>) {
        // Without it a lone frame would wait for the acknowledgement of the last one.
        let nodelay = stream.set_nodelay(true);
        if nodelay.is_ok() {
            let (read, write) = stream.into_split();
            let (queue, waiting) = mpsc::channel(QUEUE);
            tasks.spawn(write_frames(write, waiting, self.stop.clone().drop_guard()));
            let conn: ClientConn = Arc::new(TcpConn {
                queue,
                local: self.service.local(),
                counters: Arc::clone(&counters),
            });
            if self.read_frames(read, &conn).await.is_err() {
                count(&counters.malformed);
            }
        }
        // Closes the writer too, whichever side ended first.
        self.stop.cancel();
        self.service.forget(self.from).await;
    }

    async fn read_frames(&self, mut read: OwnedReadHalf, conn: &ClientConn) -> Result<(), DeframeError> {
        let mut deframer = Deframer::new();
        let mut buffer = vec![0; READ_BUFFER];
        let mut last_byte = Instant::now();
        let mut check = last_byte + self.limits.tcp_unused;
        loop {
            let length = tokio::select! {
                read = read.read(&mut buffer) => match read {
                    Ok(0) | Err(_) => return Ok(()),
                    Ok(length) => length,
                },
                () = sleep_until(check) => {
                    let silent = last_byte.elapsed() >= self.limits.tcp_idle;
                    if silent || self.service.allocation(self.from).await.is_none() {
                        return Ok(());
                    }
                    check = Instant::now() + self.limits.tcp_unused;
                    continue;
                }
                () = self.stop.cancelled() => return Ok(()),
            };
            last_byte = Instant::now();
            let mut rest = &buffer[..length];
            while !rest.is_empty() {
                let taken = deframer.push(rest);
                rest = &rest[taken..];
                while let Some(frame) = deframer.next()? {
                    self.service.handle(conn, self.from, frame.bytes()).await;
                }
            }
        }
    }
}

/// Writes what waits, many frames at once when the client is slower than the peer. Ends the connection when it ends.
async fn write_frames(mut write: OwnedWriteHalf, mut waiting: mpsc::Receiver<Vec<u8>>, connection: DropGuard) {
    let ended = connection.disarm();
    let _ends_connection = ended.clone().drop_guard();
    let mut frames = Vec::with_capacity(QUEUE);
    let mut bytes = Vec::new();
    loop {
        let received = tokio::select! {
            received = waiting.recv_many(&mut frames, QUEUE) => received,
            () = ended.cancelled() => return,
        };
        if received == 0 {
            return;
        }
        bytes.clear();
        for frame in frames.drain(..) {
            append_frame(&mut bytes, &frame);
        }
        if !matches!(timeout(WRITE_TIMEOUT, write.write_all(&bytes)).await, Ok(Ok(()))) {
            return;
        }
    }
}

/// The way back to one TCP client.
struct TcpConn {
    queue: mpsc::Sender<Vec<u8>>,
    /// The listener's address, not the connection's: the state machine looks allocations up by it.
    local: SocketAddr,
    counters: Arc<Counters>,
}

#[async_trait]
impl Conn for TcpConn {
    async fn connect(&self, _: SocketAddr) -> Result<(), webrtc_util::Error> {
        Err(io::Error::from(io::ErrorKind::Unsupported).into())
    }

    async fn recv(&self, _: &mut [u8]) -> Result<usize, webrtc_util::Error> {
        Err(io::Error::from(io::ErrorKind::Unsupported).into())
    }

    async fn recv_from(&self, _: &mut [u8]) -> Result<(usize, SocketAddr), webrtc_util::Error> {
        Err(io::Error::from(io::ErrorKind::Unsupported).into())
    }

    async fn send(&self, _: &[u8]) -> Result<usize, webrtc_util::Error> {
        Err(io::Error::from(io::ErrorKind::Unsupported).into())
    }

    /// Never fails and never waits: a frame that finds the queue full is lost.
    async fn send_to(&self, buf: &[u8], _: SocketAddr) -> Result<usize, webrtc_util::Error> {
        if self.queue.try_send(buf.to_vec()).is_err() {
            count(&self.counters.packets_undelivered);
        }
        Ok(buf.len())
    }

    fn local_addr(&self) -> Result<SocketAddr, webrtc_util::Error> {
        Ok(self.local)
    }

    fn remote_addr(&self) -> Option<SocketAddr> {
        None
    }

    /// The answer that says the allocation has ended still has to go out, so the connection ends by itself later.
    async fn close(&self) -> Result<(), webrtc_util::Error> {
        Ok(())
    }

    fn as_any(&self) -> &(dyn Any + Send + Sync) {
        self
    }
}

/// Limits connections, in all and per subscriber.
struct Seats {
    per_address: usize,
    in_total: usize,
    counters: Arc<Counters>,
    taken: Mutex<HashMap<IpAddr, usize>>,
}

struct Seat {
    seats: Arc<Seats>,
    address: IpAddr,
}

impl Seats {
    fn take(seats: &Arc<Self>, from: IpAddr) -> Option<Seat> {
        let address = subscriber(from);
        let mut taken = seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let total: usize = taken.values().sum();
        let here = taken.get(&address).copied().unwrap_or(0);
        if total >= seats.in_total || here >= seats.per_address {
            count(&seats.counters.tcp_refused);
            return None;
        }
        taken.insert(address, here + 1);
        count(&seats.counters.active_tcp);
        Some(Seat {
            seats: Arc::clone(seats),
            address,
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(here) = taken.get_mut(&self.address) {
            *here -= 1;
            if *here == 0 {
                taken.remove(&self.address);
            }
        }
        uncount(&self.seats.counters.active_tcp);
    }
}
