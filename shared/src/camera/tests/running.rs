//! What happens to devices that run.

use super::*;

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
fn a_held_picture_is_shown_again_only_when_nobody_hides_it() {
    let mut b = Bench::live();
    let enable = |camera| MediaOutput::Enable {
        camera,
        microphone: true,
    };
    b.devices.hold(true);
    b.devices.hold(true);
    assert_eq!(b.outputs(), [enable(false)]);
    b.devices.pause(true);
    b.devices.pause(false);
    assert_eq!(b.outputs(), [enable(false), enable(false)]);
    assert!(b.devices.view().held && b.devices.view().paused);
    b.devices.hold(false);
    assert_eq!(b.outputs(), [enable(true)]);
    assert!(!b.devices.view().held && !b.devices.view().paused);
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
