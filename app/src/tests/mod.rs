//! What of the pages needs no browser, tested on the native side. Inside the crate, so that a test compiles only what it
//! uses: with the whole crate as a library beside it, the build of the tests took two minutes more.

mod agent_console;
mod chat;
mod ink;
mod json;
mod steps;
mod still;
