//! Camera and microphone of one browser: one stream from the first look to the end.
//!
//! | State | opened | failed | no answer | muted 1.5 s | ended | shown again | tap |
//! |---|---|---|---|---|---|---|---|
//! | Closed (why) | stop it | - | - | - | - | blocked: → Opening, unseen | → Opening |
//! | Opening | → Live | see below | 15 s hint, 30 s "not answered", a late answer still counts | - | - | - | after 30 s: again |
//! | Gap: stopped, opens soon | - | - | - | - | - | - | - |
//! | Live | - | - | - | → Interrupted | → Gap, once; then Closed(Dead) | phone: → Gap | - |
//! | Interrupted | - | - | - | - | → Gap | → Gap | → Gap |
//!
//! | Failed to open because | Then |
//! |---|---|
//! | denied, missing, unsupported | closed with that reason; after a recovery a "no" means Dead: a tap may be all it needs |
//! | dismissed | as if not answered |
//! | busy | again after 300, 800, 2000 ms, then any lens, then Busy |
//! | too strict | any lens |
//! | aborted | once more |
//!
//! A flip that fails opens the old side again; only when that fails too the camera is closed. A question for camera and
//! microphone that fails for another reason than a "no" goes on with the camera alone.

use super::lens::{Wishes, other};
use super::mic::Microphone;
use super::opening::{Opening, Patience, Why};
use crate::client::{CameraView, MediaInput, MediaOutput, MediaWish, Track};
use crate::session::{Camera, Facing, Interruption, Lens, Mic, Torch};
use crate::time::Time;

/// What the devices want, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Do this.
    Do(MediaOutput),
    /// Other tracks are open than before: put them on the connections.
    TracksChanged,
    /// This became of a wish.
    Told(Told),
}

/// What became of a wish.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Told {
    /// The other lens is on.
    Flipped,
    /// Flipping did not work; the camera is as before, or closed.
    FlipFailed,
    /// The light is on or off.
    LightIs(bool),
    /// The light did not obey.
    LightFailed,
    /// The zoom is this.
    ZoomIs(f32),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum State {
    Closed(Camera),
    Gap { at: Time, next: Opening },
    Opening(Opening),
    Live,
    Interrupted(Interruption),
}

/// Camera and microphone of one browser.
#[derive(Debug)]
pub struct Devices {
    pub(super) state: State,
    /// The lens that is open, or was last.
    pub(super) lens: Option<Lens>,
    pub(super) facing: Facing,
    pub(super) wishes: Wishes,
    pub(super) microphone: Microphone,
    pub(super) paused: bool,
    pub(super) held: bool,
    pub(super) attempt: u32,
    /// The attempt that opened the camera.
    pub(super) open: u32,
    pub(super) hidden_since: Option<Time>,
    pub(super) muted_since: Option<Time>,
    pub(super) recovered_at: Option<Time>,
    pub(super) acts: Vec<Act>,
}

impl Devices {
    /// Nothing is open. `facing` is the side to open first.
    pub fn new(facing: Facing) -> Self {
        Self {
            state: State::Closed(Camera::Unknown),
            lens: None,
            facing,
            wishes: Wishes::default(),
            microphone: Microphone::default(),
            paused: false,
            held: false,
            attempt: 0,
            open: 0,
            hidden_since: None,
            muted_since: None,
            recovered_at: None,
            acts: Vec::new(),
        }
    }

    /// What is wanted since the last call, in order.
    pub fn take_acts(&mut self) -> Vec<Act> {
        core::mem::take(&mut self.acts)
    }

    pub(super) fn act(&mut self, output: MediaOutput) {
        self.acts.push(Act::Do(output));
    }

    pub(super) fn tell(&mut self, told: Told) {
        self.acts.push(Act::Told(told));
    }

    // What others see.

    /// The camera as others see it.
    pub fn camera(&self) -> Camera {
        let running = self.lens.map_or(Camera::Asking, Camera::Live);
        match self.state {
            State::Closed(camera) => camera,
            State::Live => running,
            State::Interrupted(why) => Camera::Interrupted(why),
            State::Opening(Opening {
                patience: Patience::Over,
                ..
            }) => Camera::NotAnswered,
            State::Opening(Opening { patience, .. }) if patience > Patience::Fresh => Camera::Asking,
            State::Gap { next, .. } | State::Opening(next) => match next.why {
                Why::Tap => Camera::Asking,
                Why::Flip { .. } | Why::FlipBack => running,
                Why::Recovery => Camera::Interrupted(Interruption::Taken),
                Why::Again(who) => Camera::Blocked(who),
            },
        }
    }

    /// The microphone as others see it.
    pub const fn mic(&self) -> Mic {
        self.microphone.view()
    }

    /// The light as others see it.
    pub fn torch(&self) -> Torch {
        let changing = self.is_busy();
        match self.lens {
            Some(lens) if changing || matches!(self.state, State::Live) => self.wishes.torch(&lens, changing),
            _ => Torch::None,
        }
    }

    /// Whether the camera runs or is about to.
    pub const fn is_wanted(&self) -> bool {
        !matches!(self.state, State::Closed(_))
    }

    /// Whether the camera has never been asked for.
    pub const fn is_untouched(&self) -> bool {
        matches!(self.state, State::Closed(Camera::Unknown))
    }

    fn is_busy(&self) -> bool {
        match self.state {
            State::Gap { .. } => true,
            State::Opening(opening) => opening.why != Why::Tap && opening.patience < Patience::Over,
            State::Closed(_) | State::Live | State::Interrupted(_) => false,
        }
    }

    /// For the pages.
    pub fn view(&self) -> CameraView {
        let asking = match self.state {
            State::Opening(opening) => Some(opening),
            _ => None,
        };
        let camera = self.camera();
        let asks = matches!(camera, Camera::Asking | Camera::NotAnswered);
        CameraView {
            camera,
            asking_since: asking.filter(|_| asks).map(|opening| opening.since),
            answer_slow: asking.is_some_and(|opening| opening.patience >= Patience::Hint),
            lens: self.lens.filter(|_| matches!(self.state, State::Live)),
            torch: self.torch(),
            busy: self.is_busy(),
            paused: self.hides(),
            held: self.held,
        }
    }

    // What the person wants.

    /// Opens the camera, after a tap; with the microphone in the same question if so.
    pub fn turn_on(&mut self, microphone: bool, now: Time) {
        match self.state {
            State::Live | State::Gap { .. } => {}
            State::Opening(opening) if opening.patience < Patience::Over => {}
            State::Interrupted(_) => self.recover(true, now),
            State::Closed(_) | State::Opening(_) => {
                let microphone = microphone && !self.microphone.is_open();
                let opening = self.new_opening(Why::Tap, self.facing, microphone);
                self.start(opening, now);
            }
        }
    }

    /// Closes the camera; others see it as `shown`.
    pub fn turn_off(&mut self, shown: Camera) {
        if self.is_wanted() {
            self.act(MediaOutput::StopCamera);
            self.acts.push(Act::TracksChanged);
        }
        self.close(shown);
    }

    /// Closes both, and nothing stays paused: it is over.
    pub fn close_all(&mut self) {
        if self.is_wanted() {
            self.turn_off(Camera::Off);
        }
        if !self.microphone.is_closed() {
            self.drop_microphone();
        }
        self.pause(false);
    }

    /// What the session last knew of a camera that this page has not touched (after a reload).
    pub fn adopt(&mut self, camera: Camera) {
        if self.is_untouched() {
            self.state = State::Closed(camera);
        }
    }

    /// Changes sides; whether that is possible now.
    pub fn flip(&mut self, now: Time) -> bool {
        if !matches!(self.state, State::Live) {
            return false;
        }
        let from = self.facing;
        self.reopen(Why::Flip { from }, other(from), false, now);
        true
    }

    /// Wishes for light; whether the open lens has one.
    pub fn light(&mut self, on: bool) -> bool {
        let can = matches!(self.state, State::Live) && self.lens.is_some_and(|lens| lens.torch);
        if can {
            self.wishes.wish_light(on);
            self.act(MediaOutput::Light(on));
        }
        can
    }

    /// Wishes for a zoom; whether the open lens has one.
    pub fn zoom(&mut self, factor: f32) -> bool {
        let lens = self.lens.filter(|_| matches!(self.state, State::Live));
        let wish = lens.and_then(|lens| self.wishes.wish_zoom(&lens, factor));
        if let Some(factor) = wish {
            self.act(MediaOutput::Zoom(factor));
        }
        wish.is_some()
    }

    /// Hides or shows the picture without stopping the camera.
    pub fn pause(&mut self, paused: bool) {
        if self.paused != paused {
            self.paused = paused;
            self.enable();
        }
    }

    /// An agent hides the picture, or lets it be seen again.
    pub fn hold(&mut self, held: bool) {
        if self.held != held {
            self.held = held;
            self.enable();
        }
    }

    pub(super) const fn hides(&self) -> bool {
        self.paused || self.held
    }

    /// Opens, mutes or unmutes the microphone.
    pub fn set_microphone(&mut self, on: bool) {
        self.microphone.mute(!on);
        if !self.microphone.is_closed() {
            self.enable();
        } else if on {
            self.open_microphone();
        }
    }

    /// Lets go of the microphone: the voices travel elsewhere.
    pub fn drop_microphone(&mut self) {
        if !self.microphone.is_closed() {
            self.act(MediaOutput::StopMicrophone);
            self.acts.push(Act::TracksChanged);
        }
        self.microphone.closed(Mic::None);
    }

    pub(super) fn open_microphone(&mut self) {
        self.attempt += 1;
        self.microphone.opening(self.attempt);
        self.act(MediaOutput::Open {
            attempt: self.attempt,
            wish: MediaWish::Microphone,
        });
    }

    pub(super) fn enable(&mut self) {
        self.act(MediaOutput::Enable {
            camera: !self.hides(),
            microphone: !self.microphone.muted(),
        });
    }

    // News of the devices.

    /// Takes in what the browser says.
    pub fn input(&mut self, attempt: u32, what: MediaInput, now: Time) {
        match what {
            MediaInput::CameraOpened(lens) => self.camera_opened(attempt, lens),
            MediaInput::MicrophoneOpened => self.microphone_opened(attempt),
            MediaInput::Failed(Track::Camera, failure) => self.camera_failed(attempt, &failure, now),
            MediaInput::Failed(Track::Microphone, failure) => self.microphone_failed(attempt, &failure),
            MediaInput::Unsupported => self.unsupported(attempt),
            MediaInput::LightIs(on) => self.light_is(on, now),
            MediaInput::LightFailed => self.light_failed(now),
            MediaInput::ZoomIs(factor) => self.zoom_is(factor),
            MediaInput::Muted(Track::Camera) if self.runs(attempt) => {
                self.muted_since = self.muted_since.or(Some(now));
            }
            MediaInput::Unmuted(Track::Camera) if attempt == self.open => self.unmuted(now),
            MediaInput::Ended(Track::Camera) if self.runs(attempt) => self.ended(now),
            MediaInput::Ended(Track::Microphone) if self.microphone.is(attempt) => self.open_microphone(),
            MediaInput::Muted(_) | MediaInput::Unmuted(_) | MediaInput::Ended(_) => {}
        }
    }

    /// Whether the camera's open track is that of `attempt`.
    fn runs(&self, attempt: u32) -> bool {
        attempt == self.open && matches!(self.state, State::Live | State::Interrupted(_))
    }

    pub(super) fn awaited(&self, attempt: u32) -> Option<Opening> {
        match self.state {
            State::Opening(opening) if opening.attempt == attempt => Some(opening),
            _ => None,
        }
    }
}
