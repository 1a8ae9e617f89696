//! One transport's worth of TURN: takes what arrived, asks the gate, lets the state machine of crate `turn` do the rest.
//!
//! The crate's own server loop is not used, only its handling of single requests. That gives us what the loop lacks:
//! answers without a growing table of nonces, refusals with the right error code, quotas, all peers of a CreatePermission,
//! TCP, and allocations that end with their TCP connection.

use std::{cell::Cell, collections::HashMap, net::SocketAddr, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt;
use stun::message::Message;
use tokio::{sync::Mutex, time::Instant};
use turn::{
    allocation::{
        AllocationInfo,
        allocation_manager::{Manager, ManagerConfig},
        five_tuple::FiveTuple,
        permission::Permission,
    },
    auth::AuthHandler,
    proto::{PROTO_UDP, channum::ChannelNumber},
    server::request::Request,
};
use webrtc_util::Conn;

use super::{
    credentials::{SharedSecret, Username},
    gate::{Admitted, Gate, Verdict, key},
    registry::{Client, PENDING, Transport},
    relay::RelaySockets,
    stats::{Counters, count},
};

/// How long a channel stays bound without being refreshed (RFC 8656 §12).
const CHANNEL_LIFETIME: Duration = Duration::from_secs(600);

/// The client's side of a transport, as the state machine sees it.
pub(super) type ClientConn = Arc<dyn Conn + Send + Sync>;

pub(super) struct Service {
    transport: Transport,
    /// Our address, the same for every client of this transport.
    local: SocketAddr,
    gate: Arc<Gate>,
    manager: Arc<Manager>,
    keys: Arc<Keys>,
    counters: Arc<Counters>,
}

impl Service {
    pub(super) fn new(transport: Transport, local: SocketAddr, gate: Arc<Gate>) -> Self {
        let manager = Manager::new(ManagerConfig {
            relay_addr_generator: Box::new(RelaySockets(Arc::clone(&gate.relays))),
            alloc_close_notify: None,
        });
        Self {
            transport,
            local,
            manager: Arc::new(manager),
            keys: Arc::new(Keys(gate.secret.clone())),
            counters: Arc::clone(&gate.counters),
            gate,
        }
    }

    /// Our address, by which the state machine knows the clients of this transport.
    pub(super) fn local(&self) -> SocketAddr {
        self.local
    }

    /// Handles one datagram or frame of a client; `conn` leads back to it.
    pub(super) async fn handle(&self, conn: &ClientConn, from: SocketAddr, bytes: &[u8]) {
        // The codec is someone else's and the bytes are anyone's: a panic costs this message, not the relay.
        let handled = AssertUnwindSafe(self.dispatch(conn, from, bytes)).catch_unwind();
        if !matches!(handled.await, Ok(Some(()))) {
            count(&self.counters.malformed);
        }
    }

    /// `None` if the message is malformed.
    async fn dispatch(&self, conn: &ClientConn, from: SocketAddr, bytes: &[u8]) -> Option<()> {
        if bytes.first()? >> 6 == 0b01 {
            return self.relay_channel_data(from, bytes).await;
        }
        let mut message = Message::new();
        message.unmarshal_binary(bytes).ok()?;
        let existing = self.allocation(from).await;
        match self.gate.judge(&message, self.client(from), existing.as_ref()) {
            Verdict::Pass(admitted) => self.pass(conn, from, bytes, admitted).await,
            Verdict::Answer(answer) => {
                // A datagram that is not delivered is lost, which UDP allows; the connection counts it.
                let _ = conn.send_to(&answer, from).await;
            }
            Verdict::Ignore => {}
        }
        Some(())
    }

    /// Nearly all packets of a call are these, so they take a short way that copies nothing: the channels are the state
    /// machine's, the socket is ours. `None` if the message is malformed; an unknown channel is not.
    async fn relay_channel_data(&self, from: SocketAddr, bytes: &[u8]) -> Option<()> {
        let (header, rest) = bytes.split_first_chunk::<4>()?;
        let number = u16::from_be_bytes([header[0], header[1]]);
        let length = usize::from(u16::from_be_bytes([header[2], header[3]]));
        // By UDP there may be padding behind it.
        let payload = rest.get(..length)?;
        if let Some(allocation) = self.manager.get_allocation(&self.five_tuple(from)).await
            && let Some(peer) = allocation.get_channel_addr(&ChannelNumber(number)).await
            && let Some(relay) = self.gate.relays.of_client(self.client(from))
        {
            relay.send_to_peer(payload, peer).await;
        }
        Some(())
    }

    async fn pass(&self, conn: &ClientConn, from: SocketAddr, bytes: &[u8], admitted: Admitted) {
        if admitted.peers.len() > 1
            && let Some(allocation) = self.manager.get_allocation(&self.five_tuple(from)).await
        {
            for peer in &admitted.peers {
                allocation.add_permission(Permission::new(*peer)).await;
            }
        }
        let nonces = admitted.nonce.map(|nonce| (nonce, Instant::now()));
        let mut request = Request {
            conn: Arc::clone(conn),
            src_addr: from,
            buff: bytes.to_vec(),
            allocation_manager: Arc::clone(&self.manager),
            nonces: Arc::new(Mutex::new(HashMap::from_iter(nonces))),
            auth_handler: Arc::clone(&self.keys) as Arc<dyn AuthHandler + Send + Sync>,
            realm: self.gate.realm.clone(),
            channel_bind_timeout: CHANNEL_LIFETIME,
        };
        // Errors are the client's (data without a permission, an unknown channel) and were answered where the protocol
        // has an answer. They carry addresses, so they are not logged.
        let _ = PENDING.scope(Cell::new(admitted.lease), request.handle_request()).await;
    }

    /// The allocation of the client at this address.
    pub(super) async fn allocation(&self, from: SocketAddr) -> Option<AllocationInfo> {
        let five_tuple = self.five_tuple(from);
        self.manager
            .get_allocations_info(Some(vec![five_tuple]))
            .await
            .remove(&five_tuple)
    }

    /// Ends the allocation of the client at this address.
    pub(super) async fn forget(&self, from: SocketAddr) {
        self.manager.delete_allocation(&self.five_tuple(from)).await;
    }

    /// Ends all allocations of one person, or of everyone, and says how many there were.
    pub(super) async fn forget_person(&self, person: Option<&str>) -> usize {
        let mut ended = 0;
        for (five_tuple, info) in self.manager.get_allocations_info(None).await {
            let owner = Username::parse(&info.username).map(|username| username.person);
            if person.is_none() || owner.ok() == person {
                self.manager.delete_allocation(&five_tuple).await;
                ended += 1;
            }
        }
        ended
    }

    fn client(&self, address: SocketAddr) -> Client {
        Client {
            transport: self.transport,
            address,
        }
    }

    fn five_tuple(&self, from: SocketAddr) -> FiveTuple {
        FiveTuple {
            src_addr: from,
            dst_addr: self.local,
            // What the state machine writes for every transport; hence one manager per transport.
            protocol: PROTO_UDP,
        }
    }
}

/// Gives the state machine the key of a username that the gate has already checked.
struct Keys(SharedSecret);

impl AuthHandler for Keys {
    fn auth_handle(&self, username: &str, realm: &str, _: SocketAddr) -> Result<Vec<u8>, turn::Error> {
        Ok(key(&self.0, username, realm))
    }
}
