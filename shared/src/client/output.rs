//! Everything a browser's brain wants done, as values. The shell performs them in order; one `match` touches the world.

use super::input::Unsent;
use crate::id::{FileId, Generation, PersonId};
use crate::ink::Ink;
use crate::quality::Encoding;
use crate::session::{Facing, FileKind};
use crate::wire::{FromClient, IceConfig, SeatToken};

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Open a socket with this generation, dropping any older one.
    OpenSocket(Generation),
    /// Close the socket.
    CloseSocket(Generation),
    /// Send on the socket of this generation.
    Send(Generation, FromClient),
    /// Remember the seat, so that a reload or the home page's Rejoin finds it.
    KeepSeat(SeatToken),
    /// Forget the seat.
    ForgetSeat,
    /// Camera and microphone.
    Media(MediaOutput),
    /// One peer connection.
    Peer {
        peer: PersonId,
        connection: u32,
        what: PeerOutput,
    },
    /// Keep the screen awake (ask again on every return), or let it sleep.
    WakeLock(bool),
    /// A ring or a soft tick is due.
    Ring(bool),
    /// The page may be killed now: send the beacon.
    AwayBeacon(SeatToken),
    /// Make this picture: the sharpest recent frame for a still, the best the device can for a photo. Keep it until the
    /// relay has it, and send its preview first.
    Capture { file: FileId, kind: FileKind },
    /// Keep what is not sent yet over a reload; nothing to keep when empty.
    KeepUnsent(Vec<Unsent>),
    /// Send so many bytes to the relay and say how long they took: what the way up carries while no video flows.
    Measure { seat: SeatToken, bytes: u32 },
    /// Other pages are needed: reload.
    Reload,
}

/// What to ask `getUserMedia` for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MediaWish {
    /// A camera looking this way, `ideal` only, no sizes. With the microphone in the same question if so.
    Camera {
        /// Rear or front.
        facing: Facing,
        /// Whether to ask for the microphone in the same question.
        microphone: bool,
        /// Try `video: true` without wishes, after an `OverconstrainedError`.
        any: bool,
    },
    /// Only the microphone.
    Microphone,
}

/// For camera and microphone.
#[derive(Clone, Debug, PartialEq)]
pub enum MediaOutput {
    /// Open. Answers carry `attempt`; an answer to an older attempt must be stopped by the shell and is ignored here.
    Open { attempt: u32, wish: MediaWish },
    /// Stop the camera's track (before a flip: stop, wait, start). A grant to a question asked before is stopped too.
    StopCamera,
    /// Stop the microphone's track.
    StopMicrophone,
    /// `applyConstraints` for the light.
    Light(bool),
    /// `applyConstraints` for the zoom.
    Zoom(f32),
    /// `track.enabled` of camera (pause) or microphone (mute).
    Enable { camera: bool, microphone: bool },
    /// Show the preview again (`srcObject`, `play()`), after a recovery.
    Reattach,
}

/// For one peer connection.
#[derive(Clone, Debug, PartialEq)]
pub enum PeerOutput {
    /// Make it, with these servers; send what is open of camera and microphone; receive both.
    Open(IceConfig),
    /// New servers for the coming ICE restart.
    SetServers(IceConfig),
    /// `setLocalDescription()` without an argument: offer or answer as the state wants; report the result.
    Describe,
    /// `restartIce()`.
    RestartIce,
    /// `setRemoteDescription`. Rolls back an own offer if there is one.
    Apply { offer: bool, sdp: String },
    /// `addIceCandidate`; an empty line ends them.
    AddCandidate {
        candidate: String,
        mid: Option<String>,
        line: Option<u16>,
    },
    /// Put the tracks that are open now on the senders (`replaceTrack`).
    RefreshTracks,
    /// What to ask of the picture's encoder from now on; none: no picture. [`Encoding::default`] until then.
    Encode(Option<Encoding>),
    /// Send this over the data channel; lost when it is full.
    Ink(Ink),
    /// Close and forget.
    Close,
}
