//! The relay with real sockets: axum on a real port, `tokio-tungstenite` as browsers, SQLite on disk. The clock is
//! moved by hand.

mod desk;
mod handovers;
mod harness;
#[path = "../samples/mod.rs"]
mod samples;
#[path = "../seats/mod.rs"]
mod seats;

mod files;
mod flow;
mod frames;
mod greeting;
mod ink;
mod knocking;
mod links;
mod log;
mod photos;
mod ratings;
mod records;
mod resume;
mod sessions;
mod site;
mod storage;
mod visits;
