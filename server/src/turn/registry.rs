//! Who holds how many allocations. A [`Lease`] is one allocation's place; dropping it gives the place back.
//!
//! | state | event | next |
//! |---|---|---|
//! | free | `reserve` within both quotas | leased: counted, pending in [`PENDING`] until the relay socket takes it |
//! | free | `reserve` above a quota | free; the client reads 486 |
//! | leased | the allocation closes, expires or was never made (the lease drops) | free |

use std::{
    cell::Cell,
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::{
    limiter::{Bucket, Rate},
    stats::{Counters, count, uncount},
};

tokio::task_local! {
    /// The lease of the request that is being handled, for the relay socket that it will make.
    pub(super) static PENDING: Cell<Option<Lease>>;
}

/// How a client reaches the server. Both transports share one port number, so an address alone names no client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Transport {
    Udp,
    Tcp,
}

/// One end of a client's path to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Client {
    pub transport: Transport,
    pub address: SocketAddr,
}

/// The person or the server has as many allocations as allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct QuotaReached;

/// Identifies the request that made an allocation, so that its repetition is recognised.
pub(super) type TransactionKey = [u8; 12];

pub(super) struct Registry {
    per_person: usize,
    in_total: usize,
    control: Rate,
    counters: Arc<Counters>,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    next_id: u64,
    total: usize,
    by_person: HashMap<Arc<str>, usize>,
    by_client: HashMap<Client, Made>,
}

struct Made {
    lease: u64,
    transaction: TransactionKey,
    control: Bucket,
}

impl Registry {
    /// `control` limits the authenticated requests of each allocation.
    pub(super) fn new(per_person: usize, in_total: usize, control: Rate, counters: Arc<Counters>) -> Self {
        Self {
            per_person,
            in_total,
            control,
            counters,
            inner: Mutex::default(),
        }
    }

    /// A place for one more allocation of this person.
    pub(super) fn reserve(
        self: &Arc<Self>,
        person: &str,
        client: Client,
        transaction: TransactionKey,
        now: Duration,
    ) -> Result<Lease, QuotaReached> {
        let mut inner = self.lock();
        let held = inner.by_person.get(person).copied().unwrap_or(0);
        if held >= self.per_person || inner.total >= self.in_total {
            count(&self.counters.quota_refusals);
            return Err(QuotaReached);
        }
        let person: Arc<str> = person.into();
        let id = inner.next_id;
        inner.next_id += 1;
        inner.total += 1;
        inner.by_person.insert(Arc::clone(&person), held + 1);
        let made = Made {
            lease: id,
            transaction,
            control: Bucket::new(self.control, now),
        };
        inner.by_client.insert(client, made);
        count(&self.counters.active_allocations);
        Ok(Lease {
            registry: Arc::clone(self),
            id,
            person,
            client,
        })
    }

    /// Whether this client's allocation was made by this very request, which then was repeated.
    pub(super) fn was_made_by(&self, client: Client, transaction: TransactionKey) -> bool {
        self.lock()
            .by_client
            .get(&client)
            .is_some_and(|made| made.transaction == transaction)
    }

    /// Whether the client's allocation may have another request that costs `cost`.
    pub(super) fn allows_control(&self, client: Client, cost: usize, now: Duration) -> bool {
        let mut inner = self.lock();
        let Some(made) = inner.by_client.get_mut(&client) else {
            return false;
        };
        made.control.take(self.control, cost as f64, now)
    }

    fn release(&self, lease: &Lease) {
        let mut inner = self.lock();
        inner.total -= 1;
        if let Some(held) = inner.by_person.get_mut(&lease.person) {
            *held -= 1;
            if *held == 0 {
                inner.by_person.remove(&lease.person);
            }
        }
        // The client may already have a new allocation from the same address.
        let is_current = inner
            .by_client
            .get(&lease.client)
            .is_some_and(|made| made.lease == lease.id);
        if is_current {
            inner.by_client.remove(&lease.client);
        }
        uncount(&self.counters.active_allocations);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One allocation's place in the quotas.
pub(super) struct Lease {
    registry: Arc<Registry>,
    id: u64,
    person: Arc<str>,
    client: Client,
}

impl Lease {
    /// Whose allocation it is.
    pub(super) fn client(&self) -> Client {
        self.client
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.registry.release(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTROL: Rate = Rate {
        per_second: 1.0,
        burst: 3.0,
    };

    fn registry(per_person: usize, in_total: usize) -> Arc<Registry> {
        Arc::new(Registry::new(per_person, in_total, CONTROL, Arc::default()))
    }

    fn client(port: u16) -> Client {
        Client {
            transport: Transport::Udp,
            address: SocketAddr::from(([198, 51, 100, 1], port)),
        }
    }

    fn reserve(registry: &Arc<Registry>, person: &str, port: u16) -> Result<Lease, QuotaReached> {
        registry.reserve(person, client(port), [0; 12], Duration::ZERO)
    }

    #[test]
    fn a_person_gets_no_more_than_the_quota_until_one_is_given_back() {
        let registry = registry(2, 100);
        let first = reserve(&registry, "a", 1).ok();
        let second = reserve(&registry, "a", 2).ok();
        assert!(first.is_some() && second.is_some());
        assert!(reserve(&registry, "a", 3).is_err());
        assert!(reserve(&registry, "b", 4).is_ok());
        drop(first);
        assert!(reserve(&registry, "a", 5).is_ok());
        assert_eq!(registry.counters.snapshot().quota_refusals, 1);
    }

    #[test]
    fn all_persons_together_get_no_more_than_the_total_and_nothing_is_left_behind() {
        let registry = registry(10, 3);
        let leases: Vec<_> = (0..5)
            .filter_map(|port| reserve(&registry, &format!("p{port}"), port).ok())
            .collect();
        assert_eq!(leases.len(), 3);
        assert_eq!(registry.counters.snapshot().active_allocations, 3);
        drop(leases);
        let inner = registry.lock();
        assert_eq!(registry.counters.snapshot().active_allocations, 0);
        assert!(inner.total == 0 && inner.by_person.is_empty() && inner.by_client.is_empty());
    }

    #[test]
    fn an_old_lease_does_not_forget_the_new_allocation_of_the_same_client() {
        let registry = registry(2, 2);
        let old = registry.reserve("a", client(1), [1; 12], Duration::ZERO).ok();
        let new = registry.reserve("a", client(1), [2; 12], Duration::ZERO).ok();
        drop(old);
        assert!(registry.was_made_by(client(1), [2; 12]));
        drop(new);
        assert!(!registry.was_made_by(client(1), [2; 12]));
    }

    #[test]
    fn requests_of_an_allocation_are_limited_and_transports_are_kept_apart() {
        let registry = registry(2, 2);
        let now = Duration::ZERO;
        let lease = registry.reserve("a", client(1), [1; 12], now).ok();
        assert!(registry.allows_control(client(1), 3, now));
        assert!(!registry.allows_control(client(1), 1, now));
        assert!(registry.allows_control(client(1), 1, now + Duration::from_secs(1)));
        let by_tcp = Client {
            transport: Transport::Tcp,
            ..client(1)
        };
        assert!(!registry.allows_control(by_tcp, 1, now));
        drop(lease);
    }
}
