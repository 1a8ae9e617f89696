//! What sockets count. Names are stable: dashboards depend on them.

use farhand_shared::wire::Closing;
use metrics::{Counter, counter, gauge};

/// Traffic of one direction.
pub(super) struct Traffic {
    frames: Counter,
    bytes: Counter,
}

impl Traffic {
    /// `direction` is `in` or `out`, seen from the relay.
    pub(super) fn new(direction: &'static str) -> Self {
        Self {
            frames: counter!("farhand_ws_frames_total", "direction" => direction),
            bytes: counter!("farhand_ws_bytes_total", "direction" => direction),
        }
    }

    pub(super) fn frame(&self, bytes: usize) {
        self.frames.increment(1);
        self.bytes.increment(bytes as u64);
    }
}

/// A socket was opened or ended.
pub(super) fn sockets(change: i8) {
    gauge!("farhand_sockets").increment(f64::from(change));
}

/// An upgrade was refused.
pub(super) fn refused(why: &'static str) {
    counter!("farhand_ws_refused_total", "why" => why).increment(1);
}

/// The relay closed a socket.
pub(super) fn closed(why: Closing) {
    let why = match why {
        Closing::Restarting { .. } => "restarting",
        Closing::Replaced => "replaced",
        Closing::NoSuchSeat => "no_such_seat",
        Closing::Declined => "declined",
        Closing::Ejected => "ejected",
        Closing::ProtocolMismatch => "protocol_mismatch",
        Closing::TooSlow => "too_slow",
        Closing::Misbehaved => "misbehaved",
    };
    counter!("farhand_ws_closed_total", "why" => why).increment(1);
}
