//! Inputs in, outputs out: where link, peers, camera and replica meet.

use super::{CameraView, Dice, Input, LinkView, Output, Phase, View};
use crate::role::Role;
use crate::session::{Camera, Mic, Talk, Torch};
use crate::time::Time;

/// What the page knows before the relay has said anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What this page is for; the session's own word wins once it is known.
    pub role: Role,
    /// How they will talk, from the invitation: decides whether the first question includes the microphone.
    pub talk: Talk,
    /// Whether a reload may be asked for when other pages are needed; false right after such a reload, so that it cannot loop.
    pub may_reload: bool,
}

impl Options {
    /// A customer's page.
    pub const fn customer() -> Self {
        Self {
            role: Role::Customer,
            talk: Talk::PhoneCall,
            may_reload: true,
        }
    }

    /// An agent's page.
    pub const fn agent() -> Self {
        Self {
            role: Role::Agent,
            talk: Talk::PhoneCall,
            may_reload: true,
        }
    }
}

/// One browser's brain.
#[derive(Debug)]
pub struct Client {
    options: Options,
}

impl Client {
    /// A browser that has no seat yet.
    pub const fn new(options: Options) -> Self {
        Self { options }
    }

    /// What this page was made for.
    pub const fn options(&self) -> Options {
        self.options
    }

    /// Takes in one thing that happened at `now` (this browser's clock) and says what to do, in order.
    #[must_use]
    pub fn step(&mut self, _now: Time, _dice: &mut dyn Dice, _input: Input) -> Vec<Output> {
        Vec::new()
    }

    /// When [`Input::Tick`] is wanted at the latest, by this browser's clock; none while nothing is waited for. May lie in the past.
    pub fn timeout(&self) -> Option<Time> {
        None
    }

    /// What the person sees now.
    pub fn view(&self) -> View {
        View {
            phase: Phase::Start,
            link: LinkView::Idle,
            you: None,
            session: None,
            pin: None,
            camera: CameraView {
                camera: Camera::Unknown,
                asking_since: None,
                answer_slow: false,
                lens: None,
                torch: Torch::None,
                busy: false,
                paused: false,
            },
            mic: Mic::None,
            peers: Vec::new(),
            weakest: None,
            notices: Vec::new(),
            clock_offset: 0,
        }
    }
}
