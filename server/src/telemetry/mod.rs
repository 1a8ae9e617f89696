//! Logs, metrics and the redaction of secrets.

pub mod capture;
pub mod metrics;
pub mod requests;
pub mod scan;
mod trace;

pub use trace::{LogError, init};
