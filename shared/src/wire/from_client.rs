//! Browser to relay.

use super::hello::Hello;
use super::signal::Signal;
use crate::id::{CommandId, PersonId};
use crate::ink::Ink;
use crate::session::Command;
use serde::{Deserialize, Serialize};

/// What a browser sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromClient {
    /// First frame.
    Hello(Hello),
    /// Durable: a command, repeated with the same id until it is answered.
    Do {
        /// Made by the sender; a repeat is answered but not done twice.
        id: CommandId,
        /// What is wanted.
        command: Command,
    },
    /// Volatile: negotiation with one other person; dropped when they are not there.
    Signal {
        /// Who it is for.
        to: PersonId,
        /// What it says.
        signal: Signal,
    },
    /// Volatile: what moves under the sender's finger, for everybody else; dropped when they cannot follow.
    Ink(Ink),
    /// Ask for fresh ICE servers (credentials expire; wanted before an ICE restart).
    RenewIce,
    /// Heartbeat; answered by the latest event and a pong with the same number.
    Ping(u32),
}
