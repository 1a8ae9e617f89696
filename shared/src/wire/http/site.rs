//! One click from the organisation's own website: its logged-in visitors can be invited while they have a page open.
//!
//! The website signs who is logged in as a JSON Web Token (HS256) and puts it into its pages; the page's small frame waits
//! here. An agent invites with [`Invite::Site`](super::sessions::Invite::Site), and the frame shows who asks.

use crate::id::InvitationId;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// `POST /api/site/wait`, by the frame in a page of the website: answers with [`Waited`] when something else is asked than
/// what it knows, or after some 25 s. While it waits the visitor can be reached.
#[derive(Clone, Serialize, Deserialize)]
pub struct WaitForAgent {
    /// The website's signed token.
    pub token: String,
    /// The invitation that the page has already.
    #[serde(default)]
    pub known: Option<InvitationId>,
    /// The code that the page shows already; when it is another one, or empty, the answer comes at once.
    #[serde(default)]
    pub code: Option<String>,
}

/// Answer to [`WaitForAgent`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waited {
    /// What the visitor can read out on the phone, for an agent to find them among those who wait: 4 or 6 digits. It opens
    /// nothing.
    #[serde(default)]
    pub code: String,
    /// Who asks, if anybody does. Null takes what is shown off the page.
    pub asked: Option<Asked>,
}

/// An agent asks a visitor to show what they see.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The invitation.
    pub invitation: InvitationId,
    /// The agent's display name.
    pub agent: String,
    /// The organisation.
    pub company: String,
    /// What the visitor agrees to by going on.
    pub terms: String,
    /// The whole link with the secret in its fragment.
    pub link: String,
}

impl core::fmt::Debug for Asked {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Asked({})", self.invitation)
    }
}

/// `POST /api/site/decline`, by the frame: not now.
#[derive(Clone, Serialize, Deserialize)]
pub struct DeclineAgent {
    /// The website's signed token.
    pub token: String,
    /// The invitation.
    pub invitation: InvitationId,
}

/// `GET /api/site/visitors` answers agents with a list of these: who has a page of the website open, longest first.
/// `GET /api/site/visitors/{id}` answers with one, or null when they have none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteVisitor {
    /// The name that the website knows them by.
    pub id: String,
    /// Their display name; empty when the website gave none.
    pub name: String,
    /// What they can read out on the phone.
    #[serde(default)]
    pub code: String,
    /// Since when.
    pub since: Time,
}
