//! Pointing, drawing and writing together while things go wrong.

use super::calls::{in_call, seeds};
use super::world::{AGENT, CUSTOMER, World};
use core::time::Duration;
use farhand_shared::client::{Dice, Gesture, Output};
use farhand_shared::id::{FileId, MarkId};
use farhand_shared::ink::{Ink, Path, Point, Shape, StrokeTool, Surface};
use farhand_shared::session::{FileKind, FilePart, FileStage, Intake, MarkStep};
use farhand_shared::time::Time;
use farhand_shared::wire::FromClient;
use proptest::prelude::*;

const BOTH: [usize; 2] = [AGENT, CUSTOMER];

fn now(world: &World) -> Time {
    Time::from_millis(world.now)
}

/// The agent took a still, and the customer's phone has sent its preview.
fn with_still(seed: u64) -> (World, FileId) {
    let mut world = in_call(seed);
    world.press(AGENT, Gesture::TakeStill);
    world.run(500);
    let captures: Vec<(FileId, FileKind)> = world.nodes[CUSTOMER]
        .outputs
        .iter()
        .filter_map(|output| match output {
            Output::Capture { file, kind } => Some((*file, *kind)),
            _ => None,
        })
        .collect();
    assert_eq!(captures.len(), 1, "the phone is asked for it once");
    let (file, kind) = captures[0];
    assert_eq!(kind, FileKind::Still);
    let stored = Intake::FileStored {
        person: world.nodes[CUSTOMER].person,
        file,
        part: FilePart::Preview,
        bytes: 9,
        width: 640,
        height: 360,
    };
    world.room.intake(&stored, now(&world));
    world.run(500);
    for who in BOTH {
        let session = world.view(who).session.expect("is in");
        assert_eq!(
            session.looking().map(|file| (file.id, file.stage)),
            Some((file, FileStage::Preview))
        );
    }
    (world, file)
}

#[test]
fn a_phones_own_still_is_taken_when_the_customer_presses_and_once() {
    seeds(10, |seed| {
        let mut world = in_call(seed);
        let captures = |world: &World| {
            let outputs = world.nodes[CUSTOMER].outputs.iter();
            outputs
                .filter(|output| matches!(output, Output::Capture { .. }))
                .count()
        };
        world.press(CUSTOMER, Gesture::TakeStill);
        // The page that shows it as expected must know that it is being taken.
        assert_eq!(captures(&world), 1, "at once, not when the relay answers");
        world.run(500);
        assert_eq!(captures(&world), 1);
        let session = world.view(AGENT).session.expect("is in");
        let stage = session.looking().map(|file| file.stage);
        assert_eq!(stage, Some(FileStage::Expected));
    });
}

fn mark(world: &mut World, who: usize, file: FileId) {
    let place = world.dice.bits();
    let shape = Shape::Dot(Point {
        x: place as u16,
        y: (place >> 16) as u16,
    });
    let mark = MarkId::from_u128(world.dice.bits());
    world.press(who, Gesture::Mark { file, mark, shape });
}

/// What stands on a picture, as this browser shows it.
fn scene(world: &World, who: usize, file: FileId) -> u64 {
    let session = world.view(who).session.expect("is in");
    session.file(file).expect("is known").scene()
}

#[test]
fn both_drawing_at_once_for_ten_seconds_ends_in_the_same_scene_and_a_reload_shows_it_again() {
    seeds(10, |seed| {
        let (mut world, file) = with_still(seed);
        for round in 0..50_u32 {
            for who in BOTH {
                mark(&mut world, who, file);
                if round % 7 == 3 {
                    let step = if round % 2 == 0 { MarkStep::Undo } else { MarkStep::Redo };
                    world.press(who, Gesture::Marks { file, step });
                }
            }
            world.run(200);
        }
        world.run(8_000);
        let relay = world.room.session.file(file).expect("is known").scene();
        assert!(
            world
                .room
                .session
                .file(file)
                .is_some_and(|file| file.visible_marks().count() > 60)
        );
        assert_eq!([scene(&world, AGENT, file), scene(&world, CUSTOMER, file)], [relay; 2]);
        world.reload(CUSTOMER);
        world.run(3_000);
        assert_eq!(scene(&world, CUSTOMER, file), relay);
    });
}

fn stroke(world: &World, mark: MarkId, from: u16, points: &[Point]) -> Ink {
    Ink::Stroke {
        on: Surface::Live(world.nodes[CUSTOMER].person),
        mark,
        tool: StrokeTool::Line,
        from,
        points: Path::from(points),
    }
}

/// Strokes of the other that this browser shows, with their points.
fn strokes(world: &World, who: usize) -> Vec<(MarkId, usize)> {
    let other = world.nodes[1 - who].person;
    let scene = world.nodes[who].client.ink();
    let theirs = scene.strokes().iter().filter(|stroke| stroke.by == other);
    let points = |shape: &Shape| match shape {
        Shape::Line(path) => path.points().len(),
        _ => 0,
    };
    theirs.map(|stroke| (stroke.mark, points(&stroke.shape))).collect()
}

fn sent_by_relay(world: &World, who: usize) -> usize {
    let ink = |output: &&Output| matches!(output, Output::Send(_, FromClient::Ink(_)));
    world.nodes[who].outputs.iter().filter(ink).count()
}

/// Draws a line of `pieces` on the live picture, a piece a frame, and finishes it.
fn draw(world: &mut World, who: usize, pieces: u16) -> MarkId {
    let mark = MarkId::from_u128(world.dice.bits());
    let mut all = Vec::new();
    for n in 0..pieces {
        let point = Point { x: n * 100, y: 500 };
        let ink = stroke(world, mark, n, &[point]);
        world.press(who, Gesture::Ink(ink));
        all.push(point);
        world.run(16);
    }
    let on = world.nodes[CUSTOMER].person;
    let shape = Shape::Line(Path::from(&all[..]));
    world.press(who, Gesture::Draw { on, mark, shape });
    mark
}

#[test]
fn a_stroke_is_watched_while_it_grows_stands_once_and_fades_after_its_time() {
    seeds(10, |seed| {
        let mut world = in_call(seed);
        for who in BOTH {
            let mark = draw(&mut world, who, 20);
            assert_eq!(strokes(&world, 1 - who).len(), 1, "watched while it grows");
            world.run(500);
            assert_eq!(strokes(&world, 1 - who), [(mark, 20)]);
            world.run(2_300);
            assert_eq!(strokes(&world, 1 - who).len(), 1, "held for three seconds");
            world.run(1_200);
            assert_eq!(strokes(&world, 1 - who), [], "and gone after it has faded");
            assert_eq!(sent_by_relay(&world, who), 0, "the channel carried it");
        }
    });
}

#[test]
fn without_a_direct_path_ink_goes_by_the_relay_and_never_both_ways() {
    seeds(10, |seed| {
        let mut world = in_call(seed);
        world.path = false;
        world.run(3_000);
        let mark = draw(&mut world, AGENT, 20);
        assert_eq!(sent_by_relay(&world, AGENT), 20);
        world.run(500);
        assert_eq!(strokes(&world, CUSTOMER), [(mark, 20)]);
    });
}

#[test]
fn ink_that_got_lost_is_made_whole_by_the_finished_stroke() {
    seeds(20, |seed| {
        let mut world = in_call(seed);
        world.loss = 0.3;
        let mark = draw(&mut world, CUSTOMER, 30);
        world.run(800);
        assert_eq!(strokes(&world, AGENT), [(mark, 30)]);
    });
}

fn say(world: &mut World, who: usize, text: String) {
    world.press(who, Gesture::Say { text, file: None });
}

fn texts(world: &World, who: usize) -> Vec<String> {
    let session = world.view(who).session.expect("is in");
    session.messages().iter().map(|message| message.text.clone()).collect()
}

#[test]
fn what_is_written_without_a_signal_and_over_a_reload_arrives_once() {
    seeds(20, |seed| {
        let mut world = in_call(seed);
        world.nodes[CUSTOMER].net = false;
        say(&mut world, CUSTOMER, "one".to_owned());
        world.run(2_000);
        assert_eq!(texts(&world, CUSTOMER), ["one"], "its writer sees it at once");
        assert_eq!(texts(&world, AGENT), [""; 0]);
        world.reload(CUSTOMER);
        world.run(1_000);
        world.nodes[CUSTOMER].net = true;
        world.run(9_000);
        for who in BOTH {
            assert_eq!(texts(&world, who), ["one"]);
        }
        world.reload(CUSTOMER);
        world.run(4_000);
        assert_eq!(texts(&world, AGENT), ["one"]);
    });
}

#[test]
fn a_minute_of_drawing_without_a_signal_arrives_whole_and_in_order() {
    let (mut world, file) = with_still(3);
    world.nodes[CUSTOMER].net = false;
    world.run(1_000);
    for _ in 0..150 {
        mark(&mut world, CUSTOMER, file);
        world.run(100);
    }
    let drawn = scene(&world, CUSTOMER, file);
    world.nodes[CUSTOMER].net = true;
    world.run(25_000);
    assert_eq!(scene(&world, AGENT, file), drawn);
}

#[derive(Clone, Debug)]
enum Blow {
    Say(usize),
    Mark(usize),
    Net(usize, bool),
    Reload(usize),
    Sleep(usize),
    Wake(usize),
    KillRelay,
    StartRelay,
    LoseEvent(usize),
}

fn blow() -> impl Strategy<Value = Blow> {
    let who = prop_oneof![Just(AGENT), Just(CUSTOMER)];
    prop_oneof![
        6 => who.clone().prop_map(Blow::Say),
        4 => who.clone().prop_map(Blow::Mark),
        1 => (who.clone(), any::<bool>()).prop_map(|(who, up)| Blow::Net(who, up)),
        1 => who.clone().prop_map(Blow::Reload),
        1 => who.clone().prop_map(Blow::Sleep),
        1 => who.clone().prop_map(Blow::Wake),
        1 => Just(Blow::KillRelay),
        1 => Just(Blow::StartRelay),
        1 => who.prop_map(Blow::LoseEvent),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 1000, failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    /// Every message is there once, each writer's in the order of writing, and both see the same.
    #[test]
    fn in_any_storm_no_message_is_lost_or_doubled(
        seed in any::<u64>(),
        blows in proptest::collection::vec((blow(), 0u64..1_500), 1..30),
    ) {
        let (mut world, file) = with_still(seed);
        let mut written: [Vec<String>; 2] = [Vec::new(), Vec::new()];
        for (number, (blow, wait)) in blows.iter().enumerate() {
            match blow {
                // Who sleeps writes nothing.
                Blow::Say(who) | Blow::Mark(who) if world.nodes[*who].is_asleep() => {}
                // A page that has just been loaded again cannot be written on before it knows its session.
                Blow::Say(who) if world.view(*who).session.is_some() => {
                    let text = format!("{who}-{number}");
                    written[*who].push(text.clone());
                    say(&mut world, *who, text);
                }
                Blow::Mark(who) if world.view(*who).session.is_some() => mark(&mut world, *who, file),
                Blow::Say(_) | Blow::Mark(_) => {}
                Blow::Net(who, up) => world.nodes[*who].net = *up,
                Blow::Reload(who) => world.reload(*who),
                Blow::Sleep(who) => world.sleep(*who),
                Blow::Wake(who) => world.wake(*who),
                Blow::KillRelay => world.kill_relay(),
                Blow::StartRelay => world.start_relay_if_dead(),
                Blow::LoseEvent(who) => world.lose_one_event(*who),
            }
            world.run(*wait);
        }
        world.start_relay_if_dead();
        for who in BOTH {
            world.nodes[who].net = true;
            world.wake(who);
        }
        world.run(60_000);
        let said = texts(&world, AGENT);
        prop_assert_eq!(&said, &texts(&world, CUSTOMER));
        for who in BOTH {
            let theirs: Vec<&String> = said.iter().filter(|text| text.starts_with(&format!("{who}-"))).collect();
            prop_assert_eq!(theirs, written[who].iter().collect::<Vec<_>>());
        }
        prop_assert_eq!(scene(&world, AGENT, file), scene(&world, CUSTOMER, file));
    }
}

#[test]
fn a_phone_is_asked_for_a_picture_once_and_not_again_after_a_reload() {
    let (mut world, _) = with_still(1);
    world.nodes[CUSTOMER].outputs.clear();
    world.reload(CUSTOMER);
    world.run(3_000);
    let captures = |output: &&Output| matches!(output, Output::Capture { .. });
    assert_eq!(world.nodes[CUSTOMER].outputs.iter().filter(captures).count(), 0);
    world.press(AGENT, Gesture::TakePhoto);
    world.run(Duration::from_millis(500).as_millis() as u64);
    assert_eq!(world.nodes[CUSTOMER].outputs.iter().filter(captures).count(), 1);
}
