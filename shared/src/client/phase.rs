//! Which screen this browser shows.
//!
//! | Seat | Status: requested, confirmed | in progress | done |
//! |---|---|---|---|
//! | none yet | Start, or Waiting once ready | - | - |
//! | Knocking | Knocking | Knocking | Refused by the relay |
//! | Lobby, nothing pressed | Start; agents: Ringing when called | Start | Ended |
//! | Lobby, ready | Waiting | Waiting | Ended |
//! | Ready | Waiting | Live, Ending | Ended, rejoining |
//! | Left | Left | Left | Left |

use super::Phase;
use super::step::Client;
use crate::limit;
use crate::role::Role;
use crate::session::{EndReason, Person, Seat, Session, Status};
use crate::time::Time;
use crate::wire::Closing;

impl Client {
    /// The screen for `shown`, the session with what was just pressed laid over it.
    pub(super) fn phase(&self, shown: Option<&Session>) -> Phase {
        if let Some(why) = self.closed {
            return Phase::Refused(why);
        }
        let me = shown.zip(self.you).and_then(|(session, me)| session.person(me));
        let Some((session, me)) = shown.zip(me) else {
            return self.phase_before_session();
        };
        match me.seat {
            Seat::Left => Phase::Left,
            Seat::Declined => Phase::Refused(Closing::Declined),
            Seat::Ejected => Phase::Refused(Closing::Ejected),
            Seat::Knocking { .. } => Phase::Knocking,
            Seat::Lobby | Seat::Ready => self.phase_in(session, me),
        }
    }

    fn phase_before_session(&self) -> Phase {
        if self.knocking {
            Phase::Knocking
        } else if self.is_ready() {
            Phase::Waiting
        } else {
            Phase::Start
        }
    }

    fn phase_in(&self, session: &Session, me: &Person) -> Phase {
        match session.status() {
            Status::Requested | Status::Confirmed => self.phase_before_call(session, me),
            Status::InProgress { .. } if me.takes_part() => running(session),
            Status::InProgress { .. } if self.is_ready() => Phase::Waiting,
            Status::InProgress { .. } => Phase::Start,
            Status::Done { at, reason } => ended(session, me, at, reason),
            Status::Cancelled { at } => Phase::Ended {
                reason: EndReason::Abandoned,
                rejoin_until: at,
                rejoining: false,
                other_rejoining: false,
            },
        }
    }

    fn phase_before_call(&self, session: &Session, me: &Person) -> Phase {
        if let Some(ending) = session.ending() {
            return Phase::Ending {
                by: ending.by,
                due: ending.due,
            };
        }
        if me.takes_part() || self.is_ready() {
            return Phase::Waiting;
        }
        match session.ringing() {
            // A customer answers by turning the camera on: that is the one button of the first screen.
            Some((by, until)) if me.role == Role::Agent && by != me.id => Phase::Ringing { by, until },
            _ => Phase::Start,
        }
    }
}

fn running(session: &Session) -> Phase {
    match session.ending() {
        Some(ending) => Phase::Ending {
            by: ending.by,
            due: ending.due,
        },
        None => Phase::Live,
    }
}

fn ended(session: &Session, me: &Person, at: Time, reason: EndReason) -> Phase {
    let is_other = |other: &&Person| other.id != me.id && other.role != me.role;
    let mut others = session.people().iter().filter(is_other);
    Phase::Ended {
        reason,
        rejoin_until: at.plus(limit::REJOIN),
        rejoining: me.seat == Seat::Ready,
        other_rejoining: others.any(|other| other.seat == Seat::Ready),
    }
}
