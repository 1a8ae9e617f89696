//! Everything that can happen to a browser, as values.

use crate::coach::Hint;
use crate::id::{CommandId, FileId, Generation, MarkId, PersonId};
use crate::ink::{Ink, Shape};
use crate::session::{Command, Device, FileKind, FileStep, Grants, Lens, MarkStep, Mode, Talk};
use crate::wire::{FromServer, SeatToken};
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// Randomness, passed in.
pub trait Dice {
    /// 128 uniformly random bits, for ids.
    fn bits(&mut self) -> u128;
    /// A number in `0.0..1.0`, for jitter.
    fn share(&mut self) -> f32;
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// This browser got a seat (by link, PIN, walk-in, join, or from storage after a reload): connect.
    Seated(SeatToken),
    /// What this device is, from the shell's detection.
    Device(Device),
    /// The person wants something.
    Gesture(Gesture),
    /// The socket has news.
    Socket { generation: Generation, what: SocketInput },
    /// The page has news.
    Page(PageInput),
    /// Camera or microphone have news. `attempt` is the number in the [`super::MediaOutput`] that it answers.
    Media { attempt: u32, what: MediaInput },
    /// The peer connection numbered `connection` to `peer` has news.
    Peer {
        peer: PersonId,
        connection: u32,
        what: PeerInput,
    },
    /// So many photos are kept on this device because they could not be sent yet.
    PhotosWaiting(u16),
    /// What an earlier page of this seat kept ([`super::Output::KeepUnsent`]).
    Unsent(Vec<Unsent>),
    /// The bytes of [`super::Output::Measure`] took so long to the relay; none: they did not arrive.
    Measured(Option<Duration>),
    /// What the coach says of the own camera ([`crate::coach`]), whenever that changes.
    Hint(Option<Hint>),
    /// A deadline from `timeout` has come (spurious calls are fine).
    Tick,
}

impl Input {
    /// Whether it is nothing but ink under way: it comes with every frame and changes nothing else that is shown.
    pub const fn is_only_ink(&self) -> bool {
        matches!(
            self,
            Self::Gesture(Gesture::Ink(_))
                | Self::Peer {
                    what: PeerInput::Ink(_),
                    ..
                }
                | Self::Socket {
                    what: SocketInput::Received(FromServer::Ink { .. }),
                    ..
                }
        )
    }

    /// Whether the ink may look different after it.
    pub const fn moves_ink(&self) -> bool {
        self.is_only_ink()
            || matches!(
                self,
                Self::Gesture(Gesture::Draw { .. } | Gesture::Mark { .. })
                    | Self::Socket {
                        what: SocketInput::Received(FromServer::Happened(_) | FromServer::Welcome(_)),
                        ..
                    }
                    | Self::Tick
            )
    }
}

/// A command that an earlier page of this seat could not send.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unsent {
    /// Its id: the relay does it once, whoever repeats it.
    pub id: CommandId,
    /// What was wanted.
    pub command: Command,
}

/// What a person can do with buttons.
#[derive(Clone, Debug, PartialEq)]
pub enum Gesture {
    /// Open the camera (and the microphone if talking by page), after a tap on our explanation.
    TurnOnCamera,
    /// Close the camera.
    TurnOffCamera,
    /// Go on without a camera: chat, phone call, photos later.
    GoWithoutCamera,
    /// Change between rear and front.
    Flip,
    /// Light on or off.
    Light(bool),
    /// Zoom of the lens.
    Zoom(f32),
    /// Open or close the microphone (agents, and customers talking by page).
    Microphone(bool),
    /// Hide or show my picture.
    Pause(bool),
    /// Say what a guest may do, also before they are let in.
    Grant { person: PersonId, grants: Grants },
    /// Hide the picture of a customer or guest, or let it be seen again.
    Hold { person: PersonId, on: bool },
    /// Start the call or accept it.
    Start,
    /// Refuse the ringing call.
    DeclineCall,
    /// Change the mode.
    SetMode(Mode),
    /// Change the way of talking.
    SetTalk(Talk),
    /// Change my name.
    SetName(String),
    /// Change the case id.
    SetCase(String),
    /// Agent: ask the customer's phone for light.
    AskLight(bool),
    /// Agent: ask the customer's phone to flip.
    AskFlip,
    /// Agent: ask the customer's phone to zoom.
    AskZoom(f32),
    /// Freeze the customer's picture for all to look at.
    TakeStill,
    /// Take a full-resolution photo with the customer's device.
    TakePhoto,
    /// Agent: ask for a photo of something; with an empty text no longer.
    AskPhoto(String),
    /// Add a picture or document: the shell sends its bytes.
    Share {
        /// Made by the page, which keeps the bytes under it.
        file: FileId,
        /// What it is.
        kind: FileKind,
        /// A document's name.
        name: String,
        /// Its size.
        bytes: u64,
        /// What an annotated picture was made from.
        of: Option<FileId>,
    },
    /// Do something with a file.
    File { file: FileId, step: FileStep },
    /// A mark on a picture is finished.
    Mark { file: FileId, mark: MarkId, shape: Shape },
    /// Undo or redo my marks.
    Marks { file: FileId, step: MarkStep },
    /// Agent: clear everyone's marks.
    ClearMarks(FileId),
    /// Agent: take a clearing back.
    RestoreMarks(FileId),
    /// The shell has no such picture and cannot make it.
    FailFile(FileId),
    /// A stroke on live video is finished.
    Draw { on: PersonId, mark: MarkId, shape: Shape },
    /// Something moves under the finger; at most once per frame.
    Ink(Ink),
    /// Write.
    Say { text: String, file: Option<FileId> },
    /// The chat is open and read to its end.
    ReadChat,
    /// Let somebody in.
    Admit(PersonId),
    /// Do not let somebody in.
    Decline(PersonId),
    /// Tell somebody at the door that they are noticed.
    AskPatience(PersonId),
    /// Send a guest or viewer away.
    Eject(PersonId),
    /// End for everyone, after 5 s.
    End,
    /// Take the end back.
    Stay,
    /// Go without ending.
    Leave,
    /// Come back to the ended session.
    Rejoin,
    /// Try the connection again now.
    RetryNow,
    /// Send less than the line would carry, or no longer.
    SaveData(bool),
    /// A notice was read.
    DismissNotice(u32),
}

/// News of one socket.
#[derive(Clone, Debug, PartialEq)]
pub enum SocketInput {
    /// It is open: say hello.
    Opened,
    /// A message came.
    Received(FromServer),
    /// It closed or failed.
    Closed,
}

/// News of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageInput {
    /// Another app or tab is in front, or the screen is locked.
    Hidden,
    /// Back in front (`visibilitychange`, `pageshow`).
    Shown,
    /// The browser says that there is a network.
    Online,
    /// The browser says that there is none.
    Offline,
    /// The page is being left for good.
    Leaving,
}

/// Camera or microphone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Track {
    /// The camera's track.
    Camera,
    /// The microphone's track.
    Microphone,
}

/// A failed Web API call: the error's name and message, as the browser gave them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Such as `NotAllowedError`.
    pub name: String,
    /// The browser's words; never shown to customers.
    pub message: String,
}

/// News of camera and microphone.
#[derive(Clone, Debug, PartialEq)]
pub enum MediaInput {
    /// The camera opened.
    CameraOpened(Lens),
    /// The microphone opened.
    MicrophoneOpened,
    /// Opening failed.
    Failed(Track, Failure),
    /// There is no `mediaDevices` at all (insecure page, old or in-app browser).
    Unsupported,
    /// The light obeyed: it is on or off now.
    LightIs(bool),
    /// The light did not obey.
    LightFailed,
    /// The zoom in force.
    ZoomIs(f32),
    /// The device stopped giving data (phone call, other app, hidden page).
    Muted(Track),
    /// Data again.
    Unmuted(Track),
    /// The device is gone, or the permission was taken back.
    Ended(Track),
}

/// News of one peer connection.
#[derive(Clone, Debug, PartialEq)]
pub enum PeerInput {
    /// The browser wants a (re)negotiation.
    NegotiationNeeded,
    /// `setLocalDescription` made this offer (`true`) or answer.
    LocalDescription { offer: bool, sdp: String },
    /// `setRemoteDescription` is done.
    RemoteApplied,
    /// Making or applying a description failed. A candidate that fails is no news: nothing can be done about it.
    Failed(Failure),
    /// A local candidate; an empty line ends them.
    Candidate {
        candidate: String,
        mid: Option<String>,
        line: Option<u16>,
    },
    /// `iceConnectionState`/`connectionState` became this word.
    State(PeerState),
    /// Statistics of the last interval.
    Stats(PeerStats),
    /// The data channel opened or closed.
    Channel(bool),
    /// Ink came over the data channel.
    Ink(Ink),
}

pub use crate::peer::{PeerState, PeerStats};
