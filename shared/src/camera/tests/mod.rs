//! Walks the tables of `machine`: states, failures, and what a person sees meanwhile.

mod opening;
mod running;

use super::{Act, Devices, Told};
use crate::client::{Failure, MediaInput, MediaOutput, MediaWish, Track};
use crate::session::{Blocked, Camera, Facing, Interruption, Lens, Mic, Torch, ZoomRange};
use crate::time::Time;

const fn lens(facing: Facing) -> Lens {
    let rear = matches!(facing, Facing::Rear);
    Lens {
        facing,
        torch: rear,
        zoom: Some(ZoomRange {
            min: 0.5,
            max: 4.0,
            now: 1.0,
        }),
    }
}
const REAR: Lens = lens(Facing::Rear);
const FRONT: Lens = lens(Facing::Front);

struct Bench {
    devices: Devices,
    now: Time,
}

impl Bench {
    fn new() -> Self {
        Self {
            devices: Devices::new(Facing::Rear),
            now: Time::from_millis(1_000_000),
        }
    }

    /// With the rear camera running.
    fn live() -> Self {
        let mut b = Self::new();
        b.devices.turn_on(false, b.now);
        b.answer(MediaInput::CameraOpened(REAR));
        b.outputs();
        b
    }

    fn wait(&mut self, millis: u64) -> &mut Self {
        self.now = Time::from_millis(self.now.millis() + millis);
        self.devices.tick(self.now);
        self
    }

    /// An answer to the latest attempt.
    fn answer(&mut self, what: MediaInput) {
        let attempt = self.devices.attempt;
        self.devices.input(attempt, what, self.now);
    }

    fn fail(&mut self, name: &str) {
        self.fail_saying(name, "");
    }

    fn fail_saying(&mut self, name: &str, message: &str) {
        let failure = Failure {
            name: name.into(),
            message: message.into(),
        };
        self.answer(MediaInput::Failed(Track::Camera, failure));
    }

    fn acts(&mut self) -> Vec<Act> {
        self.devices.take_acts()
    }

    fn outputs(&mut self) -> Vec<MediaOutput> {
        let outputs = self.acts().into_iter().filter_map(|act| match act {
            Act::Do(output) => Some(output),
            Act::TracksChanged | Act::Told(_) => None,
        });
        outputs.collect()
    }

    /// What was asked for since last looked at: facing, with microphone, any.
    fn asked(&mut self) -> Vec<(Facing, bool, bool)> {
        let asked = self.outputs().into_iter().filter_map(|output| match output {
            MediaOutput::Open {
                wish:
                    MediaWish::Camera {
                        facing,
                        microphone,
                        any,
                    },
                ..
            } => Some((facing, microphone, any)),
            _ => None,
        });
        asked.collect()
    }

    fn camera(&self) -> Camera {
        self.devices.camera()
    }
}
