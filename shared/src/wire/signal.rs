//! What two browsers tell each other, through the relay, to find a direct path. Never stored, never logged.

use core::fmt;
use serde::{Deserialize, Serialize};

/// One message of the negotiation between two people. `Debug` shows only its kind.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    /// Which peer connection of the sender this belongs to; grows with each new one.
    pub connection: u32,
    /// Which peer connection of the receiver the sender is talking to; 0 when it knows none yet.
    pub to_connection: u32,
    /// Which negotiation of this connection: an answer and candidates carry the number of their offer.
    #[serde(default)]
    pub round: u32,
    /// What it says.
    pub kind: SignalKind,
}

/// The kinds of negotiation messages.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// A session description offering.
    Offer {
        /// The SDP.
        sdp: String,
    },
    /// A session description answering.
    Answer {
        /// The SDP.
        sdp: String,
    },
    /// One ICE candidate; empty means that there are no more.
    Candidate {
        /// The candidate line.
        candidate: String,
        /// The media section's id.
        mid: Option<String>,
        /// The media section's index.
        line: Option<u16>,
    },
    /// "Offer to me again": from the side that may not offer, or that lost its connection.
    Again,
}

impl fmt::Debug for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            SignalKind::Offer { .. } => "offer",
            SignalKind::Answer { .. } => "answer",
            SignalKind::Candidate { .. } => "candidate",
            SignalKind::Again => "again",
        };
        write!(
            f,
            "Signal({kind}, {}->{}, {})",
            self.connection, self.to_connection, self.round
        )
    }
}

impl fmt::Debug for SignalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignalKind(••••)")
    }
}
