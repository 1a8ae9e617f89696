//! Asking a colleague to take a session over.

use crate::id::AgentId;
use serde::{Deserialize, Serialize};

/// `GET /api/colleagues` answers with a list of these, by name: all other agents who can sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Their account.
    pub id: AgentId,
    /// Their name.
    pub name: String,
    /// Whether it would ring where they sit.
    #[serde(default)]
    pub status: DeskStatus,
}

/// `POST /api/me/desk`, by consoles: on every change, and again each minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtDesk {
    /// What it is now.
    pub status: DeskStatus,
}

/// Whether an agent takes calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeskStatus {
    /// Customers who wait ring.
    Online,
    /// In a call: a soft tick for those who wait.
    Busy,
    /// Back in a moment.
    Away,
    /// Nothing rings.
    #[default]
    Offline,
}

/// `POST /api/sessions/{id}/handover`, for agents in the session: it rings at the colleague for a minute. Answers with the
/// new [`Handover`]; an older asking of this session is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskHandover {
    /// Who is asked.
    pub colleague: AgentId,
}

/// `GET /api/sessions/{id}/handover` answers who has asked last with this, everybody else in the session with null.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// Name of who is asked.
    pub colleague: String,
    /// How it stands.
    pub stands: Stands,
}

/// How an asking stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    /// It rings.
    Rings,
    /// The colleague has joined.
    Accepted,
    /// The colleague cannot now.
    Declined,
    /// Time is up.
    NotAnswered,
}
