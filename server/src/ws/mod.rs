//! WebSockets: upgrade, greeting, connection.
//!
//! | State | Waits for | Goes to |
//! |---|---|---|
//! | upgraded | the hello, [`Limits::hello`] long | connected when the seat is good; closed |
//! | connected | frames, the room's parcels, silence of [`Limits::silence`] | closed |
//! | closed | the browser's own close, [`Limits::goodbye`] long | - |
//!
//! Every close that the relay decides on is announced by a [`farhand_shared::wire::Closing`], so that a browser knows
//! whether to come back. Frames are never compressed: they are small, and compression would mix secrets with outside
//! text.

mod bucket;
mod connection;
mod counters;
mod gate;
mod goodbye;
mod greet;
mod upgrade;

use std::time::Duration;

use farhand_shared::limit;

pub use bucket::Rate;
pub use gate::Gate;
pub use upgrade::routes;

/// How much one socket may do, and how many there may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Sockets at the same time.
    pub sockets: usize,
    /// Sockets at the same time from one address. A call centre may share one.
    pub sockets_per_address: usize,
    /// Largest frame and message in bytes.
    pub frame_bytes: usize,
    /// How long a hello may take.
    pub hello: Duration,
    /// A socket that says nothing for this long is dead: browsers send a heartbeat much more often.
    pub silence: Duration,
    /// How long a browser may refuse to read before it counts as gone.
    pub stall: Duration,
    /// How long the browser may take to answer our close.
    pub goodbye: Duration,
    /// Frames; more end the socket.
    pub frames: Rate,
    /// Bytes; more end the socket.
    pub bytes: Rate,
    /// Commands; more are refused with `TooFast`.
    pub commands: Rate,
    /// Requests for ICE servers; more are ignored.
    pub renewals: Rate,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sockets: 20_000,
            sockets_per_address: 512,
            frame_bytes: limit::FRAME_BYTES,
            hello: Duration::from_secs(5),
            silence: Duration::from_secs(30),
            stall: Duration::from_secs(10),
            goodbye: Duration::from_secs(2),
            // Drawing sends about 60 a second; candidates of an ICE restart come in bursts.
            frames: Rate {
                per_second: 200,
                burst: 600,
            },
            bytes: Rate {
                per_second: 256 * 1024,
                burst: 1024 * 1024,
            },
            commands: Rate {
                per_second: 20,
                burst: 60,
            },
            renewals: Rate {
                per_second: 1,
                burst: 5,
            },
        }
    }
}
