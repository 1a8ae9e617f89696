//! How long a message matters: one function says so, and back-pressure follows from it.

use super::from_server::FromServer;

/// The lifetime of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// Stored or repeated until it arrives; when a queue is full the browser starts over.
    Durable,
    /// Worth nothing later; when a queue is full it is dropped.
    Volatile,
}

/// The lifetime of what the relay sends.
pub const fn lifetime(message: &FromServer) -> Lifetime {
    match message {
        FromServer::Signal { .. } | FromServer::Ink { .. } | FromServer::Latest(_) | FromServer::Pong(_) => {
            Lifetime::Volatile
        }
        FromServer::Welcome(_)
        | FromServer::Waiting { .. }
        | FromServer::Happened(_)
        | FromServer::Accepted(_)
        | FromServer::Refused { .. }
        | FromServer::Ice(_)
        | FromServer::Pin(_)
        | FromServer::Closing(_) => Lifetime::Durable,
    }
}
