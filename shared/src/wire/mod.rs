//! Every message between a browser and the relay: one direction per file. `PROTOCOL.md` describes them for other clients.
//!
//! Over the WebSocket each message is one JSON text frame. Old messages must still decode: fields are only ever added, with a default.

mod from_client;
mod from_server;
mod hello;
pub mod http;
mod lifetime;
mod signal;

pub use from_client::FromClient;
pub use from_server::{CatchUp, Closing, FromServer, IceConfig, IceServer, InkScheme, PinNow, Settings, Welcome};
pub use hello::{Hello, SeatToken};
pub use lifetime::{Lifetime, lifetime};
pub use signal::{Signal, SignalKind};

/// Version of this protocol. A relay refuses a hello with another number by [`Closing::ProtocolMismatch`].
pub const PROTOCOL: u16 = 1;
