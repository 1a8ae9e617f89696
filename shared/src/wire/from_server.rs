//! Relay to browser.

use super::signal::Signal;
use crate::id::{CommandId, Generation, PersonId, Seq, SessionId};
use crate::ink::Ink;
use crate::pin::Pin;
use crate::session::{Record, Rejection, Session};
use crate::time::Time;
use core::fmt;
use serde::{Deserialize, Serialize};

/// What the relay sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromServer {
    /// Answer to hello: you are in.
    Welcome(Box<Welcome>),
    /// Answer to hello by a knocker: wait until an agent admits you. A welcome or a closing follows; it is said again when
    /// an agent has noticed the knocker.
    Waiting {
        /// Echo of the hello.
        generation: Generation,
        /// The relay's clock.
        now: Time,
        /// An agent knows of the knocker and asks for a moment.
        #[serde(default)]
        noticed: bool,
    },
    /// Durable: this happened. Sequence numbers have no gaps.
    Happened(Record),
    /// Your command arrived and changed nothing more than the events you have seen.
    Accepted(CommandId),
    /// Your command was refused and changed nothing.
    Refused {
        /// Which one.
        id: CommandId,
        /// Why.
        why: Rejection,
    },
    /// Volatile: negotiation from one other person.
    Signal {
        /// Who sent it; set by the relay.
        from: PersonId,
        /// What it says.
        signal: Signal,
    },
    /// Volatile: what moves under somebody's finger.
    Ink {
        /// Whose; set by the relay.
        from: PersonId,
        /// What moves.
        ink: Ink,
    },
    /// How to reach each other. Sent after the welcome, on request, and before the credentials expire.
    Ice(IceConfig),
    /// The number to read aloud; to agents and to a customer who started the session. None when the session needs none.
    Pin(Option<PinNow>),
    /// Volatile: the last event so far, sent before each pong to whoever is in. Everything up to it has been sent on this
    /// socket, so a browser that has less has lost it.
    Latest(Seq),
    /// Answer to a ping.
    Pong(u32),
    /// The relay closes this socket right after, and why.
    Closing(Closing),
}

/// You are in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Welcome {
    /// Which person you are.
    pub you: PersonId,
    /// Which session this is.
    pub session: SessionId,
    /// Echo of the hello.
    pub generation: Generation,
    /// The relay's clock, to show "since" times right on a phone whose clock is wrong.
    pub now: Time,
    /// What you missed.
    pub catch_up: CatchUp,
    /// What the organisation has set.
    #[serde(default)]
    pub settings: Settings,
}

/// What the organisation has set and every page must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Video below this many kbit/s is given up for photos (features S0.18) …
    pub photo_floor_kbit: u32,
    /// … when it stays below for this many seconds.
    pub photo_after_s: u32,
    /// Most bytes of one file.
    pub file_bytes: u64,
    /// What the colours of ink say.
    pub ink_scheme: InkScheme,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            photo_floor_kbit: 150,
            photo_after_s: 10,
            file_bytes: 25 << 20,
            ink_scheme: InkScheme::BySurface,
        }
    }
}

/// What the colours of ink say (features X1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InkScheme {
    /// Role and lifetime: what fades on live video is blue and red, what stays on stills is yellow and teal.
    BySurface,
    /// One colour per role: yellow and teal everywhere.
    Unified,
}

/// How a browser gets level with the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CatchUp {
    /// The events after the one you have, none missing.
    Events(Vec<Record>),
    /// Start over from here.
    Snapshot(Box<Session>),
}

/// ICE servers and policy for the next minutes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IceConfig {
    /// STUN and TURN servers.
    pub servers: Vec<IceServer>,
    /// Private mode: only relayed candidates, so that nobody sees another's address.
    pub relay_only: bool,
    /// When the credentials end.
    pub expires_at: Time,
}

/// One STUN or TURN server. `Debug` hides the credential.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IceServer {
    /// Its addresses.
    pub urls: Vec<String>,
    /// User name, for TURN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Credential, for TURN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
}

impl fmt::Debug for IceServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IceServer")
            .field("urls", &self.urls.len())
            .finish_non_exhaustive()
    }
}

/// The PIN in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinNow {
    /// The number.
    pub pin: Pin,
    /// When it is replaced.
    pub expires_at: Time,
}

/// Why the relay closes a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// The relay restarts: come back after this many milliseconds.
    Restarting { retry_ms: u32 },
    /// The same seat was opened in another tab or browser.
    Replaced,
    /// The seat does not exist, was revoked or has expired.
    NoSuchSeat,
    /// An agent did not let you in.
    Declined,
    /// An agent sent you away.
    Ejected,
    /// Another version of the pages is needed: reload.
    ProtocolMismatch,
    /// The browser fell too far behind; come back and catch up.
    TooSlow,
    /// The frames made no sense or came too fast.
    Misbehaved,
}
