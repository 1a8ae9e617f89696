//! Time as a value that is passed in. Nothing in this crate reads a clock.

use core::time::Duration;
use serde::{Deserialize, Serialize};

/// An instant in milliseconds since the Unix epoch, as the side that made it saw it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(u64);

impl Time {
    /// From milliseconds since the Unix epoch.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// This instant and `wait` more.
    #[must_use]
    pub const fn plus(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(wait.as_millis() as u64))
    }

    /// How long ago `earlier` was; zero when it lies ahead (clocks may step back).
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

#[cfg(test)]
mod tests {
    use super::Time;
    use core::time::Duration;

    #[test]
    fn clocks_that_step_back_and_times_at_the_end_do_no_harm() {
        let (early, late) = (Time::from_millis(1_000), Time::from_millis(3_500));
        assert_eq!(late.since(early), Duration::from_millis(2_500));
        assert_eq!(early.since(late), Duration::ZERO);
        assert_eq!(
            Time::from_millis(u64::MAX).plus(Duration::from_secs(1)).millis(),
            u64::MAX
        );
    }
}
