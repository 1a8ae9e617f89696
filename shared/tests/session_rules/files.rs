//! Pictures and documents (features S0.10, S2.11, S2.17, S4.31-S4.32, P4, P16, X2, X8, N9).

use crate::story::{AGENT, CUSTOMER, GUEST, Story, VIEWER};
use core::time::Duration;
use farhand_shared::id::{FileId, PersonId, Seq};
use farhand_shared::limit;
use farhand_shared::role::Role;
use farhand_shared::session::{
    Camera, Command, Event, File, FileKind, FilePart, FileStage, FileStep, Intake, Mode, ModeWhy, Rejection,
};

pub const FILE: FileId = FileId::from_u128(60);
const OTHER: FileId = FileId::from_u128(61);

pub fn stored(person: PersonId, file: FileId, part: FilePart) -> Intake {
    let bytes = if part == FilePart::Whole { 900_000 } else { 15_000 };
    let (width, height) = (1280, 720);
    Intake::FileStored {
        person,
        file,
        part,
        bytes,
        width,
        height,
    }
}

const FAIL: Command = Command::FailFile { file: FILE };

fn does_to(step: FileStep) -> Command {
    Command::File { file: FILE, step }
}

/// The agent took a still, and its preview is there.
pub fn still() -> Story {
    Story::live()
        .does(AGENT, Command::TakeStill { file: FILE })
        .takes(stored(CUSTOMER, FILE, FilePart::Preview))
}

fn file(story: &Story, id: FileId) -> &File {
    story.session.file(id).expect("is known")
}

#[test]
fn both_sides_may_take_a_still_and_the_customers_phone_makes_it() {
    for who in [AGENT, CUSTOMER] {
        let story = Story::live().does(who, Command::TakeStill { file: FILE });
        let still = file(&story, FILE);
        assert_eq!((still.by, still.from, still.kind), (who, CUSTOMER, FileKind::Still));
        assert_eq!(
            story.session.looking().map(|open| open.id),
            Some(FILE),
            "it opens on all screens"
        );
        assert_eq!(still.stage, FileStage::Expected);
    }
    let story = Story::live();
    for who in [GUEST, VIEWER] {
        let role = if who == GUEST { Role::Guest } else { Role::Viewer };
        let story = story.clone().joins(who, role);
        assert_eq!(
            story.when(who, Command::TakeStill { file: FILE }),
            Err(Rejection::NotAllowed)
        );
    }
}

#[test]
fn a_still_needs_a_live_picture() {
    let take = Command::TakeStill { file: FILE };
    let cannot = [
        Story::lobby(),
        Story::call(),
        Story::live().does(CUSTOMER, Command::ReportCamera(Camera::Off)),
        Story::live().does(CUSTOMER, Command::Pause(true)),
        Story::live().does(CUSTOMER, Command::SetMode(Mode::Photo)),
        Story::live().disconnects(CUSTOMER),
    ];
    for story in cannot {
        assert_eq!(story.when(AGENT, take.clone()), Err(Rejection::NotPossibleNow));
    }
}

#[test]
fn a_photo_is_taken_in_either_mode_and_a_customers_own_needs_no_call() {
    let take = Command::TakePhoto { file: FILE };
    let story = Story::lobby().does(CUSTOMER, take.clone());
    assert_eq!(file(&story, FILE).from, CUSTOMER);
    assert_eq!(story.session.looking(), None, "the shutter stays on the screen");
    assert_eq!(Story::lobby().when(AGENT, take.clone()), Err(Rejection::NotPossibleNow));
    for mode in [Mode::Video, Mode::Photo] {
        let story = Story::live()
            .does(AGENT, Command::SetMode(mode))
            .does(AGENT, take.clone());
        assert_eq!((file(&story, FILE).by, file(&story, FILE).from), (AGENT, CUSTOMER));
    }
    let gone = Story::live().disconnects(CUSTOMER);
    assert_eq!(gone.when(AGENT, take), Err(Rejection::NotPossibleNow));
}

#[test]
fn a_repeat_makes_no_second_file() {
    let story = still();
    for command in [Command::TakeStill { file: FILE }, Command::TakePhoto { file: FILE }] {
        assert_eq!(story.when(CUSTOMER, command), Ok(vec![]));
    }
}

#[test]
fn first_the_preview_then_the_whole_and_only_from_the_device_that_makes_it() {
    let story = still();
    assert_eq!(file(&story, FILE).stage, FileStage::Preview);
    assert_eq!(
        story.when_server(stored(AGENT, FILE, FilePart::Whole)),
        Err(Rejection::NotAllowed)
    );
    assert_eq!(story.when_server(stored(CUSTOMER, FILE, FilePart::Preview)), Ok(vec![]));
    let story = story.takes(stored(CUSTOMER, FILE, FilePart::Whole));
    assert_eq!(file(&story, FILE).stage, FileStage::Stored);
    assert_eq!((file(&story, FILE).bytes, file(&story, FILE).width), (900_000, 1280));
    for part in [FilePart::Preview, FilePart::Whole] {
        assert_eq!(
            story.when_server(stored(CUSTOMER, FILE, part)),
            Ok(vec![]),
            "a repeat is no news"
        );
    }
    assert_eq!(
        story.when_server(stored(CUSTOMER, OTHER, FilePart::Whole)),
        Err(Rejection::NoSuchFile)
    );
}

#[test]
fn what_was_taken_in_the_call_may_arrive_after_it() {
    let story = still().does(AGENT, Command::End).passes(limit::END_UNDO);
    assert!(story.session.status().is_over());
    let story = story.takes(stored(CUSTOMER, FILE, FilePart::Whole));
    assert_eq!(file(&story, FILE).stage, FileStage::Stored);
}

#[test]
fn a_device_that_cannot_says_so_and_live_is_back() {
    let story = still();
    assert_eq!(story.when(AGENT, FAIL), Err(Rejection::NotAllowed));
    let story = story.does(CUSTOMER, FAIL);
    assert_eq!(file(&story, FILE).stage, FileStage::Failed);
    assert_eq!(story.session.looking(), None);
    assert_eq!(story.when(CUSTOMER, FAIL), Ok(vec![]));
    assert_eq!(
        story.when_server(stored(CUSTOMER, FILE, FilePart::Whole)),
        Err(Rejection::NoSuchFile)
    );
}

#[test]
fn deleting_is_immediate_for_both_and_can_be_taken_back_for_a_moment() {
    for who in [CUSTOMER, AGENT] {
        let story = still().does(who, does_to(FileStep::Delete));
        assert_eq!(story.session.looking(), None, "both are back to live");
        assert!(!file(&story, FILE).is_there());
        assert_eq!(story.when(who, does_to(FileStep::Open)), Err(Rejection::NoSuchFile));
        let back = story
            .clone()
            .passes(Duration::from_secs(6))
            .does(AGENT, does_to(FileStep::Restore));
        assert_eq!(back.session.looking().map(|open| open.id), Some(FILE));
        assert_eq!(file(&back, FILE).stage, FileStage::Preview, "as it was");
        let late = story.passes(limit::UNDO_KEPT + Duration::from_millis(1));
        assert_eq!(
            late.when(AGENT, does_to(FileStep::Restore)),
            Err(Rejection::TooLateToUndo)
        );
    }
}

#[test]
fn a_restored_picture_does_not_push_another_one_away() {
    let story = still()
        .does(AGENT, does_to(FileStep::Delete))
        .does(CUSTOMER, Command::TakeStill { file: OTHER })
        .does(AGENT, does_to(FileStep::Restore));
    assert_eq!(story.session.looking().map(|open| open.id), Some(OTHER));
}

#[test]
fn pictures_open_and_close_for_everybody() {
    let story = still().takes(stored(CUSTOMER, FILE, FilePart::Whole));
    let story = story.does(CUSTOMER, does_to(FileStep::Close));
    assert_eq!(story.session.looking(), None);
    assert_eq!(story.when(AGENT, does_to(FileStep::Close)), Ok(vec![]));
    let story = story.does(AGENT, does_to(FileStep::Open));
    assert_eq!(story.session.looking().map(|open| open.id), Some(FILE));
    assert_eq!(story.when(AGENT, does_to(FileStep::Open)), Ok(vec![]));
}

#[test]
fn shared_files_are_announced_and_a_document_does_not_open() {
    let share = |kind, of| Command::Share {
        file: OTHER,
        kind,
        name: " a\u{7}b.pdf ".to_owned(),
        bytes: 70_000,
        of,
    };
    let story = Story::lobby().does(CUSTOMER, share(FileKind::Document, None));
    assert_eq!(
        (file(&story, OTHER).name.as_str(), file(&story, OTHER).bytes),
        ("a b.pdf", 70_000)
    );
    let story = story.takes(stored(CUSTOMER, OTHER, FilePart::Whole));
    let open = Command::File {
        file: OTHER,
        step: FileStep::Open,
    };
    assert_eq!(story.when(AGENT, open), Err(Rejection::NoSuchFile));
    for kind in [FileKind::Still, FileKind::Photo] {
        assert_eq!(
            Story::live().when(AGENT, share(kind, None)),
            Err(Rejection::NotPossibleNow)
        );
    }
    let too_large = Command::Share {
        file: OTHER,
        kind: FileKind::Picture,
        name: String::new(),
        bytes: limit::FILE_BYTES + 1,
        of: None,
    };
    assert_eq!(Story::live().when(AGENT, too_large), Err(Rejection::NotPossibleNow));
    assert_eq!(
        still().when(AGENT, share(FileKind::Annotated, None)),
        Err(Rejection::NoSuchFile),
        "an annotated picture is made from one"
    );
    assert!(still().when(AGENT, share(FileKind::Annotated, Some(FILE))).is_ok());
}

#[test]
fn a_session_keeps_a_bounded_number_of_files() {
    let mut story = Story::live();
    for n in 0..limit::FILES as u128 {
        story = story.does(
            CUSTOMER,
            Command::TakePhoto {
                file: FileId::from_u128(1000 + n),
            },
        );
    }
    assert_eq!(
        story.when(AGENT, Command::TakePhoto { file: FILE }),
        Err(Rejection::TooManyFiles)
    );
}

#[test]
fn the_agent_asks_for_a_photo_of_something_until_one_is_taken() {
    let ask = |text: &str| Command::AskPhoto(text.to_owned());
    assert_eq!(Story::live().when(CUSTOMER, ask("x")), Err(Rejection::NotAllowed));
    assert_eq!(
        Story::new().joins(AGENT, Role::Agent).when(AGENT, ask("x")),
        Err(Rejection::NotPossibleNow)
    );
    let story = Story::live().does(AGENT, ask(" the  plate "));
    assert_eq!(
        story.session.photo_ask().map(|ask| ask.text.as_str()),
        Some("the plate")
    );
    assert_eq!(story.when(AGENT, ask("the plate")), Ok(vec![]));
    assert_eq!(
        story.clone().does(AGENT, ask("")).session.photo_ask(),
        None,
        "taken back"
    );
    let story = story.does(CUSTOMER, Command::TakePhoto { file: FILE });
    assert_eq!(story.session.photo_ask(), None);
}

#[test]
fn the_network_changes_the_mode_and_people_have_the_last_word() {
    let story = Story::live().does(CUSTOMER, Command::AdaptMode(Mode::Photo));
    assert_eq!(
        (story.session.mode(), story.session.mode_why()),
        (Mode::Photo, ModeWhy::Network)
    );
    let chosen = story.clone().does(AGENT, Command::SetMode(Mode::Photo));
    assert_eq!(chosen.session.mode_why(), ModeWhy::Chosen);
    let back = story.does(AGENT, Command::SetMode(Mode::Video));
    assert_eq!(
        (back.session.mode(), back.session.mode_why()),
        (Mode::Video, ModeWhy::Chosen)
    );
    assert_eq!(
        Story::live().when(AGENT, Command::AdaptMode(Mode::Photo)),
        Err(Rejection::NotAllowed),
        "only the phone knows its own network"
    );
    let over = back
        .does(AGENT, Command::SetMode(Mode::Photo))
        .does(AGENT, Command::End);
    let over = over.passes(limit::END_UNDO);
    let again = over.does(CUSTOMER, Command::Rejoin).does(AGENT, Command::Rejoin);
    assert_eq!(
        again.session.mode(),
        Mode::Photo,
        "a rejoined session is in the mode it was last in"
    );
}

#[test]
fn photos_that_wait_and_messages_that_were_read_are_counted() {
    let story = Story::live().does(CUSTOMER, Command::ReportWaiting(3));
    assert_eq!(story.person(CUSTOMER).waiting, 3);
    assert_eq!(story.when(CUSTOMER, Command::ReportWaiting(3)), Ok(vec![]));
    let last = story.session.seq();
    let story = story.does(AGENT, Command::ReportSeen(Seq(u64::MAX)));
    assert_eq!(
        story.person(AGENT).seen,
        last,
        "nobody has read what was not written yet"
    );
    assert_eq!(
        story.when(AGENT, Command::ReportSeen(Seq(1))),
        Ok(vec![]),
        "nothing is unread"
    );
    assert!(matches!(
        story.when(CUSTOMER, Command::ReportWaiting(0)).as_deref(),
        Ok([Event::WaitingChanged { photos: 0, .. }])
    ));
}
