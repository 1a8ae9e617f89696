//! Every decision of Farhand, without I/O: no clocks, no dice, no sockets. Time, ids and randomness arrive as input.
//!
//! The one picture: a person's [`session::Command`] goes through `decide` on the server and becomes
//! [`session::Event`]s; the server stores them and sends them to everyone; everyone runs the same `apply` on the same
//! [`session::Session`]. [`client`] is one browser's whole brain built from the other modules.

pub mod camera;
pub mod client;
pub mod coach;
pub mod device;
pub mod id;
pub mod ink;
pub mod limit;
pub mod link;
pub mod peer;
pub mod pin;
pub mod quality;
pub mod role;
pub mod session;
pub mod sharpness;
pub mod time;
pub mod upload;
pub mod wire;
