//! What the TURN tests share: a server on loopback, whole clients by UDP and TCP, and a client that speaks raw STUN.

#![allow(dead_code)] // every test file uses a part of it

use std::{
    any::Any,
    future::Future,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use async_trait::async_trait;
use farhand_server::turn::{
    Credential, DEFAULT_TTL, Embedded, EmbeddedConfig, Issuer, PeerPolicy, SharedSecret, start,
};
use stun::{
    attributes::{ATTR_NONCE, ATTR_REALM, ATTR_USERNAME},
    error_code::ErrorCodeAttribute,
    fingerprint::FINGERPRINT,
    integrity::MessageIntegrity,
    message::{CLASS_ERROR_RESPONSE, CLASS_REQUEST, Getter, METHOD_ALLOCATE, Message, MessageType, Method, Setter},
    textattrs::TextAttribute,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpStream, UdpSocket,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::Mutex,
};
use turn::{
    client::{Client, ClientConfig},
    proto::{PROTO_UDP, reqtrans::RequestedTransport},
};
use webrtc_util::Conn;

pub const SECRET: &str = "a secret that only tests know";
pub const REALM: &str = "farhand";

/// Far above anything a local exchange takes, far below a hanging test run.
const PATIENCE: Duration = Duration::from_secs(20);

pub fn secret() -> SharedSecret {
    SharedSecret::new(SECRET).unwrap()
}

pub fn unix_now() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.unwrap().as_secs()
}

/// A credential that is good now.
pub fn credential(person: &str) -> Credential {
    Issuer::new(secret(), DEFAULT_TTL).issue(person, unix_now())
}

pub fn config() -> EmbeddedConfig {
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    EmbeddedConfig::new(listen, Ipv4Addr::LOCALHOST, secret())
}

/// A server whose relays reach this machine.
pub async fn open_server() -> Embedded {
    server(|config| {
        config.peers = PeerPolicy {
            allow_loopback: true,
            ..PeerPolicy::PUBLIC_ONLY
        };
    })
    .await
}

pub async fn server(change: impl FnOnce(&mut EmbeddedConfig)) -> Embedded {
    let mut config = config();
    change(&mut config);
    start(config).await.unwrap()
}

/// Waits for something that has to come.
pub async fn soon<T>(what: &str, coming: impl Future<Output = T>) -> T {
    match tokio::time::timeout(PATIENCE, coming).await {
        Ok(came) => came,
        Err(_) => panic!("{what} did not happen"),
    }
}

/// Waits until a condition holds.
pub async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    soon(what, async {
        while !holds() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Udp,
    Tcp,
}

/// A client of crate `turn` on its way to the server.
pub async fn client(by: By, server: SocketAddr, credential: &Credential) -> Client {
    let conn: Arc<dyn Conn + Send + Sync> = match by {
        By::Udp => Arc::new(UdpSocket::bind("127.0.0.1:0").await.unwrap()),
        By::Tcp => Arc::new(TcpConn::connect(server).await),
    };
    let client = Client::new(ClientConfig {
        stun_serv_addr: server.to_string(),
        turn_serv_addr: server.to_string(),
        username: credential.username.clone(),
        password: credential.credential.clone(),
        realm: String::new(),
        software: String::new(),
        rto_in_ms: 0,
        conn,
        vnet: None,
    })
    .await
    .unwrap();
    client.listen().await.unwrap();
    client
}

/// A TCP stream as the client's packet connection. It cuts frames with code of its own, so that a mistake in the server's
/// is not mirrored here.
pub struct TcpConn {
    read: Mutex<OwnedReadHalf>,
    write: Mutex<OwnedWriteHalf>,
    local: SocketAddr,
    server: SocketAddr,
}

impl TcpConn {
    pub async fn connect(server: SocketAddr) -> Self {
        let stream = TcpStream::connect(server).await.unwrap();
        let local = stream.local_addr().unwrap();
        let (read, write) = stream.into_split();
        Self {
            read: Mutex::new(read),
            write: Mutex::new(write),
            local,
            server,
        }
    }

    async fn frame(&self) -> io::Result<Vec<u8>> {
        let mut read = self.read.lock().await;
        let mut frame = vec![0; 4];
        read.read_exact(&mut frame).await?;
        let length = usize::from(u16::from_be_bytes([frame[2], frame[3]]));
        let is_channel_data = frame[0] & 0xc0 == 0x40;
        let (body, padding) = if is_channel_data {
            (length, (4 - length % 4) % 4)
        } else {
            (length + 16, 0)
        };
        frame.resize(4 + body + padding, 0);
        read.read_exact(&mut frame[4..]).await?;
        frame.truncate(4 + body);
        Ok(frame)
    }
}

#[async_trait]
impl Conn for TcpConn {
    async fn connect(&self, _: SocketAddr) -> Result<(), webrtc_util::Error> {
        unimplemented_here()
    }

    async fn recv(&self, _: &mut [u8]) -> Result<usize, webrtc_util::Error> {
        unimplemented_here()
    }

    async fn recv_from(&self, buf: &mut [u8]) -> Result<(usize, SocketAddr), webrtc_util::Error> {
        let frame = self.frame().await?;
        buf[..frame.len()].copy_from_slice(&frame);
        Ok((frame.len(), self.server))
    }

    async fn send(&self, _: &[u8]) -> Result<usize, webrtc_util::Error> {
        unimplemented_here()
    }

    async fn send_to(&self, buf: &[u8], _: SocketAddr) -> Result<usize, webrtc_util::Error> {
        self.write.lock().await.write_all(buf).await?;
        Ok(buf.len())
    }

    fn local_addr(&self) -> Result<SocketAddr, webrtc_util::Error> {
        Ok(self.local)
    }

    fn remote_addr(&self) -> Option<SocketAddr> {
        Some(self.server)
    }

    async fn close(&self) -> Result<(), webrtc_util::Error> {
        Ok(())
    }

    fn as_any(&self) -> &(dyn Any + Send + Sync) {
        self
    }
}

fn unimplemented_here<T>() -> Result<T, webrtc_util::Error> {
    Err(io::Error::from(io::ErrorKind::Unsupported).into())
}

/// Sends single STUN messages by UDP and shows the answers, for what a well-behaved client never does.
pub struct RawClient {
    pub socket: UdpSocket,
    pub credential: Credential,
    pub nonce: String,
}

impl RawClient {
    /// Connects and learns a nonce from the first refusal.
    pub async fn connect(server: SocketAddr, credential: Credential) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        socket.connect(server).await.unwrap();
        let mut raw = Self {
            socket,
            credential,
            nonce: String::new(),
        };
        let unsigned = message(METHOD_ALLOCATE, vec![udp_transport()]);
        let refused = raw.exchange(&unsigned).await;
        assert_eq!(error_code(&refused), Some(401));
        let realm = TextAttribute::get_from_as(&refused, ATTR_REALM).unwrap();
        assert_eq!(realm.text, REALM);
        raw.nonce = TextAttribute::get_from_as(&refused, ATTR_NONCE).unwrap().text;
        raw
    }

    /// Connects and makes an allocation.
    pub async fn allocated(server: SocketAddr, credential: Credential) -> Self {
        let raw = Self::connect(server, credential).await;
        let answer = raw.request(METHOD_ALLOCATE, vec![udp_transport()]).await;
        assert_eq!(error_code(&answer), None);
        raw
    }

    pub fn signed(&self, method: Method, attributes: Vec<Box<dyn Setter>>) -> Message {
        let text = |attribute, text: &str| Box::new(TextAttribute::new(attribute, text.to_owned()));
        let mut all = attributes;
        all.push(text(ATTR_USERNAME, &self.credential.username));
        all.push(text(ATTR_REALM, REALM));
        all.push(text(ATTR_NONCE, &self.nonce));
        all.push(Box::new(MessageIntegrity::new_long_term_integrity(
            self.credential.username.clone(),
            REALM.to_owned(),
            self.credential.credential.clone(),
        )));
        all.push(Box::new(FINGERPRINT));
        message(method, all)
    }

    pub async fn request(&self, method: Method, attributes: Vec<Box<dyn Setter>>) -> Message {
        self.exchange(&self.signed(method, attributes)).await
    }

    pub async fn exchange(&self, request: &Message) -> Message {
        self.socket.send(&request.raw).await.unwrap();
        let answer = self.answer().await;
        assert_eq!(answer.transaction_id, request.transaction_id);
        answer
    }

    pub async fn answer(&self) -> Message {
        let mut buffer = [0; 2000];
        let received = soon("an answer", self.socket.recv(&mut buffer)).await;
        let mut answer = Message::new();
        answer.unmarshal_binary(&buffer[..received.unwrap()]).unwrap();
        answer
    }
}

pub fn udp_transport() -> Box<dyn Setter> {
    Box::new(RequestedTransport { protocol: PROTO_UDP })
}

pub fn message(method: Method, attributes: Vec<Box<dyn Setter>>) -> Message {
    let mut setters: Vec<Box<dyn Setter>> = vec![
        Box::new(stun::agent::TransactionId::new()),
        Box::new(MessageType::new(method, CLASS_REQUEST)),
    ];
    setters.extend(attributes);
    let mut message = Message::new();
    message.build(&setters).unwrap();
    message
}

/// The error code of an answer, `None` for a success.
pub fn error_code(answer: &Message) -> Option<u16> {
    if answer.typ.class != CLASS_ERROR_RESPONSE {
        return None;
    }
    let mut code = ErrorCodeAttribute::default();
    code.get_from(answer).unwrap();
    Some(code.code.0)
}
