//! Calls as people make them. Each runs with other seeds: other delays, and either side may be the caller.

use super::world::{AGENT, CUSTOMER, World};
use farhand_shared::client::{Gesture, LinkView, MediaOutput, Notice, Output, Phase};
use farhand_shared::session::{Answer, Ask, Camera, EndReason, Facing, Mic, Mode, Talk, Torch};

pub fn in_call(seed: u64) -> World {
    let mut world = World::new(seed, Talk::PhoneCall);
    world.begin_call();
    world
}

/// Runs it with these many seeds.
pub fn seeds(count: u64, run: impl Fn(u64)) {
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
