//! The last step of the ladder: from video to photos, and the way back.
//!
//! | Stage | weak | not weak | photo mode because of the network | measured, enough | measured, too little | video again |
//! |---|---|---|---|---|---|---|
//! | Idle: no picture of ours should flow | - | - | → Photos | - | - | → Video |
//! | Video | counts; after the wait: switch | takes back four times as much | → Photos | - | - | - |
//! | Photos | - | - | - | after the long wait: offer video | counts anew; far too little: offer withdrawn | → Video |
//!
//! Video is judged by what the connections say ([`super::Ladder::is_weak`]), every quarter of a second and not before it
//! has run for [`GRACE`]. In photo mode nothing flows that could be judged, so the way up is measured by sending bytes to
//! the relay now and then. Nobody is moved back to video: it is offered to both sides.

use super::thresholds::{
    FORGIVE, GRACE, MEASURE_BYTES, MEASURE_EVERY, MEASURE_MORE_KBIT, MEASURE_TIMEOUT, OFFER_KBIT, OFFER_TIMES,
    WITHDRAW_KBIT,
};
use crate::time::Time;
use core::time::Duration;

/// Looks come this often; a page that slept is not judged for the time it slept.
const LOOK: Duration = Duration::from_millis(500);

/// What this browser's picture is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Situation {
    /// No picture of ours should flow, or nobody is there to send it to.
    #[default]
    Idle,
    /// Live video should flow.
    Video,
    /// Photo mode, because the network was too weak for video.
    Photos,
}

#[derive(Clone, Copy, Debug, Default)]
enum Stage {
    #[default]
    Idle,
    Video {
        since: Time,
        looked: Time,
        weak: Duration,
        /// It was said that it is time for photos.
        said: bool,
    },
    Photos {
        /// When to measure next; none while an answer is awaited.
        next: Option<Time>,
        /// When an answer is given up.
        until: Time,
        large: bool,
        enough_since: Option<Time>,
        offered: bool,
    },
}

/// The machine of one customer's page.
#[derive(Debug, Default)]
pub struct Photo {
    stage: Stage,
    wait: Duration,
}

impl Photo {
    /// How things are; called after every step. `wait` is the time after which weak video becomes photos.
    pub fn settle(&mut self, situation: Situation, wait: Duration, now: Time) {
        self.wait = wait;
        self.stage = match (situation, self.stage) {
            (Situation::Video, kept @ Stage::Video { .. }) | (Situation::Photos, kept @ Stage::Photos { .. }) => kept,
            (Situation::Idle, _) => Stage::Idle,
            (Situation::Video, _) => Stage::Video {
                since: now,
                looked: now,
                weak: Duration::ZERO,
                said: false,
            },
            (Situation::Photos, _) => Stage::Photos {
                next: Some(now.plus(MEASURE_EVERY[0])),
                until: now,
                large: false,
                enough_since: None,
                offered: false,
            },
        };
    }

    /// A look at the video on its way out. Whether it is time to switch to photos; said again only after another wait.
    pub fn look(&mut self, is_weak: bool, now: Time) -> bool {
        let Stage::Video {
            since,
            looked,
            weak,
            said,
        } = &mut self.stage
        else {
            return false;
        };
        let took = now.since(*looked).min(LOOK);
        *looked = now;
        if now.since(*since) < GRACE {
            return false;
        }
        *weak = if is_weak {
            *weak + took
        } else {
            weak.saturating_sub(took * FORGIVE)
        };
        *said &= is_weak || !weak.is_zero();
        let over = *weak >= self.wait;
        if over {
            *weak = Duration::ZERO;
            *said = true;
        }
        over
    }

    /// When to call [`Photo::tick`].
    pub fn timeout(&self) -> Option<Time> {
        match self.stage {
            Stage::Photos { next, until, .. } => Some(next.unwrap_or(until)),
            Stage::Idle | Stage::Video { .. } => None,
        }
    }

    /// A deadline may have come. Bytes to send for a measurement, if one is due and `may` be made.
    pub fn tick(&mut self, may: bool, now: Time) -> Option<u32> {
        let Stage::Photos { next, until, large, .. } = &mut self.stage else {
            return None;
        };
        match *next {
            Some(due) if due <= now && may => {
                *next = None;
                *until = now.plus(MEASURE_TIMEOUT);
                Some(MEASURE_BYTES[usize::from(*large)])
            }
            Some(due) if due <= now => {
                *next = Some(now.plus(MEASURE_EVERY[0]));
                None
            }
            None if *until <= now => {
                self.measured(None, now);
                None
            }
            _ => None,
        }
    }

    /// The measurement is over: how long its bytes took, if they arrived.
    pub fn measured(&mut self, took: Option<Duration>, now: Time) {
        let wait = self.wait * OFFER_TIMES;
        let Stage::Photos {
            next,
            large,
            enough_since,
            offered,
            ..
        } = &mut self.stage
        else {
            return;
        };
        if next.is_some() {
            // Given up already.
            return;
        }
        let kbit = took.map_or(0, |took| rate(MEASURE_BYTES[usize::from(*large)], took));
        if !*large && kbit >= MEASURE_MORE_KBIT {
            *large = true;
            *next = Some(now);
            return;
        }
        *large = false;
        if kbit >= OFFER_KBIT {
            let since = *enough_since.get_or_insert(now);
            *offered |= now.since(since) >= wait;
        } else {
            *enough_since = None;
            *offered &= kbit >= WITHDRAW_KBIT;
        }
        *next = Some(now.plus(MEASURE_EVERY[usize::from(*offered)]));
    }

    /// Whether video would hold again.
    pub const fn offers_video(&self) -> bool {
        matches!(self.stage, Stage::Photos { offered: true, .. })
    }

    /// Whether the way up is known to be too thin for video.
    pub const fn is_thin(&self) -> bool {
        matches!(
            self.stage,
            Stage::Photos { offered: false, .. } | Stage::Video { said: true, .. }
        )
    }
}

/// kbit/s of so many bytes in that time.
fn rate(bytes: u32, took: Duration) -> u32 {
    bytes.saturating_mul(8) / (took.as_millis() as u32).max(1)
}

#[cfg(test)]
mod tests;
