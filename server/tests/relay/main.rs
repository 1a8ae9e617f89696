//! The relay with real sockets: axum on a real port, `tokio-tungstenite` as browsers, SQLite on disk. The clock is
//! moved by hand.

mod harness;

mod flow;
mod frames;
mod greeting;
mod resume;
mod storage;
