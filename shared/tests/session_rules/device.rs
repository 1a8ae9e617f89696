//! Reports of phones and browsers, and what agents ask of them (features P3, C1, C2, S0.19, N15).

use crate::story::{AGENT, CUSTOMER, GUEST, KNOCKER, SECOND_AGENT, START, Story, VIEWER, front, rear};
use core::time::Duration;
use farhand_shared::coach::Hint;
use farhand_shared::quality::Quality;
use farhand_shared::role::Role;
use farhand_shared::session::{
    Answer, Ask, Away, Blocked, Camera, Command, Context, Device, DeviceKind, Event, Intake, Interruption, Lens, Mic,
    Rejection, Torch, ZoomRange, by_person,
};

fn live(lens: Lens) -> Command {
    Command::ReportCamera(Camera::Live(lens))
}

fn light(torch: Torch) -> Command {
    Command::ReportTorch { torch, asked_by: None }
}

fn ask(what: Ask) -> Command {
    Command::Ask { of: CUSTOMER, what }
}

#[test]
fn only_a_real_change_is_news() {
    let news = [
        (live(rear()), live(front())),
        (Command::ReportMic(Mic::On), Command::ReportMic(Mic::Muted)),
        (
            Command::ReportQuality(Quality::Weak),
            Command::ReportQuality(Quality::Good),
        ),
        (Command::ReportHint(Some(Hint::Dark)), Command::ReportHint(None)),
        (Command::ReportAway(Some(Away::Hidden)), Command::ReportAway(None)),
        (Command::Pause(true), Command::Pause(false)),
    ];
    for (first, second) in news {
        let story = Story::call().does(CUSTOMER, first.clone());
        assert_eq!(story.when(CUSTOMER, first), Ok(vec![]));
        assert_eq!(story.when(CUSTOMER, second).map(|events| events.len()), Ok(1));
    }
}

#[test]
fn a_viewer_is_neither_seen_nor_heard() {
    let story = Story::call().joins(VIEWER, Role::Viewer);
    for report in [
        live(front()),
        Command::ReportCamera(Camera::Asking),
        Command::ReportMic(Mic::On),
    ] {
        assert_eq!(
            story.when(VIEWER, report.clone()),
            Err(Rejection::NotAllowed),
            "{report:?}"
        );
    }
    assert!(story.person(CUSTOMER).is_heard() && !story.person(VIEWER).is_heard());
}

#[test]
fn where_the_operator_keeps_agents_off_camera_only_theirs_stays_closed() {
    let story = Story::call();
    let context = Context {
        agent_cameras: false,
        ..Context::at(story.now)
    };
    let reports = |who, camera| by_person(&story.session, who, &Command::ReportCamera(camera), &context);
    for camera in [Camera::Asking, Camera::Live(front())] {
        assert_eq!(reports(AGENT, camera), Err(Rejection::NotAllowed), "{camera:?}");
        assert_eq!(reports(CUSTOMER, camera).map(|events| events.len()), Ok(1));
    }
    assert_eq!(reports(AGENT, Camera::Off).map(|events| events.len()), Ok(1));
}

#[test]
fn the_light_can_only_be_reported_by_an_open_lens_that_has_one() {
    assert_eq!(
        Story::call().when(CUSTOMER, light(Torch::On)),
        Err(Rejection::NotPossibleNow)
    );
    let front = Story::call().does(CUSTOMER, live(front()));
    assert_eq!(front.when(CUSTOMER, light(Torch::On)), Err(Rejection::NotPossibleNow));
    assert_eq!(
        Story::live().when(CUSTOMER, light(Torch::None)),
        Err(Rejection::NotPossibleNow)
    );
    assert_eq!(
        Story::live().person(CUSTOMER).torch,
        Torch::Off,
        "a lens with a light starts dark"
    );
    assert_eq!(
        Story::live().does(CUSTOMER, light(Torch::On)).person(CUSTOMER).torch,
        Torch::On
    );
}

#[test]
fn the_light_goes_with_its_lens() {
    let lit = Story::live().does(CUSTOMER, light(Torch::On));
    let zoomed = Lens {
        zoom: rear().zoom.map(|zoom| ZoomRange { now: 2.0, ..zoom }),
        ..rear()
    };
    let table = [
        (Camera::Live(zoomed), Torch::On),
        (Camera::Live(front()), Torch::None),
        (Camera::Off, Torch::None),
        (Camera::Blocked(Blocked::Site), Torch::None),
        (Camera::Interrupted(Interruption::Taken), Torch::None),
        (Camera::Dead, Torch::None),
    ];
    for (camera, torch) in table {
        let story = lit.clone().does(CUSTOMER, Command::ReportCamera(camera));
        assert_eq!(story.person(CUSTOMER).torch, torch, "{camera:?}");
    }
    let back = lit.does(CUSTOMER, live(front())).does(CUSTOMER, live(rear()));
    assert_eq!(back.person(CUSTOMER).torch, Torch::Off);
}

#[test]
fn an_agent_asks_for_light_and_the_phone_says_who_asked() {
    let asked = Story::live().does(AGENT, ask(Ask::Torch(true)));
    assert_eq!(asked.person(CUSTOMER).asked, Some((Ask::Torch(true), AGENT)));
    let done = Command::ReportTorch {
        torch: Torch::On,
        asked_by: Some(AGENT),
    };
    let by_agent = Event::TorchChanged {
        person: CUSTOMER,
        torch: Torch::On,
        asked_by: Some(AGENT),
    };
    assert_eq!(asked.when(CUSTOMER, done.clone()), Ok(vec![by_agent]));
    assert_eq!(asked.does(CUSTOMER, done).person(CUSTOMER).asked, None);
}

#[test]
fn nobody_is_blamed_for_light_they_did_not_ask_for() {
    let blamed = Command::ReportTorch {
        torch: Torch::On,
        asked_by: Some(SECOND_AGENT),
    };
    for story in [Story::live(), Story::live().does(AGENT, ask(Ask::Torch(true)))] {
        let events = story.when(CUSTOMER, blamed.clone());
        assert!(matches!(
            events.as_deref(),
            Ok([Event::TorchChanged { asked_by: None, .. }])
        ));
    }
}

#[test]
fn asking_needs_a_connected_customer_in_the_call_with_a_lens_that_can() {
    let dark = Story::call().does(CUSTOMER, live(front()));
    let impossible = [
        ("no camera", Story::call(), Ask::Flip),
        ("no light", dark.clone(), Ask::Torch(true)),
        ("no zoom", dark.clone(), Ask::Zoom(2.0)),
        ("zoom too far", Story::live(), Ask::Zoom(5.5)),
        ("zoom below one", Story::live(), Ask::Zoom(0.5)),
        ("no number", Story::live(), Ask::Zoom(f32::NAN)),
        ("gone", Story::live().disconnects(CUSTOMER), Ask::Flip),
        (
            "not in the call",
            Story::lobby().does(CUSTOMER, live(rear())),
            Ask::Flip,
        ),
    ];
    for (why, story, what) in impossible {
        assert_eq!(story.when(AGENT, ask(what)), Err(Rejection::NotPossibleNow), "{why}");
    }
    for what in [Ask::Torch(true), Ask::Flip, Ask::Zoom(1.5), Ask::Zoom(5.0)] {
        let asked = Event::Asked {
            by: AGENT,
            of: CUSTOMER,
            what,
        };
        assert_eq!(Story::live().when(AGENT, ask(what)), Ok(vec![asked]));
    }
    assert!(dark.when(AGENT, ask(Ask::Flip)).is_ok());
}

#[test]
fn only_customers_are_asked() {
    let story = Story::live()
        .joins(GUEST, Role::Guest)
        .connects(GUEST)
        .does(GUEST, Command::Start);
    let story = story.does(GUEST, live(rear()));
    let of_guest = Command::Ask {
        of: GUEST,
        what: Ask::Flip,
    };
    let of_nobody = Command::Ask {
        of: KNOCKER,
        what: Ask::Flip,
    };
    assert_eq!(story.when(AGENT, of_guest), Err(Rejection::NotPossibleNow));
    assert_eq!(story.when(AGENT, of_nobody), Err(Rejection::NoSuchPerson));
}

#[test]
fn asking_for_what_is_so_or_is_asked_already_is_no_news() {
    assert_eq!(Story::live().when(AGENT, ask(Ask::Torch(false))), Ok(vec![]));
    assert_eq!(Story::live().when(AGENT, ask(Ask::Zoom(1.0))), Ok(vec![]));
    let asked = Story::live().does(AGENT, ask(Ask::Torch(true)));
    assert_eq!(asked.when(AGENT, ask(Ask::Torch(true))), Ok(vec![]));
    let changed_mind = asked.does(AGENT, ask(Ask::Torch(false)));
    assert_eq!(changed_mind.person(CUSTOMER).asked, Some((Ask::Torch(false), AGENT)));
    let settled = changed_mind.when(CUSTOMER, light(Torch::Off));
    assert!(matches!(
        settled.as_deref(),
        Ok([Event::AskAnswered {
            answer: Answer::Done,
            ..
        }])
    ));
}

#[test]
fn an_answer_must_fit_the_question() {
    let asked = Story::live().does(AGENT, ask(Ask::Flip));
    let answer = |what| Command::AnswerAsk {
        what,
        answer: Answer::No,
    };
    assert_eq!(asked.when(CUSTOMER, answer(Ask::Torch(true))), Err(Rejection::NotAsked));
    let answered = asked.does(CUSTOMER, answer(Ask::Flip));
    assert_eq!(answered.person(CUSTOMER).asked, None);
    assert_eq!(answered.when(CUSTOMER, answer(Ask::Flip)), Err(Rejection::NotAsked));
}

#[test]
fn a_question_ends_with_the_camera_or_the_connection() {
    let asked = Story::live().does(AGENT, ask(Ask::Flip));
    let flipping = asked.clone().does(CUSTOMER, Command::ReportCamera(Camera::Asking));
    assert!(
        flipping.person(CUSTOMER).asked.is_some(),
        "the other lens may need the browser's question"
    );
    let ends = [
        asked.clone().does(CUSTOMER, Command::ReportCamera(Camera::Off)),
        asked.clone().disconnects(CUSTOMER),
        asked.does(CUSTOMER, Command::End).passes(Duration::from_secs(5)),
    ];
    for story in ends {
        assert_eq!(story.person(CUSTOMER).asked, None);
    }
}

#[test]
fn numbers_that_json_cannot_carry_never_reach_the_log() {
    let odd = [(f32::INFINITY, 1.0), (5.0, f32::NAN), (0.5, 1.0)];
    for (max, now) in odd {
        let zoom = Some(ZoomRange { min: 1.0, max, now });
        let story = Story::call().does(CUSTOMER, live(Lens { zoom, ..rear() }));
        assert_eq!(
            story.person(CUSTOMER).camera,
            Camera::Live(Lens { zoom: None, ..rear() })
        );
    }
}

#[test]
fn a_socket_comes_and_goes() {
    let story = Story::lobby().passes(Duration::from_secs(1)).disconnects(CUSTOMER);
    let person = story.person(CUSTOMER);
    assert_eq!((person.connected, person.connected_at), (false, story.now));
    assert_eq!(story.when_server(Intake::Disconnect { person: CUSTOMER }), Ok(vec![]));
    let back = story.connects(CUSTOMER);
    assert!(back.person(CUSTOMER).connected);
    let again = Intake::Connect {
        person: CUSTOMER,
        device: None,
    };
    assert_eq!(back.when_server(again), Ok(vec![]));
}

#[test]
fn strangers_have_no_socket() {
    let connect = Intake::Connect {
        person: GUEST,
        device: None,
    };
    for intake in [
        connect,
        Intake::Disconnect { person: GUEST },
        Intake::Away { person: GUEST },
    ] {
        assert_eq!(Story::lobby().when_server(intake), Err(Rejection::NoSuchPerson));
    }
}

#[test]
fn whoever_connects_is_back() {
    let away = Story::call().does(CUSTOMER, Command::ReportAway(Some(Away::PhoneCall)));
    assert_eq!(away.person(CUSTOMER).away, Some((Away::PhoneCall, START)));
    let beacon = Intake::Away { person: CUSTOMER };
    assert_eq!(away.when_server(beacon.clone()), Ok(vec![]), "the page knew better");
    assert_eq!(away.connects(CUSTOMER).person(CUSTOMER).away, None);
    assert_eq!(
        Story::call().takes(beacon).person(CUSTOMER).away,
        Some((Away::Hidden, START))
    );
}

#[test]
fn a_wordy_device_is_cut_and_cleaned_not_refused() {
    let device = Device {
        kind: DeviceKind::Phone,
        system: "iOS \u{0} 26.6".to_owned(),
        browser: "x".repeat(5_000),
        version: String::new(),
    };
    let story = Story::new().joins(CUSTOMER, Role::Customer).takes(Intake::Connect {
        person: CUSTOMER,
        device: Some(device),
    });
    let device = story.person(CUSTOMER).device.clone().expect("was said");
    assert_eq!((device.system.as_str(), device.browser.len()), ("iOS 26.6", 40));
    let kept = story.disconnects(CUSTOMER).connects(CUSTOMER);
    assert_eq!(
        kept.person(CUSTOMER).device,
        Some(device),
        "a hello without a device forgets nothing"
    );
}

#[test]
fn a_knocker_may_say_how_their_device_does_and_nothing_else() {
    let story = Story::lobby().knocks(KNOCKER);
    for allowed in [
        live(front()),
        Command::SetName("Bo B".to_owned()),
        Command::ReportMic(Mic::On),
    ] {
        assert!(story.when(KNOCKER, allowed).is_ok());
    }
    for refused in [Command::Start, Command::End, Command::Pause(true), Command::Rejoin] {
        assert_eq!(story.when(KNOCKER, refused), Err(Rejection::NoSeat));
    }
}
