//! Decides about every STUN message before the TURN state machine sees it, and writes the refusals.
//!
//! | message | checks, in order | refusal |
//! |---|---|---|
//! | Binding request | rate of the source | none (silence) |
//! | Allocate, Refresh, CreatePermission, ChannelBind | MESSAGE-INTEGRITY present | 401 with a nonce |
//! | | nonce ours, for this address, fresh | 438 with a nonce |
//! | | username, realm and integrity right | 401 |
//! | Allocate | repetition of the request that made the allocation | the same success again |
//! | | credential not expired | 401 |
//! | | no reserved ports, IPv4 | 508, 440 |
//! | | quotas of the person and the server | 486 |
//! | the others | the client has an allocation | 437 |
//! | | made with the same username | 441 |
//! | | rate of the allocation's requests | none |
//! | CreatePermission, ChannelBind | every peer IPv4 and allowed | 443, 403 |
//! | Send indication | left to the state machine and the relay socket | |
//! | anything else | | none |
//!
//! Answers to those who have proved nothing are limited per source, so the relay reflects little and stores nothing.
//! A credential that expired still refreshes the allocation it made: see [`super::credentials`].

use std::{
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
};

use stun::{
    attributes::{
        ATTR_EVEN_PORT, ATTR_FINGERPRINT, ATTR_MESSAGE_INTEGRITY, ATTR_NONCE, ATTR_REALM, ATTR_RESERVATION_TOKEN,
        ATTR_USERNAME, ATTR_XOR_PEER_ADDRESS, Attributes,
    },
    error_code::{
        CODE_ADDR_FAMILY_NOT_SUPPORTED, CODE_ALLOC_MISMATCH, CODE_ALLOC_QUOTA_REACHED, CODE_BAD_REQUEST,
        CODE_FORBIDDEN, CODE_INSUFFICIENT_CAPACITY, CODE_PEER_ADDR_FAMILY_MISMATCH, CODE_STALE_NONCE,
        CODE_UNAUTHORIZED, CODE_WRONG_CREDENTIALS, ErrorCode,
    },
    integrity::MessageIntegrity,
    message::{
        CLASS_INDICATION, CLASS_REQUEST, Getter, METHOD_ALLOCATE, METHOD_BINDING, METHOD_CHANNEL_BIND,
        METHOD_CREATE_PERMISSION, METHOD_REFRESH, METHOD_SEND, Message,
    },
    textattrs::TextAttribute,
};
use turn::{
    allocation::AllocationInfo,
    auth::generate_auth_key,
    proto::{
        peeraddr::PeerAddress,
        reqfamily::{REQUESTED_FAMILY_IPV6, RequestedAddressFamily},
    },
};

use crate::clock::Clock;

use super::{
    answer::{allocated, challenge, refusal},
    credentials::{SharedSecret, Username},
    limiter::SourceLimiter,
    nonce::Nonces,
    registry::{Client, Lease, Registry, TransactionKey},
    relay::RelaySide,
    stats::{Counters, count},
};

/// More peers than any browser names in one CreatePermission.
const MAX_PEERS: usize = 16;

/// What becomes of a message.
pub(super) enum Verdict {
    /// The state machine handles it.
    Pass(Admitted),
    /// We answer, the state machine never sees it.
    Answer(Vec<u8>),
    /// Nobody answers.
    Ignore,
}

/// What goes with a message that passes.
#[derive(Default)]
pub(super) struct Admitted {
    /// The nonce that was checked here, which the state machine wants to find in its table.
    pub nonce: Option<String>,
    /// The place of the allocation that the message will make.
    pub lease: Option<Lease>,
    /// All peers of a CreatePermission; the state machine reads the first only.
    pub peers: Vec<SocketAddr>,
}

/// An authenticated sender.
struct Sender {
    username: String,
    expired: bool,
    integrity: MessageIntegrity,
    nonce: String,
}

pub(super) struct Gate {
    pub secret: SharedSecret,
    pub realm: String,
    pub clock: Clock,
    pub nonces: Nonces,
    pub registry: Arc<Registry>,
    pub relays: Arc<RelaySide>,
    pub strangers: Mutex<SourceLimiter>,
    pub counters: Arc<Counters>,
}

impl Gate {
    /// Decides about one message. `existing` is the client's allocation, if it has one.
    pub(super) fn judge(&self, message: &Message, client: Client, existing: Option<&AllocationInfo>) -> Verdict {
        match (message.typ.class, message.typ.method) {
            (CLASS_REQUEST, METHOD_BINDING) => {
                if self.answers_stranger(client.address.ip()) {
                    Verdict::Pass(Admitted::default())
                } else {
                    Verdict::Ignore
                }
            }
            (CLASS_REQUEST, METHOD_ALLOCATE | METHOD_REFRESH | METHOD_CREATE_PERMISSION | METHOD_CHANNEL_BIND) => {
                self.judge_request(message, client, existing)
            }
            (CLASS_INDICATION, METHOD_SEND) if existing.is_some() => Verdict::Pass(Admitted::default()),
            _ => Verdict::Ignore,
        }
    }

    fn judge_request(&self, message: &Message, client: Client, existing: Option<&AllocationInfo>) -> Verdict {
        let sender = match self.authenticate(message, client.address.ip()) {
            Ok(sender) => sender,
            Err(code) => return self.refuse_stranger(message, client, code),
        };
        let judged = match (message.typ.method, existing) {
            (METHOD_ALLOCATE, Some(made)) => {
                // The answer was lost on its way. Anything else on this path is a mismatch.
                if made.username == sender.username && self.registry.was_made_by(client, transaction(message)) {
                    return match allocated(message, client.address, made.relay_addr, &sender.integrity) {
                        Some(bytes) => Verdict::Answer(bytes),
                        None => Verdict::Ignore,
                    };
                }
                Err(CODE_ALLOC_MISMATCH)
            }
            (METHOD_ALLOCATE, None) if sender.expired => {
                return self.refuse_stranger(message, client, CODE_UNAUTHORIZED);
            }
            (METHOD_ALLOCATE, None) => self.judge_allocate(message, client, &sender),
            (_, None) => Err(CODE_ALLOC_MISMATCH),
            (_, Some(made)) if made.username != sender.username => Err(CODE_WRONG_CREDENTIALS),
            (_, Some(_)) => match self.judge_control(message, client) {
                Some(judged) => judged,
                None => return Verdict::Ignore,
            },
        };
        match judged {
            Ok(admitted) => Verdict::Pass(Admitted {
                nonce: Some(sender.nonce),
                ..admitted
            }),
            Err(code) => match refusal(message, code, &sender.integrity) {
                Some(bytes) => Verdict::Answer(bytes),
                None => Verdict::Ignore,
            },
        }
    }

    /// Who sent this, by the long-term credential mechanism of RFC 8489 §9.2.
    fn authenticate(&self, message: &Message, from: IpAddr) -> Result<Sender, ErrorCode> {
        if !message.contains(ATTR_MESSAGE_INTEGRITY) {
            return Err(CODE_UNAUTHORIZED);
        }
        let text = |attribute| {
            TextAttribute::get_from_as(message, attribute)
                .map(|attribute| attribute.text)
                .map_err(|_| CODE_BAD_REQUEST)
        };
        let (nonce, username, realm) = (text(ATTR_NONCE)?, text(ATTR_USERNAME)?, text(ATTR_REALM)?);
        let now = self.clock.now_secs();
        if !self.nonces.is_good(&nonce, from, now) {
            return Err(CODE_STALE_NONCE);
        }
        let wrong = |_| {
            count(&self.counters.auth_refusals);
            CODE_UNAUTHORIZED
        };
        let parsed = Username::parse(&username).map_err(wrong)?;
        let expired = parsed.is_expired(now);
        let integrity = MessageIntegrity(key(&self.secret, &username, &self.realm));
        if realm != self.realm || has_uncovered_attributes(message) {
            return Err(CODE_BAD_REQUEST);
        }
        if integrity.check(&mut message.clone()).is_err() {
            count(&self.counters.auth_refusals);
            return Err(CODE_UNAUTHORIZED);
        }
        Ok(Sender {
            username,
            expired,
            integrity,
            nonce,
        })
    }

    fn judge_allocate(&self, message: &Message, client: Client, sender: &Sender) -> Result<Admitted, ErrorCode> {
        // A pair of ports is of use to RTP without RTCP multiplexing, which browsers have not sent for years.
        if message.contains(ATTR_EVEN_PORT) || message.contains(ATTR_RESERVATION_TOKEN) {
            return Err(CODE_INSUFFICIENT_CAPACITY);
        }
        let mut family = RequestedAddressFamily::default();
        if family.get_from(message).is_ok() && family == REQUESTED_FAMILY_IPV6 {
            return Err(CODE_ADDR_FAMILY_NOT_SUPPORTED);
        }
        let person = Username::parse(&sender.username).map_err(|_| CODE_UNAUTHORIZED)?.person;
        let lease = self
            .registry
            .reserve(person, client, transaction(message), self.clock.monotonic())
            .map_err(|_| CODE_ALLOC_QUOTA_REACHED)?;
        Ok(Admitted {
            lease: Some(lease),
            ..Admitted::default()
        })
    }

    /// Refresh, CreatePermission and ChannelBind of the allocation's owner; `None` above the rate.
    fn judge_control(&self, message: &Message, client: Client) -> Option<Result<Admitted, ErrorCode>> {
        let peers = peers(message);
        let cost = peers.as_ref().map_or(1, |peers| peers.len().max(1));
        if !self.registry.allows_control(client, cost, self.clock.monotonic()) {
            count(&self.counters.rate_limited);
            return None;
        }
        let judged = peers.and_then(|peers| {
            if peers.iter().any(|peer| !peer.is_ipv4()) {
                return Err(CODE_PEER_ADDR_FAMILY_MISMATCH);
            }
            if peers.iter().any(|peer| !self.relays.allows_permission(peer.ip())) {
                count(&self.counters.peers_refused);
                return Err(CODE_FORBIDDEN);
            }
            // A channel has one peer and only the first would be bound.
            if message.typ.method != METHOD_CREATE_PERMISSION && peers.len() > 1 {
                return Err(CODE_BAD_REQUEST);
            }
            Ok(Admitted {
                peers,
                ..Admitted::default()
            })
        });
        Some(judged)
    }

    fn refuse_stranger(&self, message: &Message, client: Client, code: ErrorCode) -> Verdict {
        let from = client.address.ip();
        if !self.answers_stranger(from) {
            return Verdict::Ignore;
        }
        let nonce = self.nonces.make(from, self.clock.now_secs());
        match challenge(message, code, &self.realm, nonce) {
            Some(bytes) => Verdict::Answer(bytes),
            None => Verdict::Ignore,
        }
    }

    fn answers_stranger(&self, from: IpAddr) -> bool {
        let allowed = self
            .strangers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .allows(from, self.clock.monotonic());
        if !allowed {
            count(&self.counters.rate_limited);
        }
        allowed
    }
}

/// The long-term key of a username.
pub(super) fn key(secret: &SharedSecret, username: &str, realm: &str) -> Vec<u8> {
    generate_auth_key(username, realm, &secret.password_for(username))
}

fn transaction(message: &Message) -> TransactionKey {
    message.transaction_id.0
}

/// Attributes behind MESSAGE-INTEGRITY are not covered by it and must not count (RFC 8489 §14.5).
fn has_uncovered_attributes(message: &Message) -> bool {
    message
        .attributes
        .0
        .iter()
        .skip_while(|attribute| attribute.typ != ATTR_MESSAGE_INTEGRITY)
        .skip(1)
        .any(|attribute| attribute.typ != ATTR_FINGERPRINT)
}

/// Every XOR-PEER-ADDRESS of a message, read by the state machine's own decoder so that both see the same.
fn peers(message: &Message) -> Result<Vec<SocketAddr>, ErrorCode> {
    let mut found = Vec::new();
    for attribute in &message.attributes.0 {
        if attribute.typ != ATTR_XOR_PEER_ADDRESS {
            continue;
        }
        if found.len() == MAX_PEERS {
            return Err(CODE_BAD_REQUEST);
        }
        let alone = Message {
            transaction_id: message.transaction_id,
            attributes: Attributes(vec![attribute.clone()]),
            ..Message::default()
        };
        let mut peer = PeerAddress::default();
        peer.get_from(&alone).map_err(|_| CODE_BAD_REQUEST)?;
        found.push(SocketAddr::new(peer.ip, peer.port));
    }
    Ok(found)
}
