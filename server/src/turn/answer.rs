//! The STUN responses that the gate writes itself. `None` only if the codec refuses, which leaves the request unanswered.

use std::net::SocketAddr;

use stun::{
    attributes::{ATTR_NONCE, ATTR_REALM},
    error_code::{CODE_STALE_NONCE, CODE_UNAUTHORIZED, ErrorCode},
    integrity::MessageIntegrity,
    message::{CLASS_ERROR_RESPONSE, CLASS_SUCCESS_RESPONSE, Getter, Message, MessageClass, MessageType, Setter},
    textattrs::TextAttribute,
    xoraddr::XorMappedAddress,
};
use turn::proto::{
    lifetime::{DEFAULT_LIFETIME, Lifetime},
    relayaddr::RelayedAddress,
};

/// Longest lifetime the state machine grants, in seconds; it answers longer wishes with the default.
const MAX_LIFETIME_SECS: u64 = 3600;

/// An error for someone who has not proved who they are; 401 and 438 say how to.
pub(super) fn challenge(request: &Message, code: ErrorCode, realm: &str, nonce: String) -> Option<Vec<u8>> {
    let mut attributes: Vec<Box<dyn Setter>> = vec![Box::new(code)];
    if code == CODE_UNAUTHORIZED || code == CODE_STALE_NONCE {
        attributes.push(Box::new(TextAttribute::new(ATTR_REALM, realm.to_owned())));
        attributes.push(Box::new(TextAttribute::new(ATTR_NONCE, nonce)));
    }
    build(request, CLASS_ERROR_RESPONSE, attributes)
}

/// An error for a known sender, signed so that nobody on the path can forge it.
pub(super) fn refusal(request: &Message, code: ErrorCode, integrity: &MessageIntegrity) -> Option<Vec<u8>> {
    let attributes: Vec<Box<dyn Setter>> = vec![Box::new(code), Box::new(integrity.clone())];
    build(request, CLASS_ERROR_RESPONSE, attributes)
}

/// The success of an Allocate once more.
pub(super) fn allocated(
    request: &Message,
    client: SocketAddr,
    relay: SocketAddr,
    integrity: &MessageIntegrity,
) -> Option<Vec<u8>> {
    let mut wish = Lifetime::default();
    let granted = match wish.get_from(request) {
        Ok(()) if wish.0.as_secs() < MAX_LIFETIME_SECS => wish.0,
        _ => DEFAULT_LIFETIME,
    };
    let attributes: Vec<Box<dyn Setter>> = vec![
        Box::new(RelayedAddress {
            ip: relay.ip(),
            port: relay.port(),
        }),
        Box::new(Lifetime(granted)),
        Box::new(XorMappedAddress {
            ip: client.ip(),
            port: client.port(),
        }),
        Box::new(integrity.clone()),
    ];
    build(request, CLASS_SUCCESS_RESPONSE, attributes)
}

fn build(request: &Message, class: MessageClass, attributes: Vec<Box<dyn Setter>>) -> Option<Vec<u8>> {
    let mut setters: Vec<Box<dyn Setter>> = vec![
        Box::new(Message {
            transaction_id: request.transaction_id,
            ..Message::default()
        }),
        Box::new(MessageType::new(request.typ.method, class)),
    ];
    setters.extend(attributes);
    let mut response = Message::new();
    response.build(&setters).ok()?;
    Some(response.raw)
}
