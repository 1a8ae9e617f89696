//! What a client tells of itself, and what it shows before it is answered.

use super::*;

#[test]
fn own_wishes_show_at_once_and_go_back_when_they_are_refused() {
    let mut b = Bench::agent();
    b.seat();
    b.took();
    b.press(Gesture::SetMode(Mode::Photo))
        .press(Gesture::SetCase("  T-1 ".into()));
    b.press(Gesture::SetName("Ann".into())).press(Gesture::Pause(true));
    let shown = b.client.view().session.unwrap();
    assert_eq!((shown.mode(), shown.case_id()), (Mode::Photo, Some("T-1")));
    let me = shown.person(ME).unwrap();
    assert_eq!((me.name.as_str(), me.paused), ("Ann", true));
    let (id, command) = b.sent().remove(0);
    assert_eq!(command, Command::SetMode(Mode::Photo));
    b.receive(FromServer::Refused {
        id,
        why: Rejection::NotStored,
    });
    let view = b.client.view();
    assert_eq!(view.session.unwrap().mode(), Mode::Video);
    assert_eq!(view.notices, [(1, Notice::Refused(Rejection::NotStored))]);
    b.press(Gesture::DismissNotice(1));
    assert_eq!(b.client.view().notices, []);
}

#[test]
fn of_the_camera_only_the_latest_word_is_said() {
    let mut b = Bench::customer();
    b.seat().press(Gesture::TurnOnCamera);
    let (id, command) = b.sent().remove(0);
    assert_eq!(command, Command::ReportCamera(Camera::Asking));
    b.media(1, MediaInput::CameraOpened(REAR));
    b.press(Gesture::TurnOffCamera);
    b.took();
    b.receive(FromServer::Accepted(id));
    assert_eq!(b.commands(), [Command::ReportCamera(Camera::Off)]);
}

#[test]
fn a_report_that_was_refused_is_not_repeated_until_it_changes_or_time_helps() {
    let mut b = Bench::customer();
    b.seat().press(Gesture::TurnOnCamera);
    let (id, _) = b.sent().remove(0);
    b.receive(FromServer::Refused {
        id,
        why: Rejection::NotAllowed,
    });
    b.input(Input::Tick);
    assert_eq!(b.commands(), []);
    assert_eq!(b.client.view().notices, [], "nobody pressed it");
    b.press(Gesture::TurnOffCamera);
    let (id, _) = b.sent().remove(0);
    b.receive(FromServer::Refused {
        id,
        why: Rejection::TooFast,
    });
    assert_eq!(b.commands(), []);
    b.now = b.now.plus(core::time::Duration::from_secs(2));
    b.input(Input::Tick);
    assert_eq!(b.commands(), [Command::ReportCamera(Camera::Off)]);
}

#[test]
fn a_hidden_customer_is_away_and_a_hidden_agent_is_not() {
    let mut b = Bench::customer();
    b.seat();
    b.took();
    b.input(Input::Page(PageInput::Hidden));
    let out = b.took();
    assert!(out.contains(&Output::AwayBeacon(SeatToken("seat".into()))));
    let away = |id: &CommandId, out: &[Output]| {
        let command = Command::ReportAway(Some(Away::Hidden));
        let say = FromClient::Do { id: *id, command };
        out.contains(&Output::Send(Generation(1), say))
    };
    let ids: Vec<CommandId> = (1000..1100).map(CommandId::from_u128).collect();
    assert!(ids.iter().any(|id| away(id, &out)));

    let mut b = Bench::agent();
    b.seat();
    b.took();
    b.input(Input::Page(PageInput::Hidden));
    assert_eq!(b.took(), []);
}

#[test]
fn the_light_is_reported_once_the_session_knows_the_lens() {
    let mut b = Bench::customer();
    b.with_camera().seat();
    let sent = b.sent();
    let camera = sent
        .iter()
        .find(|(_, command)| matches!(command, Command::ReportCamera(_)));
    let (id, _) = camera.expect("the camera is reported").clone();
    b.press(Gesture::Light(true)).media(1, MediaInput::LightIs(true));
    assert_eq!(b.commands(), []);
    assert_eq!(b.client.view().camera.torch, Torch::On);
    let event = Event::CameraChanged {
        person: ME,
        camera: Camera::Live(REAR),
    };
    b.caused(event, Some(id));
    let report = Command::ReportTorch {
        torch: Torch::On,
        asked_by: None,
    };
    assert_eq!(b.commands(), [report]);
}

#[test]
fn the_number_to_read_aloud_is_shown_and_taken_back() {
    let mut b = Bench::agent();
    b.seat();
    let pin = crate::wire::PinNow {
        pin: crate::pin::Pin::from_dice(482_917),
        expires_at: NOW,
    };
    b.receive(FromServer::Pin(Some(pin)));
    assert_eq!(b.client.view().pin, Some(pin));
    b.receive(FromServer::Pin(None));
    assert_eq!(b.client.view().pin, None);
}
