//! HTTP handlers, one file per family; each offers `routes()`.

pub mod assets;
pub mod caller;
pub mod health;
pub mod security;
