//! Walks every act, role and status: the role table and the status table say what happens, nothing else does.

use crate::story::{AGENT, CUSTOMER, GUEST, KNOCKER, Story, VIEWER};
use farhand_shared::id::{FileId, MarkId, PersonId, Seq};
use farhand_shared::ink::{Point, Shape};
use farhand_shared::role::{Act, Role, may};
use farhand_shared::session::{
    Answer, Ask, Camera, Command, FileKind, FileStep, Grants, MarkStep, Mic, Mode, Rejection, Session, Status, Talk,
    Torch, by_person,
};

const ROLES: [(Role, PersonId); 4] = [
    (Role::Customer, CUSTOMER),
    (Role::Agent, AGENT),
    (Role::Guest, GUEST),
    (Role::Viewer, VIEWER),
];

/// One command of each kind.
fn commands() -> Vec<Command> {
    vec![
        Command::SetName("N".to_owned()),
        Command::SetCase("C".to_owned()),
        Command::SetMode(Mode::Photo),
        Command::SetTalk(Talk::PhoneCall),
        Command::Start,
        Command::DeclineCall,
        Command::ReportCamera(Camera::Off),
        Command::ReportMic(Mic::Muted),
        Command::ReportTorch {
            torch: Torch::On,
            asked_by: None,
        },
        Command::ReportQuality(farhand_shared::quality::Quality::Lost),
        Command::ReportHint(None),
        Command::ReportAway(None),
        Command::Ask {
            of: CUSTOMER,
            what: Ask::Flip,
        },
        Command::AnswerAsk {
            what: Ask::Flip,
            answer: Answer::Done,
        },
        Command::Pause(true),
        Command::Admit(KNOCKER),
        Command::Decline(KNOCKER),
        Command::AskPatience(KNOCKER),
        Command::Eject(GUEST),
        Command::Grant {
            person: GUEST,
            grants: Grants::default(),
        },
        Command::Hold {
            person: GUEST,
            on: true,
        },
        Command::Leave,
        Command::End,
        Command::Stay,
        Command::Rejoin,
    ]
    .into_iter()
    .chain(looking_together())
    .collect()
}

fn looking_together() -> Vec<Command> {
    let (file, mark) = (FileId::from_u128(6), MarkId::from_u128(7));
    let shape = Shape::Dot(Point::MIDDLE);
    vec![
        Command::AdaptMode(Mode::Photo),
        Command::ReportWaiting(1),
        Command::ReportSeen(Seq(1)),
        Command::TakeStill { file },
        Command::TakePhoto { file },
        Command::AskPhoto("the plate".to_owned()),
        Command::Share {
            file,
            kind: FileKind::Picture,
            name: String::new(),
            bytes: 1,
            of: None,
        },
        Command::File {
            file,
            step: FileStep::Delete,
        },
        Command::FailFile { file },
        Command::Mark {
            file,
            mark,
            shape: shape.clone(),
        },
        Command::Marks {
            file,
            step: MarkStep::Undo,
        },
        Command::ClearMarks { file },
        Command::RestoreMarks { file },
        Command::Draw {
            on: CUSTOMER,
            mark,
            shape,
        },
        Command::Say {
            text: "hello".to_owned(),
            file: None,
        },
    ]
}

fn everybody(story: Story) -> Story {
    story.joins(GUEST, Role::Guest).joins(VIEWER, Role::Viewer)
}

/// The session in another status, as only a later version's events could make it.
fn in_status(story: &Story, status: Status) -> Story {
    let mut json = serde_json::to_value(&story.session).expect("encodes");
    json["status"] = serde_json::to_value(status).expect("encodes");
    let session: Session = serde_json::from_value(json).expect("decodes");
    Story {
        session,
        ..story.clone()
    }
}

fn statuses() -> Vec<Story> {
    let lobby = everybody(Story::lobby());
    let cancelled = Status::Cancelled { at: lobby.now };
    vec![
        in_status(&lobby, Status::Requested),
        in_status(&lobby, cancelled),
        everybody(Story::live()),
        everybody(Story::over()),
        lobby,
    ]
}

/// What the status says before the command itself is looked at.
fn status_forbids(status: Status, act: Act) -> Option<Rejection> {
    let always = [Act::Rename, Act::SetCase, Act::Report, Act::Leave];
    match (status, act) {
        (_, act) if always.contains(&act) => None,
        (Status::Requested, Act::Start) => Some(Rejection::NotConfirmed),
        (Status::Requested | Status::Confirmed | Status::InProgress { .. }, Act::Rejoin) => Some(Rejection::NotOver),
        (Status::Done { .. }, Act::Rejoin | Act::DeclineCall) => None,
        (Status::Done { .. } | Status::Cancelled { .. }, _) => Some(Rejection::SessionOver),
        _ => None,
    }
}

#[test]
fn every_act_of_every_role_in_every_status_follows_the_tables() {
    // What a command may find missing after role and status have let it through.
    let missing = [
        Rejection::NotRinging,
        Rejection::NotEnding,
        Rejection::NotAsked,
        Rejection::NotPossibleNow,
        Rejection::NoSuchPerson,
        Rejection::NoSuchFile,
    ];
    for story in statuses() {
        for (role, person) in ROLES {
            for command in commands() {
                let (status, act) = (story.session.status(), command.act());
                let answer = story.when(person, command.clone());
                let case = format!("{role:?} {command:?} in {status:?}: {answer:?}");
                match status_forbids(status, act) {
                    _ if !may(role, act) => assert_eq!(answer, Err(Rejection::NotAllowed), "{case}"),
                    Some(why) => assert_eq!(answer, Err(why), "{case}"),
                    None => assert!(answer.map_or_else(|why| missing.contains(&why), |_| true), "{case}"),
                }
            }
        }
    }
}

#[test]
fn the_walk_covers_every_act() {
    let walked: Vec<Act> = commands().iter().map(Command::act).collect();
    assert!(Act::ALL.iter().all(|act| walked.contains(act)));
}

#[test]
fn somebody_without_a_seat_may_do_nothing() {
    let left = everybody(Story::call()).does(GUEST, Command::Leave);
    for command in commands().into_iter().filter(|command| may(Role::Guest, command.act())) {
        assert_eq!(left.when(GUEST, command), Err(Rejection::NoSeat));
    }
    let ctx = farhand_shared::session::Context::at(left.now);
    for command in commands() {
        assert_eq!(
            by_person(&left.session, KNOCKER, &command, &ctx),
            Err(Rejection::NoSuchPerson)
        );
    }
}

#[test]
fn viewers_only_watch() {
    let allowed: Vec<Act> = Act::ALL.into_iter().filter(|act| may(Role::Viewer, *act)).collect();
    assert_eq!(allowed, [Act::Rename, Act::Report, Act::Leave]);
}
