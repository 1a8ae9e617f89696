//! One relay and the browsers that talk to it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use farhand_server::clock::ManualClock;
use farhand_server::config::Config;
use farhand_server::room::Settings;
use farhand_server::state::Tuning;
use farhand_server::store::sqlite::SqliteStore;
use farhand_server::ws::Limits;
use farhand_server::{AppState, app};
use farhand_shared::id::{AgentId, CommandId, Generation, PersonId, Seq, SessionId};
use farhand_shared::role::Role;
use farhand_shared::session::{Command, Event, Intake, Record, Seats};
use farhand_shared::wire::{CatchUp, Closing, FromClient, FromServer, Hello, PROTOCOL, SeatToken, Welcome};
use futures_util::{SinkExt, StreamExt};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};
use uuid::Uuid;

use super::seats;

/// Long enough for a busy machine; nothing waits this long when all is well.
const PATIENCE: Duration = Duration::from_secs(20);
const START_MS: u64 = 1_800_000_000_000;

/// A running relay.
pub struct Relay {
    pub state: AppState,
    pub addr: SocketAddr,
    pub hand: ManualClock,
    tuning: Tuning,
    dir: Arc<TempDir>,
    server: JoinHandle<()>,
}

impl Relay {
    /// A relay that forgets nobody for a reload: a socket that is gone is gone at once.
    pub async fn start() -> Self {
        Self::tuned(Tuning {
            rooms: Settings {
                reload_grace: Duration::ZERO,
                ..Settings::default()
            },
            sockets: Limits::default(),
        })
        .await
    }

    pub async fn tuned(tuning: Tuning) -> Self {
        let dir = Arc::new(tempfile::tempdir().expect("a folder"));
        let config = config_in(&dir);
        Self::open(dir, config, ManualClock::at_ms(START_MS), tuning).await
    }

    /// A relay whose operator allows so many people of each role.
    pub async fn seating(seats: Seats) -> Self {
        let rooms = Settings {
            seats,
            ..Settings::default()
        };
        let sockets = Limits::default();
        Self::tuned(Tuning { rooms, sockets }).await
    }

    /// A relay with other options.
    pub async fn configured(change: impl FnOnce(&mut Config)) -> Self {
        let dir = Arc::new(tempfile::tempdir().expect("a folder"));
        let mut config = config_in(&dir);
        change(&mut config);
        Self::open(dir, config, ManualClock::at_ms(START_MS), Tuning::default()).await
    }

    async fn open(dir: Arc<TempDir>, config: Config, hand: ManualClock, tuning: Tuning) -> Self {
        let store = SqliteStore::open(&dir.path().join("farhand.db"))
            .await
            .expect("a store");
        let state = AppState::over(config, hand.clock(), Arc::new(store), tuning)
            .await
            .expect("a relay");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let addr = listener.local_addr().expect("an address");
        let service = app(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move {
            axum::serve(listener, service).await.expect("serving");
        });
        Self {
            state,
            addr,
            hand,
            tuning,
            dir,
            server,
        }
    }

    /// Ends without a goodbye and comes up again over the same files, as after `kill -9`: every task of the old one
    /// is left without its sockets, its mail and its store.
    pub async fn killed(self) -> Self {
        self.server.abort();
        self.state.store.close().await;
        let config = self.state.config.clone();
        Self::open(self.dir, config, self.hand, self.tuning).await
    }

    /// Moves time and lets every room look at the clock.
    pub async fn advance(&self, by: Duration) {
        self.hand.advance(by);
        self.state.rooms.look_at_the_clock().await;
    }

    /// A session with an agent who is ready, as the agent's page makes it, and the agent's seat.
    pub async fn session(&self) -> (SessionId, Holder) {
        let (session, account) = seats::session(&self.state, Some("Mia".to_owned())).await;
        let agent = self.join(session, Role::Agent, Some(account)).await;
        let start = self.state.rooms.act(session, agent.person, Command::Start);
        start.await.expect("the agent is ready");
        (session, agent)
    }

    pub async fn customer(&self, session: SessionId) -> Holder {
        self.join(session, Role::Customer, None).await
    }

    pub async fn join(&self, session: SessionId, role: Role, account: Option<AgentId>) -> Holder {
        let person = seats::join(&self.state, session, role, account).await;
        self.seat(session, person).await
    }

    pub async fn knock(&self, session: SessionId) -> Holder {
        let person = PersonId::from(Uuid::new_v4());
        let knock = Intake::Knock {
            role: Role::Customer,
            person,
            name: "Somebody".to_owned(),
            device: None,
        };
        self.state.rooms.intake(session, knock).await.expect("a knock");
        self.seat(session, person).await
    }

    /// A token for a person who has a seat.
    pub async fn seat(&self, session: SessionId, person: PersonId) -> Holder {
        let secret = seats::token(&self.state, session, person).await;
        Holder {
            person,
            token: SeatToken(secret.expose().to_owned()),
        }
    }

    pub async fn socket(&self) -> Browser {
        self.socket_from(Some(&format!("http://{}", self.addr)))
            .await
            .expect("a socket")
    }

    /// A socket whose kernel takes little before it is read.
    pub async fn narrow_socket(&self) -> Browser {
        let tcp = tokio::net::TcpSocket::new_v4().expect("a socket");
        tcp.set_recv_buffer_size(4096).expect("a small buffer");
        let stream = tcp.connect(self.addr).await.expect("a connection");
        let request = self.request(Some(&format!("http://{}", self.addr)));
        let stream = MaybeTlsStream::Plain(stream);
        let (socket, _) = client_async(request, stream).await.expect("a socket");
        Browser { socket }
    }

    fn request(&self, origin: Option<&str>) -> Request {
        let url = format!("ws://{}/ws", self.addr);
        let mut request = url.into_client_request().expect("a request");
        if let Some(origin) = origin {
            request
                .headers_mut()
                .insert("origin", origin.parse().expect("an origin"));
        }
        request
    }

    pub async fn socket_from(&self, origin: Option<&str>) -> Result<Browser, Box<Error>> {
        let request = self.request(origin);
        let (socket, _) = connect_async(request).await.map_err(Box::new)?;
        Ok(Browser { socket })
    }

    /// A browser that starts over with this seat and is in.
    pub async fn enter(&self, holder: &Holder) -> (Browser, Welcome) {
        self.resume(holder, 1, Seq::ZERO).await
    }

    pub async fn resume(&self, holder: &Holder, generation: u32, have: Seq) -> (Browser, Welcome) {
        let mut browser = self.socket().await;
        browser.hello(holder, generation, have).await;
        let welcome = browser.welcome().await;
        (browser, welcome)
    }
}

fn config_in(dir: &TempDir) -> Config {
    let mut config = Config::for_tests(dir.path());
    // So that tests can be called from other addresses.
    config.trusted_proxies = vec!["127.0.0.1/32".parse().expect("a network")];
    config
}

/// A person and the proof of their seat.
#[derive(Clone)]
pub struct Holder {
    pub person: PersonId,
    pub token: SeatToken,
}

/// One browser's socket.
pub struct Browser {
    pub socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Browser {
    pub async fn hello(&mut self, holder: &Holder, generation: u32, have: Seq) {
        let hello = Hello {
            protocol: PROTOCOL,
            seat: holder.token.clone(),
            generation: Generation(generation),
            have,
            device: None,
        };
        self.send(&FromClient::Hello(hello)).await;
    }

    pub async fn send(&mut self, message: &FromClient) {
        self.text(&serde_json::to_string(message).expect("a message")).await;
    }

    pub async fn text(&mut self, text: &str) {
        self.socket
            .send(Message::text(text))
            .await
            .expect("a socket that takes frames");
    }

    /// Sends a command and says which it was.
    pub async fn command(&mut self, command: Command) -> CommandId {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let id = CommandId::from_u128(u128::from(NEXT.fetch_add(1, Ordering::Relaxed)));
        self.send(&FromClient::Do { id, command }).await;
        id
    }

    /// The next message; none when the socket is closed.
    pub async fn next(&mut self) -> Option<FromServer> {
        loop {
            let frame = timeout(PATIENCE, self.socket.next())
                .await
                .expect("the relay has something to say");
            match frame? {
                Ok(Message::Text(text)) => return Some(serde_json::from_str(&text).expect("a known message")),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// The first message that `pick` takes; others are passed over.
    pub async fn find<T>(&mut self, pick: impl Fn(FromServer) -> Option<T>) -> T {
        loop {
            let message = self.next().await.expect("the socket stays open until the message");
            if let Some(found) = pick(message) {
                return found;
            }
        }
    }

    pub async fn welcome(&mut self) -> Welcome {
        self.find(|message| match message {
            FromServer::Welcome(welcome) => Some(*welcome),
            _ => None,
        })
        .await
    }

    /// The next record whose event `pick` takes.
    pub async fn happened(&mut self, pick: impl Fn(&Event) -> bool) -> Record {
        self.find(|message| match message {
            FromServer::Happened(record) if pick(&record.event) => Some(record),
            _ => None,
        })
        .await
    }

    /// The answer to a command: how it ended, and the records that came before the answer.
    pub async fn answer(&mut self, to: CommandId) -> (FromServer, Vec<Record>) {
        let mut records = Vec::new();
        loop {
            match self.next().await.expect("an answer") {
                FromServer::Happened(record) => records.push(record),
                answer @ FromServer::Accepted(id) if id == to => return (answer, records),
                answer @ FromServer::Refused { id, .. } if id == to => return (answer, records),
                _ => {}
            }
        }
    }

    /// Does a command that must be accepted.
    pub async fn accepted(&mut self, command: Command) -> Vec<Record> {
        let id = self.command(command).await;
        let (answer, records) = self.answer(id).await;
        assert_eq!(answer, FromServer::Accepted(id));
        records
    }

    /// Everything the relay has said by the time it answers a ping.
    pub async fn until_quiet(&mut self) -> Vec<FromServer> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = u32::try_from(NEXT.fetch_add(1, Ordering::Relaxed)).expect("a small number");
        self.send(&FromClient::Ping(number)).await;
        let mut said = Vec::new();
        loop {
            match self.next().await.expect("a pong") {
                FromServer::Pong(echo) if echo == number => return said,
                message => said.push(message),
            }
        }
    }

    /// Why the relay closes this socket; none when it closes without a word.
    pub async fn closing(&mut self) -> Option<Closing> {
        let mut why = None;
        while let Some(message) = self.next().await {
            if let FromServer::Closing(closing) = message {
                why = Some(closing);
            }
        }
        why
    }
}

/// The records of a catch-up by events.
pub fn missed(welcome: &Welcome) -> &[Record] {
    match &welcome.catch_up {
        CatchUp::Events(records) => records,
        CatchUp::Snapshot(_) => panic!("a snapshot where events were expected"),
    }
}
