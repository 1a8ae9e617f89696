//! Refusals of a session in words, with a next step.

use axum::http::StatusCode;
use farhand_shared::session::Rejection;

use crate::error::ApiError;
use crate::room::RoomError;

/// Somebody wanted in and the session said no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotIn {
    /// There is no such session.
    Unknown,
    /// It is over and cannot be rejoined any more.
    Over,
}

impl From<NotIn> for ApiError {
    fn from(why: NotIn) -> Self {
        match why {
            NotIn::Unknown => Self::new(
                StatusCode::NOT_FOUND,
                "session_unknown",
                "There is no such session.",
                "Check the PIN or the list of recent sessions.",
            ),
            NotIn::Over => Self::new(
                StatusCode::GONE,
                "session_over",
                "This session is over.",
                "Start a new session, or ask for a new link.",
            ),
        }
    }
}

/// The answer to a request that a room did not grant.
pub(crate) fn refused(error: RoomError) -> ApiError {
    match error {
        RoomError::Unknown => NotIn::Unknown.into(),
        RoomError::Busy => ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "session_busy",
            "The session does not answer right now.",
            "Try again in a few seconds.",
        ),
        RoomError::Rejected(why) => rejected(why),
    }
}

fn rejected(why: Rejection) -> ApiError {
    let (status, code, message, next) = match why {
        Rejection::SessionOver | Rejection::TooLateToRejoin => return NotIn::Over.into(),
        Rejection::NotStored => (
            StatusCode::SERVICE_UNAVAILABLE,
            "not_stored",
            "The server could not write this down.",
            "Try again in a moment.",
        ),
        Rejection::TooManyAgents => (
            StatusCode::CONFLICT,
            "too_many_agents",
            "Enough agents are in this session already.",
            "Ask one of them to leave, then join again.",
        ),
        Rejection::TooManyViewers => (
            StatusCode::CONFLICT,
            "too_many_viewers",
            "Enough people are watching already.",
            "Wait until one has left, then try again.",
        ),
        Rejection::CustomerPresent => (
            StatusCode::CONFLICT,
            "customer_present",
            "Somebody else is in this session as the customer.",
            "Ask your agent for a link of your own.",
        ),
        Rejection::TooManyKnocks => (
            StatusCode::CONFLICT,
            "too_many_knocks",
            "Too many people are waiting to be let in.",
            "Wait a minute, then try again.",
        ),
        Rejection::TooManyInvitations => (
            StatusCode::CONFLICT,
            "too_many_invitations",
            "This session has sent as many invitations as it can.",
            "Read out the PIN, or start a new session.",
        ),
        Rejection::TextTooLong => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "text_too_long",
            "One of the texts is too long.",
            "Shorten the name or the case number.",
        ),
        Rejection::NoSuchInvitation => (
            StatusCode::NOT_FOUND,
            "invitation_unknown",
            "There is no such invitation.",
            "Look at the invitations of this session again.",
        ),
        Rejection::NoSuchFile => (
            StatusCode::NOT_FOUND,
            "file_unknown",
            "There is no such file in this session.",
            "Look at the pictures of the session again.",
        ),
        _ => (
            StatusCode::CONFLICT,
            "not_possible_now",
            "This is not possible at the moment.",
            "Reload the page and try again.",
        ),
    };
    ApiError::new(status, code, message, next)
}
