//! STUN and TURN: who may use a relay, where it is, and the relay itself.
//!
//! `credentials` and `ice` serve the embedded server and any external coturn alike. The embedded server is made of pure
//! parts (`policy`, `limiter`, `nonce`, `registry`, `gate`, `deframe`) and of sockets (`udp`, `tcp`, `relay`) that
//! `service` and `embedded` put together around the state machine of crate `turn`.
//!
//! That crate logs peer addresses at INFO and above, so the log filter has to silence [`NOISY_LOG_TARGETS`].

mod answer;
mod credentials;
mod deframe;
mod embedded;
mod gate;
mod ice;
mod limiter;
mod nonce;
mod policy;
mod registry;
mod relay;
mod service;
mod setup;
mod stats;
mod tcp;
mod udp;

pub use crate::config::PeerPolicy;
pub use credentials::{Credential, CredentialError, DEFAULT_TTL, Issuer, MIN_SECRET_LEN, SharedSecret};
pub use deframe::{DeframeError, Deframer, Frame, MAX_BUFFERED, MAX_FRAME};
pub use embedded::{Embedded, EmbeddedConfig, Limits, TurnError, start};
pub use ice::{BadIceUrl, IceDesk, IceUrls};
pub use limiter::Rate;
pub use policy::{AddressClass, classify};
pub use setup::{Relaying, SetupError, set_up};
pub use stats::Stats;

/// Targets of the `log` facade whose records hold addresses of people.
pub const NOISY_LOG_TARGETS: [&str; 3] = ["turn", "stun", "webrtc_util"];
