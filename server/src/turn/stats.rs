//! Counters of the relay: plain atomics, so that counting costs nothing and whoever exports metrics just reads them.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The live counters.
        #[derive(Debug, Default)]
        pub(super) struct Counters {
            $(pub(super) $name: AtomicU64,)*
        }

        /// What the relay has done so far. Everything but the `active_…` fields only grows.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct Stats {
            $($(#[$doc])* pub $name: u64,)*
        }

        impl Counters {
            pub(super) fn snapshot(&self) -> Stats {
                Stats { $($name: self.$name.load(Relaxed),)* }
            }
        }
    };
}

counters! {
    /// Allocations that exist now.
    active_allocations,
    /// Allocations ever made.
    allocations,
    /// Allocations refused because the person or the server had enough of them.
    quota_refusals,
    /// Requests whose credential was wrong or expired.
    auth_refusals,
    /// Unauthenticated or too frequent messages that got no answer.
    rate_limited,
    /// Permissions and datagrams refused because of the peer's address.
    peers_refused,
    /// Datagrams and bytes of payload from clients to peers.
    packets_to_peers,
    bytes_to_peers,
    /// Datagrams and bytes of payload from peers to clients.
    packets_from_peers,
    bytes_from_peers,
    /// Datagrams dropped by an allocation's bandwidth cap.
    packets_over_cap,
    /// Datagrams for a client that the network or a full queue did not take.
    packets_undelivered,
    /// Messages that were neither STUN nor ChannelData, or that the codec refused.
    malformed,
    /// TCP connections that exist now.
    active_tcp,
    /// TCP connections refused because of a limit.
    tcp_refused,
}

pub(super) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Relaxed);
}

pub(super) fn add(counter: &AtomicU64, amount: usize) {
    // A length of memory always fits into 64 bits.
    counter.fetch_add(amount as u64, Relaxed);
}

pub(super) fn uncount(counter: &AtomicU64) {
    counter.fetch_sub(1, Relaxed);
}
