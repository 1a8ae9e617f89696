//! Any sequence of commands and intakes by anybody, at any time, keeps what must always hold.

use crate::story::START;
use core::time::Duration;
use farhand_shared::coach::Hint;
use farhand_shared::id::{FileId, InvitationId, MarkId, PersonId, Seq, SessionId};
use farhand_shared::ink::{Path, Point, Shape};
use farhand_shared::limit;
use farhand_shared::quality::Quality;
use farhand_shared::role::Role;
use farhand_shared::session::{
    Answer, Ask, Away, Camera, Channel, Command, Context, Creator, Delivery, Event, Facing, FileKind, FilePart,
    FileStage, FileStep, Grants, Intake, Lens, MarkStep, Mic, Mode, Record, Seat, Session, Status, Talk, Torch,
    ZoomRange, apply, begin, by_person, by_server, create, due, next_due, replay, stamp,
};
use farhand_shared::time::Time;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Person(PersonId, Command),
    Server(Intake),
    Wait(Duration),
}

/// Two customers, four agents, five guests, six viewers: one more of each than fit.
const ROLES: [Role; 17] = {
    use Role::{Agent as A, Customer as C, Guest as G, Viewer as V};
    [C, C, A, A, A, A, G, G, G, G, G, V, V, V, V, V, V]
};

fn person() -> impl Strategy<Value = PersonId> {
    // The first few are asked more often, so that long encounters of the same people come about.
    let few = prop_oneof![8 => 0..4u128, 1 => 0..ROLES.len() as u128];
    few.prop_map(PersonId::from_u128)
}

fn lens() -> impl Strategy<Value = Lens> {
    let number = prop_oneof![Just(1.0), Just(2.0), Just(5.0), Just(f32::NAN), Just(f32::INFINITY)];
    let zoom = (number.clone(), number.clone(), number).prop_map(|(min, max, now)| ZoomRange { min, max, now });
    let facing = prop_oneof![Just(Facing::Rear), Just(Facing::Front)];
    (facing, any::<bool>(), proptest::option::of(zoom)).prop_map(|(facing, torch, zoom)| Lens { facing, torch, zoom })
}

fn camera() -> impl Strategy<Value = Camera> {
    prop_oneof![
        4 => lens().prop_map(Camera::Live),
        1 => Just(Camera::Asking),
        1 => Just(Camera::Off),
        1 => Just(Camera::Dead),
    ]
}

fn ask() -> impl Strategy<Value = Ask> {
    prop_oneof![
        any::<bool>().prop_map(Ask::Torch),
        Just(Ask::Flip),
        prop_oneof![Just(1.5), Just(f32::NAN)].prop_map(Ask::Zoom),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ a-z]{0,6}", ".{0,80}"]
}

fn command() -> impl Strategy<Value = Command> {
    let torch = prop_oneof![Just(Torch::On), Just(Torch::Off), Just(Torch::None)];
    prop_oneof![
        1 => text().prop_map(Command::SetName),
        1 => text().prop_map(Command::SetCase),
        1 => prop_oneof![Just(Mode::Video), Just(Mode::Photo)].prop_map(Command::SetMode),
        1 => prop_oneof![Just(Talk::Page), Just(Talk::PhoneCall)].prop_map(Command::SetTalk),
        8 => Just(Command::Start),
        1 => Just(Command::DeclineCall),
        4 => camera().prop_map(Command::ReportCamera),
        1 => prop_oneof![Just(Mic::On), Just(Mic::Muted)].prop_map(Command::ReportMic),
        2 => (torch, proptest::option::of(person()))
            .prop_map(|(torch, asked_by)| Command::ReportTorch { torch, asked_by }),
        1 => prop_oneof![Just(Quality::Good), Just(Quality::Lost)].prop_map(Command::ReportQuality),
        1 => proptest::option::of(Just(Hint::Dark)).prop_map(Command::ReportHint),
        1 => proptest::option::of(Just(Away::PhoneCall)).prop_map(Command::ReportAway),
        3 => (person(), ask()).prop_map(|(of, what)| Command::Ask { of, what }),
        1 => ask().prop_map(|what| Command::AnswerAsk { what, answer: Answer::Done }),
        1 => any::<bool>().prop_map(Command::Pause),
        2 => person().prop_map(Command::Admit),
        1 => person().prop_map(Command::Decline),
        1 => person().prop_map(Command::AskPatience),
        1 => person().prop_map(Command::Eject),
        1 => (person(), any::<[bool; 3]>()).prop_map(|(person, [draw, speak, chat])| Command::Grant {
            person,
            grants: Grants { draw, speak, chat },
        }),
        1 => (person(), any::<bool>()).prop_map(|(person, on)| Command::Hold { person, on }),
        2 => Just(Command::Leave),
        3 => Just(Command::End),
        1 => Just(Command::Stay),
        6 => Just(Command::Rejoin),
        12 => together(),
    ]
}

fn file() -> impl Strategy<Value = FileId> {
    (0..4u128).prop_map(FileId::from_u128)
}

fn mark() -> impl Strategy<Value = MarkId> {
    (0..12u128).prop_map(MarkId::from_u128)
}

fn shape() -> impl Strategy<Value = Shape> {
    let at = Point::MIDDLE;
    prop_oneof![
        Just(Shape::Dot(at)),
        Just(Shape::Line(Path::default())),
        Just(Shape::Arrow {
            from: at,
            to: Point::default()
        }),
        text().prop_map(move |text| Shape::Text { at, text }),
    ]
}

fn together() -> impl Strategy<Value = Command> {
    let kind = prop_oneof![
        Just(FileKind::Picture),
        Just(FileKind::Annotated),
        Just(FileKind::Document)
    ];
    let file_step = prop_oneof![
        Just(FileStep::Open),
        Just(FileStep::Close),
        Just(FileStep::Delete),
        Just(FileStep::Restore),
    ];
    let mark_step = prop_oneof![Just(MarkStep::Undo), Just(MarkStep::UndoAll), Just(MarkStep::Redo),];
    prop_oneof![
        3 => file().prop_map(|file| Command::TakeStill { file }),
        3 => file().prop_map(|file| Command::TakePhoto { file }),
        1 => text().prop_map(Command::AskPhoto),
        2 => (file(), kind, text(), proptest::option::of(file()))
            .prop_map(|(file, kind, name, of)| Command::Share { file, kind, name, bytes: 9, of }),
        4 => (file(), file_step).prop_map(|(file, step)| Command::File { file, step }),
        8 => (file(), mark(), shape()).prop_map(|(file, mark, shape)| Command::Mark { file, mark, shape }),
        1 => file().prop_map(|file| Command::FailFile { file }),
        2 => file().prop_map(|file| Command::ClearMarks { file }),
        2 => file().prop_map(|file| Command::RestoreMarks { file }),
        6 => (file(), mark_step).prop_map(|(file, step)| Command::Marks { file, step }),
        1 => (person(), mark(), shape()).prop_map(|(on, mark, shape)| Command::Draw { on, mark, shape }),
        2 => (text(), proptest::option::of(file())).prop_map(|(text, file)| Command::Say { text, file }),
        1 => (0..9u64).prop_map(|seen| Command::ReportSeen(Seq(seen))),
        1 => (0..3u16).prop_map(Command::ReportWaiting),
        1 => Just(Command::AdaptMode(Mode::Photo)),
    ]
}

fn join(person: PersonId) -> Intake {
    let role = ROLES[person.uuid().as_u128() as usize];
    Intake::Join {
        person,
        role,
        account: None,
        name: String::new(),
        device: None,
    }
}

fn intake() -> impl Strategy<Value = Intake> {
    let delivery = prop_oneof![Just(Delivery::Sent), Just(Delivery::Failed), Just(Delivery::Opened)];
    let invitation = (0..25u128).prop_map(InvitationId::from_u128);
    prop_oneof![
        6 => person().prop_map(join),
        6 => person().prop_map(|person| Intake::Connect { person, device: None }),
        3 => person().prop_map(|person| Intake::Disconnect { person }),
        1 => person().prop_map(|person| Intake::Away { person }),
        2 => (prop_oneof![0..2u128, 6..11u128], text()).prop_map(|(number, name)| {
            let (person, role) = (PersonId::from_u128(number), ROLES[number as usize]);
            Intake::Knock { person, role, name, device: None }
        }),
        1 => (invitation.clone(), text()).prop_map(|(invitation, to)| {
            Intake::Invite { invitation, channel: Channel::Link, to }
        }),
        6 => (person(), file(), any::<bool>()).prop_map(|(person, file, whole)| Intake::FileStored {
            person,
            file,
            part: if whole { FilePart::Whole } else { FilePart::Preview },
            bytes: 9,
            width: 4,
            height: 3,
        }),
        1 => (invitation, delivery).prop_map(|(invitation, delivery)| {
            Intake::MoveInvitation { invitation, delivery }
        }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let waits = prop_oneof![4 => 0..10_000u64, 2 => 10_000..1_000_000u64, 1 => 1_000_000..100_000_000u64];
    prop_oneof![
        6 => (person(), command()).prop_map(|(who, command)| Step::Person(who, command)),
        4 => intake().prop_map(Step::Server),
        1 => waits.prop_map(|millis| Step::Wait(Duration::from_millis(millis))),
    ]
}

/// The statuses of features S4, with X3's rejoin instead of a reopening: what one event may do to the status.
fn status_after(before: Status, record: &Record) -> Status {
    match (before, &record.event) {
        (Status::Confirmed | Status::Done { .. }, Event::CallStarted) => Status::InProgress { since: record.at },
        (Status::Confirmed | Status::InProgress { .. }, Event::Ended { reason }) => Status::Done {
            at: record.at,
            reason: *reason,
        },
        (_, Event::CallStarted | Event::Ended { .. }) => panic!("{:?} cannot happen in {before:?}", record.event),
        (before, _) => before,
    }
}

fn seated(session: &Session, role: Role) -> usize {
    let people = session.people().iter();
    people
        .filter(|p| p.role == role && matches!(p.seat, Seat::Lobby | Seat::Ready))
        .count()
}

fn is_ready(session: &Session, role: Role) -> bool {
    session.people().iter().any(|p| p.role == role && p.seat == Seat::Ready)
}

fn check_state(session: &Session) {
    assert!(seated(session, Role::Customer) <= 1);
    assert!(seated(session, Role::Agent) <= limit::AGENTS);
    assert!(seated(session, Role::Guest) <= limit::GUESTS);
    assert!(seated(session, Role::Viewer) <= limit::VIEWERS);
    assert!(session.people().len() <= limit::PEOPLE && session.invitations().len() <= limit::INVITATIONS);
    let knocking = session
        .people()
        .iter()
        .filter(|p| matches!(p.seat, Seat::Knocking { .. }))
        .count();
    assert!(knocking <= limit::KNOCKERS);
    for person in session.people() {
        let lit_lens = matches!(person.camera, Camera::Live(Lens { torch: true, .. }));
        assert_eq!(
            lit_lens,
            person.torch != Torch::None,
            "a light belongs to an open lens: {person:?}"
        );
        assert!(
            person.asked.is_none() || person.connected,
            "nothing is asked of somebody who is gone"
        );
    }
    if let Some((caller, _)) = session.ringing() {
        assert!(
            session.person(caller).is_some_and(|p| p.seat == Seat::Ready),
            "whoever rings is ready"
        );
        assert!(
            !matches!(session.status(), Status::InProgress { .. }),
            "a running call does not ring"
        );
    }
    check_files(session);
    if session.status().is_over() {
        assert_eq!(
            session.looking(),
            None,
            "nobody looks at a picture together in an ended session"
        );
        assert_eq!(session.ending(), None);
        assert_eq!(knocking, 0, "nobody waits at the door of an ended session");
    }
}

fn check_files(session: &Session) {
    assert!(session.files().len() <= limit::FILES && session.messages().len() <= limit::MESSAGES);
    for (n, file) in session.files().iter().enumerate() {
        assert!(
            session.files()[..n].iter().all(|other| other.id != file.id),
            "ids are unique"
        );
        assert!(file.visible_marks().count() <= limit::MARKS);
        for (m, mark) in file.marks.iter().enumerate() {
            assert!(
                file.marks[..m].iter().all(|other| other.id != mark.id),
                "a mark stands once"
            );
        }
    }
    if let Some(open) = session.looking() {
        let gone = matches!(open.stage, FileStage::Failed | FileStage::Deleted { .. });
        assert!(
            !gone && open.kind != FileKind::Document,
            "what is open is there: {open:?}"
        );
    }
}

/// A relay that decides, records and applies, and watches itself doing it.
struct Relay {
    session: Session,
    log: Vec<Record>,
    now: Time,
}

impl Relay {
    fn new() -> Self {
        let ctx = Context::at(START);
        let id = SessionId::from_u128(1);
        let events = create(id, Creator::Customer, "Acme", Mode::Video, Talk::Page, None, &ctx).expect("valid");
        let log = stamp(Seq::ZERO, START, None, None, events);
        let session = begin(&log[0]).expect("created");
        Self {
            session,
            log,
            now: START,
        }
    }

    /// Two sides and a second agent take seats; with `warm` a call with a camera runs already, so that what needs one
    /// is not only reached by luck.
    fn open(&mut self, warm: bool) {
        let [customer, agent, second] = [0, 2, 3].map(PersonId::from_u128);
        for person in [customer, agent, second] {
            self.take(&Step::Server(join(person)));
            self.take(&Step::Server(Intake::Connect { person, device: None }));
        }
        let lens = Lens {
            facing: Facing::Rear,
            torch: true,
            zoom: None,
        };
        let live = Command::ReportCamera(Camera::Live(lens));
        for (who, command) in [(customer, Command::Start), (customer, live), (agent, Command::Start)] {
            if warm {
                self.take(&Step::Person(who, command));
            }
        }
    }

    fn record(&mut self, by: Option<PersonId>, events: Vec<Event>) {
        for record in stamp(self.session.seq(), self.now, by, None, events) {
            if record.event == Event::CallStarted {
                assert!(is_ready(&self.session, Role::Agent) && is_ready(&self.session, Role::Customer));
            }
            let status = status_after(self.session.status(), &record);
            apply(&mut self.session, &record);
            assert_eq!(self.session.status(), status);
            self.log.push(record);
        }
        check_state(&self.session);
    }

    fn take(&mut self, step: &Step) {
        let ctx = Context::at(self.now);
        match step {
            Step::Person(who, command) => {
                if let Ok(events) = by_person(&self.session, *who, command, &ctx) {
                    self.record(Some(*who), events);
                }
            }
            Step::Server(intake) => {
                if let Ok(events) = by_server(&self.session, intake, &ctx) {
                    self.record(None, events);
                }
            }
            Step::Wait(wait) => {
                self.now = self.now.plus(*wait);
                let events = due(&self.session, self.now);
                let promised = next_due(&self.session).is_some_and(|next| next <= self.now);
                assert_eq!(promised, !events.is_empty(), "next_due and due agree");
                self.record(None, events);
                assert_eq!(due(&self.session, self.now), [], "time makes each thing happen once");
                assert!(next_due(&self.session).is_none_or(|next| next > self.now));
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_people_do_the_session_stays_sound(
        warm in any::<bool>(),
        steps in proptest::collection::vec(step(), 1..120),
    ) {
        let mut relay = Relay::new();
        relay.open(warm);
        for step in &steps {
            relay.take(step);
        }
        for (place, record) in relay.log.iter().enumerate() {
            prop_assert_eq!(record.seq.0, place as u64 + 1);
        }
        let told: String = serde_json::to_string(&relay.log).expect("encodes");
        let heard: Vec<Record> = serde_json::from_str(&told).expect("decodes");
        prop_assert_eq!(replay(&heard), Some(relay.session.clone()));
        let snapshot = serde_json::to_string(&relay.session).expect("encodes");
        prop_assert_eq!(serde_json::from_str::<Session>(&snapshot).expect("decodes"), relay.session);
    }

    #[test]
    fn whoever_catches_up_from_any_place_sees_the_same(
        steps in proptest::collection::vec(step(), 1..60),
        place in any::<proptest::sample::Index>(),
    ) {
        let mut relay = Relay::new();
        for step in &steps {
            relay.take(step);
        }
        let (known, missed) = relay.log.split_at(1 + place.index(relay.log.len()));
        let mut replica = replay(known).expect("starts with created");
        missed.iter().for_each(|record| apply(&mut replica, record));
        prop_assert_eq!(replica, relay.session);
    }
}
