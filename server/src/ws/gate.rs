//! How many sockets there are, in total and from one address.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Limits, counters};
use crate::http::caller::CallerKey;

/// Counts open sockets. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Gate(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    limits: Limits,
    /// Bounded by the number of sockets: an address without one has no entry.
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    total: usize,
    by_address: HashMap<CallerKey, usize>,
}

/// A place for one socket; given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    gate: Gate,
    address: CallerKey,
}

/// There is no place for another socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Full {
    /// In the whole server.
    Server,
    /// For this address.
    Address,
}

impl Gate {
    /// A gate that nobody has passed.
    pub fn new(limits: Limits) -> Self {
        Self(Arc::new(Inner {
            limits,
            open: Mutex::default(),
        }))
    }

    /// The limits of every socket.
    pub(super) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Takes a place for one more socket.
    pub(super) fn pass(&self, address: CallerKey) -> Result<Place, Full> {
        let mut open = self.0.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.total >= self.0.limits.sockets {
            return Err(Full::Server);
        }
        let from_here = open.by_address.entry(address).or_default();
        if *from_here >= self.0.limits.sockets_per_address {
            return Err(Full::Address);
        }
        *from_here += 1;
        open.total += 1;
        counters::sockets(1);
        Ok(Place {
            gate: self.clone(),
            address,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.gate.0.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.total -= 1;
        if let Some(from_here) = open.by_address.get_mut(&self.address) {
            *from_here -= 1;
            if *from_here == 0 {
                open.by_address.remove(&self.address);
            }
        }
        counters::sockets(-1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::caller::Caller;

    #[test]
    fn sockets_are_bounded_in_total_and_by_address_and_places_come_back() {
        let key = |ip: &str| {
            let ip = ip.parse().expect("an address");
            Caller { ip }.key()
        };
        let gate = Gate::new(Limits {
            sockets: 3,
            sockets_per_address: 2,
            ..Limits::default()
        });
        let first = gate.pass(key("192.0.2.1")).expect("a place");
        let _second = gate.pass(key("192.0.2.1")).expect("a place");
        assert_eq!(gate.pass(key("192.0.2.1")).expect_err("full"), Full::Address);
        let _third = gate.pass(key("192.0.2.2")).expect("a place");
        assert_eq!(gate.pass(key("192.0.2.3")).expect_err("full"), Full::Server);
        drop(first);
        assert!(gate.pass(key("192.0.2.1")).is_ok());
    }
}
