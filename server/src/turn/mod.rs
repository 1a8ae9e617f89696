//! STUN and TURN: who may use a relay, where it is, and the relay itself.

mod credentials;
mod ice;

pub use credentials::{Credential, CredentialError, DEFAULT_TTL, Issuer, MIN_SECRET_LEN, Secret};
pub use ice::{BadIceUrl, IceServer, IceUrls};
