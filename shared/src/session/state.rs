//! What a session is at one moment. Only [`super::apply`] changes it.

use crate::id::{AgentId, InvitationId, PersonId, Seq, SessionId};
use crate::quality::Quality;
use crate::role::Role;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// What people look at together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The customer's live camera.
    Video,
    /// Full-resolution stills; live video is off.
    Photo,
}

/// Where the voices travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Talk {
    /// The phone call they are already in: no microphone is asked for.
    PhoneCall,
    /// This page: microphone and sound in the browser.
    Page,
}

/// The five statuses of a video session (features S4.14-S4.19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Asked for by a customer; needs an agent's confirmation before a call.
    Requested,
    /// Both sides can start the call.
    Confirmed,
    /// The call is running.
    InProgress {
        /// When the call (this one, after a rejoin) started.
        since: Time,
    },
    /// The call has ended. Shown as "Closed".
    Done {
        /// When it ended.
        at: Time,
        /// Why it ended.
        reason: EndReason,
    },
    /// Called off before or after confirmation.
    Cancelled {
        /// When it was called off.
        at: Time,
    },
}

impl Status {
    /// Whether the session is over (it may still be rejoined when done).
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done { .. } | Self::Cancelled { .. })
    }
}

/// Why a session ended; kept for ever (features P14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The customer pressed End.
    CustomerEnded,
    /// An agent pressed End for everyone.
    AgentEnded,
    /// The last agent left.
    AgentsLeft,
    /// Everybody was gone for longer than a seat is kept.
    Disconnected,
    /// Nobody came.
    Abandoned,
}

/// Who made the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Creator {
    /// A signed-in agent.
    Agent(AgentId),
    /// A customer who came by themselves.
    Customer,
}

/// How an invitation travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Text message.
    Sms,
    /// E-mail.
    Email,
    /// The agent passes the link on.
    Link,
}

/// How far one invitation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Made; on its way to the provider (or only a link).
    Made,
    /// The provider took it.
    Sent,
    /// The provider says that it arrived.
    Delivered,
    /// It did not arrive.
    Failed,
    /// Somebody tapped the link.
    Opened,
    /// Taken back by an agent.
    Revoked,
}

/// One invite link and its message. The address is masked: the log never holds a phone number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// How it travels.
    pub channel: Channel,
    /// Masked address such as `••• 42`, empty for a bare link.
    pub to: String,
    /// How far it has come.
    pub delivery: Delivery,
    /// When it was made.
    pub made_at: Time,
    /// When `delivery` last changed.
    pub moved_at: Time,
}

/// What the person's device calls itself; words from the browser, shown to the agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Phone, tablet or desktop.
    pub kind: DeviceKind,
    /// Such as `iOS 26.6`.
    pub system: String,
    /// Such as `Safari`.
    pub browser: String,
    /// Such as `26.6`.
    pub version: String,
}

/// The shape of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// A phone.
    Phone,
    /// A tablet.
    Tablet,
    /// A computer.
    Desktop,
}

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
}

/// Which way a lens looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facing {
    /// Away from the person: the default.
    Rear,
    /// At the person.
    Front,
    /// The browser does not say (desktop webcams).
    Unknown,
}

/// The zoom a lens offers; 1 is normal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ZoomRange {
    /// Smallest factor.
    pub min: f32,
    /// Largest factor.
    pub max: f32,
    /// Factor in force.
    pub now: f32,
}

/// The open lens and what it can do.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lens {
    /// Which way it looks.
    pub facing: Facing,
    /// Whether it has a light that the page can drive.
    pub torch: bool,
    /// Its zoom, where the page can drive it.
    pub zoom: Option<ZoomRange>,
}

/// Why a camera may not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blocked {
    /// The person or the browser said no for this page.
    Site,
    /// The operating system says no for the whole browser.
    System,
    /// The document may not use cameras at all (in-app browser, policy).
    Document,
}

/// What stopped a running camera for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interruption {
    /// The page is hidden or the phone locked.
    Hidden,
    /// A phone call or another app took the camera.
    Taken,
}

/// A person's camera as everybody sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Camera {
    /// Never asked for.
    #[default]
    Unknown,
    /// The browser's question is (or should be) on the screen.
    Asking,
    /// The question got no answer for 30 s.
    NotAnswered,
    /// Running.
    Live(Lens),
    /// The person switched it off.
    Off,
    /// May not be used.
    Blocked(Blocked),
    /// Another app has it, or the lens did not open.
    Busy,
    /// There is none.
    Missing,
    /// This browser cannot give pages a camera.
    Unsupported,
    /// Was running; something took it for now.
    Interrupted(Interruption),
    /// Was running and ended; recovery needs a tap.
    Dead,
}

/// A person's microphone as everybody sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mic {
    /// Not in use: they talk by phone, or only look.
    #[default]
    None,
    /// Others can hear it.
    On,
    /// Muted by the person.
    Muted,
    /// Wanted, but not to be had.
    Blocked,
}

/// The light of the open lens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Torch {
    /// The lens has none that a page can drive.
    #[default]
    None,
    /// Off.
    Off,
    /// On.
    On,
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

/// What an agent may ask of a customer's phone. The phone does it and says who asked.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Switch the light on or off.
    Torch(bool),
    /// Change to the other camera.
    Flip,
    /// Zoom to this factor.
    Zoom(f32),
}

/// What became of an [`Ask`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The phone did it.
    Done,
    /// The person said no.
    No,
    /// The phone could not.
    Failed,
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
    /// Whether their browser holds a live socket; since when it does or does not.
    pub connected: bool,
    /// When `connected` last changed.
    pub connected_at: Time,
    /// Not looking at the page, and why.
    pub away: Option<(Away, Time)>,
    /// Paused their own picture.
    pub paused: bool,
    /// Their camera.
    pub camera: Camera,
    /// Their microphone.
    pub mic: Mic,
    /// Their light.
    pub torch: Torch,
    /// Their connection.
    pub quality: Quality,
    /// What an agent asked of their phone and has no answer yet, with who asked.
    pub asked: Option<(Ask, PersonId)>,
}

/// Somebody pressed End; it can be taken back until `due`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Who pressed it.
    pub by: PersonId,
    /// When it takes effect.
    pub due: Time,
}

/// One encounter, as the events so far make it. Also the snapshot that a browser gets when it starts over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    pub(super) id: SessionId,
    pub(super) seq: Seq,
    pub(super) created_at: Time,
    pub(super) creator: Creator,
    /// Name of the organisation, as it was when the session was made.
    pub(super) company: String,
    pub(super) status: Status,
    pub(super) mode: Mode,
    pub(super) talk: Talk,
    pub(super) case_id: Option<String>,
    pub(super) people: Vec<Person>,
    pub(super) invitations: Vec<Invitation>,
    /// Started by this person and not answered yet; rings until the time.
    pub(super) ringing: Option<(PersonId, Time)>,
    pub(super) ending: Option<Ending>,
}

impl Session {
    /// Its id.
    pub const fn id(&self) -> SessionId {
        self.id
    }
    /// The last event in it.
    pub const fn seq(&self) -> Seq {
        self.seq
    }
    /// When it was made.
    pub const fn created_at(&self) -> Time {
        self.created_at
    }
    /// Who made it.
    pub const fn creator(&self) -> Creator {
        self.creator
    }
    /// The organisation that helps.
    pub fn company(&self) -> &str {
        &self.company
    }
    /// Where it stands.
    pub const fn status(&self) -> Status {
        self.status
    }
    /// What people look at; kept over an end and a rejoin.
    pub const fn mode(&self) -> Mode {
        self.mode
    }
    /// Where the voices travel.
    pub const fn talk(&self) -> Talk {
        self.talk
    }
    /// The ticket in another system.
    pub fn case_id(&self) -> Option<&str> {
        self.case_id.as_deref()
    }
    /// Everybody who ever had a seat, in order of arrival.
    pub fn people(&self) -> &[Person] {
        &self.people
    }
    /// One person.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }
    /// The first customer that was not declined, present or not.
    pub fn customer(&self) -> Option<&Person> {
        self.people
            .iter()
            .find(|p| p.role == Role::Customer && matches!(p.seat, Seat::Lobby | Seat::Ready))
    }
    /// Agents who hold a seat (lobby or ready).
    pub fn agents(&self) -> impl Iterator<Item = &Person> {
        self.people
            .iter()
            .filter(|p| p.role == Role::Agent && matches!(p.seat, Seat::Lobby | Seat::Ready))
    }
    /// Invitations, oldest first.
    pub fn invitations(&self) -> &[Invitation] {
        &self.invitations
    }
    /// Who is calling and until when it rings, while the other side has not started.
    pub const fn ringing(&self) -> Option<(PersonId, Time)> {
        self.ringing
    }
    /// The end that is about to take effect.
    pub const fn ending(&self) -> Option<Ending> {
        self.ending
    }
    /// Those whose browsers should hold a media connection with `me`: both are ready, connected or coming back, and the call runs.
    pub fn peers_of(&self, me: PersonId) -> impl Iterator<Item = &Person> {
        let running = matches!(self.status, Status::InProgress { .. });
        let ready = self.person(me).is_some_and(|p| p.seat == Seat::Ready);
        self.people
            .iter()
            .filter(move |p| running && ready && p.id != me && p.seat == Seat::Ready)
    }
}
