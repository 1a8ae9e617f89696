//! What a person sees, computed from the machine's state; the pages only lay it out.

use crate::coach::Hint;
use crate::id::{FileId, PersonId};
use crate::quality::Quality;
use crate::session::{Camera, EndReason, Lens, Mic, Rejection, Session, Torch};
use crate::time::Time;
use crate::wire::{Closing, PinNow, Settings};

/// Everything the pages show.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Which screen.
    pub phase: Phase,
    /// The link to the relay.
    pub link: LinkView,
    /// I knock, and an agent has noticed me.
    pub noticed: bool,
    /// Who I am, once welcomed.
    pub you: Option<PersonId>,
    /// The session as this browser knows it.
    pub session: Option<Session>,
    /// So many of the session's newest messages are mine and still on their way.
    pub sending: usize,
    /// The number to read aloud.
    pub pin: Option<PinNow>,
    /// My camera.
    pub camera: CameraView,
    /// My microphone.
    pub mic: Mic,
    /// One for everybody I exchange media with.
    pub peers: Vec<PeerView>,
    /// Whose connection is worst right now and how bad, when not good: `None` in the pair means mine.
    pub weakest: Option<(Option<PersonId>, Quality)>,
    /// Sentences to show once, oldest first.
    pub notices: Vec<(u32, Notice)>,
    /// Add to the browser's clock to get the relay's, in milliseconds.
    pub clock_offset: i64,
    /// What the organisation has set.
    pub settings: Settings,
    /// Photo mode had to begin because of the customer's network, and video would hold again.
    pub offers_video: bool,
    /// What could be better about the customer's picture.
    pub hint: Option<Hint>,
    /// This person wants to save data.
    pub saves_data: bool,
}

/// Which screen a browser shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Phase {
    /// No seat yet, or a seat whose person has not pressed anything: explanation and the one button.
    Start,
    /// Knocked by PIN; waits for an agent to admit.
    Knocking,
    /// In, and ready; the other side is not yet.
    Waiting,
    /// The other side is calling me: Accept or Decline.
    Ringing {
        /// Who calls.
        by: PersonId,
        /// Until when.
        until: Time,
    },
    /// The call runs.
    Live,
    /// The call runs and ends soon unless taken back.
    Ending {
        /// Who pressed End.
        by: PersonId,
        /// When it ends.
        due: Time,
    },
    /// Over.
    Ended {
        /// Why.
        reason: EndReason,
        /// Until when it can be rejoined.
        rejoin_until: Time,
        /// I have pressed Rejoin and wait for the other.
        rejoining: bool,
        /// The other has pressed Rejoin and waits for me.
        other_rejoining: bool,
    },
    /// I left; the others go on.
    Left,
    /// Refused for good.
    Refused(Closing),
}

/// The link to the relay, in words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LinkView {
    /// No seat, no link.
    Idle,
    /// First connect.
    Connecting,
    /// Up to date.
    Live,
    /// Lost; trying again.
    Reconnecting {
        /// Since when.
        since: Time,
        /// When the next try starts; in the past while it runs.
        next_try: Time,
    },
    /// The browser says that there is no network.
    Offline {
        /// Since when.
        since: Time,
    },
    /// Given up: see the phase.
    Closed,
}

/// My own camera.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CameraView {
    /// Its state, as others see it.
    pub camera: Camera,
    /// The question is open since then.
    pub asking_since: Option<Time>,
    /// It is open for 15 s already: say where the question is to be found.
    pub answer_slow: bool,
    /// The open lens.
    pub lens: Option<Lens>,
    /// Its light.
    pub torch: Torch,
    /// A flip or a recovery is under way: spinner on the button.
    pub busy: bool,
    /// Hidden, by me or by an agent.
    pub paused: bool,
    /// Hidden by an agent.
    pub held: bool,
}

/// One other person's media.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeerView {
    /// Who.
    pub person: PersonId,
    /// Which of my peer connections carries it.
    pub connection: u32,
    /// Whether media flows.
    pub flow: MediaFlow,
    /// Quality of what I receive.
    pub quality: Quality,
    /// The figures behind it; none before the first few seconds, and after each new path.
    pub measured: Option<Measured>,
}

/// What came from somebody over the last few seconds, on average.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// Pictures a second.
    pub frames: f32,
    /// Bits a second, sound and picture.
    pub bits: f32,
    /// Share of the packets that were lost on the way, 0-1.
    pub loss: f32,
    /// There and back, in milliseconds.
    pub rtt_ms: f32,
}

/// Whether media flows on a peer connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaFlow {
    /// Finding a path.
    Connecting,
    /// It flows.
    Flowing,
    /// It stopped; a new path is being looked for.
    Recovering {
        /// Since when.
        since: Time,
    },
}

/// Something to tell the person once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Notice {
    /// My command was refused.
    Refused(Rejection),
    /// An agent asked my phone to do this and it did.
    AgentDid(crate::session::Ask, PersonId),
    /// The customer's phone did, refused or failed at what I asked.
    AskAnswered(crate::session::Ask, crate::session::Answer),
    /// The light did not obey.
    LightFailed,
    /// Flip failed; the camera is as before.
    FlipFailed,
    /// Connected again after an interruption.
    BackAgain,
    /// Somebody else has opened a picture that was there already.
    Opened(PersonId, FileId),
    /// Somebody has come in.
    Came(PersonId),
    /// Somebody has gone, or was sent away.
    Went(PersonId),
}
