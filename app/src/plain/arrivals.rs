//! How much of the others' messages is read out: each, until they come too fast; then their number.

use core::time::Duration;
use farhand_shared::time::Time;

/// Messages within this time of the first count together (screens.md, live regions).
const TOGETHER: Duration = Duration::from_secs(5);
/// So many of them are read out one by one.
const EACH: usize = 3;

/// What to do about messages that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speak {
    /// Read them out.
    Each,
    /// Wait so long, then say how many [`Arrivals::held`] back.
    Wait(Duration),
}

/// What has come within the last moments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrivals {
    since: Option<Time>,
    said: usize,
    held: usize,
}

impl Arrivals {
    /// `count` more messages came.
    pub fn came(&mut self, count: usize, now: Time) -> Speak {
        let since = match self.since {
            Some(since) if self.held > 0 || now.since(since) < TOGETHER => since,
            _ => {
                *self = Self {
                    since: Some(now),
                    ..Self::default()
                };
                now
            }
        };
        if self.held == 0 && self.said + count <= EACH {
            self.said += count;
            return Speak::Each;
        }
        self.held += count;
        Speak::Wait(TOGETHER.saturating_sub(now.since(since)))
    }

    /// The wait is over: how many messages nobody has read out.
    pub fn held(&mut self) -> usize {
        core::mem::take(self).held
    }
}
