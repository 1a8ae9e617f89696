//! Events to state. Cannot fail and never asks who is asking.
use super::event::Record;
use super::state::Session;

/// The session that a log's first record makes; none when it is not `Created`.
pub fn begin(_first: &Record) -> Option<Session> {
    None
}

/// Applies one record.
pub fn apply(session: &mut Session, record: &Record) {
    session.seq = record.seq;
}
