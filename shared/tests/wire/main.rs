//! What travels: every message as text, what is already out there still understood, and `PROTOCOL.md` complete.

mod accounts;
mod book;
mod events;
mod http;
mod names;
mod protocol;
mod together;
mod values;
mod wire;
