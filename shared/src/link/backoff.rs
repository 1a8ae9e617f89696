//! How long to wait before the next try.

use crate::client::Dice;
use core::time::Duration;

/// The first retry comes within this time.
const FIRST: u64 = 300;
/// Longest wait.
pub(super) const CAP: Duration = Duration::from_secs(8);

/// Counts failures in a row and doubles the wait with each, with jitter so that a crowd does not return in step.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// How long to wait after one more failure, at most `cap`. The first wait is anything up to [`FIRST`]; later ones lie
    /// between the half and the whole of the doubled time.
    pub(super) fn next(&mut self, dice: &mut dyn Dice, cap: Duration) -> Duration {
        let whole = FIRST
            .saturating_mul(1 << self.failures.min(10))
            .min(cap.as_millis() as u64);
        let half = if self.failures == 0 { 0 } else { whole / 2 };
        self.failures = self.failures.saturating_add(1);
        Duration::from_millis(half + ((whole - half) as f32 * dice.share()) as u64)
    }

    /// Whether the last try went well.
    pub(super) const fn is_fresh(self) -> bool {
        self.failures == 0
    }

    /// It works.
    pub(super) const fn reset(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::{Backoff, CAP};
    use crate::client::Dice;

    struct Always(f32);
    impl Dice for Always {
        fn bits(&mut self) -> u128 {
            0
        }
        fn share(&mut self) -> f32 {
            self.0
        }
    }

    fn waits(share: f32, tries: usize) -> Vec<u64> {
        let mut backoff = Backoff::default();
        (0..tries)
            .map(|_| backoff.next(&mut Always(share), CAP).as_millis() as u64)
            .collect()
    }

    #[test]
    fn the_first_retry_comes_at_once_and_the_later_ones_double_up_to_the_cap() {
        assert_eq!(waits(0.0, 8), [0, 300, 600, 1200, 2400, 4000, 4000, 4000]);
        let late = waits(0.999, 8);
        assert!(late[0] < 300 && late[1] < 600 && late[7] < 8000, "{late:?}");
    }

    #[test]
    fn many_failures_do_not_overflow() {
        assert!(waits(0.999, 5000).iter().all(|wait| *wait < 8000));
    }
}
