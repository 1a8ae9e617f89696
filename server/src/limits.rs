//! Limits as values, and token buckets that count by key.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{NotUntil, Quota, RateLimiter};

use crate::clock::Clock;
use crate::error::ApiError;

/// Keys remembered at once; callers beyond share one bucket, so that memory stays bounded under attack.
const MAX_KEYS: usize = 100_000;
/// How often buckets that are full again are forgotten.
const PRUNE_EVERY: Duration = Duration::from_secs(60);

/// How often something may happen: `burst` times at once, then once per `refill`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    burst: NonZeroU32,
    refill: Duration,
    message: &'static str,
}

impl Limit {
    /// `times` per `period`, all of them at once if need be. `message` tells the person what was too much.
    ///
    /// # Panics
    /// When `times` or `period` is zero; limits are constants, so that shows in the build.
    pub const fn new(times: u32, period: Duration, message: &'static str) -> Self {
        let Some(burst) = NonZeroU32::new(times) else {
            panic!("a limit of zero forbids everything")
        };
        assert!(!period.is_zero(), "a limit needs a period");
        Self {
            burst,
            refill: Duration::from_nanos((period.as_nanos() / times as u128) as u64),
            message,
        }
    }

    fn quota(&self) -> Quota {
        let quota = Quota::with_period(self.refill.max(Duration::from_nanos(1)));
        quota.expect("the period is not zero").allow_burst(self.burst)
    }
}

/// One try too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TooMany {
    /// What was too much, in plain words.
    pub message: &'static str,
    /// When the next try may succeed.
    pub retry_after: Duration,
}

impl From<TooMany> for ApiError {
    fn from(refused: TooMany) -> Self {
        Self::too_many(refused.message, refused.retry_after)
    }
}

/// Buckets that only say yes or no.
type Plain = NoOpMiddleware<Duration>;

/// Counts by key: an address, an account, a session.
pub struct Limiter<K: Hash + Eq + Clone> {
    limit: Limit,
    clock: Clock,
    buckets: RateLimiter<K, DefaultKeyedStateStore<K>, Clock, Plain>,
    overflow: RateLimiter<NotKeyed, InMemoryState, Clock, Plain>,
    /// Monotonic milliseconds of the last pruning.
    pruned: AtomicU64,
}

impl<K: Hash + Eq + Clone> Limiter<K> {
    /// Full buckets for everybody.
    pub fn new(limit: Limit, clock: &Clock) -> Self {
        Self {
            limit,
            clock: clock.clone(),
            buckets: RateLimiter::new(limit.quota(), DefaultKeyedStateStore::default(), clock.clone()),
            overflow: RateLimiter::direct_with_clock(limit.quota(), clock.clone()),
            pruned: AtomicU64::new(millis(clock.monotonic())),
        }
    }

    /// Takes one token of `key`.
    ///
    /// # Errors
    /// [`TooMany`] when its bucket is empty.
    pub fn check(&self, key: &K) -> Result<(), TooMany> {
        self.prune_now_and_then();
        let taken = if self.buckets.len() >= MAX_KEYS {
            self.overflow.check()
        } else {
            self.buckets.check_key(key)
        };
        taken.map_err(|not_until| self.refused(&not_until))
    }

    /// Keys whose bucket is not full.
    pub fn keys(&self) -> usize {
        self.buckets.len()
    }

    fn refused(&self, not_until: &NotUntil<Duration>) -> TooMany {
        TooMany {
            message: self.limit.message,
            retry_after: not_until.wait_time_from(self.clock.monotonic()),
        }
    }

    fn prune_now_and_then(&self) {
        let now = millis(self.clock.monotonic());
        let last = self.pruned.load(Ordering::Relaxed);
        let due = now.saturating_sub(last) >= millis(PRUNE_EVERY);
        // Only one of several threads that see the hour does the work.
        if due
            && self
                .pruned
                .compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
        {
            self.buckets.retain_recent();
            self.buckets.shrink_to_fit();
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl governor::clock::Clock for Clock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.monotonic()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    const LIMIT: Limit = Limit::new(3, Duration::from_secs(30), "Too many tries.");

    #[test]
    fn after_the_burst_one_try_comes_back_per_refill() {
        let hand = ManualClock::at_ms(1_000_000);
        let limiter = Limiter::new(LIMIT, &hand.clock());
        for _ in 0..3 {
            assert_eq!(limiter.check(&"a"), Ok(()));
        }
        let refused = limiter.check(&"a").unwrap_err();
        assert_eq!(refused.message, "Too many tries.");
        assert_eq!(refused.retry_after, Duration::from_secs(10));
        assert_eq!(limiter.check(&"b"), Ok(()), "another key has a bucket of its own");

        hand.advance(Duration::from_secs(10));
        assert_eq!(limiter.check(&"a"), Ok(()));
        assert!(limiter.check(&"a").is_err());
    }

    #[test]
    fn full_buckets_are_forgotten() {
        let hand = ManualClock::at_ms(1_000_000);
        let limiter = Limiter::new(LIMIT, &hand.clock());
        for key in 0..1000 {
            limiter.check(&key).unwrap();
        }
        assert_eq!(limiter.keys(), 1000);
        hand.advance(Duration::from_secs(61));
        limiter.check(&0).unwrap();
        assert_eq!(limiter.keys(), 1);
    }

    #[test]
    fn more_keys_than_memory_allows_share_one_bucket() {
        let hand = ManualClock::at_ms(1_000_000);
        let limiter = Limiter::new(LIMIT, &hand.clock());
        for key in 0..MAX_KEYS {
            limiter.check(&key).unwrap();
        }
        let beyond = (0..4)
            .map(|n| limiter.check(&(MAX_KEYS + n)).is_ok())
            .collect::<Vec<_>>();
        assert_eq!(beyond, [true, true, true, false]);
        assert_eq!(limiter.keys(), MAX_KEYS);
    }

    #[test]
    fn a_refusal_becomes_429_with_the_time_to_wait() {
        let refused = TooMany {
            message: "Too many tries.",
            retry_after: Duration::from_secs(10),
        };
        assert_eq!(
            ApiError::from(refused).status(),
            axum::http::StatusCode::TOO_MANY_REQUESTS
        );
    }
}
