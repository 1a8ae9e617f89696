//! Counted attempts: wrong PINs, failed sign-ins, text messages. Kept in the store so that a restart, or a second
//! process, gives nobody fresh attempts.
//!
//! The count is a sliding window made of two fixed ones: the hits of the current window plus those of the previous
//! one weighted by how much of it still lies within the last `window_ms`. It needs two rows a scope instead of one an
//! attempt, and errs by at most one window's unevenness.

use async_trait::async_trait;

use super::{StoreError, UnixMs};

/// Counts attempts by scope.
#[async_trait]
pub trait CounterStore: Send + Sync {
    /// Counts one attempt and returns how many fell into the last `window_ms`, this one included. Count first and
    /// judge after: then parallel attempts cannot slip past the limit together.
    ///
    /// A scope names what is counted and for whom; put phone numbers and addresses in as keyed hashes.
    async fn hit(&self, scope: &str, window_ms: i64, now: UnixMs) -> Result<u64, StoreError>;

    /// The same number without counting.
    async fn hits(&self, scope: &str, window_ms: i64, now: UnixMs) -> Result<u64, StoreError>;

    /// Forgets a scope, for example after a sign-in that worked.
    async fn clear_hits(&self, scope: &str) -> Result<(), StoreError>;
}

/// Start of the fixed window that `now` falls into.
pub(super) fn window_start(window_ms: i64, now: UnixMs) -> UnixMs {
    now - now.rem_euclid(window_ms.max(1))
}

/// The sliding estimate from the two fixed windows, rounded up so that a limit is never overstepped.
pub(super) fn sliding(previous: u64, current: u64, window_ms: i64, now: UnixMs) -> u64 {
    let window = window_ms.max(1);
    let elapsed = now.rem_euclid(window);
    let left = u128::try_from(window - elapsed).unwrap_or(0);
    let window = u128::try_from(window).unwrap_or(1);
    let weighted = (u128::from(previous) * left).div_ceil(window);
    current.saturating_add(u64::try_from(weighted).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_of_the_previous_window_fade_out() {
        assert_eq!(sliding(10, 0, 1_000, 5_000), 10);
        assert_eq!(sliding(10, 0, 1_000, 5_500), 5);
        assert_eq!(sliding(10, 2, 1_000, 5_999), 3);
        assert_eq!(sliding(0, 2, 1_000, 5_999), 2);
    }

    #[test]
    fn windows_start_at_multiples_even_for_nonsense() {
        assert_eq!(window_start(1_000, 5_999), 5_000);
        assert_eq!(window_start(0, 7), 7);
        assert_eq!(window_start(1_000, -1), -1_000);
    }
}
