//! The Farhand pages. Two programs share this crate: a lean one for customers, and the agent console.
//!
//! `platform` wraps the browser, `paint` its canvases, `engine` owns the brain from `farhand_shared::client` and is the only writer, `widgets`
//! know nothing of sessions, `call` is the live screen in parts, `pages` lay parts out, `text` holds every sentence.

pub mod call;
pub mod engine;
pub mod json;
pub mod pages;
pub mod paint;
pub mod platform;
pub mod text;
pub mod widgets;

#[cfg(test)]
mod tests;
