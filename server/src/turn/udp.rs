//! The UDP listener: one socket for all clients.

use std::{any::Any, io, net::SocketAddr, pin::pin, sync::Arc};

use async_trait::async_trait;
use tokio::net::UdpSocket;
use tokio_util::{sync::CancellationToken, task::task_tracker::TaskTrackerToken};
use webrtc_util::Conn;

use super::{
    service::{ClientConn, Service},
    stats::{Counters, count},
};

/// Longer datagrams are cut; no path to a browser carries them in one piece.
const MAX_DATAGRAM: usize = 2048;

/// The way back to UDP clients.
pub(super) struct UdpConn {
    socket: UdpSocket,
    local: SocketAddr,
    counters: Arc<Counters>,
    _open: TaskTrackerToken,
}

impl UdpConn {
    /// `open` is given back when the last allocation has let go of the socket.
    pub(super) fn new(socket: UdpSocket, counters: Arc<Counters>, open: TaskTrackerToken) -> io::Result<Self> {
        let local = socket.local_addr()?;
        Ok(Self {
            socket,
            local,
            counters,
            _open: open,
        })
    }

    pub(super) fn local(&self) -> SocketAddr {
        self.local
    }

    /// On a socket for both families IPv4 clients are written as IPv6.
    fn on_wire(&self, client: SocketAddr) -> SocketAddr {
        match (self.local, client) {
            (SocketAddr::V6(_), SocketAddr::V4(v4)) => SocketAddr::from((v4.ip().to_ipv6_mapped(), v4.port())),
            _ => client,
        }
    }
}

/// Serves clients until cancelled.
pub(super) async fn serve(conn: Arc<UdpConn>, service: Arc<Service>, stop: CancellationToken) {
    let back: ClientConn = Arc::clone(&conn) as ClientConn;
    let mut buffer = [0; MAX_DATAGRAM];
    let mut stopped = pin!(stop.cancelled());
    loop {
        let received = tokio::select! {
            received = conn.socket.recv_from(&mut buffer) => received,
            () = &mut stopped => return,
        };
        // An error here belongs to an earlier datagram of ours (port unreachable), not to the socket.
        if let Ok((length, from)) = received {
            let from = SocketAddr::new(from.ip().to_canonical(), from.port());
            service.handle(&back, from, &buffer[..length]).await;
        }
    }
}

#[async_trait]
impl Conn for UdpConn {
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

    /// Never fails: a datagram that is not sent is a datagram lost, and an error would only be logged with the address.
    async fn send_to(&self, buf: &[u8], to: SocketAddr) -> Result<usize, webrtc_util::Error> {
        if self.socket.send_to(buf, self.on_wire(to)).await.is_err() {
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

    /// The end of one allocation is not the end of the socket.
    async fn close(&self) -> Result<(), webrtc_util::Error> {
        Ok(())
    }

    fn as_any(&self) -> &(dyn Any + Send + Sync) {
        self
    }
}
