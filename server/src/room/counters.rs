//! What rooms count. Names are stable: dashboards depend on them.

use farhand_shared::session::Rejection;
use metrics::{counter, gauge};

/// A room woke up or went.
pub(super) fn rooms(change: i8) {
    gauge!("farhand_rooms").increment(f64::from(change));
}

/// A command was answered.
pub(super) fn command(outcome: Result<(), Rejection>) {
    counter!("farhand_commands_total").increment(1);
    if let Err(why) = outcome {
        counter!("farhand_refusals_total", "why" => format!("{why:?}")).increment(1);
    }
}

/// Events were stored.
pub(super) fn events(stored: usize) {
    counter!("farhand_events_total").increment(stored as u64);
}

/// The store did not take events.
pub(super) fn store_failure() {
    counter!("farhand_store_failures_total").increment(1);
}

/// A frame found no place in a socket's queue.
pub(super) fn overflow(lifetime: &'static str) {
    counter!("farhand_queue_overflows_total", "lifetime" => lifetime).increment(1);
}

/// Negotiation was passed on, or not because the receiver is not there.
pub(super) fn signal(passed_on: bool) {
    let name = if passed_on {
        "farhand_signals_total"
    } else {
        "farhand_signals_dropped_total"
    };
    counter!(name).increment(1);
}
