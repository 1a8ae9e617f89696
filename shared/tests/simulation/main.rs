//! Two whole clients, a relay with the real rules and make-believe browsers on one fake clock: networks that fail, phones
//! that sleep, pages that reload, relays that are killed. Everything is seeded, so a failure can be run again.

mod browser;
mod calls;
mod connection;
mod dice;
mod mishaps;
mod network;
mod room;
mod storms;
mod thin_lines;
mod together;
mod world;
