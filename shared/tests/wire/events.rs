//! Samples of what stands in a log.

use crate::book::{Chapter, chapter};
use crate::values::device;
use farhand_shared::coach::Hint;
use farhand_shared::id::{AgentId, CommandId, FileId, InvitationId, MarkId, PersonId, Seq, SessionId};
use farhand_shared::ink::{Point, Shape};
use farhand_shared::quality::Quality;
use farhand_shared::role::Role;
use farhand_shared::session::{
    Answer, Ask, Away, Camera, Channel, Creator, Delivery, EndReason, Event, FileKind, FilePart, Grants, Mic, Mode,
    ModeWhy, Record, Talk, Torch,
};
use farhand_shared::time::Time;

const NOW: Time = Time::from_millis(1_700_000_000_000);

pub fn chapters() -> Vec<Chapter> {
    let by_time = Record {
        by: None,
        cause: None,
        ..record(Event::Ended {
            reason: EndReason::Abandoned,
        })
    };
    let mut events = at_the_door();
    events.extend(of_the_call());
    events.extend(of_devices());
    events.extend(of_files());
    events.extend(of_ink_and_chat());
    vec![
        chapter("Record", vec![record(Event::CallStarted), by_time]),
        chapter("Event", events),
    ]
}

pub fn record(event: Event) -> Record {
    Record {
        seq: Seq(42),
        at: NOW,
        by: Some(PersonId::from_u128(2)),
        cause: Some(CommandId::from_u128(9)),
        event,
    }
}

fn at_the_door() -> Vec<Event> {
    let person = PersonId::from_u128(1);
    let invitation = InvitationId::from_u128(5);
    vec![
        Event::Created {
            session: SessionId::from_u128(100),
            creator: Creator::Agent(AgentId::from_u128(8)),
            company: "Acme Power".to_owned(),
            mode: Mode::Video,
            talk: Talk::PhoneCall,
            case_id: Some("T-1".to_owned()),
        },
        Event::Invited {
            invitation,
            channel: Channel::Sms,
            to: "••• 42".to_owned(),
        },
        Event::InvitationMoved {
            invitation,
            delivery: Delivery::Delivered,
        },
        Event::Knocked {
            person,
            role: Role::Guest,
            name: "Bo".to_owned(),
            device: Some(device()),
        },
        Event::Admitted { person },
        Event::Declined { person },
        Event::PatienceAsked { person },
        Event::Ejected { person },
        Event::Joined {
            person,
            role: Role::Agent,
            account: Some(AgentId::from_u128(8)),
            name: "Ana".to_owned(),
            device: None,
        },
        Event::Connected {
            person,
            device: Some(device()),
        },
        Event::Disconnected { person },
        Event::Renamed {
            person,
            name: "Bo B".to_owned(),
        },
        Event::Left { person },
    ]
}

fn of_the_call() -> Vec<Event> {
    let by = PersonId::from_u128(1);
    vec![
        Event::CaseSet {
            case_id: Some("T-2".to_owned()),
        },
        Event::CaseSet { case_id: None },
        Event::ModeChanged {
            mode: Mode::Photo,
            why: ModeWhy::Network,
        },
        Event::TalkChanged { talk: Talk::Page },
        Event::Readied { person: by },
        Event::Rang { by, until: NOW },
        Event::RingStopped { by: Some(by) },
        Event::RingStopped { by: None },
        Event::CallStarted,
        Event::EndAsked { by, due: NOW },
        Event::EndUndone { by },
        Event::Ended {
            reason: EndReason::CustomerEnded,
        },
    ]
}

fn of_devices() -> Vec<Event> {
    let person = PersonId::from_u128(1);
    let by = PersonId::from_u128(2);
    vec![
        Event::CameraChanged {
            person,
            camera: Camera::Off,
        },
        Event::MicChanged { person, mic: Mic::On },
        Event::TorchChanged {
            person,
            torch: Torch::On,
            asked_by: Some(by),
        },
        Event::Asked {
            by,
            of: person,
            what: Ask::Torch(true),
        },
        Event::AskAnswered {
            person,
            what: Ask::Torch(true),
            answer: Answer::Failed,
        },
        Event::Paused { person, on: true },
        Event::Granted {
            person,
            grants: Grants::default(),
        },
        Event::Held { person, on: true },
        Event::AwayChanged {
            person,
            away: Some(Away::Hidden),
        },
        Event::QualityChanged {
            person,
            quality: Quality::Weak,
        },
        Event::HintChanged {
            person,
            hint: Some(Hint::Dark),
        },
        Event::WaitingChanged { person, photos: 3 },
        Event::SeenChanged { person, seen: Seq(41) },
    ]
}

fn of_files() -> Vec<Event> {
    let (file, by) = (FileId::from_u128(6), PersonId::from_u128(2));
    vec![
        Event::FileExpected {
            file,
            kind: FileKind::Still,
            by,
            from: PersonId::from_u128(1),
            name: String::new(),
            bytes: 0,
            of: None,
        },
        Event::FileExpected {
            file,
            kind: FileKind::Document,
            by,
            from: by,
            name: "manual.pdf".to_owned(),
            bytes: 70_000,
            of: None,
        },
        Event::FileStored {
            file,
            part: FilePart::Whole,
            bytes: 700_000,
            width: 4032,
            height: 3024,
        },
        Event::FileFailed { file },
        Event::FileDeleted { file },
        Event::FileRestored { file },
        Event::FileOpened { file },
        Event::FileClosed { file },
        Event::PhotoAsked {
            by,
            text: "the type plate".to_owned(),
        },
        Event::PhotoAskOver,
    ]
}

fn of_ink_and_chat() -> Vec<Event> {
    let (file, mark, person) = (FileId::from_u128(6), MarkId::from_u128(7), PersonId::from_u128(1));
    let shape = Shape::Dot(Point { x: 100, y: 65_535 });
    vec![
        Event::Marked {
            file,
            person,
            mark,
            shape: shape.clone(),
        },
        Event::MarksUndone {
            file,
            marks: vec![mark],
        },
        Event::MarksRedone {
            file,
            marks: vec![mark],
        },
        Event::MarksCleared { file },
        Event::MarksRestored { file },
        Event::Drew {
            person,
            on: person,
            mark,
            shape,
        },
        Event::Said {
            person,
            text: "the red one?".to_owned(),
            file: Some(file),
        },
    ]
}
