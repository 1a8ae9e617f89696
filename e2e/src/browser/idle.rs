//! Browsers that wait for the next person: starting one keeps a processor core busy for two seconds.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Browser, Kind};

/// An agent's and a customer's for two scenarios at a time; more would only take memory.
const AT_MOST: usize = 4;

/// The one that has waited longest comes first.
static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

fn idle() -> MutexGuard<'static, Vec<Browser>> {
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn take(kind: &Kind) -> Option<Browser> {
    let mut idle = idle();
    let place = idle.iter().rposition(|browser| browser.kind() == kind)?;
    Some(idle.remove(place))
}

/// Ends them all.
pub(crate) fn end() {
    let all = std::mem::take(&mut *idle());
    // Not under the lock, which has ended with the line above.
    drop(all);
}

pub(super) fn keep(browser: Browser) {
    let mut idle = idle();
    idle.push(browser);
    let surplus = (idle.len() > AT_MOST).then(|| idle.remove(0));
    // Ending it takes a while, for which others need not wait.
    drop(idle);
    drop(surplus);
}
