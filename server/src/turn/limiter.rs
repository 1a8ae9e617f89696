//! Token buckets that take the time (since any fixed moment) as an argument, alone and one per source address with bounded memory.

use std::{collections::HashMap, net::IpAddr, time::Duration};

/// A rate and how much of it may come at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Tokens per second.
    pub per_second: f64,
    /// Tokens that a quiet bucket holds.
    pub burst: f64,
}

/// Allows a [`Rate`]; starts full.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bucket {
    tokens: f64,
    updated: Duration,
}

impl Bucket {
    pub(super) fn new(rate: Rate, now: Duration) -> Self {
        Self {
            tokens: rate.burst,
            updated: now,
        }
    }

    /// Takes `cost` tokens if they are there.
    pub(super) fn take(&mut self, rate: Rate, cost: f64, now: Duration) -> bool {
        self.refill(rate, now);
        if self.tokens < cost {
            return false;
        }
        self.tokens -= cost;
        true
    }

    fn refill(&mut self, rate: Rate, now: Duration) {
        let elapsed = now.saturating_sub(self.updated);
        self.tokens = (self.tokens + elapsed.as_secs_f64() * rate.per_second).min(rate.burst);
        self.updated = self.updated.max(now);
    }

    fn is_full(&mut self, rate: Rate, now: Duration) -> bool {
        self.refill(rate, now);
        self.tokens >= rate.burst
    }
}

/// One bucket per source: an IPv4 address or an IPv6 /64, which is what one subscriber gets.
///
/// At most `capacity` sources are remembered. When a flood of (forged) sources fills the table, sources that are not in it
/// share one bucket, so memory stays bounded and the flood cannot make us answer faster than a few sources could.
#[derive(Debug)]
pub(super) struct SourceLimiter {
    rate: Rate,
    capacity: usize,
    buckets: HashMap<IpAddr, Bucket>,
    overflow: Bucket,
    /// Full tables are searched for quiet sources at most this often.
    swept: Option<Duration>,
}

const SWEEP_EVERY: Duration = Duration::from_secs(1);

impl SourceLimiter {
    pub(super) fn new(rate: Rate, capacity: usize, now: Duration) -> Self {
        Self {
            rate,
            capacity,
            buckets: HashMap::new(),
            overflow: Bucket::new(rate, now),
            swept: None,
        }
    }

    /// Whether one more message from `source` is within its rate.
    pub(super) fn allows(&mut self, source: IpAddr, now: Duration) -> bool {
        let rate = self.rate;
        let source = subscriber(source);
        if let Some(bucket) = self.buckets.get_mut(&source) {
            return bucket.take(rate, 1.0, now);
        }
        if self.buckets.len() >= self.capacity {
            self.forget_quiet_sources(now);
        }
        if self.buckets.len() >= self.capacity {
            return self.overflow.take(rate, 1.0, now);
        }
        let mut bucket = Bucket::new(rate, now);
        let allowed = bucket.take(rate, 1.0, now);
        self.buckets.insert(source, bucket);
        allowed
    }

    fn forget_quiet_sources(&mut self, now: Duration) {
        let due = self.swept.is_none_or(|swept| now.saturating_sub(swept) >= SWEEP_EVERY);
        if due {
            self.swept = Some(now);
            let rate = self.rate;
            self.buckets.retain(|_, bucket| !bucket.is_full(rate, now));
        }
    }
}

/// The address that stands for one subscriber.
pub(super) fn subscriber(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into())
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const RATE: Rate = Rate {
        per_second: 2.0,
        burst: 4.0,
    };

    fn source(number: u32) -> IpAddr {
        IpAddr::V4(Ipv4Addr::from(number))
    }

    #[test]
    fn a_source_gets_its_burst_then_its_rate_and_others_are_not_touched() {
        let start = Duration::ZERO;
        let mut limiter = SourceLimiter::new(RATE, 10, start);
        let allowed = (0..10).filter(|_| limiter.allows(source(1), start)).count();
        assert_eq!(allowed, 4);
        assert!(limiter.allows(source(2), start));
        let later = start + Duration::from_secs(1);
        let allowed = (0..10).filter(|_| limiter.allows(source(1), later)).count();
        assert_eq!(allowed, 2);
    }

    #[test]
    fn addresses_of_one_ipv6_network_share_a_bucket() {
        let start = Duration::ZERO;
        let mut limiter = SourceLimiter::new(RATE, 10, start);
        let allowed = (0..10u16)
            .filter(|host| {
                let ip = format!("2001:db8:0:1::{host:x}").parse().unwrap();
                limiter.allows(ip, start)
            })
            .count();
        assert_eq!(allowed, 4);
        assert!(limiter.allows("2001:db8:0:2::1".parse().unwrap(), start));
    }

    #[test]
    fn a_flood_of_sources_fills_neither_memory_nor_the_uplink() {
        let start = Duration::ZERO;
        let mut limiter = SourceLimiter::new(RATE, 100, start);
        let allowed = (0..10_000u32)
            .filter(|number| limiter.allows(source(*number), start))
            .count();
        assert_eq!(allowed, 100 + 4);
        assert_eq!(limiter.buckets.len(), 100);
        // The quiet ones are forgotten, so newcomers are served again.
        let later = start + Duration::from_secs(2);
        assert!(limiter.allows(source(20_000), later));
        assert_eq!(limiter.buckets.len(), 1);
    }

    #[test]
    fn time_that_runs_backwards_gives_nothing() {
        let start = Duration::from_secs(10);
        let mut bucket = Bucket::new(RATE, start);
        assert!(bucket.take(RATE, 4.0, start));
        assert!(!bucket.take(RATE, 1.0, start - Duration::from_secs(5)));
        assert!(!bucket.take(RATE, 1.0, start));
    }
}
