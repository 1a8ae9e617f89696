//! Walks the tables of `machine`: states, failures, and what a person sees meanwhile.

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

#[test]
fn a_tap_asks_for_the_rear_camera_alone_and_shows_it() {
    let mut b = Bench::new();
    assert_eq!(b.camera(), Camera::Unknown);
    b.devices.turn_on(false, b.now);
    assert_eq!(b.asked(), [(Facing::Rear, false, false)]);
    assert_eq!(b.camera(), Camera::Asking);
    assert_eq!(b.devices.view().asking_since, Some(b.now));
    b.devices.turn_on(false, b.now);
    assert_eq!(b.asked(), [], "a second tap asks nothing twice");
    b.answer(MediaInput::CameraOpened(REAR));
    assert_eq!(b.camera(), Camera::Live(REAR));
    assert_eq!(b.acts(), [Act::TracksChanged]);
    b.devices.turn_on(false, b.now);
    assert_eq!(b.acts(), [], "one stream from lobby to end");
}

#[test]
fn every_failure_of_a_tap_ends_in_its_own_state() {
    let table = [
        ("NotAllowedError", "", Camera::Blocked(Blocked::Site)),
        (
            "NotAllowedError",
            "Permission denied by system",
            Camera::Blocked(Blocked::System),
        ),
        ("NotAllowedError", "Permission dismissed", Camera::NotAnswered),
        ("SecurityError", "", Camera::Blocked(Blocked::Document)),
        ("NotFoundError", "", Camera::Missing),
        ("TypeError", "", Camera::Unsupported),
    ];
    for (name, message, ends) in table {
        let mut b = Bench::new();
        b.devices.turn_on(false, b.now);
        b.outputs();
        b.fail_saying(name, message);
        assert_eq!(b.camera(), ends, "{name} {message}");
        assert_eq!(b.asked(), [], "never asked again by itself after {name}");
        b.devices.turn_on(false, b.now);
        assert_eq!(b.asked().len(), 1, "a tap asks again after {name}");
    }
    let mut b = Bench::new();
    b.devices.turn_on(false, b.now);
    b.answer(MediaInput::Unsupported);
    assert_eq!(b.camera(), Camera::Unsupported);
}

#[test]
fn a_question_without_answer_gets_a_hint_then_help_and_may_still_be_answered() {
    let mut b = Bench::new();
    b.devices.turn_on(false, b.now);
    b.wait(14_999);
    assert!(!b.devices.view().answer_slow);
    b.wait(1);
    assert!(b.devices.view().answer_slow);
    assert_eq!(b.camera(), Camera::Asking);
    b.wait(15_000);
    assert_eq!(b.camera(), Camera::NotAnswered);
    b.answer(MediaInput::CameraOpened(REAR));
    assert_eq!(b.camera(), Camera::Live(REAR), "a late yes is a yes");
}

#[test]
fn after_half_a_minute_a_tap_asks_anew_and_the_old_answer_is_nothing() {
    let mut b = Bench::new();
    b.devices.turn_on(false, b.now);
    b.wait(30_000);
    b.devices.turn_on(false, b.now);
    assert_eq!(b.camera(), Camera::Asking);
    b.devices.input(1, MediaInput::CameraOpened(REAR), b.now);
    assert_eq!(b.camera(), Camera::Asking);
    b.answer(MediaInput::CameraOpened(REAR));
    assert_eq!(b.camera(), Camera::Live(REAR));
}

#[test]
fn a_busy_camera_is_tried_after_300_800_and_2000_ms_then_any_camera_then_given_up() {
    let mut b = Bench::new();
    b.devices.turn_on(false, b.now);
    b.outputs();
    for wait in [300, 800, 2000] {
        b.fail("NotReadableError");
        assert_eq!(b.outputs(), [MediaOutput::StopCamera]);
        assert_eq!(b.wait(wait - 1).asked(), []);
        assert_eq!(b.wait(1).asked(), [(Facing::Rear, false, false)]);
    }
    b.fail("TrackStartError");
    assert_eq!(b.asked(), [(Facing::Rear, false, true)]);
    b.fail("NotReadableError");
    assert_eq!(b.camera(), Camera::Busy);
}

#[test]
fn wishes_that_no_camera_meets_are_dropped_silently() {
    let mut b = Bench::new();
    b.devices.turn_on(false, b.now);
    b.outputs();
    b.fail("OverconstrainedError");
    assert_eq!(
        (b.camera(), b.asked()),
        (Camera::Asking, vec![(Facing::Rear, false, true)])
    );
    b.fail("OverconstrainedError");
    assert_eq!(b.camera(), Camera::Missing);
}

#[test]
fn an_aborted_start_is_tried_once_more() {
    let mut b = Bench::new();
    b.devices.turn_on(false, b.now);
    b.fail("AbortError");
    b.outputs();
    assert_eq!(b.wait(300).asked().len(), 1);
    b.fail("AbortError");
    assert_eq!(b.camera(), Camera::Busy);
}

#[test]
fn talking_by_page_asks_for_both_in_one_question() {
    let mut b = Bench::new();
    b.devices.turn_on(true, b.now);
    assert_eq!(b.asked(), [(Facing::Rear, true, false)]);
    assert_eq!(b.devices.mic(), Mic::None);
    b.answer(MediaInput::CameraOpened(REAR));
    b.answer(MediaInput::MicrophoneOpened);
    assert_eq!((b.camera(), b.devices.mic()), (Camera::Live(REAR), Mic::On));
    b.devices.set_microphone(false);
    assert_eq!(b.devices.mic(), Mic::Muted);
    let enable = MediaOutput::Enable {
        camera: true,
        microphone: false,
    };
    assert_eq!(b.outputs(), [enable]);
}

#[test]
fn without_a_microphone_the_camera_is_asked_for_alone_but_after_a_no_nothing_is() {
    let mut b = Bench::new();
    b.devices.turn_on(true, b.now);
    b.outputs();
    b.fail("NotFoundError");
    assert_eq!(b.asked(), [(Facing::Rear, false, false)]);
    b.answer(MediaInput::CameraOpened(REAR));
    assert_eq!((b.camera(), b.devices.mic()), (Camera::Live(REAR), Mic::Blocked));

    let mut b = Bench::new();
    b.devices.turn_on(true, b.now);
    b.outputs();
    b.fail("NotAllowedError");
    assert_eq!(b.asked(), []);
    assert_eq!(
        (b.camera(), b.devices.mic()),
        (Camera::Blocked(Blocked::Site), Mic::Blocked)
    );
}

#[test]
fn an_agent_speaks_without_a_camera() {
    let mut b = Bench::new();
    b.devices.set_microphone(true);
    let open = MediaOutput::Open {
        attempt: 1,
        wish: MediaWish::Microphone,
    };
    assert_eq!(b.outputs(), [open]);
    b.answer(MediaInput::MicrophoneOpened);
    assert_eq!((b.camera(), b.devices.mic()), (Camera::Unknown, Mic::On));
    b.answer(MediaInput::Ended(Track::Microphone));
    assert_eq!(b.devices.mic(), Mic::On, "fetched back without a word");
    assert_eq!(b.outputs().len(), 1);
    b.devices.drop_microphone();
    assert_eq!(
        (b.outputs(), b.devices.mic()),
        (vec![MediaOutput::StopMicrophone], Mic::None)
    );
}

#[test]
fn a_flip_stops_waits_starts_and_restores_light_and_zoom() {
    let mut b = Bench::live();
    assert!(b.devices.light(true));
    b.answer(MediaInput::LightIs(true));
    assert!(b.devices.zoom(2.0));
    b.answer(MediaInput::ZoomIs(2.0));
    b.acts();

    assert!(b.devices.flip(b.now));
    assert!(!b.devices.flip(b.now), "one at a time");
    assert_eq!(b.outputs(), [MediaOutput::StopCamera]);
    assert!(b.devices.view().busy);
    assert_eq!(b.devices.torch(), Torch::On, "nothing flickers meanwhile");
    assert!(matches!(b.camera(), Camera::Live(_)));
    assert_eq!(b.wait(299).asked(), []);
    assert_eq!(b.wait(1).asked(), [(Facing::Front, false, false)]);
    b.answer(MediaInput::CameraOpened(FRONT));
    assert_eq!(b.acts(), [Act::TracksChanged, Act::Told(Told::Flipped)]);
    assert_eq!((b.camera(), b.devices.torch()), (Camera::Live(FRONT), Torch::None));

    b.devices.flip(b.now);
    b.wait(300).outputs();
    b.answer(MediaInput::CameraOpened(REAR));
    assert_eq!(b.outputs(), [MediaOutput::Light(true), MediaOutput::Zoom(2.0)]);
}

#[test]
fn a_flip_that_fails_opens_the_old_side_and_only_then_gives_up() {
    let mut b = Bench::live();
    b.devices.flip(b.now);
    b.wait(300).outputs();
    b.fail("NotFoundError");
    assert_eq!(b.wait(300).asked(), [(Facing::Rear, false, false)]);
    b.answer(MediaInput::CameraOpened(REAR));
    assert!(b.acts().contains(&Act::Told(Told::FlipFailed)));
    assert_eq!(b.camera(), Camera::Live(REAR));

    b.devices.flip(b.now);
    b.wait(300);
    b.fail("NotFoundError");
    b.wait(300);
    b.fail("NotAllowedError");
    assert_eq!(b.camera(), Camera::Blocked(Blocked::Site));
    assert!(b.acts().contains(&Act::Told(Told::FlipFailed)));
}

#[test]
fn a_flip_that_asks_again_is_shown_as_a_question() {
    let mut b = Bench::live();
    b.devices.flip(b.now);
    b.wait(300).wait(1_999);
    assert_eq!(b.camera(), Camera::Live(REAR));
    b.wait(1);
    assert_eq!(b.camera(), Camera::Asking);
    b.wait(30_000);
    assert_eq!(b.camera(), Camera::NotAnswered);
}

#[test]
fn a_light_that_does_not_go_on_says_so_and_one_that_does_not_go_out_is_stopped() {
    let mut b = Bench::live();
    b.devices.light(true);
    b.answer(MediaInput::LightFailed);
    assert!(b.acts().contains(&Act::Told(Told::LightFailed)));
    assert_eq!(b.devices.torch(), Torch::Off);

    b.devices.light(true);
    b.answer(MediaInput::LightIs(true));
    b.devices.light(false);
    b.outputs();
    b.answer(MediaInput::LightIs(true));
    assert_eq!(b.outputs(), [MediaOutput::StopCamera]);
    assert_eq!(b.devices.torch(), Torch::Off);
    b.wait(300).outputs();
    b.answer(MediaInput::CameraOpened(REAR));
    assert_eq!(b.outputs(), [MediaOutput::Reattach]);
}

#[test]
fn a_lens_without_light_or_zoom_does_nothing() {
    let mut b = Bench::new();
    assert!(!b.devices.light(true) && !b.devices.zoom(2.0) && !b.devices.flip(b.now));
    b.devices.turn_on(false, b.now);
    let plain = Lens {
        torch: false,
        zoom: None,
        ..REAR
    };
    b.answer(MediaInput::CameraOpened(plain));
    b.outputs();
    assert!(!b.devices.light(true) && !b.devices.zoom(2.0));
    assert_eq!((b.outputs(), b.devices.torch()), (vec![], Torch::None));
}

#[test]
fn zoom_keeps_to_the_range_and_ignores_nonsense() {
    let mut b = Bench::live();
    assert!(b.devices.zoom(9.0));
    assert!(!b.devices.zoom(f32::NAN));
    assert_eq!(b.outputs(), [MediaOutput::Zoom(4.0)]);
}

#[test]
fn a_short_mute_is_nothing_and_a_long_one_is_an_interruption_cured_by_a_fresh_camera() {
    let mut b = Bench::live();
    b.answer(MediaInput::Muted(Track::Camera));
    b.wait(1_499);
    b.answer(MediaInput::Unmuted(Track::Camera));
    b.wait(5_000);
    assert_eq!((b.camera(), b.outputs()), (Camera::Live(REAR), vec![]));

    b.answer(MediaInput::Muted(Track::Camera));
    b.wait(1_500);
    assert_eq!(b.camera(), Camera::Interrupted(Interruption::Taken));
    b.answer(MediaInput::Unmuted(Track::Camera));
    assert_eq!(b.outputs(), [MediaOutput::StopCamera]);
    b.wait(300).outputs();
    b.answer(MediaInput::CameraOpened(REAR));
    assert_eq!(b.camera(), Camera::Live(REAR));
    assert_eq!(b.acts(), [Act::TracksChanged, Act::Do(MediaOutput::Reattach)]);
}

#[test]
fn back_from_the_background_a_phone_opens_a_fresh_camera_and_its_microphone_with_it() {
    let mut b = Bench::new();
    b.devices.turn_on(true, b.now);
    b.answer(MediaInput::CameraOpened(REAR));
    b.answer(MediaInput::MicrophoneOpened);
    b.devices.light(true);
    b.answer(MediaInput::LightIs(true));
    b.devices.hidden(b.now);
    b.answer(MediaInput::Muted(Track::Camera));
    b.wait(60_000);
    assert_eq!(b.camera(), Camera::Interrupted(Interruption::Hidden));
    b.answer(MediaInput::Unmuted(Track::Camera));
    b.outputs();
    b.devices.shown(true, b.now);
    assert_eq!(b.outputs(), [MediaOutput::StopMicrophone, MediaOutput::StopCamera]);
    assert_eq!(b.wait(300).asked(), [(Facing::Rear, true, false)]);
    b.answer(MediaInput::CameraOpened(REAR));
    b.answer(MediaInput::MicrophoneOpened);
    assert_eq!(b.outputs(), [MediaOutput::Light(true), MediaOutput::Reattach]);
    assert_eq!((b.camera(), b.devices.mic()), (Camera::Live(REAR), Mic::On));
}

#[test]
fn a_computer_keeps_its_camera_when_its_tab_was_hidden_and_so_does_a_phone_that_blinked() {
    for (phone, gone) in [(false, 60_000), (true, 400)] {
        let mut b = Bench::live();
        b.devices.hidden(b.now);
        b.wait(gone);
        b.devices.shown(phone, b.now);
        assert_eq!((b.outputs(), b.camera()), (vec![], Camera::Live(REAR)));
    }
}

#[test]
fn a_camera_that_ends_is_fetched_back_once_then_needs_a_tap() {
    let mut b = Bench::live();
    b.answer(MediaInput::Ended(Track::Camera));
    assert_eq!(b.camera(), Camera::Interrupted(Interruption::Taken));
    b.wait(300);
    b.answer(MediaInput::CameraOpened(REAR));
    b.answer(MediaInput::Ended(Track::Camera));
    assert_eq!(b.camera(), Camera::Dead);
    b.outputs();
    b.devices.turn_on(false, b.now);
    assert_eq!(b.asked().len(), 1);
}

#[test]
fn a_no_during_a_recovery_asks_for_a_tap_not_for_the_settings() {
    let mut b = Bench::live();
    b.answer(MediaInput::Ended(Track::Camera));
    b.wait(300);
    b.fail("NotAllowedError");
    assert_eq!(b.camera(), Camera::Dead);
}

#[test]
fn pausing_keeps_the_camera_open_and_a_fresh_one_stays_paused() {
    let mut b = Bench::live();
    b.devices.pause(true);
    let hidden = MediaOutput::Enable {
        camera: false,
        microphone: true,
    };
    assert_eq!(b.outputs(), vec![hidden.clone()]);
    b.devices.flip(b.now);
    b.wait(300).outputs();
    b.answer(MediaInput::CameraOpened(FRONT));
    assert_eq!(b.outputs(), [hidden]);
    assert!(b.devices.view().paused);
}

#[test]
fn switched_off_the_camera_is_stopped_and_a_late_grant_too() {
    let mut b = Bench::live();
    b.devices.turn_off(Camera::Off);
    assert_eq!(b.acts(), [Act::Do(MediaOutput::StopCamera), Act::TracksChanged]);
    b.devices.turn_on(false, b.now);
    b.devices.turn_off(Camera::Off);
    b.outputs();
    b.answer(MediaInput::CameraOpened(REAR));
    assert_eq!((b.outputs(), b.camera()), (vec![MediaOutput::StopCamera], Camera::Off));
}

#[test]
fn old_news_of_a_stopped_track_is_nothing() {
    let mut b = Bench::live();
    b.devices.flip(b.now);
    b.wait(300);
    b.answer(MediaInput::CameraOpened(FRONT));
    b.acts();
    b.devices.input(1, MediaInput::Ended(Track::Camera), b.now);
    b.devices.input(1, MediaInput::Muted(Track::Camera), b.now);
    b.wait(2_000);
    assert_eq!((b.acts(), b.camera()), (vec![], Camera::Live(FRONT)));
}
