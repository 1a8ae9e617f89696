//! Which screen a client shows, and what it opens and closes on the way.

use super::*;

#[test]
fn a_tap_opens_the_camera_before_there_is_a_seat_and_the_call_starts_by_itself_later() {
    let mut b = Bench::customer();
    assert_eq!(b.phase(), Phase::Start);
    b.press(Gesture::TurnOnCamera);
    let camera = MediaWish::Camera {
        facing: Facing::Rear,
        microphone: false,
        any: false,
    };
    assert_eq!(opened(&b.took()), [camera]);
    b.seat();
    assert_eq!(b.phase(), Phase::Start);
    assert_eq!(b.commands(), [Command::ReportCamera(Camera::Asking)]);
    b.media(1, MediaInput::CameraOpened(REAR));
    assert_eq!(
        b.commands(),
        [Command::Start],
        "the camera's report waits for the first one's answer"
    );
    assert_eq!(b.phase(), Phase::Waiting);
}

#[test]
fn a_blocked_camera_keeps_the_first_screen_and_the_seat() {
    let mut b = Bench::customer();
    b.press(Gesture::TurnOnCamera).seat();
    b.took();
    b.media(1, cannot_open("NotAllowedError"));
    assert_eq!(b.phase(), Phase::Start);
    assert_eq!(b.client.view().camera.camera, Camera::Blocked(Blocked::Site));
    b.took();
    b.input(Input::Page(PageInput::Shown));
    assert_eq!(opened(&b.took()).len(), 1, "maybe it was allowed in the settings");
    b.media(2, cannot_open("NotAllowedError"));
    b.press(Gesture::GoWithoutCamera);
    assert_eq!(b.phase(), Phase::Waiting);
    assert_eq!(b.commands(), [Command::Start]);
    b.input(Input::Page(PageInput::Shown));
    assert_eq!(opened(&b.took()).len(), 0, "who went without one is left in peace");
}

#[test]
fn talking_by_page_asks_for_both_at_once_whoever_said_so() {
    let by_invitation = Options {
        talk: Talk::Page,
        ..Options::customer()
    };
    for (options, gesture) in [
        (by_invitation, None),
        (Options::customer(), Some(Gesture::SetTalk(Talk::Page))),
    ] {
        let mut b = Bench::new(options);
        if let Some(gesture) = gesture {
            b.press(gesture);
        }
        b.press(Gesture::TurnOnCamera);
        assert!(matches!(
            opened(&b.took())[..],
            [MediaWish::Camera { microphone: true, .. }]
        ));
    }
    let mut b = Bench::customer();
    b.press(Gesture::SetTalk(Talk::Page)).seat();
    assert!(
        b.commands().contains(&Command::SetTalk(Talk::Page)),
        "told once there is a session"
    );
}

#[test]
fn the_screens_of_a_session_from_door_to_end() {
    let mut b = Bench::customer();
    b.with_camera().seat();
    assert_eq!(b.phase(), Phase::Waiting);
    b.in_call();
    assert_eq!(b.phase(), Phase::Live);
    let due = NOW.plus(crate::limit::END_UNDO);
    b.event(Event::EndAsked { by: OTHER, due });
    assert_eq!(b.phase(), Phase::Ending { by: OTHER, due });
    b.event(Event::EndUndone { by: OTHER });
    assert_eq!(b.phase(), Phase::Live);
    b.event(Event::Ended {
        reason: EndReason::AgentEnded,
    });
    let ended = |rejoining, other_rejoining| Phase::Ended {
        reason: EndReason::AgentEnded,
        rejoin_until: NOW.plus(crate::limit::REJOIN),
        rejoining,
        other_rejoining,
    };
    assert_eq!(b.phase(), ended(false, false));
    b.event(Event::Readied { person: OTHER });
    assert_eq!(b.phase(), ended(false, true));
    b.press(Gesture::Rejoin);
    assert_eq!(b.phase(), ended(true, true), "at once");
    b.event(Event::Left { person: ME });
    assert_eq!(b.phase(), Phase::Left);
}

#[test]
fn a_knocker_waits_at_the_door() {
    let mut b = Bench::customer();
    b.input(Input::Seated(SeatToken("seat".into())));
    b.input(Input::Socket {
        generation: Generation(1),
        what: SocketInput::Opened,
    });
    for noticed in [false, true] {
        b.receive(FromServer::Waiting {
            generation: Generation(1),
            now: NOW,
            noticed,
        });
        assert_eq!((b.phase(), b.client.view().noticed), (Phase::Knocking, noticed));
    }
    b.receive(FromServer::Closing(Closing::Declined));
    assert_eq!(b.phase(), Phase::Refused(Closing::Declined));
    assert!(b.took().contains(&Output::ForgetSeat));
}

#[test]
fn an_agent_is_rung_and_a_customer_only_sees_the_one_button() {
    let until = NOW.plus(crate::limit::RING);
    let ring = Event::Rang { by: OTHER, until };
    let mut b = Bench::agent();
    b.seat().event(Event::Readied { person: OTHER }).event(ring.clone());
    assert_eq!(b.phase(), Phase::Ringing { by: OTHER, until });
    assert!(b.took().contains(&Output::Ring(true)));
    b.press(Gesture::Start);
    assert_eq!(b.phase(), Phase::Waiting);
    let out = b.took();
    assert!(out.contains(&Output::Ring(false)) && out.contains(&Output::WakeLock(true)));

    let mut b = Bench::customer();
    b.seat().event(Event::Readied { person: OTHER }).event(ring);
    assert_eq!(b.phase(), Phase::Start);
}

#[test]
fn an_agent_who_presses_start_to_talk_by_page_is_heard() {
    let mut b = Bench::new(Options {
        talk: Talk::Page,
        ..Options::agent()
    });
    b.press(Gesture::Start).seat();
    let out = b.took();
    assert_eq!(opened(&out), [MediaWish::Microphone], "no camera: it is off by default");
}

#[test]
fn a_page_loaded_again_in_the_call_opens_what_was_open_and_a_no_only_needs_a_tap() {
    let mut b = Bench::customer();
    b.event(Event::CameraChanged {
        person: ME,
        camera: Camera::Live(REAR),
    });
    b.in_call().event(Event::Paused { person: ME, on: true });
    b.seat();
    assert_eq!(b.phase(), Phase::Live);
    let out = b.took();
    assert_eq!(opened(&out).len(), 1);
    assert!(b.client.view().camera.paused);
    b.media(1, cannot_open("NotAllowedError"));
    assert_eq!(b.client.view().camera.camera, Camera::Dead);
}

#[test]
fn a_camera_that_was_off_before_the_reload_stays_off() {
    let mut b = Bench::customer();
    b.event(Event::CameraChanged {
        person: ME,
        camera: Camera::Off,
    });
    b.in_call().seat();
    let out = b.took();
    assert_eq!(opened(&out), []);
    assert_eq!(b.client.view().camera.camera, Camera::Off);
}

#[test]
fn a_guest_whose_camera_does_not_open_at_the_door_takes_part_all_the_same() {
    let mut b = Bench::new(Options {
        role: Role::Guest,
        ..Options::customer()
    });
    b.press(Gesture::Start).press(Gesture::TurnOnCamera);
    b.media(1, cannot_open("NotFoundError"));
    b.took();
    b.seat();
    assert!(b.commands().contains(&Command::Start));
}

#[test]
fn ink_of_somebody_who_may_not_draw_is_not_shown() {
    let mut b = Bench::customer();
    b.seat().in_call();
    let viewer = PersonId::from_u128(3);
    b.event(Event::Joined {
        person: viewer,
        role: Role::Viewer,
        account: None,
        name: String::new(),
        device: None,
    });
    for (from, shown) in [(viewer, 0), (OTHER, 1)] {
        let ink = Ink::Pointer {
            on: Surface::Live(ME),
            at: Some(Point::MIDDLE),
        };
        b.receive(FromServer::Ink { from, ink });
        assert_eq!(b.client.ink().pointers().len(), shown);
    }
}

#[test]
fn a_guest_who_may_not_speak_is_not_heard() {
    let mut b = Bench::new(Options {
        role: Role::Guest,
        talk: Talk::Page,
        ..Options::customer()
    });
    b.with_camera().media(1, MediaInput::MicrophoneOpened).seat().in_call();
    assert_eq!(b.client.view().mic, Mic::On);
    b.took();
    let silent = Grants {
        speak: false,
        ..Grants::default()
    };
    b.event(Event::Granted {
        person: ME,
        grants: silent,
    });
    let out = b.took();
    assert!(out.contains(&Output::Media(MediaOutput::StopMicrophone)), "{out:?}");
    b.press(Gesture::Microphone(true));
    let out = b.took();
    assert_eq!(
        (b.client.view().mic, opened(&out)),
        (Mic::None, vec![]),
        "and cannot be"
    );
}

#[test]
fn at_the_end_camera_and_microphone_go_off_and_a_rejoin_brings_both_back() {
    let mut b = Bench::new(Options {
        talk: Talk::Page,
        ..Options::customer()
    });
    b.with_camera().media(1, MediaInput::MicrophoneOpened).seat().in_call();
    b.took();
    b.event(Event::Ended {
        reason: EndReason::CustomerEnded,
    });
    let out = b.took();
    for wanted in [
        Output::Media(MediaOutput::StopCamera),
        Output::Media(MediaOutput::StopMicrophone),
        Output::WakeLock(false),
    ] {
        assert!(out.contains(&wanted), "{wanted:?} in {out:?}");
    }
    assert_eq!(
        (b.client.view().camera.camera, b.client.view().mic),
        (Camera::Off, Mic::None)
    );
    b.press(Gesture::Rejoin);
    assert!(matches!(
        opened(&b.took())[..],
        [MediaWish::Camera { microphone: true, .. }]
    ));
}

#[test]
fn a_rejoin_that_nobody_answers_in_time_switches_the_camera_off_again() {
    let mut b = Bench::customer();
    b.with_camera().seat().in_call();
    b.event(Event::Ended {
        reason: EndReason::CustomerEnded,
    });
    b.press(Gesture::Rejoin).event(Event::Readied { person: ME });
    b.media(2, MediaInput::CameraOpened(REAR));
    assert!(matches!(b.client.view().camera.camera, Camera::Live(_)));
    b.now = NOW.plus(crate::limit::REJOIN).plus(core::time::Duration::from_secs(1));
    b.input(Input::Tick);
    assert_eq!(b.client.view().camera.camera, Camera::Off);
}

#[test]
fn opened_in_another_tab_this_one_lets_go_of_everything() {
    let mut b = Bench::customer();
    b.with_camera().seat().in_call();
    b.took();
    b.receive(FromServer::Closing(Closing::Replaced));
    assert_eq!(b.phase(), Phase::Refused(Closing::Replaced));
    let out = b.took();
    assert!(out.contains(&Output::Media(MediaOutput::StopCamera)));
    assert!(!out.contains(&Output::ForgetSeat), "it lives on in the other tab");
    b.input(Input::Seated(SeatToken("seat".into())));
    assert_eq!(b.client.view().link, LinkView::Connecting, "used here again");
}

#[test]
fn what_i_write_is_there_at_once_and_marked_as_on_its_way_until_the_relay_has_it() {
    let mut b = Bench::customer();
    b.with_camera().seat();
    b.took();
    let say = |text: &str| Gesture::Say {
        text: text.into(),
        file: None,
    };
    b.press(say("first")).press(say("second"));
    let shown = |b: &Bench| {
        let view = b.client.view();
        let texts = view.session.iter().flat_map(|session| session.messages());
        let texts: Vec<_> = texts.map(|message| message.text.clone()).collect();
        (texts, view.sending)
    };
    let both = vec!["first".to_owned(), "second".to_owned()];
    assert_eq!(shown(&b), (both.clone(), 2));

    let sent = b.sent();
    let (id, _) = sent
        .iter()
        .find(|(_, command)| matches!(command, Command::Say { .. }))
        .unwrap();
    let said = Event::Said {
        person: ME,
        text: "first".into(),
        file: None,
    };
    b.caused(said, Some(*id));
    assert_eq!(shown(&b), (both, 1), "answered by the event that it caused");
}
