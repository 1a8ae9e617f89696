//! Who sits at their desk, as their consoles say it. Nothing is kept: a console repeats it, and who is not heard of is offline.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use farhand_shared::time::Time;
use farhand_shared::wire::http::handovers::DeskStatus;
use uuid::Uuid;

use crate::clock::Clock;

/// Longer than two repeats of a console: browsers slow hidden tabs down to one timer a minute.
const HEARD_FOR: Duration = Duration::from_secs(150);

/// The desks of all agents.
pub struct Desks {
    clock: Clock,
    said: Mutex<HashMap<Uuid, (DeskStatus, Time)>>,
}

impl Desks {
    /// Everybody is offline.
    pub fn new(clock: &Clock) -> Self {
        Self {
            clock: clock.clone(),
            said: Mutex::default(),
        }
    }

    /// An agent's console says this.
    pub fn say(&self, agent: Uuid, status: DeskStatus) {
        let now = self.clock.now();
        let mut said = self.lock();
        said.retain(|_, (_, until)| now < *until);
        if status == DeskStatus::Offline {
            said.remove(&agent);
        } else {
            said.insert(agent, (status, now.plus(HEARD_FOR)));
        }
    }

    /// What an agent's console said last.
    pub fn status(&self, agent: Uuid) -> DeskStatus {
        let now = self.clock.now();
        let said = self.lock().get(&agent).copied();
        said.filter(|(_, until)| now < *until)
            .map_or(DeskStatus::Offline, |(status, _)| status)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, (DeskStatus, Time)>> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    #[test]
    fn who_is_not_heard_of_for_a_while_is_offline() {
        let hand = ManualClock::at_ms(1_000_000);
        let desks = Desks::new(&hand.clock());
        let ana = Uuid::from_u128(1);
        assert_eq!(desks.status(ana), DeskStatus::Offline);
        desks.say(ana, DeskStatus::Away);
        hand.advance(Duration::from_secs(100));
        assert_eq!(desks.status(ana), DeskStatus::Away);
        desks.say(ana, DeskStatus::Online);
        hand.advance(Duration::from_secs(100));
        assert_eq!(desks.status(ana), DeskStatus::Online);
        hand.advance(HEARD_FOR);
        assert_eq!(desks.status(ana), DeskStatus::Offline);
        desks.say(ana, DeskStatus::Busy);
        desks.say(ana, DeskStatus::Offline);
        assert_eq!(desks.status(ana), DeskStatus::Offline);
    }
}
