//! Calls over lines that carry too little: video gives way to photos, and comes back.

use super::calls::{in_call, seeds};
use super::world::{AGENT, CUSTOMER, World};
use farhand_shared::client::{Gesture, Input, MediaFlow, Output, PageInput};
use farhand_shared::coach::Hint;
use farhand_shared::quality::{Encoding, Quality};
use farhand_shared::session::{Mode, ModeWhy};

const BOTH: [usize; 2] = [AGENT, CUSTOMER];
const THIN: u32 = 90;
const GOOD: u32 = 3_000;

fn mode(world: &World, who: usize) -> (Mode, ModeWhy) {
    let session = world.view(who).session.unwrap();
    (session.mode(), session.mode_why())
}

fn fell_back(world: &World) -> bool {
    BOTH.iter()
        .all(|who| mode(world, *who) == (Mode::Photo, ModeWhy::Network))
}

fn offered(world: &World) -> bool {
    BOTH.iter().all(|who| world.view(*who).offers_video)
}

fn encoding(world: &World, who: usize) -> Option<Encoding> {
    world.nodes[who].connections.values().next().unwrap().encoding
}

/// A call whose customer's line has become thin, and what followed.
fn fallen(seed: u64) -> World {
    let mut world = in_call(seed);
    world.run(12_000);
    world.nodes[CUSTOMER].uplink_kbit = THIN;
    let took = world.run_until(30_000, fell_back).expect("still video");
    assert!((10_000..13_000).contains(&took), "after {took} ms");
    world
}

#[test]
fn a_line_too_thin_for_video_becomes_photos_and_both_know_whose_it_is() {
    seeds(10, |seed| {
        let mut world = fallen(seed);
        world.run(1_000);
        let customer = world.nodes[CUSTOMER].person;
        assert_eq!(world.view(CUSTOMER).weakest, Some((None, Quality::VeryWeak)));
        assert_eq!(world.view(AGENT).weakest, Some((Some(customer), Quality::VeryWeak)));
        assert_eq!(
            BOTH.map(|who| encoding(&world, who)),
            [None, None],
            "live video is really off"
        );
        // Silence on purpose is no broken path.
        for _ in 0..60 {
            world.run(500);
            for who in BOTH {
                assert_eq!(
                    world.view(who).peers[0].flow,
                    MediaFlow::Flowing,
                    "{}",
                    world.describe()
                );
                assert!(!world.view(who).offers_video);
            }
        }
    });
}

#[test]
fn before_that_the_picture_gets_smaller() {
    let mut world = in_call(3);
    world.run(12_000);
    let side = |world: &World| encoding(world, CUSTOMER).unwrap();
    assert_eq!(side(&world), Encoding::default());
    world.nodes[CUSTOMER].uplink_kbit = 200;
    world.run(3_000);
    assert!(side(&world).scale_down >= 2.0 && side(&world).fps < 24);
    world.run(60_000);
    assert_eq!(mode(&world, AGENT), (Mode::Video, ModeWhy::Chosen), "small, but video");
    world.nodes[CUSTOMER].uplink_kbit = GOOD;
    world.run(2_000);
    assert_eq!(side(&world), Encoding::default());
    world.assert_all_is_well();
}

#[test]
fn video_is_offered_on_both_sides_and_comes_back_when_somebody_takes_it() {
    seeds(10, |seed| {
        let mut world = fallen(seed);
        world.run(30_000);
        world.nodes[CUSTOMER].uplink_kbit = GOOD;
        world.run(15_000);
        assert!(
            BOTH.iter().all(|who| !world.view(*who).offers_video),
            "not promised too soon"
        );
        assert!(world.run_until(15_000, offered).is_some(), "{}", world.describe());
        let who = if seed % 2 == 0 { AGENT } else { CUSTOMER };
        world.press(who, Gesture::SetMode(Mode::Video));
        world.run(60_000);
        assert_eq!(mode(&world, AGENT), (Mode::Video, ModeWhy::Chosen));
        assert_eq!(BOTH.map(|who| encoding(&world, who)), [Some(Encoding::default()); 2]);
        assert!(!offered(&world));
        world.assert_all_is_well();
    });
}

#[test]
fn who_takes_video_back_too_early_has_it_until_it_fails_again() {
    let mut world = fallen(5);
    world.press(CUSTOMER, Gesture::SetMode(Mode::Video));
    world.run(15_000);
    assert_eq!(mode(&world, AGENT), (Mode::Video, ModeWhy::Chosen));
    assert!(world.run_until(10_000, fell_back).is_some());
}

#[test]
fn a_reloaded_page_and_a_killed_relay_change_nothing_about_it() {
    let mut world = fallen(6);
    world.reload(CUSTOMER);
    world.run(5_000);
    assert!(fell_back(&world));
    assert_eq!(encoding(&world, CUSTOMER), None);
    world.kill_relay();
    world.run(3_000);
    world.start_relay();
    world.nodes[CUSTOMER].uplink_kbit = GOOD;
    assert!(world.run_until(40_000, offered).is_some(), "{}", world.describe());
}

#[test]
fn a_page_that_nobody_sees_measures_nothing() {
    let mut world = fallen(7);
    world.input(CUSTOMER, Input::Page(PageInput::Hidden));
    world.nodes[CUSTOMER].outputs.clear();
    world.run(60_000);
    let measures = |output: &Output| matches!(output, Output::Measure { .. });
    assert!(!world.nodes[CUSTOMER].outputs.iter().any(measures));
}

#[test]
fn photo_mode_by_choice_keeps_a_small_preview_while_the_line_is_good() {
    let mut world = in_call(8);
    world.press(AGENT, Gesture::SetMode(Mode::Photo));
    world.run(20_000);
    let preview = encoding(&world, CUSTOMER).unwrap();
    assert_eq!((preview.fps, preview.max_kbit), (1, 160));
    assert!(!offered(&world));
    assert_eq!(world.view(AGENT).peers[0].flow, MediaFlow::Flowing);
    world.press(CUSTOMER, Gesture::SaveData(true));
    world.run(1_000);
    assert_eq!(encoding(&world, CUSTOMER), None, "who saves data sends none");
    assert!(world.view(CUSTOMER).saves_data);
}

#[test]
fn who_saves_data_sends_less_than_the_line_would_carry() {
    let mut world = in_call(9);
    world.press(CUSTOMER, Gesture::SaveData(true));
    world.run(20_000);
    let small = encoding(&world, CUSTOMER).unwrap();
    assert!(small.max_kbit <= 300 && small.fps <= 12, "{small:?}");
    assert_eq!(mode(&world, AGENT), (Mode::Video, ModeWhy::Chosen));
}

#[test]
fn an_outage_is_no_thin_line() {
    seeds(10, |seed| {
        let mut world = in_call(seed);
        world.run(12_000);
        world.nodes[CUSTOMER].net = false;
        world.run(30_000);
        world.nodes[CUSTOMER].net = true;
        world.run(30_000);
        assert_eq!(mode(&world, AGENT), (Mode::Video, ModeWhy::Chosen));
        world.assert_all_is_well();
    });
}

#[test]
fn an_agents_line_never_decides_about_the_customers_video() {
    let mut world = in_call(10);
    world.run(12_000);
    world.nodes[AGENT].uplink_kbit = THIN;
    world.press(AGENT, Gesture::TurnOnCamera);
    world.run(60_000);
    assert_eq!(mode(&world, AGENT), (Mode::Video, ModeWhy::Chosen));
}

#[test]
fn what_could_be_better_about_the_picture_is_read_on_both_sides_while_it_is_seen() {
    let mut world = in_call(11);
    world.input(CUSTOMER, Input::Hint(Some(Hint::Dark)));
    world.run(500);
    assert_eq!(BOTH.map(|who| world.view(who).hint), [Some(Hint::Dark); 2]);
    world.press(CUSTOMER, Gesture::Pause(true));
    world.run(500);
    assert_eq!(world.view(AGENT).hint, None, "there is no picture");
    world.press(CUSTOMER, Gesture::Pause(false));
    world.input(CUSTOMER, Input::Hint(Some(Hint::Shaky)));
    world.run(500);
    assert_eq!(BOTH.map(|who| world.view(who).hint), [Some(Hint::Shaky); 2]);
    world.input(CUSTOMER, Input::Hint(None));
    world.run(500);
    assert_eq!(BOTH.map(|who| world.view(who).hint), [None; 2]);
}
