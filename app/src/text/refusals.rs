//! Refused commands and closed doors.

use super::Say;
use farhand_shared::session::{EndReason, Rejection};
use farhand_shared::wire::Closing;

/// A refused command.
pub const fn rejection(why: Rejection) -> Say {
    match why {
        Rejection::NotAllowed => Say::new("You can't do that in this session.", "Ask your agent to do it."),
        Rejection::NoSuchPerson => Say::new("That person is no longer here.", "Look at the list of people again."),
        Rejection::NoSuchInvitation => Say::new("That invitation no longer exists.", "Send a new one."),
        Rejection::NotKnocking => Say::new(
            "That person is no longer waiting at the door.",
            "Ask them to enter the number again.",
        ),
        Rejection::NoSeat => Say::new(
            "You are not in this session.",
            "Open the link or enter the number again.",
        ),
        Rejection::SessionOver => Say::new("The session has ended.", "Rejoin it, or start a new one."),
        Rejection::TooLateToRejoin => Say::new("It is too late to rejoin this session.", "Start a new session."),
        Rejection::NotOver => Say::new("The session is still running.", "Go on; there is nothing to rejoin."),
        Rejection::NotConfirmed => Say::new("An agent has not confirmed this session yet.", "Wait a moment."),
        Rejection::NotRinging => Say::new("The call stopped ringing.", "Wait, or call again."),
        Rejection::NotEnding => Say::new("Nobody is ending the session.", "Go on as before."),
        Rejection::NotAsked => Say::new("Nobody is asking for that any more.", "Go on as before."),
        Rejection::TooManyAgents => Say::new(
            "Enough agents are in this session already.",
            "Wait until one of them has left.",
        ),
        Rejection::CustomerPresent => Say::new(
            "Somebody else is in this session already.",
            "Ask your agent for a link or a number of your own.",
        ),
        Rejection::TooManyGuests => Say::new("Enough guests are in this session already.", "Wait until one has left."),
        Rejection::TooManyViewers => Say::new("Enough people are watching already.", "Wait until one has left."),
        Rejection::TooManyKnocks => Say::new("Too many people are waiting at the door.", "Try again in a minute."),
        Rejection::TooManyInvitations => Say::new(
            "This session has used up its invitations.",
            "Share one of the links that were made, or start a new session.",
        ),
        Rejection::TextTooLong => Say::new("That text is too long.", "Make it shorter and try again."),
        Rejection::NotPossibleNow => Say::new(
            "The camera can't do that right now.",
            "Check that the camera is on, then try again.",
        ),
        Rejection::NoSuchFile => Say::new("That picture is no longer here.", "Take another one."),
        Rejection::TooManyFiles => Say::new(
            "This session has as many pictures and files as it can keep.",
            "Start a new session for more.",
        ),
        Rejection::TooManyMarks => Say::new(
            "There is no room for more drawing on this picture.",
            "Undo something, or take another picture.",
        ),
        Rejection::BadShape => Say::new("That drawing could not be used.", "Draw it again, a little larger."),
        Rejection::TooLateToUndo => Say::new("It is too late to bring that back.", "Take or draw it again."),
        Rejection::NothingSaid => Say::new("The message is empty.", "Write something, then send it."),
        Rejection::NotStored => Say::new("We couldn't save that.", "Try again in a moment."),
        Rejection::TooFast => Say::new("That was a lot at once.", "Wait a few seconds, then try again."),
    }
}

/// A door that the relay closed.
pub const fn closing(why: Closing) -> Say {
    match why {
        Closing::Restarting { .. } => Say::new(
            "Our service is restarting.",
            "You will be connected again in a moment. Keep this page open.",
        ),
        Closing::Replaced => Say::new(
            "This session was opened in another tab or browser.",
            "Go on there, or continue here instead.",
        ),
        Closing::NoSuchSeat => Say::new(
            "Your place in this session is gone.",
            "Open the link again, or ask your agent for a new one.",
        ),
        Closing::Declined => Say::new(
            "The agent couldn't let you in.",
            "Check the number with your agent and try again.",
        ),
        Closing::Ejected => Say::new("The agent has ended your visit.", "Ask them if you should come back."),
        Closing::ProtocolMismatch => Say::new("This page is out of date.", "Load the page again."),
        Closing::TooSlow => Say::new(
            "Your connection was too slow to keep up.",
            "Move closer to your Wi-Fi, then try again.",
        ),
        Closing::Misbehaved => Say::new("Something went wrong on this page.", "Load the page again."),
    }
}

/// Why a session ended, to a customer.
pub const fn ended(why: EndReason) -> &'static str {
    match why {
        EndReason::CustomerEnded => "You ended the session.",
        EndReason::AgentEnded => "The agent ended the session.",
        EndReason::AgentsLeft => "The agent left the session.",
        EndReason::Disconnected => "The connection was lost for too long.",
        EndReason::Abandoned => "Nobody joined this session for a long time.",
    }
}
