//! A token bucket of one socket.

use std::time::Duration;

use tokio::time::Instant;

/// How often something may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// In the long run.
    pub per_second: u32,
    /// At once.
    pub burst: u32,
}

/// Tokens that grow back with time.
#[derive(Debug)]
pub(super) struct Bucket {
    rate: Rate,
    tokens: f64,
    filled: Instant,
}

impl Bucket {
    pub(super) fn full(rate: Rate, now: Instant) -> Self {
        Self {
            rate,
            tokens: f64::from(rate.burst),
            filled: now,
        }
    }

    /// Takes `cost` tokens; `false`, and nothing is taken, when there are too few.
    pub(super) fn take(&mut self, cost: u32, now: Instant) -> bool {
        let passed: Duration = now.saturating_duration_since(self.filled);
        let grown = self.tokens + passed.as_secs_f64() * f64::from(self.rate.per_second);
        self.tokens = grown.min(f64::from(self.rate.burst));
        self.filled = now;
        let enough = self.tokens >= f64::from(cost);
        if enough {
            self.tokens -= f64::from(cost);
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_gives_its_burst_and_then_its_rate() {
        let start = Instant::now();
        let rate = Rate {
            per_second: 10,
            burst: 3,
        };
        let mut bucket = Bucket::full(rate, start);
        let given = |bucket: &mut Bucket, at| (0..10).filter(|_| bucket.take(1, at)).count();
        assert_eq!(given(&mut bucket, start), 3);
        assert_eq!(given(&mut bucket, start + Duration::from_millis(200)), 2);
        assert_eq!(given(&mut bucket, start + Duration::from_secs(60)), 3);
        assert!(
            !bucket.take(4, start + Duration::from_secs(120)),
            "more than the burst never fits"
        );
    }
}
