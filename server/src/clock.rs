//! The only place of the relay that reads a clock, so that tests can hold time still.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use farhand_shared::time::Time;

/// Tells the time: the machine's, or one a test moves by hand. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System { started: Instant },
    Manual(ManualClock),
}

impl Clock {
    /// The machine's own clock.
    pub fn system() -> Self {
        Self(Source::System {
            started: Instant::now(),
        })
    }

    /// Milliseconds since 1970-01-01 UTC. May jump when the machine's clock is set.
    pub fn now_ms(&self) -> u64 {
        match &self.0 {
            Source::System { .. } => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
            }
            Source::Manual(hand) => hand.now_ms(),
        }
    }

    /// The same instant as the rules of `farhand-shared` count it.
    pub fn now(&self) -> Time {
        Time::from_millis(self.now_ms())
    }

    /// Seconds since 1970-01-01 UTC.
    pub fn now_secs(&self) -> u64 {
        self.now_ms() / 1000
    }

    /// Time since an arbitrary start; never goes backwards. For rates and timeouts.
    pub fn monotonic(&self) -> Duration {
        match &self.0 {
            Source::System { started } => started.elapsed(),
            Source::Manual(hand) => Duration::from_millis(hand.now_ms()),
        }
    }
}

/// The hand of a test's clock: time stands still until [`ManualClock::advance`].
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<AtomicU64>);

impl ManualClock {
    /// A clock that stands at `ms` milliseconds since 1970.
    pub fn at_ms(ms: u64) -> Self {
        Self(Arc::new(AtomicU64::new(ms)))
    }

    /// A [`Clock`] that follows this hand.
    pub fn clock(&self) -> Clock {
        Clock(Source::Manual(self.clone()))
    }

    /// Moves time forward for every clock made from this hand.
    pub fn advance(&self, by: Duration) {
        let ms = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.0.fetch_add(ms, Ordering::SeqCst);
    }

    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_only_by_hand() {
        let hand = ManualClock::at_ms(1_000);
        let clock = hand.clock();
        assert_eq!(clock.now_ms(), 1_000);
        hand.advance(Duration::from_secs(2));
        assert_eq!(clock.now_secs(), 3);
        assert_eq!(clock.monotonic(), Duration::from_secs(3));
    }

    #[test]
    fn the_system_clock_is_past_2020() {
        assert!(Clock::system().now_ms() > 1_577_836_800_000);
    }
}
