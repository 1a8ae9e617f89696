//! When sleeping sessions must wake up. One sleeping future for all of them.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use farhand_shared::id::SessionId;
use farhand_shared::time::Time;
use tokio::sync::Notify;

/// The longest sleep, so that a clock that was set or a machine that was suspended is noticed.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

/// Deadlines by session; at most one each, so it is bounded by the sessions that are not over.
#[derive(Debug, Default)]
pub(super) struct Alarm {
    deadlines: Mutex<Deadlines>,
    earlier: Notify,
}

#[derive(Debug, Default)]
struct Deadlines {
    by_time: BTreeSet<(Time, SessionId)>,
    by_session: HashMap<SessionId, Time>,
}

impl Alarm {
    /// Wakes `session` at `at`, and not at any earlier wish; never for `None`.
    pub(super) fn set(&self, session: SessionId, at: Option<Time>) {
        let mut deadlines = self.deadlines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = deadlines.by_session.remove(&session) {
            deadlines.by_time.remove(&(old, session));
        }
        if let Some(at) = at {
            deadlines.by_session.insert(session, at);
            deadlines.by_time.insert((at, session));
            if deadlines.by_time.first() == Some(&(at, session)) {
                self.earlier.notify_one();
            }
        }
    }

    /// Takes the sessions whose time has come.
    pub(super) fn ring(&self, now: Time) -> Vec<SessionId> {
        let mut deadlines = self.deadlines.lock().unwrap_or_else(PoisonError::into_inner);
        let mut ringing = Vec::new();
        while let Some((at, session)) = deadlines.by_time.first().copied()
            && at <= now
        {
            deadlines.by_time.pop_first();
            deadlines.by_session.remove(&session);
            ringing.push(session);
        }
        ringing
    }

    /// Waits until the next deadline may have come.
    pub(super) async fn wait(&self, now: Time) {
        let next = {
            let deadlines = self.deadlines.lock().unwrap_or_else(PoisonError::into_inner);
            deadlines.by_time.first().map(|(at, _)| *at)
        };
        let sleep = next.map_or(LONGEST_SLEEP, |at| at.since(now).min(LONGEST_SLEEP));
        tokio::select! {
            () = tokio::time::sleep(sleep) => {}
            () = self.earlier.notified() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_has_one_deadline_and_rings_once() {
        let alarm = Alarm::default();
        let (a, b) = (SessionId::from_u128(1), SessionId::from_u128(2));
        let at = Time::from_millis;
        alarm.set(a, Some(at(100)));
        alarm.set(b, Some(at(50)));
        alarm.set(a, Some(at(200)));
        assert_eq!(alarm.ring(at(150)), [b]);
        assert_eq!(alarm.ring(at(200)), [a]);
        alarm.set(b, Some(at(300)));
        alarm.set(b, None);
        assert!(alarm.ring(at(1000)).is_empty());
    }
}
