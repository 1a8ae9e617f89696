//! Calls, one thing going wrong at a time. Each runs with many seeds: other delays, and either side may be the caller.

use super::world::{AGENT, CUSTOMER, World};
use farhand_shared::client::{Gesture, Input, LinkView, MediaFlow, MediaOutput, Notice, Output, PageInput, Phase};
use farhand_shared::session::{Answer, Ask, Away, Camera, EndReason, Facing, Mic, Mode, Talk, Torch};

fn in_call(seed: u64) -> World {
    let mut world = World::new(seed, Talk::PhoneCall);
    world.begin_call();
    world
}

/// Runs it with these many seeds.
fn seeds(count: u64, run: impl Fn(u64)) {
    (0..count).for_each(run);
}

#[test]
fn a_call_comes_about_within_a_second_and_everybody_knows_the_same() {
    seeds(20, |seed| {
        let mut world = World::new(seed, Talk::PhoneCall);
        world.take_seat(AGENT);
        world.press(AGENT, Gesture::Start);
        world.run(1_000);
        world.press(CUSTOMER, Gesture::TurnOnCamera);
        world.take_seat(CUSTOMER);
        let took = world.run_until(3_000, World::media_flows);
        assert!(took.is_some_and(|took| took < 1_000), "{took:?}");
        world.run(10_000);
        world.assert_all_is_well();
    });
}

#[test]
fn when_the_path_dies_the_picture_is_back_on_another_within_a_second_and_a_half() {
    let mut took = Vec::new();
    for seed in 0..40 {
        let mut world = in_call(seed);
        world.run(2_000 + seed * 37);
        world.nodes[CUSTOMER].network += 1;
        took.push(world.run_until(5_000, World::media_flows).expect("never again"));
        world.run(10_000);
        world.assert_all_is_well();
    }
    took.sort_unstable();
    assert!(took[39] <= 1_500, "{took:?}");
}

#[test]
fn the_picture_never_stops_while_the_relay_is_dead_and_everybody_is_back_within_half_a_second() {
    seeds(20, |seed| {
        let mut world = in_call(seed);
        world.kill_relay();
        for _ in 0..40 {
            world.run(100);
            assert!(world.media_flows(), "{}", world.describe());
        }
        world.press(AGENT, Gesture::SetMode(Mode::Photo));
        world.start_relay();
        let live = |world: &World| {
            [AGENT, CUSTOMER]
                .iter()
                .all(|who| world.view(*who).link == LinkView::Live)
        };
        let took = world.run_until(5_000, live);
        assert!(took.is_some_and(|took| took <= 550), "{took:?}");
        world.run(10_000);
        world.assert_all_is_well();
        assert_eq!(world.room.session.mode(), Mode::Photo, "pressed while it was dead");
    });
}

#[test]
fn ten_seconds_without_network_are_survived() {
    seeds(20, |seed| {
        let mut world = in_call(seed);
        world.nodes[CUSTOMER].net = false;
        world.run(3_000);
        let flow = world.view(AGENT).peers[0].flow;
        assert!(matches!(flow, MediaFlow::Recovering { .. }), "{flow:?}");
        world.run(7_000);
        world.nodes[CUSTOMER].net = true;
        let took = world.run_until(5_000, World::media_flows);
        assert!(took.is_some_and(|took| took <= 1_500), "{took:?}");
        world.run(15_000);
        world.assert_all_is_well();
    });
}

#[test]
fn from_one_network_to_another_the_picture_is_back_soon_after_the_new_one_is_there() {
    seeds(20, |seed| {
        let mut world = in_call(seed);
        world.input(CUSTOMER, Input::Page(PageInput::Offline));
        world.nodes[CUSTOMER].net = false;
        world.run(4_000);
        world.move_to_another_network(CUSTOMER);
        world.input(CUSTOMER, Input::Page(PageInput::Online));
        let took = world.run_until(5_000, World::media_flows);
        assert!(took.is_some_and(|took| took <= 1_500), "{took:?}");
        world.run(15_000);
        world.assert_all_is_well();
    });
}

#[test]
fn a_phone_that_slept_is_back_with_a_fresh_camera_and_socket() {
    seeds(20, |seed| {
        let mut world = in_call(seed);
        world.sleep(CUSTOMER);
        world.run(60_000);
        world.nodes[CUSTOMER].network += 1;
        world.nodes[CUSTOMER].outputs.clear();
        world.wake(CUSTOMER);
        let live = |world: &World| world.view(CUSTOMER).link == LinkView::Live && world.media_flows();
        let took = world.run_until(8_000, live);
        assert!(took.is_some_and(|took| took <= 5_000), "{took:?}\n{}", world.describe());
        world.run(10_000);
        world.assert_all_is_well();
        let outputs = &world.nodes[CUSTOMER].outputs;
        assert!(outputs.contains(&Output::Media(MediaOutput::Reattach)));
        assert!(
            outputs.contains(&Output::WakeLock(true)),
            "asked for again on every return"
        );
    });
}

#[test]
fn a_reloaded_page_is_back_in_the_call_by_itself() {
    for who in [AGENT, CUSTOMER] {
        seeds(20, |seed| {
            let mut world = in_call(seed);
            world.reload(who);
            let took = world.run_until(5_000, World::media_flows);
            assert!(took.is_some_and(|took| took <= 1_500), "{took:?}\n{}", world.describe());
            assert_eq!(world.view(who).phase, Phase::Live);
            world.run(10_000);
            world.assert_all_is_well();
        });
    }
}

#[test]
fn both_pages_may_be_reloaded_at_nearly_the_same_time() {
    seeds(40, |seed| {
        let mut world = in_call(seed);
        world.reload(CUSTOMER);
        world.run(seed * 7);
        world.reload(AGENT);
        world.run(12_000);
        world.assert_all_is_well();
    });
}

#[test]
fn both_sides_may_offer_at_any_moment() {
    seeds(60, |seed| {
        let mut world = in_call(seed);
        for i in 0..10 {
            world.change_tracks(AGENT);
            world.run((seed * 13 + i * 29) % 120);
            world.change_tracks(CUSTOMER);
            world.run((seed * 31 + i * 17) % 120);
        }
        world.run(5_000);
        world.assert_all_is_well();
    });
}

#[test]
fn with_a_third_of_the_negotiation_lost_every_call_still_comes_about() {
    seeds(60, |seed| {
        let mut world = World::new(seed, Talk::PhoneCall);
        world.loss = 0.33;
        world.take_seat(AGENT);
        world.press(AGENT, Gesture::Start);
        world.press(CUSTOMER, Gesture::TurnOnCamera);
        world.take_seat(CUSTOMER);
        let took = world.run_until(60_000, World::media_flows);
        assert!(took.is_some(), "{}", world.describe());
        world.run(10_000);
        world.assert_all_is_well();
    });
}

#[test]
fn an_event_that_was_lost_is_fetched() {
    seeds(20, |seed| {
        let mut world = in_call(seed);
        world.press(AGENT, Gesture::SetCase("T-1".into()));
        world.run(45);
        world.lose_one_event(CUSTOMER);
        world.press(AGENT, Gesture::SetCase("T-2".into()));
        world.run(10_000);
        world.assert_all_is_well();
        assert_eq!(world.room.session.case_id(), Some("T-2"));
    });
}

#[test]
fn what_is_pressed_without_network_shows_at_once_and_is_done_once_later() {
    let mut world = in_call(3);
    world.nodes[AGENT].net = false;
    world.run(20_000);
    world.press(AGENT, Gesture::SetMode(Mode::Photo));
    world.press(AGENT, Gesture::SetCase("T-1".into()));
    world.press(AGENT, Gesture::SetMode(Mode::Video));
    world.press(AGENT, Gesture::SetMode(Mode::Photo));
    let shown = world.view(AGENT).session.expect("a session");
    assert_eq!((shown.mode(), shown.case_id()), (Mode::Photo, Some("T-1")));
    world.run(5_000);
    world.nodes[AGENT].net = true;
    world.run(15_000);
    world.assert_all_is_well();
    assert_eq!(world.room.session.mode(), Mode::Photo);
    let changes = world
        .room
        .log
        .iter()
        .filter(|record| record.cause.is_some_and(|id| world.room.done.contains(&id)));
    assert!(changes.count() > 0);
    assert!(
        world
            .view(AGENT)
            .notices
            .iter()
            .any(|(_, notice)| *notice == Notice::BackAgain)
    );
}

#[test]
fn an_end_can_be_taken_back_and_otherwise_switches_the_camera_off() {
    let mut world = in_call(4);
    world.press(CUSTOMER, Gesture::End);
    assert!(matches!(world.view(CUSTOMER).phase, Phase::Ending { .. }), "at once");
    world.run(1_000);
    assert!(matches!(world.view(AGENT).phase, Phase::Ending { .. }));
    world.press(CUSTOMER, Gesture::Stay);
    world.run(6_000);
    world.assert_all_is_well();

    world.press(CUSTOMER, Gesture::End);
    world.run(6_000);
    for who in [AGENT, CUSTOMER] {
        let Phase::Ended { reason, rejoining, .. } = world.view(who).phase else {
            panic!("{}", world.describe())
        };
        assert_eq!((reason, rejoining), (EndReason::CustomerEnded, false));
        assert_eq!(world.view(who).peers, []);
        assert_eq!(world.nodes[who].outputs.iter().rev().find_map(wake_lock), Some(false));
    }
    assert_eq!(world.view(CUSTOMER).camera.camera, Camera::Off);
    let off = Output::Media(MediaOutput::StopCamera);
    assert!(
        world.nodes[CUSTOMER].outputs.contains(&off),
        "the camera's light goes off"
    );
}

const fn wake_lock(output: &Output) -> Option<bool> {
    match output {
        Output::WakeLock(on) => Some(*on),
        _ => None,
    }
}

#[test]
fn a_rejoin_needs_both_and_brings_mode_and_camera_back() {
    seeds(10, |seed| {
        let mut world = in_call(seed);
        world.press(AGENT, Gesture::SetMode(Mode::Photo));
        world.press(AGENT, Gesture::End);
        world.run(7_000);
        world.press(CUSTOMER, Gesture::Rejoin);
        world.run(1_000);
        let rejoining = |world: &World, who: usize| match world.view(who).phase {
            Phase::Ended {
                rejoining,
                other_rejoining,
                ..
            } => (rejoining, other_rejoining),
            other => panic!("{other:?}"),
        };
        assert_eq!(rejoining(&world, CUSTOMER), (true, false));
        assert_eq!(rejoining(&world, AGENT), (false, true));
        assert!(
            matches!(world.view(CUSTOMER).camera.camera, Camera::Live(_)),
            "the tap opened it"
        );
        world.press(AGENT, Gesture::Rejoin);
        world.run(10_000);
        world.assert_all_is_well();
        assert_eq!(world.room.session.mode(), Mode::Photo);
    });
}

#[test]
fn the_agent_asks_for_light_and_the_other_camera_and_both_hear_of_it() {
    seeds(10, |seed| {
        let mut world = in_call(seed);
        let agent = world.nodes[AGENT].person;
        world.press(AGENT, Gesture::AskLight(true));
        world.run(1_000);
        let customer = world.room.session.customer().expect("a customer");
        assert_eq!((customer.torch, customer.asked), (Torch::On, None));
        world.press(AGENT, Gesture::AskFlip);
        world.run(2_000);
        let customer = world.room.session.customer().expect("a customer");
        assert!(matches!(customer.camera, Camera::Live(lens) if lens.facing == Facing::Front));
        assert_eq!(customer.asked, None);
        let notices = |who: usize| {
            world
                .view(who)
                .notices
                .into_iter()
                .map(|(_, notice)| notice)
                .collect::<Vec<_>>()
        };
        let asked = [Ask::Torch(true), Ask::Flip];
        assert_eq!(notices(CUSTOMER), asked.map(|ask| Notice::AgentDid(ask, agent)));
        assert_eq!(notices(AGENT), asked.map(|ask| Notice::AskAnswered(ask, Answer::Done)));
        world.run(5_000);
        world.assert_all_is_well();
    });
}

#[test]
fn a_slider_for_zoom_does_not_flood_and_ends_where_it_was_left() {
    let mut world = in_call(5);
    for step in 0..100 {
        world.press(AGENT, Gesture::AskZoom(1.0 + step as f32 / 50.0));
        world.run(10);
    }
    world.run(5_000);
    let customer = world.room.session.customer().expect("a customer");
    let Camera::Live(lens) = customer.camera else {
        panic!("{:?}", customer.camera)
    };
    assert_eq!(lens.zoom.map(|zoom| zoom.now), Some(2.98));
    assert!(world.room.done.len() < 150, "{}", world.room.done.len());
    world.assert_all_is_well();
}

#[test]
fn a_hidden_page_is_away_and_its_silence_no_broken_path() {
    let mut world = in_call(6);
    world.input(CUSTOMER, Input::Page(PageInput::Hidden));
    world.run(500);
    let away = |world: &World| world.room.session.customer().and_then(|p| p.away).map(|(why, _)| why);
    assert_eq!(away(&world), Some(Away::Hidden));
    let beacon = |output: &Output| matches!(output, Output::AwayBeacon(_));
    assert!(world.nodes[CUSTOMER].outputs.iter().any(beacon));
    world.silence_camera(CUSTOMER);
    for _ in 0..100 {
        world.run(100);
        assert_eq!(world.view(AGENT).peers[0].flow, MediaFlow::Flowing);
    }
    world.input(CUSTOMER, Input::Page(PageInput::Shown));
    world.run(5_000);
    assert_eq!(away(&world), None);
    world.assert_all_is_well();
}

#[test]
fn the_last_agent_who_leaves_ends_it_and_their_seat_is_forgotten() {
    let mut world = in_call(7);
    world.press(AGENT, Gesture::Leave);
    assert_eq!(world.view(AGENT).phase, Phase::Left, "at once");
    world.run(2_000);
    let Phase::Ended { reason, .. } = world.view(CUSTOMER).phase else {
        panic!("{}", world.describe())
    };
    assert_eq!(reason, EndReason::AgentsLeft);
    assert_eq!(
        (world.view(AGENT).phase, world.view(AGENT).link),
        (Phase::Left, LinkView::Idle)
    );
    assert!(world.nodes[AGENT].outputs.contains(&Output::ForgetSeat));
}

#[test]
fn talking_by_page_opens_both_microphones_with_the_first_tap() {
    let mut world = World::new(8, Talk::Page);
    world.begin_call();
    world.run(2_000);
    let mics: Vec<Mic> = world.room.session.people().iter().map(|p| p.mic).collect();
    assert_eq!(mics, [Mic::On, Mic::On]);
    world.press(CUSTOMER, Gesture::SetTalk(Talk::PhoneCall));
    world.run(2_000);
    assert_eq!(world.room.session.customer().map(|p| p.mic), Some(Mic::None));
}

#[test]
fn without_a_camera_the_call_runs_all_the_same() {
    let mut world = World::new(9, Talk::PhoneCall);
    world.take_seat(AGENT);
    world.press(CUSTOMER, Gesture::GoWithoutCamera);
    world.take_seat(CUSTOMER);
    world.run(1_000);
    assert_eq!(world.view(CUSTOMER).phase, Phase::Waiting);
    assert!(matches!(world.view(AGENT).phase, Phase::Ringing { .. }));
    assert!(world.nodes[AGENT].outputs.contains(&Output::Ring(true)));
    world.press(AGENT, Gesture::Start);
    world.run(1_000);
    assert_eq!(world.view(CUSTOMER).phase, Phase::Live);
    assert!(world.nodes[AGENT].outputs.contains(&Output::Ring(false)));
    world.press(CUSTOMER, Gesture::TurnOnCamera);
    world.run(5_000);
    world.assert_all_is_well();
}

#[test]
fn a_refused_call_does_not_ring_again_by_itself() {
    let mut world = World::new(10, Talk::PhoneCall);
    world.take_seat(AGENT);
    world.press(CUSTOMER, Gesture::TurnOnCamera);
    world.take_seat(CUSTOMER);
    world.run(1_000);
    world.press(AGENT, Gesture::DeclineCall);
    world.run(5_000);
    assert_eq!(world.view(CUSTOMER).phase, Phase::Start);
    assert_eq!(world.view(AGENT).phase, Phase::Start);
    world.press(CUSTOMER, Gesture::TurnOnCamera);
    world.run(1_000);
    assert!(matches!(world.view(AGENT).phase, Phase::Ringing { .. }));
}

#[test]
fn credentials_about_to_run_out_are_renewed_before_they_are_needed() {
    let mut world = World::new(11, Talk::PhoneCall);
    world.room.ice_life_ms = 30_000;
    world.begin_call();
    world.run(5_000);
    world.room.ice_life_ms = 600_000;
    world.nodes[CUSTOMER].network += 1;
    let took = world.run_until(5_000, World::media_flows);
    assert!(took.is_some_and(|took| took <= 2_000), "{took:?}");
    world.run(5_000);
    world.assert_all_is_well();
}

#[test]
fn a_camera_for_the_next_session_leaves_the_ended_one_behind() {
    let mut world = in_call(12);
    world.press(AGENT, Gesture::End);
    world.run(7_000);
    world.press(CUSTOMER, Gesture::TurnOnCamera);
    world.run(1_000);
    let view = world.view(CUSTOMER);
    assert_eq!((view.session, view.link), (None, LinkView::Idle));
    assert!(matches!(view.camera.camera, Camera::Live(_)));
}
