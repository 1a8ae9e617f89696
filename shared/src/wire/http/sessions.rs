//! Making, finding and entering sessions.

use crate::device::InApp;
use crate::id::{InvitationId, SessionId};
use crate::session::{Channel, Device, Mode, Status, Talk};
use crate::time::Time;
use crate::wire::{PinNow, SeatToken};
use serde::{Deserialize, Serialize};

/// `POST /api/sessions` by an agent: start a session and invite the customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StartSession {
    /// Video or photo.
    pub mode: Mode,
    /// Where the voices will travel.
    pub talk: Talk,
    /// The ticket in another system.
    #[serde(default)]
    pub case_id: Option<String>,
    /// The customer's name, if known.
    #[serde(default)]
    pub customer_name: Option<String>,
    /// How the customer hears of it.
    pub invite: Invite,
}

/// How an invitation reaches the customer. Addresses are checked by the server.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invite {
    /// Text message to this number (E.164, or national with the organisation's country).
    Sms {
        /// The number as typed.
        phone: String,
    },
    /// E-mail to this address.
    Email {
        /// The address as typed.
        email: String,
    },
    /// The agent passes the link on.
    Link,
    /// A page of the organisation's website that the customer has open (see [`super::site`]).
    Site {
        /// The name that the website gave them.
        visitor: String,
    },
}

impl core::fmt::Debug for Invite {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Sms { .. } => "Sms(••••)",
            Self::Email { .. } => "Email(••••)",
            Self::Link => "Link",
            Self::Site { .. } => "Site(••••)",
        })
    }
}

/// Answer to [`StartSession`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionStarted {
    /// The new session.
    pub session: SessionId,
    /// The agent's own seat.
    pub seat: SeatToken,
    /// What was sent.
    pub invitation: InvitationMade,
    /// The number to read aloud.
    pub pin: PinNow,
}

/// `POST /api/sessions/{id}/invitations` takes an [`Invite`] and answers with this: the link is shown once, only its hash is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationMade {
    /// Its id; its progress arrives as events.
    pub invitation: InvitationId,
    /// How it travels.
    pub channel: Channel,
    /// The whole link with the secret in its fragment.
    pub link: String,
}

impl core::fmt::Debug for InvitationMade {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "InvitationMade({}, {:?})", self.invitation, self.channel)
    }
}

/// `POST /api/invites/look`: what an invite link leads to. Changes nothing.
#[derive(Clone, Serialize, Deserialize)]
pub struct LookAtInvite {
    /// The secret from the link's fragment.
    pub secret: String,
    /// The page looks once more to say that its program cannot run in this browser.
    #[serde(default)]
    pub no_program: bool,
}

/// Answer to [`LookAtInvite`]: what the first screen says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InviteLook {
    /// The agent's display name.
    pub agent: String,
    /// The organisation.
    pub company: String,
    /// Video or photo.
    pub mode: Mode,
    /// Where the voices will travel.
    pub talk: Talk,
    /// Whether the session is over.
    pub status: Status,
    /// The name the agent gave for the customer.
    pub customer_name: Option<String>,
}

/// `POST /api/invites/open`: take the customer's seat by a link. Sent on a tap, never on load.
#[derive(Clone, Serialize, Deserialize)]
pub struct OpenInvite {
    /// The secret from the link's fragment.
    pub secret: String,
    /// The seat this browser already holds, if any: then the same seat is given again.
    #[serde(default)]
    pub seat: Option<SeatToken>,
    /// Display name for the agent to see, if the customer typed one.
    #[serde(default)]
    pub name: Option<String>,
    /// The device.
    #[serde(default)]
    pub device: Option<Device>,
}

/// `POST /api/sessions/walk-in`: a customer starts a session of their own and will read out its PIN.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WalkIn {
    /// Video or photo, chosen in the pop-up.
    pub mode: Mode,
    /// Display name, if given.
    #[serde(default)]
    pub name: Option<String>,
    /// The device.
    #[serde(default)]
    pub device: Option<Device>,
}

/// `POST /api/pins/knock`: a person types a PIN and asks to be let in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Knock {
    /// What was typed.
    pub pin: String,
    /// Display name, if given.
    #[serde(default)]
    pub name: Option<String>,
    /// The device.
    #[serde(default)]
    pub device: Option<Device>,
}

/// `POST /api/sessions/join` by an agent: by PIN, or by id from a list they may see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JoinSession {
    /// By the number the customer reads out.
    Pin(String),
    /// From a list.
    Session(SessionId),
}

/// A seat in a session: answer to opening, knocking, walking in and joining.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seated {
    /// Which session.
    pub session: SessionId,
    /// Proof of the seat, for the hello and for beacons.
    pub seat: SeatToken,
}

/// `POST /api/beacon/away`, sent by `sendBeacon` when the page is hidden: the socket may not get a last word out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AwayBeacon {
    /// Whose.
    pub seat: SeatToken,
}

/// `GET /api/sessions/{id}/arrival` answers agents in the session with this, or null: the page that the customer's link has
/// opened last, also when nothing was pressed on it yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// As its browser describes itself.
    pub device: Device,
    /// The app around it.
    pub in_app: Option<InApp>,
    /// The page's program cannot run there.
    #[serde(default)]
    pub no_program: bool,
    /// When it asked what the link leads to.
    pub at: Time,
}

/// A customer who waits for an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingCustomer {
    /// Since when.
    pub since: Time,
    /// What they hold in their hands, as far as it is known.
    pub device: Option<Device>,
}

/// `GET /api/sessions/recent` answers with a list of these, newest first: sessions of the signed-in agent, walk-ins that wait
/// and sessions that the agent is asked to take over. `GET /api/sessions/live` does with the colleagues' sessions that run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecentSession {
    /// Which session.
    pub session: SessionId,
    /// Where it stands.
    pub status: Status,
    /// Last mode: a rejoin starts in it.
    pub mode: Mode,
    /// The customer's name, if any.
    pub customer_name: Option<String>,
    /// The ticket in another system.
    pub case_id: Option<String>,
    /// When it was made.
    pub created_at: Time,
    /// When something last happened.
    pub last_at: Time,
    /// Whether a customer waits: all that pages know which were loaded before `waiting` came.
    pub customer_waiting: bool,
    /// The customer who is there, or at the door, while no agent is.
    #[serde(default)]
    pub waiting: Option<WaitingCustomer>,
    /// Whether it can (still) be joined or rejoined.
    pub open: bool,
    /// Who asks the caller to take it over, right now.
    #[serde(default)]
    pub asked_by: Option<String>,
    /// The colleague who is in it; only in the list of `GET /api/sessions/live`.
    #[serde(default)]
    pub with: Option<String>,
}
