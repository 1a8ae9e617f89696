//! The two servers, each as a process of its own: this program again, told by an environment variable what it is.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use super::seats;
use farhand_server::{
    AppState, app,
    clock::Clock,
    config::Config,
    state::Tuning,
    store::sqlite::SqliteStore,
    telemetry::metrics,
    ws::{Limits, Rate},
};
use farhand_shared::id::AgentId;
use farhand_shared::role::Role;
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpListener;
use uuid::Uuid;

/// Tells this program which server it is.
const WHICH: &str = "FARHAND_RELAY_BENCH";
/// How many seats the relay is to make.
const SEATS: &str = "FARHAND_RELAY_BENCH_SEATS";
/// How many of them share a session.
const PER_SESSION: &str = "FARHAND_RELAY_BENCH_PER_SESSION";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Relay,
    Echo,
}

impl Which {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relay => "farhand",
            Self::Echo => "bare echo",
        }
    }

    /// None in the program that measures.
    pub fn of_this_process() -> Option<Self> {
        let told = std::env::var(WHICH).ok()?;
        [Self::Relay, Self::Echo].into_iter().find(|which| which.name() == told)
    }
}

/// What a socket needs to be somebody.
#[derive(Clone, Debug)]
pub struct Ticket {
    pub token: String,
    pub person: String,
}

/// A server's process.
pub struct Running {
    pub which: Which,
    pub address: SocketAddr,
    /// The people of the relay; those of a session follow each other. None at the echo.
    pub tickets: Vec<Ticket>,
    /// How many share a session.
    pub per_session: usize,
    process: Child,
}

impl Running {
    /// The relay makes `seats` seats, `per_session` of them in each session: a customer and up to three agents.
    pub fn start(which: Which, seats: usize, per_session: usize) -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut process = Command::new(program)
            .env(WHICH, which.name())
            .env(SEATS, seats.to_string())
            .env(PER_SESSION, per_session.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a server's process");
        let output = process.stdout.take().expect("its output");
        let mut lines = BufReader::new(output).lines().map(|line| line.expect("a line"));
        let tickets = lines.by_ref().take(seats).map(|line| {
            let (token, person) = line.split_once(' ').expect("a token and a person");
            Ticket {
                token: token.to_owned(),
                person: person.to_owned(),
            }
        });
        let tickets = tickets.collect();
        let address = lines.next().expect("an address").parse().expect("an address");
        Self {
            which,
            address,
            tickets,
            per_session,
            process,
        }
    }

    /// User and system time of the process with all its threads, in seconds.
    pub fn processor_seconds(&self) -> f64 {
        const TICKS_PER_SECOND: f64 = 100.0;
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id())).expect("Linux's /proc");
        // The name in parentheses may hold spaces; utime and stime are the 12th and 13th field behind it.
        let (_, fields) = stat.rsplit_once(") ").expect("a name");
        let ticks = fields.split(' ').skip(11).take(2);
        ticks.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / TICKS_PER_SECOND
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It ends with its input.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// Serves until the input ends.
pub fn serve(which: Which) {
    let told = |name| std::env::var(name).ok()?.parse().ok();
    let (seats, per_session) = (told(SEATS).unwrap_or(0), told(PER_SESSION).unwrap_or(2));
    let folder = tempfile::tempdir().expect("a folder");
    // The runtime of the program itself.
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        match which {
            Which::Relay => relay(folder.path(), seats, per_session).await,
            Which::Echo => echo().await,
        }
    });
    let mut nothing = Vec::new();
    let _ = std::io::stdin().read_to_end(&mut nothing);
    runtime.shutdown_background();
}

/// Nothing but the library: every message goes back at once.
async fn echo() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    say(listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let _ = stream.set_nodelay(true);
                let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await else {
                    return;
                };
                while let Some(Ok(message)) = socket.next().await {
                    if message.is_close() || socket.send(message).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
}

/// The relay as it is, with figures collected, but without the limits that keep one socket from doing this.
async fn relay(folder: &Path, seats: usize, per_session: usize) {
    let endless = Rate {
        per_second: u32::MAX,
        burst: u32::MAX,
    };
    let tuning = Tuning {
        sockets: Limits {
            sockets: seats + 100,
            sockets_per_address: seats + 100,
            frames: endless,
            bytes: endless,
            // Sockets wait for their turn, longer than any browser keeps silent.
            silence: Duration::from_secs(3600),
            ..Limits::default()
        },
        ..Tuning::default()
    };
    let store = SqliteStore::open(&folder.join("farhand.db")).await.expect("a store");
    let state = AppState::over(Config::for_tests(folder), Clock::system(), Arc::new(store), tuning)
        .await
        .expect("a relay");
    metrics::start(&state);
    for _ in 0..seats / per_session {
        session(&state, per_session).await;
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    say(listener.local_addr().expect("an address"));
    let service = app(state).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move {
        let listener = axum::serve::ListenerExt::tap_io(listener, |stream| {
            let _ = stream.set_nodelay(true);
        });
        axum::serve(listener, service).await
    });
}

/// A customer and agents who may speak to each other; says their tickets.
async fn session(state: &AppState, people: usize) {
    let (session, creator) = seats::session(state, None).await;
    for number in 0..people {
        let (role, account) = match number {
            0 => (Role::Agent, Some(creator)),
            1 => (Role::Customer, None),
            _ => (Role::Agent, Some(AgentId::from(Uuid::new_v4()))),
        };
        let person = seats::join(state, session, role, account).await;
        let secret = seats::token(state, session, person).await;
        say(format_args!("{} {person}", secret.expose()));
    }
}

fn say(line: impl std::fmt::Display) {
    println!("{line}");
    let _ = std::io::stdout().flush();
}
