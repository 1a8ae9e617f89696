//! The Farhand pages. Two programs share this crate: a lean one for customers, and the agent console.
//!
//! `platform` wraps the browser, `paint` its canvases, `engine` owns the brain from `farhand_shared::client` and is the only writer, `widgets`
//! know nothing of sessions, `call` is the live screen in parts, `pages` lay parts out, `text` holds every sentence,
//! `plain` what else needs no browser. The native side, which only runs tests, compiles nothing that does.

pub mod json;
pub mod plain;
pub mod text;

#[cfg(target_family = "wasm")]
pub mod call;
#[cfg(target_family = "wasm")]
pub mod engine;
#[cfg(target_family = "wasm")]
pub mod pages;
#[cfg(target_family = "wasm")]
pub mod paint;
#[cfg(target_family = "wasm")]
pub mod platform;
#[cfg(target_family = "wasm")]
pub mod widgets;

#[cfg(test)]
mod tests;
