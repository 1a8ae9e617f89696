//! Everything at once, in any order. When the storm is over, all must be well again.

use super::world::{AGENT, CUSTOMER, World};
use farhand_shared::client::{Gesture, Input, PageInput};
use farhand_shared::session::{Mode, Talk};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Blow {
    Net(usize, bool),
    Move(usize),
    Path(bool),
    Sleep(usize),
    Wake(usize),
    Reload(usize),
    KillRelay,
    StartRelay,
    LoseEvent(usize),
    Tracks(usize),
    Hidden(usize),
    Shown(usize),
    Mode(usize, bool),
    Flip,
    Light(bool),
    AskLight(bool),
    AskFlip,
    Pause(bool),
    Loss(bool),
}

fn blow() -> impl Strategy<Value = Blow> {
    let who = prop_oneof![Just(AGENT), Just(CUSTOMER)];
    let on = any::<bool>();
    prop_oneof![
        (who.clone(), on).prop_map(|(who, on)| Blow::Net(who, on)),
        who.clone().prop_map(Blow::Move),
        on.prop_map(Blow::Path),
        who.clone().prop_map(Blow::Sleep),
        who.clone().prop_map(Blow::Wake),
        who.clone().prop_map(Blow::Reload),
        Just(Blow::KillRelay),
        Just(Blow::StartRelay),
        who.clone().prop_map(Blow::LoseEvent),
        who.clone().prop_map(Blow::Tracks),
        who.clone().prop_map(Blow::Hidden),
        who.clone().prop_map(Blow::Shown),
        (who, on).prop_map(|(who, on)| Blow::Mode(who, on)),
        Just(Blow::Flip),
        on.prop_map(Blow::Light),
        on.prop_map(Blow::AskLight),
        Just(Blow::AskFlip),
        on.prop_map(Blow::Pause),
        on.prop_map(Blow::Loss),
    ]
}

fn strike(world: &mut World, blow: &Blow) {
    match blow {
        Blow::Net(who, up) => world.nodes[*who].net = *up,
        Blow::Move(who) => world.move_to_another_network(*who),
        Blow::Path(up) => world.path = *up,
        Blow::Sleep(who) => world.sleep(*who),
        Blow::Wake(who) => world.wake(*who),
        Blow::Reload(who) => world.reload(*who),
        Blow::KillRelay => world.kill_relay(),
        Blow::StartRelay => world.start_relay_if_dead(),
        Blow::LoseEvent(who) => world.lose_one_event(*who),
        Blow::Tracks(who) => world.change_tracks(*who),
        Blow::Hidden(who) => world.input(*who, Input::Page(PageInput::Hidden)),
        Blow::Shown(who) => world.input(*who, Input::Page(PageInput::Shown)),
        Blow::Mode(who, photo) => {
            let mode = if *photo { Mode::Photo } else { Mode::Video };
            world.press(*who, Gesture::SetMode(mode));
        }
        Blow::Flip => world.press(CUSTOMER, Gesture::Flip),
        Blow::Light(on) => world.press(CUSTOMER, Gesture::Light(*on)),
        Blow::AskLight(on) => world.press(AGENT, Gesture::AskLight(*on)),
        Blow::AskFlip => world.press(AGENT, Gesture::AskFlip),
        Blow::Pause(on) => world.press(CUSTOMER, Gesture::Pause(*on)),
        Blow::Loss(on) => world.loss = if *on { 0.3 } else { 0.0 },
    }
}

fn calm(world: &mut World) {
    world.loss = 0.0;
    world.path = true;
    world.start_relay_if_dead();
    for who in [AGENT, CUSTOMER] {
        world.nodes[who].net = true;
        world.wake(who);
    }
    // A gap shows with the next event.
    world.press(AGENT, Gesture::SetCase("calm".into()));
    world.run(60_000);
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_storm_the_call_is_whole_again(
        seed in any::<u64>(),
        slow in any::<bool>(),
        blows in proptest::collection::vec((blow(), 0u64..4_000), 1..16),
    ) {
        let mut world = World::new(seed, Talk::PhoneCall);
        world.begin_call();
        if slow {
            world.delay = (100, 400);
        }
        for (blow, wait) in &blows {
            strike(&mut world, blow);
            world.run(*wait);
        }
        calm(&mut world);
        world.assert_all_is_well();
    }

    #[test]
    fn a_call_may_begin_in_a_storm(
        seed in any::<u64>(),
        blows in proptest::collection::vec((blow(), 0u64..1_500), 1..10),
    ) {
        let mut world = World::new(seed, Talk::PhoneCall);
        world.take_seat(AGENT);
        world.press(AGENT, Gesture::Start);
        world.press(CUSTOMER, Gesture::TurnOnCamera);
        world.take_seat(CUSTOMER);
        for (blow, wait) in &blows {
            strike(&mut world, blow);
            world.run(*wait);
        }
        // A page that was loaded again before anything was known has forgotten the presses.
        world.press(AGENT, Gesture::Start);
        world.press(CUSTOMER, Gesture::TurnOnCamera);
        calm(&mut world);
        world.press(AGENT, Gesture::Start);
        world.press(CUSTOMER, Gesture::TurnOnCamera);
        world.run(20_000);
        world.assert_all_is_well();
    }
}
