//! Asks a STUN or TURN server whether it is there: one Binding request (RFC 8489), by UDP or TCP.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;

const MAGIC_COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
const BINDING_REQUEST: [u8; 4] = [0x00, 0x01, 0x00, 0x00];
const HEADER: usize = 20;
const BINDING_SUCCESS: [u8; 2] = [0x01, 0x01];
const BINDING_ERROR: [u8; 2] = [0x01, 0x11];
/// UDP may lose a packet, so we ask three times.
const TRIES: [Duration; 3] = [
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
];
const TCP_WITHIN: Duration = Duration::from_secs(4);

/// How a server is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    Udp,
    Tcp,
}

/// Waits for any answer to a Binding request; even an error answer proves that a server is there.
///
/// # Errors
/// `TimedOut` when nobody answers, else what the network says.
pub async fn ask(server: SocketAddr, transport: Transport) -> io::Result<()> {
    let request = request()?;
    match transport {
        Transport::Udp => by_udp(server, &request).await,
        Transport::Tcp => timeout(TCP_WITHIN, by_tcp(server, &request))
            .await
            .map_err(|_| silent())?,
    }
}

async fn by_udp(server: SocketAddr, request: &[u8; HEADER]) -> io::Result<()> {
    let local: SocketAddr = match server {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    let socket = UdpSocket::bind(local).await?;
    socket.connect(server).await?;
    let mut answer = [0u8; 1024];
    for wait in TRIES {
        socket.send(request).await?;
        match timeout(wait, socket.recv(&mut answer)).await {
            Ok(Ok(length)) if answers(&answer[..length], request) => return Ok(()),
            Ok(Ok(_)) => return Err(io::Error::other("something else than a STUN server answers")),
            Ok(Err(error)) => return Err(error),
            Err(_) => {}
        }
    }
    Err(silent())
}

async fn by_tcp(server: SocketAddr, request: &[u8; HEADER]) -> io::Result<()> {
    let mut stream = TcpStream::connect(server).await?;
    stream.write_all(request).await?;
    let mut answer = [0u8; HEADER];
    stream.read_exact(&mut answer).await?;
    if answers(&answer, request) {
        Ok(())
    } else {
        Err(io::Error::other("something else than a STUN server answers"))
    }
}

fn request() -> io::Result<[u8; HEADER]> {
    let mut request = [0u8; HEADER];
    request[..4].copy_from_slice(&BINDING_REQUEST);
    request[4..8].copy_from_slice(&MAGIC_COOKIE);
    getrandom::fill(&mut request[8..]).map_err(io::Error::other)?;
    Ok(request)
}

/// Same cookie and transaction, and an answer to a Binding request.
fn answers(answer: &[u8], request: &[u8; HEADER]) -> bool {
    answer.len() >= HEADER
        && [BINDING_SUCCESS, BINDING_ERROR]
            .iter()
            .any(|kind| answer[..2] == kind[..])
        && answer[4..HEADER] == request[4..]
}

fn silent() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "no answer")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_answer_to_our_own_request_counts() {
        let request = request().unwrap();
        let mut answer = request;
        assert!(!answers(&answer, &request), "an echo is no STUN server");
        answer[..2].copy_from_slice(&BINDING_SUCCESS);
        assert!(answers(&answer, &request));
        answer[19] ^= 1;
        assert!(!answers(&answer, &request), "somebody else's transaction");
        assert!(!answers(&answer[..10], &request));
    }
}
