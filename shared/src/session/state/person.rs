//! One person in a session.

use super::device::{Ask, Camera, Device, Mic, Torch};
use crate::coach::Hint;
use crate::id::{AgentId, PersonId, Seq};
use crate::quality::Quality;
use crate::role::{Act, Role, may};
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// Where a person is on the way into and out of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// Typed the PIN and waits until an agent admits them; sees nothing of the session.
    Knocking {
        /// Since when.
        since: Time,
    },
    /// In the session, but has not pressed Start (or Accept, or Rejoin) yet.
    Lobby,
    /// Has started: in the call once the other side has started too.
    Ready,
    /// Went without ending the session. May come back by the same seat.
    Left,
    /// Was not let in.
    Declined,
    /// Was in, and was sent away by an agent.
    Ejected,
}

impl Seat {
    /// Neither in nor at the door.
    pub const fn is_gone(self) -> bool {
        match self {
            Self::Left | Self::Declined | Self::Ejected => true,
            Self::Knocking { .. } | Self::Lobby | Self::Ready => false,
        }
    }
}

/// Why somebody is not looking at the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Away {
    /// Screen locked, or another app or tab in front.
    Hidden,
    /// A phone call took over.
    PhoneCall,
}

/// What an agent lets a guest do. Everybody else may do what the role table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grants {
    /// Draw on pictures.
    pub draw: bool,
    /// Be heard.
    pub speak: bool,
    /// Read and write in the chat.
    pub chat: bool,
}

impl Default for Grants {
    fn default() -> Self {
        Self {
            draw: true,
            speak: true,
            chat: true,
        }
    }
}

/// One person in a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// What they are.
    pub role: Role,
    /// Their account, for agents.
    pub account: Option<AgentId>,
    /// Display name; may be empty for a customer who gave none.
    pub name: String,
    /// Their device, once it has said.
    pub device: Option<Device>,
    /// Where they are on the way in and out.
    pub seat: Seat,
    /// They knock and an agent has told them that they are noticed.
    #[serde(default)]
    pub noticed: bool,
    /// Whether their browser holds a live socket; since when it does or does not.
    pub connected: bool,
    /// When `connected` last changed.
    pub connected_at: Time,
    /// Not looking at the page, and why.
    pub away: Option<(Away, Time)>,
    /// Paused their own picture.
    pub paused: bool,
    /// An agent hides their picture.
    #[serde(default)]
    pub held: bool,
    /// What an agent lets them do.
    #[serde(default)]
    pub grants: Grants,
    /// Their camera.
    pub camera: Camera,
    /// Their microphone.
    pub mic: Mic,
    /// Their light.
    pub torch: Torch,
    /// Their connection.
    pub quality: Quality,
    /// What could be better about their picture.
    #[serde(default)]
    pub hint: Option<Hint>,
    /// What an agent asked of their phone and has no answer yet, with who asked.
    pub asked: Option<(Ask, PersonId)>,
    /// Photos on their device that wait for the signal to return.
    #[serde(default)]
    pub waiting: u16,
    /// They have read the chat up to here.
    #[serde(default)]
    pub seen: Seq,
}

impl Person {
    /// Whether they share the call while it runs. Viewers have nothing to press: being in is enough.
    pub const fn takes_part(&self) -> bool {
        match self.role {
            Role::Viewer => self.holds_seat(),
            Role::Customer | Role::Agent | Role::Guest => matches!(self.seat, Seat::Ready),
        }
    }

    /// Whether they are in the session, not at its door and not gone.
    pub const fn holds_seat(&self) -> bool {
        matches!(self.seat, Seat::Lobby | Seat::Ready)
    }

    /// Whether their picture is hidden from everybody, by themselves or by an agent.
    pub const fn hides(&self) -> bool {
        self.paused || self.held
    }

    /// Whether they may do this at all: by their role, and by what an agent lets a guest do.
    pub const fn may(&self, act: Act) -> bool {
        may(self.role, act)
            && match act {
                Act::Draw => self.grants.draw,
                Act::Say => self.grants.chat,
                _ => true,
            }
    }

    /// Whether the others play their voice. It comes to them without the server, so each of them must refuse it.
    pub const fn is_heard(&self) -> bool {
        self.grants.speak && !matches!(self.role, Role::Viewer)
    }

    /// Four digits that a guest reads out to the agent, so that the right one of several is let in. They follow from the
    /// id and open nothing.
    pub fn spoken_code(&self) -> String {
        spoken_code(self.id)
    }
}

/// [`Person::spoken_code`] of somebody whose session is not known here.
pub fn spoken_code(person: PersonId) -> String {
    format!("{:04}", person.uuid().as_u128() % 10_000)
}
