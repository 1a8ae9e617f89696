//! What happens to devices that run: muted, ended, hidden, a light that does not obey. One cure for all: a fresh start.

use super::machine::{Act, Devices, State, Told};
use super::opening::Why;
use crate::client::MediaOutput;
use crate::session::{Camera, Interruption};
use crate::time::Time;
use core::time::Duration;

/// Safari mutes for a moment at every start.
const MUTED: Duration = Duration::from_millis(1500);
/// A page hidden for less than this lost nothing.
const BLINK: Duration = Duration::from_millis(500);
/// A second end within this time of a recovery is for good.
const RECOVERED: Duration = Duration::from_secs(10);

impl Devices {
    /// The one cure for whatever happened to the camera: a fresh one, whatever the old one's flags say. What took the
    /// camera of a phone took its microphone too, so an open one is fetched again in the same question.
    pub(super) fn recover(&mut self, microphone: bool, now: Time) {
        self.recovered_at = Some(now);
        let microphone = microphone && self.microphone.is_open();
        if microphone {
            self.act(MediaOutput::StopMicrophone);
        }
        self.reopen(Why::Recovery, self.facing, microphone, now);
    }

    pub(super) fn light_is(&mut self, on: bool, now: Time) {
        if !matches!(self.state, State::Live) {
            return;
        }
        self.wishes.lit(on);
        if on == self.wishes.light() {
            self.tell(Told::LightIs(on));
        } else {
            self.light_failed(now);
        }
    }

    /// A light that does not go on is given up. One that does not go out needs its lens stopped.
    pub(super) fn light_failed(&mut self, now: Time) {
        if !matches!(self.state, State::Live) {
            return;
        }
        if self.wishes.light() {
            self.wishes.wish_light(false);
            self.tell(Told::LightFailed);
        } else {
            self.recover(false, now);
            self.tell(Told::LightIs(false));
        }
    }

    pub(super) fn zoom_is(&mut self, factor: f32) {
        if let Some(zoom) = self.lens.as_mut().and_then(|lens| lens.zoom.as_mut()) {
            zoom.now = factor;
            self.tell(Told::ZoomIs(factor));
        }
    }

    /// Back by itself; but on a hidden page only being shown counts.
    pub(super) fn unmuted(&mut self, now: Time) {
        self.muted_since = None;
        if matches!(self.state, State::Interrupted(_)) && self.hidden_since.is_none() {
            self.recover(true, now);
        }
    }

    pub(super) fn ended(&mut self, now: Time) {
        let just_recovered = self.recovered_at.is_some_and(|at| now.since(at) < RECOVERED);
        if self.hidden_since.is_some() {
            self.interrupted();
        } else if just_recovered {
            self.acts.push(Act::TracksChanged);
            self.close(Camera::Dead);
        } else {
            self.recover(false, now);
        }
    }

    fn interrupted(&mut self) {
        self.wishes.dark();
        self.muted_since = None;
        self.state = State::Interrupted(match self.hidden_since {
            Some(_) => Interruption::Hidden,
            None => Interruption::Taken,
        });
    }

    /// The page went into the background.
    pub fn hidden(&mut self, now: Time) {
        self.hidden_since = self.hidden_since.or(Some(now));
    }

    /// The page is back. Phones may have taken the camera and say nothing about it (`phone`), computers keep it running.
    pub fn shown(&mut self, phone: bool, now: Time) {
        let gone_for = self.hidden_since.take().map(|since| now.since(since));
        let doubtful = self.muted_since.is_some() || (phone && gone_for.is_some_and(|time| time >= BLINK));
        match self.state {
            State::Interrupted(_) => self.recover(phone, now),
            State::Live if doubtful => self.recover(phone, now),
            State::Closed(_) if doubtful && self.microphone.is_open() => {
                self.act(MediaOutput::StopMicrophone);
                self.open_microphone();
            }
            _ => {}
        }
    }

    /// When to call [`Devices::tick`].
    pub fn timeout(&self) -> Option<Time> {
        let muted = self.muted_since.map(|since| since.plus(MUTED));
        let next = match self.state {
            State::Gap { at, .. } => Some(at),
            State::Opening(opening) => opening.next_patience().map(|(at, _)| at),
            State::Closed(_) | State::Live | State::Interrupted(_) => None,
        };
        muted.into_iter().chain(next).min()
    }

    /// A deadline has come.
    pub fn tick(&mut self, now: Time) {
        if self.muted_since.is_some_and(|since| since.plus(MUTED) <= now) && matches!(self.state, State::Live) {
            self.interrupted();
        }
        match &mut self.state {
            State::Gap { at, next } if *at <= now => {
                let next = *next;
                self.start(next, now);
            }
            State::Opening(opening) => {
                while let Some((_, patience)) = opening.next_patience().filter(|(at, _)| *at <= now) {
                    opening.patience = patience;
                }
            }
            _ => {}
        }
    }
}
