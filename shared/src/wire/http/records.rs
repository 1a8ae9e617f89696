//! What is written down of a session: who was there, what happened, the agents' notes; finding a session again; problems.

use crate::id::{PersonId, SessionId};
use crate::role::Role;
use crate::session::Record;
use crate::time::Time;
use crate::wire::http::sessions::{Arrival, RecentSession};
use serde::{Deserialize, Serialize};

/// `GET /api/sessions/{id}/record`, for agents who took part and for administrators.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionRecord {
    /// The session as lists show it.
    pub session: RecentSession,
    /// Everybody who was ever there or at the door.
    pub people: Vec<PersonThere>,
    /// Where the customer's link was opened, each browser when it first was; also when nothing was pressed there.
    #[serde(default)]
    pub opened: Vec<Arrival>,
    /// What happened, in order. Strokes, read marks and other small movements are left out.
    pub happened: Vec<Record>,
}

/// Somebody in a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonThere {
    /// As events name them.
    pub person: PersonId,
    /// What they were.
    pub role: Role,
    /// Display name; may be empty.
    pub name: String,
}

/// The agents' notes about a session; the customer never sees them. `GET /api/sessions/{id}/notes`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// As typed.
    pub text: String,
    /// Counts up with every change, from 0 for notes that nobody has written yet.
    pub version: u32,
    /// Who changed them last.
    #[serde(default)]
    pub by: Option<String>,
}

/// `PUT /api/sessions/{id}/notes` answers with the new [`Notes`], or with 409 `notes_changed` when somebody else has changed
/// them since `version`: nothing is overwritten unseen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteNotes {
    /// The whole text.
    pub text: String,
    /// The version that it replaces.
    pub version: u32,
}

/// `POST /api/sessions/find` answers with a list of [`RecentSession`], newest first: sessions the agent took part in, for
/// administrators all. A POST, because phone numbers must not stand in addresses, which get logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindSessions {
    /// Part of a case id or of the customer's name; a session's number (PIN); or a whole phone number or e-mail address.
    pub text: String,
}

/// `POST /api/sessions/{id}/problems`: something did not work. The session's record goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportProblem {
    /// What was seen, and what was expected.
    pub text: String,
}

/// `GET /api/admin/problems` answers with a list of these, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemRow {
    /// Where it happened.
    pub session: SessionId,
    /// Who says so.
    pub by: String,
    /// Their words.
    pub text: String,
    /// When they said it.
    pub at: Time,
}
