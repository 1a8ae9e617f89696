//! From the tap to the picture, or to the reason why there is none.

use super::*;

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
fn a_refused_camera_is_tried_again_when_the_person_comes_back_from_the_settings() {
    let blocked = Camera::Blocked(Blocked::Site);
    let mut b = Bench::new();
    b.devices.turn_on(false, b.now);
    b.fail("NotAllowedError");
    b.outputs();
    b.devices.try_again(b.now);
    assert_eq!((b.asked().len(), b.camera()), (1, blocked));
    b.fail("NotAllowedError");
    assert_eq!(b.camera(), blocked, "still refused, and nobody heard of it");
    b.devices.try_again(b.now);
    assert_eq!(b.wait(2_000).camera(), Camera::Asking, "a question is open");
    b.answer(MediaInput::CameraOpened(REAR));
    assert_eq!(b.camera(), Camera::Live(REAR));

    let mut b = Bench::new();
    b.devices.turn_on(false, b.now);
    b.fail("NotFoundError");
    b.outputs();
    b.devices.try_again(b.now);
    assert_eq!(b.asked().len(), 0, "only a refusal is taken back");
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
