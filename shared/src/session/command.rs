//! What is wanted. A [`Command`] comes from a person over their own socket, which alone says who they are;
//! an [`Intake`] comes from the server's other doors (HTTP, sockets, message providers).

use super::state::{
    Answer, Ask, Away, Camera, Channel, Delivery, Device, FileKind, FilePart, FileStep, Grants, MarkStep, Mic, Mode,
    Talk, Torch,
};
use crate::coach::Hint;
use crate::id::{AgentId, FileId, InvitationId, MarkId, PersonId, Seq};
use crate::ink::Shape;
use crate::quality::Quality;
use crate::role::{Act, Role};
use serde::{Deserialize, Serialize};

/// What a person wants. Carries no author: the connection knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Change my display name.
    SetName(String),
    /// Tie the session to a ticket; empty clears.
    SetCase(String),
    /// Switch the mode.
    SetMode(Mode),
    /// My connection cannot carry video, or can again.
    AdaptMode(Mode),
    /// Choose where the voices travel.
    SetTalk(Talk),
    /// Start the call, or accept it.
    Start,
    /// Refuse the call that rings.
    DeclineCall,
    /// My camera changed.
    ReportCamera(Camera),
    /// My microphone changed.
    ReportMic(Mic),
    /// My light changed; `asked_by` when an agent asked for it. This also answers the asking.
    ReportTorch { torch: Torch, asked_by: Option<PersonId> },
    /// My connection's word changed.
    ReportQuality(Quality),
    /// What could be better about my picture changed.
    ReportHint(Option<Hint>),
    /// I left the page (`Some`) or came back.
    ReportAway(Option<Away>),
    /// Photos on my device that wait for the signal to return.
    ReportWaiting(u16),
    /// I have read the chat up to here.
    ReportSeen(Seq),
    /// Ask something of a customer's phone.
    Ask { of: PersonId, what: Ask },
    /// Answer what was asked of me: a flip, a zoom, or anything that did not work. A light that obeyed is reported.
    AnswerAsk { what: Ask, answer: Answer },
    /// Hide or show my picture.
    Pause(bool),
    /// Let a knocker in.
    Admit(PersonId),
    /// Do not let a knocker in.
    Decline(PersonId),
    /// Tell a knocker that an agent knows of them and lets them in soon.
    AskPatience(PersonId),
    /// Send a guest or viewer away.
    Eject(PersonId),
    /// Hide the picture of a customer or guest, or let it be seen again.
    Hold { person: PersonId, on: bool },
    /// Say what a guest may do, also before they are let in.
    Grant { person: PersonId, grants: Grants },
    /// Freeze the customer's live picture, for all to look at.
    TakeStill { file: FileId },
    /// Take a full-resolution photo with the customer's device.
    TakePhoto { file: FileId },
    /// Ask the customer for a photo of something; an empty text asks no longer.
    AskPhoto(String),
    /// Announce a picture or document that I will send. `of`: what an annotated picture was made from.
    Share {
        file: FileId,
        kind: FileKind,
        name: String,
        bytes: u64,
        #[serde(default)]
        of: Option<FileId>,
    },
    /// Do something with a file.
    File { file: FileId, step: FileStep },
    /// My device could not make or send this file.
    FailFile { file: FileId },
    /// Draw on a picture; it stays.
    Mark { file: FileId, mark: MarkId, shape: Shape },
    /// Undo or redo what I have drawn on a picture.
    Marks { file: FileId, step: MarkStep },
    /// Clear everyone's marks off a picture.
    ClearMarks { file: FileId },
    /// Take a clearing back.
    RestoreMarks { file: FileId },
    /// I have drawn on somebody's live picture; it fades.
    Draw { on: PersonId, mark: MarkId, shape: Shape },
    /// Write to everybody, with a file or without.
    Say {
        text: String,
        #[serde(default)]
        file: Option<FileId>,
    },
    /// Go; the others go on.
    Leave,
    /// End for everyone.
    End,
    /// Take my or anybody's End back.
    Stay,
    /// Come back to an ended session.
    Rejoin,
}

impl Command {
    /// The row of the role table that this command falls under.
    pub const fn act(&self) -> Act {
        match self {
            Self::SetName(_) => Act::Rename,
            Self::SetCase(_) => Act::SetCase,
            Self::SetMode(_) => Act::SetMode,
            Self::AdaptMode(_) => Act::AdaptMode,
            Self::SetTalk(_) => Act::SetTalk,
            Self::Start => Act::Start,
            Self::DeclineCall => Act::DeclineCall,
            Self::ReportCamera(_)
            | Self::ReportMic(_)
            | Self::ReportTorch { .. }
            | Self::ReportQuality(_)
            | Self::ReportHint(_)
            | Self::ReportAway(_)
            | Self::ReportWaiting(_)
            | Self::ReportSeen(_) => Act::Report,
            // Answering is a report of what my own phone did.
            Self::AnswerAsk { .. } => Act::Report,
            Self::Ask { .. } => Act::Ask,
            Self::Pause(_) => Act::Pause,
            Self::Admit(_) | Self::Decline(_) | Self::AskPatience(_) | Self::Grant { .. } => Act::Admit,
            Self::Eject(_) => Act::Eject,
            Self::Hold { .. } => Act::Hold,
            Self::TakeStill { .. } | Self::TakePhoto { .. } | Self::File { .. } => Act::TakePicture,
            Self::AskPhoto(_) => Act::Ask,
            Self::Share { .. } => Act::Share,
            // What became of a file on my own device is a report, also after the end.
            Self::FailFile { .. } => Act::Report,
            Self::Mark { .. } | Self::Marks { .. } | Self::Draw { .. } => Act::Draw,
            Self::ClearMarks { .. } | Self::RestoreMarks { .. } => Act::ClearMarks,
            Self::Say { .. } => Act::Say,
            Self::Leave => Act::Leave,
            Self::End | Self::Stay => Act::End,
            Self::Rejoin => Act::Rejoin,
        }
    }
}

/// What the server's own doors want. The server has checked the right to it (a link's secret, a PIN, an account).
#[derive(Clone, Debug, PartialEq)]
pub enum Intake {
    /// An invitation was made.
    Invite {
        invitation: InvitationId,
        channel: Channel,
        to: String,
    },
    /// A provider or the link's page has news of an invitation.
    MoveInvitation {
        invitation: InvitationId,
        delivery: Delivery,
    },
    /// Somebody typed the PIN, or came by the guests' link.
    Knock {
        person: PersonId,
        role: Role,
        name: String,
        device: Option<Device>,
    },
    /// Somebody takes a seat by a link, by creating, or as an agent.
    Join {
        person: PersonId,
        role: Role,
        account: Option<AgentId>,
        name: String,
        device: Option<Device>,
    },
    /// A seat's socket is there.
    Connect { person: PersonId, device: Option<Device> },
    /// A seat's socket is gone.
    Disconnect { person: PersonId },
    /// A beacon said that the page went into the background.
    Away { person: PersonId },
    /// The file store has a part of a file that this person's device sent.
    FileStored {
        person: PersonId,
        file: FileId,
        part: FilePart,
        bytes: u64,
        width: u32,
        height: u32,
    },
}
