//! The only writer: owns the browser's brain ([`farhand_shared::client::Client`]), feeds it with what happens, does what
//! it wants, and shows its view in signals.
//!
//! ```text
//! gesture, socket, media, page, timer ─► inbox ─► run: client.step ─► perform (the one match that touches the world)
//!                                                    └─► store: signals that the components read
//! ```
//!
//! Sockets, tracks and connections are plain values owned here, at the root; signals are only windows onto them. Every
//! late callback finds either the engine or nothing: the callbacks hold it weakly.

mod files;
mod handle;
mod inbox;
mod perform;
mod pictures;
mod run;
mod sending;
mod store;
mod uploads;

pub use handle::{Handle, SeatPlace, Setup, use_engine};
