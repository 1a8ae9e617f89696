//! Browser to browser: one connection for each other person, by perfect negotiation through the relay.
//!
//! [`Peer`] keeps a path alive; its [`negotiation`](self) decides whose offer counts; candidates wait for their
//! description; health turns counters into words and notices a path that died before the browser does; encode fits our
//! picture into what the path carries.

mod candidates;
mod encode;
mod health;
mod machine;
mod negotiation;
mod path;
mod stats;

#[cfg(test)]
mod tests;

pub use health::Expect;
pub use machine::{Act, Numbers, Peer, Scene};
pub use stats::{PeerState, PeerStats};
