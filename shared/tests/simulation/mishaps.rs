//! Calls with one thing going wrong at a time, each with many seeds.

use super::calls::{in_call, seeds};
use super::world::{AGENT, CUSTOMER, World};
use farhand_shared::client::{Gesture, Input, LinkView, MediaFlow, MediaOutput, Notice, Output, PageInput, Phase};
use farhand_shared::session::{Away, Mode, Talk};

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
fn a_lost_event_that_no_other_follows_is_fetched_after_the_next_pong() {
    seeds(20, |seed| {
        let mut world = in_call(seed);
        world.press(AGENT, Gesture::SetCase("T-1".into()));
        world.run(45);
        world.lose_one_event(CUSTOMER);
        world.run(5_500);
        assert!(world.media_flows());
        world.assert_all_is_well();
        let customer = world.view(CUSTOMER).session.expect("a session");
        assert_eq!(customer.case_id(), Some("T-1"));
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
