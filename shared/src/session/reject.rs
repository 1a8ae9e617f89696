//! Why a command was refused. Plain words for programs; the pages turn each into a sentence with a next step.

use serde::{Deserialize, Serialize};

/// A refusal. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rejection {
    /// The role may not do this.
    NotAllowed,
    /// No such person in this session.
    NoSuchPerson,
    /// No such invitation in this session.
    NoSuchInvitation,
    /// The person is not waiting at the door.
    NotKnocking,
    /// The one who asks has no seat (left, declined, still knocking).
    NoSeat,
    /// The session is over; it may be rejoined for a while.
    SessionOver,
    /// The time to rejoin is over.
    TooLateToRejoin,
    /// The session is not over: there is nothing to rejoin.
    NotOver,
    /// The session still needs an agent's confirmation.
    NotConfirmed,
    /// No call is ringing.
    NotRinging,
    /// No end is pending.
    NotEnding,
    /// Nothing was asked.
    NotAsked,
    /// Enough agents are in the session.
    TooManyAgents,
    /// There is a customer already.
    CustomerPresent,
    /// Enough guests are in the session.
    TooManyGuests,
    /// Enough viewers are in the session.
    TooManyViewers,
    /// Enough people wait at the door.
    TooManyKnocks,
    /// Enough invitations were made.
    TooManyInvitations,
    /// A text is too long.
    TextTooLong,
    /// The lens has no light, no zoom, or the camera is not on.
    NotPossibleNow,
    /// No such file here, or it is not there (yet, or any more).
    NoSuchFile,
    /// Enough files are in the session.
    TooManyFiles,
    /// Enough is drawn on this picture.
    TooManyMarks,
    /// A drawing without points, with too many, or of a kind that does not go there.
    BadShape,
    /// The moment to take it back is over.
    TooLateToUndo,
    /// A message without words and without a file.
    NothingSaid,
    /// The server could not store it; try again.
    NotStored,
    /// Too many commands in a short time.
    TooFast,
}
