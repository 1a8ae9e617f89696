//! Commands to events, or a refusal.
use super::command::{Command, Intake};
use super::event::Event;
use super::reject::Rejection;
use super::state::{Creator, Mode, Session, Talk};
use crate::id::{PersonId, SessionId};
use crate::time::Time;

/// What a decision may depend on besides the session and the command.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The server's clock.
    pub now: Time,
}

/// The first events of a session.
///
/// # Errors
/// [`Rejection::TextTooLong`].
pub fn create(
    _id: SessionId,
    _creator: Creator,
    _company: &str,
    _mode: Mode,
    _talk: Talk,
    _case_id: Option<&str>,
    _ctx: &Context,
) -> Result<Vec<Event>, Rejection> {
    Err(Rejection::NotAllowed)
}

/// Decides a person's command.
///
/// # Errors
/// A [`Rejection`]; nothing has changed.
pub fn by_person(
    _session: &Session,
    _who: PersonId,
    _command: &Command,
    _ctx: &Context,
) -> Result<Vec<Event>, Rejection> {
    Err(Rejection::NotAllowed)
}

/// Decides what the server's own doors want.
///
/// # Errors
/// A [`Rejection`]; nothing has changed.
pub fn by_server(_session: &Session, _intake: &Intake, _ctx: &Context) -> Result<Vec<Event>, Rejection> {
    Err(Rejection::NotAllowed)
}
