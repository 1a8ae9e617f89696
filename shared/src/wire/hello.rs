//! The first message on every socket.

use crate::id::{Generation, Seq};
use crate::session::Device;
use core::fmt;
use serde::{Deserialize, Serialize};

/// Proof of a seat: 256 random bits, base64url. The server keeps only a hash. `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SeatToken(pub String);

impl fmt::Debug for SeatToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SeatToken(••••)")
    }
}

/// Who I am and what I already know. Must be the first frame, within 5 s of the upgrade.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hello {
    /// [`crate::wire::PROTOCOL`] of the sender.
    pub protocol: u16,
    /// Proof of my seat.
    pub seat: SeatToken,
    /// Which of my sockets this is; echoed in the welcome.
    pub generation: Generation,
    /// The last event I applied; zero when I start over.
    pub have: Seq,
    /// My device, for the agent to see.
    #[serde(default)]
    pub device: Option<Device>,
}
