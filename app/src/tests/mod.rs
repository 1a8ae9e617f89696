//! What of the pages needs no browser, tested on the native side.

mod agent_console;
mod chat;
mod ink;
mod json;
mod steps;
mod still;
