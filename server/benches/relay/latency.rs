//! How long a message takes at half load (P4). Plain threads that wait in the kernel for their socket, so that what is
//! measured is the server and not another runtime.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    crowd::{Incoming, frame, hello, is_message, partner, signal, upgrade},
    median,
    servers::{Running, Which},
};

/// One row for each server; the same pace for both, in messages per second.
pub fn compare(both: [&Running; 2], sockets: usize, pace: f64, rounds: usize, span: Duration) {
    let pairs = both.map(|server| Sockets::connect(server, sockets));
    let mut seen = [const { Vec::new() }; 2];
    for round in 0..=rounds {
        for (server, sockets) in pairs.iter().enumerate() {
            let times = sockets.run(pace, span);
            if round > 0 {
                seen[server].push(times);
            }
        }
    }
    let rows = both.iter().zip(&seen).map(|(server, rounds)| {
        let of = |pick: fn(&Times) -> f64| median(rounds.iter().map(pick));
        let (rate, p50, p99) = (of(|times| times.rate), of(|times| times.p50), of(|times| times.p99));
        let late: u64 = rounds.iter().map(|times| times.late).sum();
        println!("| {} | {rate:.0} | {p50:.0} | {p99:.0} | {late} |", server.which.name());
        (p50, p99)
    });
    let rows: Vec<_> = rows.collect();
    println!(
        "| the relay adds | | {:.0} | {:.0} | |",
        rows[0].0 - rows[1].0,
        rows[0].1 - rows[1].1
    );
}

/// Of one round, in microseconds.
struct Times {
    rate: f64,
    p50: f64,
    p99: f64,
    /// Messages that were not sent in time because the one before had not arrived.
    late: u64,
}

/// What a writing and a reading thread know of one socket.
struct Line {
    writes: TcpStream,
    frame: Vec<u8>,
    /// When the message on its way was written, in nanoseconds since the start; 0 when there is none.
    written: AtomicU64,
}

struct Sockets {
    lines: Arc<Vec<Line>>,
    arrived: Arc<Mutex<Vec<u64>>>,
    began: Instant,
}

impl Sockets {
    fn connect(server: &Running, sockets: usize) -> Self {
        let began = Instant::now();
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let streams: Vec<TcpStream> = (0..sockets).map(|number| greeted(server, number)).collect();
        let lines = streams.iter().enumerate().map(|(number, stream)| Line {
            writes: stream.try_clone().expect("the same socket"),
            frame: frame(&signal(&partner(server, number), 0)),
            written: AtomicU64::new(0),
        });
        let lines = Arc::new(lines.collect::<Vec<_>>());
        for (number, stream) in streams.into_iter().enumerate() {
            // What number n reads was written by its partner, or at the echo by itself.
            let from = if server.which == Which::Relay {
                number ^ 1
            } else {
                number
            };
            let (lines, arrived) = (lines.clone(), arrived.clone());
            thread::spawn(move || read(stream, &lines[from], &arrived, began));
        }
        Self { lines, arrived, began }
    }

    #[expect(clippy::disallowed_methods, reason = "a pace is made of pauses")]
    fn run(&self, pace: f64, span: Duration) -> Times {
        self.taken();
        for line in self.lines.iter() {
            line.written.store(0, Ordering::Release);
        }
        let (start, mut late, mut sent) = (Instant::now(), 0, 0u64);
        while start.elapsed() < span {
            let due = start + Duration::from_secs_f64(sent as f64 / pace);
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let line = &self.lines[usize::try_from(sent).unwrap_or(0) % self.lines.len()];
            sent += 1;
            if line.written.load(Ordering::Acquire) != 0 {
                late += 1;
                continue;
            }
            line.written.store(nanoseconds(self.began), Ordering::Release);
            (&line.writes)
                .write_all(&line.frame)
                .expect("a socket that takes frames");
        }
        thread::sleep(Duration::from_millis(100));
        let mut times = self.taken();
        let rate = times.len() as f64 / span.as_secs_f64();
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize] as f64 / 1000.0;
        Times {
            rate,
            p50: at(0.5),
            p99: at(0.99),
            late,
        }
    }

    fn taken(&self) -> Vec<u64> {
        std::mem::take(&mut *self.arrived.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn nanoseconds(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_nanos()).unwrap_or(u64::MAX).max(1)
}

/// Reads until the server ends.
fn read(mut stream: TcpStream, line: &Line, arrived: &Mutex<Vec<u64>>, began: Instant) {
    let (mut incoming, mut buffer) = (Incoming::default(), vec![0; 16 * 1024]);
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        let now = nanoseconds(began);
        incoming.take(&buffer[..count], |payload| {
            if is_message(payload) {
                let took = now.saturating_sub(line.written.swap(0, Ordering::AcqRel));
                arrived.lock().unwrap_or_else(PoisonError::into_inner).push(took);
            }
        });
    }
}

/// A socket of somebody who is in. What else the relay says is read later and passed over.
fn greeted(server: &Running, number: usize) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).expect("a connection");
    stream.set_nodelay(true).expect("no delay");
    stream.write_all(upgrade(server).as_bytes()).expect("an upgrade");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).expect("an answer");
        head.extend(byte);
    }
    if server.which == Which::Relay {
        stream.write_all(&hello(&server.tickets[number])).expect("a hello");
    }
    stream
}
