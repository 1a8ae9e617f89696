//! Links for guests and viewers: made by agents, opened by people without an account.

use crate::id::{InvitationId, SessionId};
use crate::session::Device;
use crate::time::Time;
use crate::wire::SeatToken;
use serde::{Deserialize, Serialize};

/// What a visitor's link makes of who opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitAs {
    /// Takes part once an agent has let them in.
    Guest,
    /// Sees and hears, and can do nothing.
    Viewer,
}

/// `POST /api/sessions/{id}/visits` by an agent in the session: make a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakeVisitLink {
    /// For whom.
    pub role: VisitAs,
}

/// Answer to [`MakeVisitLink`]: the link is shown once, only its hash is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitLinkMade {
    /// Its id, to take it back by.
    pub id: InvitationId,
    /// The whole link with the secret in its fragment.
    pub link: String,
}

impl core::fmt::Debug for VisitLinkMade {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "VisitLinkMade({})", self.id)
    }
}

/// `GET /api/sessions/{id}/visits` answers with a list of these, oldest first: links that open something. `DELETE
/// /api/sessions/{id}/visits/{link}` takes one back and sends away who came by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitLink {
    /// Its id.
    pub id: InvitationId,
    /// For whom.
    pub role: VisitAs,
    /// When it was made.
    pub made_at: Time,
    /// How many people have come by it.
    pub visitors: u32,
}

/// `POST /api/visits/look`: what a visitor's link leads to. Changes nothing.
#[derive(Clone, Serialize, Deserialize)]
pub struct LookAtVisit {
    /// The secret from the link's fragment.
    pub secret: String,
}

/// Answer to [`LookAtVisit`]: what the first screen says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitLook {
    /// Who invited.
    pub agent: String,
    /// The organisation.
    pub company: String,
    /// As what.
    pub role: VisitAs,
}

/// `POST /api/visits/open`: ask to be let in as a guest, or look on. Sent on a press, never on load.
#[derive(Clone, Serialize, Deserialize)]
pub struct OpenVisit {
    /// The secret from the link's fragment.
    pub secret: String,
    /// The seat this tab already holds, if any: then the same person goes on.
    #[serde(default)]
    pub seat: Option<SeatToken>,
    /// Display name for the others to see.
    pub name: String,
    /// The device.
    #[serde(default)]
    pub device: Option<Device>,
}

/// Answer to [`OpenVisit`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Visiting {
    /// Which session.
    pub session: SessionId,
    /// Proof of the seat, for the hello.
    pub seat: SeatToken,
    /// As what.
    pub role: VisitAs,
    /// What a guest reads out to the agent.
    pub code: String,
}
