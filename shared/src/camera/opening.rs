//! Opening a camera: the question, its answer or silence, and what to do about each failure.

use super::faults::{Fault, fault};
use super::machine::{Act, Devices, State, Told};
use crate::client::{Failure, MediaOutput, MediaWish};
use crate::session::{Blocked, Camera, Facing, Lens, Mic};
use crate::time::Time;
use core::time::Duration;

/// Between stopping one lens and starting the next: many phones fail otherwise.
const GAP: Duration = Duration::from_millis(300);
const BUSY_RETRIES: [u64; 3] = [300, 800, 2000];
/// A lens that takes longer than this to change is probably hidden behind a question.
const ASKING: Duration = Duration::from_secs(2);
const HINT: Duration = Duration::from_secs(15);
const NOT_ANSWERED: Duration = Duration::from_secs(30);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    Tap,
    Flip {
        from: Facing,
    },
    /// Back to the old side after a flip that failed.
    FlipBack,
    Recovery,
    /// Back on the page after a "no": it may have been taken back in the settings meanwhile.
    Again(Blocked),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    pub(super) attempt: u32,
    pub(super) since: Time,
    pub(super) why: Why,
    pub(super) facing: Facing,
    any: bool,
    pub(super) microphone: bool,
    busy_tries: u8,
    aborted: bool,
    pub(super) patience: Patience,
}

/// How long a question has been open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Patience {
    Fresh,
    Asking,
    Hint,
    Over,
}

impl Opening {
    /// The next step of patience and when it is due.
    pub(super) fn next_patience(&self) -> Option<(Time, Patience)> {
        let (wait, next) = match self.patience {
            Patience::Fresh if self.why != Why::Tap => (ASKING, Patience::Asking),
            Patience::Fresh | Patience::Asking => (HINT, Patience::Hint),
            Patience::Hint => (NOT_ANSWERED, Patience::Over),
            Patience::Over => return None,
        };
        Some((self.since.plus(wait), next))
    }
}

impl Devices {
    /// After a reload: opens again what was open, without a tap. A "no" then only means that it needs one.
    pub fn restore(&mut self, facing: Facing, microphone: bool, now: Time) {
        if self.is_untouched() {
            let opening = self.new_opening(Why::Recovery, facing, microphone);
            self.start(opening, now);
        }
    }

    /// The person is back on the page: a camera that was refused is tried again. Unless a question opens, nobody sees it
    /// before it runs.
    pub fn try_again(&mut self, now: Time) {
        if let State::Closed(Camera::Blocked(who)) = self.state {
            let opening = self.new_opening(Why::Again(who), self.facing, false);
            self.start(opening, now);
        }
    }

    pub(super) const fn new_opening(&self, why: Why, facing: Facing, microphone: bool) -> Opening {
        Opening {
            attempt: 0,
            since: Time::from_millis(0),
            why,
            facing,
            any: false,
            microphone,
            busy_tries: 0,
            aborted: false,
            patience: Patience::Fresh,
        }
    }

    pub(super) fn start(&mut self, mut opening: Opening, now: Time) {
        self.attempt += 1;
        opening.attempt = self.attempt;
        opening.since = now;
        opening.patience = Patience::Fresh;
        self.state = State::Opening(opening);
        if opening.microphone {
            self.microphone.opening(opening.attempt);
        }
        self.act(MediaOutput::Open {
            attempt: opening.attempt,
            wish: MediaWish::Camera {
                facing: opening.facing,
                microphone: opening.microphone,
                any: opening.any,
            },
        });
    }

    /// Stop, wait, start.
    pub(super) fn reopen(&mut self, why: Why, facing: Facing, microphone: bool, now: Time) {
        self.act(MediaOutput::StopCamera);
        self.wishes.dark();
        self.muted_since = None;
        let next = self.new_opening(why, facing, microphone);
        self.state = State::Gap {
            at: now.plus(GAP),
            next,
        };
    }

    pub(super) fn close(&mut self, camera: Camera) {
        self.state = State::Closed(camera);
        self.wishes.dark();
        self.muted_since = None;
    }

    pub(super) fn camera_opened(&mut self, attempt: u32, lens: Lens) {
        let Some(opening) = self.awaited(attempt) else {
            if !self.is_wanted() {
                self.act(MediaOutput::StopCamera);
            }
            return;
        };
        self.state = State::Live;
        self.open = attempt;
        self.lens = Some(lens);
        self.facing = opening.facing;
        self.muted_since = None;
        self.wishes.dark();
        self.acts.push(Act::TracksChanged);
        if self.hides() {
            self.enable();
        }
        if lens.torch && self.wishes.light() {
            self.act(MediaOutput::Light(true));
        }
        if let Some(factor) = self.wishes.zoom_for(&lens) {
            self.act(MediaOutput::Zoom(factor));
        }
        match opening.why {
            Why::Tap | Why::Again(_) => {}
            Why::Flip { .. } => self.tell(Told::Flipped),
            Why::FlipBack => self.tell(Told::FlipFailed),
            Why::Recovery => self.act(MediaOutput::Reattach),
        }
    }

    pub(super) fn microphone_opened(&mut self, attempt: u32) {
        if !self.microphone.waits_for(attempt) {
            if self.microphone.is_closed() {
                self.act(MediaOutput::StopMicrophone);
            }
            return;
        }
        self.microphone.opened(attempt);
        self.acts.push(Act::TracksChanged);
        if self.microphone.muted() || self.hides() {
            self.enable();
        }
    }

    pub(super) fn microphone_failed(&mut self, attempt: u32, failure: &Failure) {
        if !self.microphone.waits_for(attempt) {
            return;
        }
        self.microphone.closed(match fault(failure) {
            Fault::Dismissed => Mic::None,
            _ => Mic::Blocked,
        });
        self.acts.push(Act::TracksChanged);
    }

    pub(super) fn unsupported(&mut self, attempt: u32) {
        if self.microphone.waits_for(attempt) {
            self.microphone.closed(Mic::Blocked);
        }
        if self.awaited(attempt).is_some() {
            self.close(Camera::Unsupported);
        }
    }

    pub(super) fn camera_failed(&mut self, attempt: u32, failure: &Failure, now: Time) {
        let Some(mut opening) = self.awaited(attempt) else {
            return;
        };
        let fault = fault(failure);
        let said_no = matches!(fault, Fault::Denied(_) | Fault::Dismissed | Fault::Unsupported);
        if opening.microphone {
            self.microphone.closed(if fault == Fault::Dismissed {
                Mic::None
            } else {
                Mic::Blocked
            });
            opening.microphone = false;
            if !said_no {
                return self.start(opening, now);
            }
        }
        match fault {
            Fault::Busy if usize::from(opening.busy_tries) < BUSY_RETRIES.len() => {
                let wait = BUSY_RETRIES[usize::from(opening.busy_tries)];
                opening.busy_tries += 1;
                self.again_in(Duration::from_millis(wait), opening, now);
            }
            Fault::Busy | Fault::TooStrict if !opening.any => {
                opening.any = true;
                self.start(opening, now);
            }
            Fault::Aborted if !opening.aborted => {
                opening.aborted = true;
                self.again_in(GAP, opening, now);
            }
            _ => self.give_up(opening, fault, now),
        }
    }

    fn again_in(&mut self, wait: Duration, next: Opening, now: Time) {
        self.act(MediaOutput::StopCamera);
        let at = now.plus(wait);
        self.state = State::Gap { at, next };
    }

    fn give_up(&mut self, opening: Opening, fault: Fault, now: Time) {
        if let Why::Flip { from } = opening.why {
            let back = self.new_opening(Why::FlipBack, from, false);
            return self.again_in(GAP, back, now);
        }
        if opening.why == Why::FlipBack {
            self.tell(Told::FlipFailed);
        }
        if self.microphone.waits_for(opening.attempt) {
            self.microphone.closed(Mic::Blocked);
        }
        self.acts.push(Act::TracksChanged);
        self.close(match fault {
            Fault::Denied(Blocked::Site) if opening.why == Why::Recovery => Camera::Dead,
            Fault::Denied(who) => Camera::Blocked(who),
            Fault::Dismissed => Camera::NotAnswered,
            Fault::Missing | Fault::TooStrict => Camera::Missing,
            Fault::Busy | Fault::Aborted => Camera::Busy,
            Fault::Unsupported => Camera::Unsupported,
        });
    }
}
