//! Bodies of the HTTP API, JSON in both directions.

pub mod accounts;
pub mod files;
pub mod handovers;
pub mod ratings;
pub mod records;
pub mod sessions;
pub mod site;
pub mod visits;

use serde::{Deserialize, Serialize};

/// Every refusal of the HTTP API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable code for programs.
    pub error: String,
    /// What happened, in plain words.
    pub message: String,
    /// What to do next, in plain words.
    pub next: String,
}
