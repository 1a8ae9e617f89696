//! What time alone makes happen.
use super::event::Event;
use super::state::Session;
use crate::time::Time;

/// Events that are due at `now`.
pub fn due(_session: &Session, _now: Time) -> Vec<Event> {
    Vec::new()
}

/// When [`due`] should be asked next.
pub fn next_due(_session: &Session) -> Option<Time> {
    None
}
