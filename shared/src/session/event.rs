//! What has happened. Only `decide`, `due` and `create` make events; the names are in the past tense.

use super::state::{
    Answer, Ask, Away, Camera, Channel, Creator, Delivery, Device, EndReason, FileKind, FilePart, Grants, Mic, Mode,
    ModeWhy, Talk, Torch,
};
use crate::coach::Hint;
use crate::id::{AgentId, CommandId, FileId, InvitationId, MarkId, PersonId, Seq, SessionId};
use crate::ink::Shape;
use crate::quality::Quality;
use crate::role::Role;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// One line of a session's log: an event with its place, time and cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Its place in the log.
    pub seq: Seq,
    /// When the server decided it.
    pub at: Time,
    /// Whose command caused it; none when time or the server did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// The command that caused it, so that its sender knows that it arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<CommandId>,
    /// What happened.
    pub event: Event,
}

impl Record {
    /// The same without what was written, for those who do not see the chat; none when nothing was.
    pub fn without_words(&self) -> Option<Self> {
        let Event::Said { person, .. } = self.event else {
            return None;
        };
        let event = Event::Said {
            person,
            text: String::new(),
            file: None,
        };
        Some(Self { event, ..self.clone() })
    }
}

/// Gives freshly decided events their places after `last`, all with the same time and cause.
pub fn stamp(last: Seq, at: Time, by: Option<PersonId>, cause: Option<CommandId>, events: Vec<Event>) -> Vec<Record> {
    let mut seq = last;
    let records = events.into_iter().map(|event| {
        seq = seq.next();
        Record {
            seq,
            at,
            by,
            cause,
            event,
        }
    });
    records.collect()
}

/// Who knocked before guests did.
const fn customer() -> Role {
    Role::Customer
}

/// One thing that happened in a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The session was made. Always the first event and only there.
    Created {
        session: SessionId,
        creator: Creator,
        company: String,
        mode: Mode,
        talk: Talk,
        case_id: Option<String>,
    },
    /// An invitation was made.
    Invited {
        invitation: InvitationId,
        channel: Channel,
        to: String,
    },
    /// An invitation got further, or failed.
    InvitationMoved {
        invitation: InvitationId,
        delivery: Delivery,
    },
    /// Somebody typed the PIN and waits to be let in.
    Knocked {
        person: PersonId,
        #[serde(default = "customer")]
        role: Role,
        name: String,
        device: Option<Device>,
    },
    /// A knocker was let in.
    Admitted { person: PersonId },
    /// A knocker was not let in.
    Declined { person: PersonId },
    /// A knocker was told that an agent knows of them.
    PatienceAsked { person: PersonId },
    /// A guest or viewer was sent away.
    Ejected { person: PersonId },
    /// A seat was taken: by link, by creating or by an agent's own right.
    Joined {
        person: PersonId,
        role: Role,
        account: Option<AgentId>,
        name: String,
        device: Option<Device>,
    },
    /// The browser's socket is there (again).
    Connected { person: PersonId, device: Option<Device> },
    /// The browser's socket is gone.
    Disconnected { person: PersonId },
    /// Somebody changed their display name.
    Renamed { person: PersonId, name: String },
    /// The case id was set or cleared.
    CaseSet { case_id: Option<String> },
    /// The mode changed.
    ModeChanged {
        mode: Mode,
        #[serde(default)]
        why: ModeWhy,
    },
    /// The way of talking changed.
    TalkChanged { talk: Talk },
    /// Somebody pressed Start, accepted, or pressed Rejoin: they are ready for the call.
    Readied { person: PersonId },
    /// The call rings at the other side until the time.
    Rang { by: PersonId, until: Time },
    /// The other side refused the call, or it rang out (`by` is none).
    RingStopped { by: Option<PersonId> },
    /// Both sides are ready: the call runs. After an end this is the rejoin.
    CallStarted,
    /// A camera changed.
    CameraChanged { person: PersonId, camera: Camera },
    /// A microphone changed.
    MicChanged { person: PersonId, mic: Mic },
    /// A light changed; `asked_by` names the agent who asked for it.
    TorchChanged {
        person: PersonId,
        torch: Torch,
        asked_by: Option<PersonId>,
    },
    /// An agent asked something of a phone.
    Asked { by: PersonId, of: PersonId, what: Ask },
    /// The phone or its person answered.
    AskAnswered {
        person: PersonId,
        what: Ask,
        answer: Answer,
    },
    /// Somebody hid or showed their picture.
    Paused { person: PersonId, on: bool },
    /// An agent said what a guest may do.
    Granted { person: PersonId, grants: Grants },
    /// An agent hid somebody's picture, or lets it be seen again.
    Held { person: PersonId, on: bool },
    /// Somebody left the page or came back to it.
    AwayChanged { person: PersonId, away: Option<Away> },
    /// Somebody's connection changed its word.
    QualityChanged { person: PersonId, quality: Quality },
    /// What could be better about somebody's picture changed.
    HintChanged { person: PersonId, hint: Option<Hint> },
    /// How many photos wait on somebody's device for the signal to return.
    WaitingChanged { person: PersonId, photos: u16 },
    /// Somebody has read the chat up to here.
    SeenChanged { person: PersonId, seen: Seq },
    /// A picture or document is wanted, or announced by whoever will send it.
    FileExpected {
        file: FileId,
        kind: FileKind,
        by: PersonId,
        from: PersonId,
        name: String,
        bytes: u64,
        of: Option<FileId>,
    },
    /// A part of it is in the file store.
    FileStored {
        file: FileId,
        part: FilePart,
        bytes: u64,
        width: u32,
        height: u32,
    },
    /// Its device could not make or send it.
    FileFailed { file: FileId },
    /// It was taken away.
    FileDeleted { file: FileId },
    /// The taking away was taken back.
    FileRestored { file: FileId },
    /// It is on all screens, in place of the live picture.
    FileOpened { file: FileId },
    /// The live picture is back.
    FileClosed { file: FileId },
    /// Something was drawn on a picture.
    Marked {
        file: FileId,
        person: PersonId,
        mark: MarkId,
        shape: Shape,
    },
    /// These marks were undone, together.
    MarksUndone { file: FileId, marks: Vec<MarkId> },
    /// These marks came back.
    MarksRedone { file: FileId, marks: Vec<MarkId> },
    /// Everyone's marks were cleared away.
    MarksCleared { file: FileId },
    /// The clearing was taken back.
    MarksRestored { file: FileId },
    /// Something was drawn on somebody's live picture; it fades.
    Drew {
        person: PersonId,
        on: PersonId,
        mark: MarkId,
        shape: Shape,
    },
    /// Somebody wrote.
    Said {
        person: PersonId,
        text: String,
        file: Option<FileId>,
    },
    /// An agent asks for a photo of something.
    PhotoAsked { by: PersonId, text: String },
    /// No longer.
    PhotoAskOver,
    /// Somebody went without ending the session.
    Left { person: PersonId },
    /// Somebody pressed End; it takes effect at `due` unless taken back.
    EndAsked { by: PersonId, due: Time },
    /// The end was taken back.
    EndUndone { by: PersonId },
    /// The session ended.
    Ended { reason: EndReason },
}
