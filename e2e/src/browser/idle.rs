//! Browsers that wait for the next person: starting one keeps a processor core busy for two seconds.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Browser, Kind};
use crate::process;

/// More would only take memory.
const AT_MOST: usize = 6;

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

pub(super) fn keep(browser: Browser) {
    process::end_with_this_program(&browser.process, browser.folder.path());
    let mut idle = idle();
    idle.push(browser);
    if idle.len() > AT_MOST {
        idle.remove(0);
    }
}
