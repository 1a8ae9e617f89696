//! What a session is at one moment. Only [`super::apply`] changes it.

mod chat;
mod device;
mod file;
mod invitation;
mod person;

pub use chat::{Message, PhotoAsk};
pub use device::{Answer, Ask, Blocked, Camera, Device, DeviceKind, Facing, Interruption, Lens, Mic, Torch, ZoomRange};
pub use file::{File, FileKind, FilePart, FileStage, FileStep, Mark, MarkStep};
pub use invitation::{Channel, Delivery, Invitation};
pub use person::{Away, Grants, Person, Seat, spoken_code};

use crate::id::{AgentId, FileId, PersonId, Seq, SessionId};
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

/// Why a session is in its mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModeWhy {
    /// Somebody wanted it so.
    #[default]
    Chosen,
    /// The customer's connection could not carry video.
    Network,
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
    #[serde(default)]
    pub(super) mode_why: ModeWhy,
    pub(super) talk: Talk,
    pub(super) case_id: Option<String>,
    pub(super) people: Vec<Person>,
    pub(super) invitations: Vec<Invitation>,
    /// Started by this person and not answered yet; rings until the time.
    pub(super) ringing: Option<(PersonId, Time)>,
    pub(super) ending: Option<Ending>,
    #[serde(default)]
    pub(super) files: Vec<File>,
    /// The picture that is open on all screens.
    #[serde(default)]
    pub(super) looking: Option<FileId>,
    #[serde(default)]
    pub(super) messages: Vec<Message>,
    #[serde(default)]
    pub(super) photo_ask: Option<PhotoAsk>,
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
    /// Why it is in that mode.
    pub const fn mode_why(&self) -> ModeWhy {
        self.mode_why
    }
    /// Whether it is photo mode because the customer's network could not carry video.
    pub fn is_fallen_back(&self) -> bool {
        self.mode == Mode::Photo && self.mode_why == ModeWhy::Network
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
        self.people.iter().find(|p| p.role == Role::Customer && p.holds_seat())
    }
    /// Agents who hold a seat (lobby or ready).
    pub fn agents(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|p| p.role == Role::Agent && p.holds_seat())
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
    /// Pictures and documents, oldest first.
    pub fn files(&self) -> &[File] {
        &self.files
    }
    /// One of them.
    pub fn file(&self, id: FileId) -> Option<&File> {
        self.files.iter().find(|file| file.id == id)
    }
    /// The picture that is open on all screens, in place of the live one.
    pub fn looking(&self) -> Option<&File> {
        self.file(self.looking?)
    }
    /// The newest [`crate::limit::MESSAGES`] messages, oldest first.
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }
    /// The same without what was written, for those who do not see the chat.
    pub fn without_words(&self) -> Self {
        let mut session = self.clone();
        for message in &mut session.messages {
            message.text.clear();
            message.file = None;
        }
        session
    }
    /// What the customer is asked to take a photo of.
    pub const fn photo_ask(&self) -> Option<&PhotoAsk> {
        self.photo_ask.as_ref()
    }
    /// Those whose browsers should hold a media connection with `me`: both take part, are connected or coming back, and the call runs.
    pub fn peers_of(&self, me: PersonId) -> impl Iterator<Item = &Person> {
        let running = matches!(self.status, Status::InProgress { .. });
        let in_it = self.person(me).is_some_and(Person::takes_part);
        self.people
            .iter()
            .filter(move |p| running && in_it && p.id != me && p.takes_part())
    }
}
