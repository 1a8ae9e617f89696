//! What arrives in a room's mailbox.

use axum::extract::ws::Utf8Bytes;
use farhand_shared::id::{AgentId, CommandId, FileId, Generation, PersonId, Seq};
use farhand_shared::session::{Command, Creator, Device, File, Intake, Mode, Person, Rejection, Session, Talk};
use farhand_shared::time::Time;
use farhand_shared::wire::PinNow;
use tokio::sync::oneshot;

use super::outbound::Outbox;

/// One socket of this process. Never used again, so that late mail of a socket that was replaced is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SocketId(pub(super) u64);

/// A greeted socket comes in.
#[derive(Debug)]
pub(crate) struct Arrival {
    pub(crate) person: PersonId,
    pub(crate) generation: Generation,
    pub(crate) have: Seq,
    pub(crate) device: Option<Device>,
    pub(crate) outbox: Outbox,
}

/// What a new session starts with.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Who makes it.
    pub creator: Creator,
    /// Name of the organisation.
    pub company: String,
    /// Video or photo.
    pub mode: Mode,
    /// Where the voices travel.
    pub talk: Talk,
    /// The ticket in another system.
    pub case_id: Option<String>,
    /// The customer's name, if the agent gave it. Not part of the log: it is only a suggestion until the customer comes.
    pub customer_name: Option<String>,
}

/// Why a room did not do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoomError {
    /// There is no such session.
    #[error("there is no such session")]
    Unknown,
    /// The session's rules say no.
    #[error("the session refuses: {0:?}")]
    Rejected(Rejection),
    /// The room has too much to do, or the server is stopping; try again.
    #[error("the session does not answer now")]
    Busy,
}

/// Who asks about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Somebody by their seat.
    Person(PersonId),
    /// A signed-in agent, wherever they sat.
    Account(AgentId),
    /// The server itself.
    Server,
}

/// What a session knows of a file and of who asks.
#[derive(Debug)]
pub(crate) struct FileLook {
    /// Who asks, if they are or were in the session.
    pub(crate) person: Option<Person>,
    /// The file.
    pub(crate) file: Option<File>,
}

/// Where an answer goes.
pub(super) type Reply<T> = oneshot::Sender<Result<T, RoomError>>;

/// One letter.
#[derive(Debug)]
pub(super) enum Mail {
    /// A greeted socket.
    Enter { socket: SocketId, arrival: Box<Arrival> },
    /// A socket ended.
    Gone { person: PersonId, socket: SocketId },
    /// A person's command.
    Do {
        person: PersonId,
        socket: SocketId,
        id: CommandId,
        command: Command,
    },
    /// Negotiation for another person, already encoded as the receiver gets it.
    Signal {
        from: PersonId,
        socket: SocketId,
        to: PersonId,
        frame: Utf8Bytes,
    },
    /// A person's heartbeat.
    Ping {
        person: PersonId,
        socket: SocketId,
        number: u32,
    },
    /// What moves under somebody's finger, already encoded as the others get it.
    Ink {
        from: PersonId,
        socket: SocketId,
        frame: Utf8Bytes,
    },
    /// A person asks for fresh ICE servers.
    RenewIce { person: PersonId, socket: SocketId },
    /// One of the server's own doors.
    Intake { intake: Box<Intake>, reply: Reply<()> },
    /// The server acts for a person, as their own command would.
    Act {
        person: PersonId,
        command: Command,
        reply: Reply<()>,
    },
    /// A person without a socket counts as here until then.
    Stay {
        person: PersonId,
        until: Time,
        reply: Reply<()>,
    },
    /// The session as it is.
    Look { reply: Reply<(Session, Option<String>)> },
    /// One file of the session, for somebody.
    File {
        who: Who,
        file: FileId,
        reply: Reply<FileLook>,
    },
    /// The PIN in force, made if need be.
    Pin { reply: Reply<Option<PinNow>> },
    /// Look at the clock.
    Tick,
}

impl Mail {
    /// Answers a letter to a session that does not exist.
    pub(super) fn refuse_unknown(self) {
        use farhand_shared::wire::Closing;
        match self {
            Self::Enter { arrival, .. } => arrival.outbox.close(Closing::NoSuchSeat),
            Self::Intake { reply, .. } | Self::Act { reply, .. } | Self::Stay { reply, .. } => unknown(reply),
            Self::Look { reply } => unknown(reply),
            Self::File { reply, .. } => unknown(reply),
            Self::Pin { reply } => unknown(reply),
            Self::Gone { .. }
            | Self::Do { .. }
            | Self::Signal { .. }
            | Self::Ping { .. }
            | Self::Ink { .. }
            | Self::RenewIce { .. }
            | Self::Tick => {}
        }
    }
}

fn unknown<T>(reply: Reply<T>) {
    // Whoever asked may have given up waiting.
    let _gone = reply.send(Err(RoomError::Unknown));
}
