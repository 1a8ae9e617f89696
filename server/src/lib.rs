//! The Farhand relay: one binary that serves the pages, signs people in, invites customers,
//! orders the events of every session and relays what two browsers say to each other.
//!
//! Rules about sessions live in `farhand-shared`; this crate owns sockets, storage and credentials.

pub mod accounts;
pub mod check;
pub mod clock;
pub mod config;
pub mod desks;
pub mod entry;
pub mod error;
pub mod files;
pub mod http;
pub mod invite;
pub mod lan;
pub mod limits;
pub mod room;
pub mod router;
pub mod serve;
pub mod site;
pub mod state;
pub mod store;
pub mod telemetry;
pub mod turn;
pub mod ws;

pub use router::app;
pub use state::AppState;
