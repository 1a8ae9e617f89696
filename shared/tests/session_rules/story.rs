//! Tells a session as a story: given what has happened, when somebody wants something, then these events follow.

use core::time::Duration;
use farhand_shared::id::{AgentId, PersonId, Seq, SessionId};
use farhand_shared::role::Role;
use farhand_shared::session::{
    Camera, Command, Context, Creator, Event, Facing, Intake, Lens, Mode, Person, Record, Rejection, Seat, Session,
    Status, Talk, ZoomRange, apply, begin, by_person, by_server, create, due, next_due, replay, stamp,
};
use farhand_shared::time::Time;

pub const START: Time = Time::from_millis(1_700_000_000_000);
pub const CUSTOMER: PersonId = PersonId::from_u128(1);
pub const AGENT: PersonId = PersonId::from_u128(2);
pub const SECOND_AGENT: PersonId = PersonId::from_u128(3);
pub const GUEST: PersonId = PersonId::from_u128(4);
pub const VIEWER: PersonId = PersonId::from_u128(5);
pub const KNOCKER: PersonId = PersonId::from_u128(6);

/// A session, its log and a clock that stands still until told otherwise.
#[derive(Clone)]
pub struct Story {
    pub session: Session,
    pub log: Vec<Record>,
    pub now: Time,
}

impl Story {
    /// An agent made a session; nobody has a seat yet.
    pub fn new() -> Self {
        Self::created(Mode::Video)
    }

    pub fn created(mode: Mode) -> Self {
        let creator = Creator::Agent(AgentId::from_u128(2));
        let id = SessionId::from_u128(100);
        let ctx = Context::at(START);
        let events = create(id, creator, "Acme Power", mode, Talk::Page, None, &ctx).expect("valid");
        let log = stamp(Seq::ZERO, START, None, None, events);
        Self {
            session: begin(&log[0]).expect("the first event is Created"),
            log,
            now: START,
        }
    }

    /// Customer and agent hold connected seats in the lobby.
    pub fn lobby() -> Self {
        Self::new()
            .joins(CUSTOMER, Role::Customer)
            .joins(AGENT, Role::Agent)
            .connects(CUSTOMER)
            .connects(AGENT)
    }

    /// The call runs.
    pub fn call() -> Self {
        Self::lobby().does(CUSTOMER, Command::Start).does(AGENT, Command::Start)
    }

    /// The call runs and the customer's camera with light and zoom is live.
    pub fn live() -> Self {
        Self::call().does(CUSTOMER, Command::ReportCamera(Camera::Live(rear())))
    }

    /// The call has been ended by the agent.
    pub fn over() -> Self {
        Self::call().does(AGENT, Command::End).passes(Duration::from_secs(5))
    }

    pub fn joins(self, person: PersonId, role: Role) -> Self {
        self.takes(join(person, role))
    }

    pub fn connects(self, person: PersonId) -> Self {
        self.takes(Intake::Connect { person, device: None })
    }

    pub fn disconnects(self, person: PersonId) -> Self {
        self.takes(Intake::Disconnect { person })
    }

    pub fn knocks(self, person: PersonId) -> Self {
        self.takes(knock(person)).connects(person)
    }

    /// A person's command that must be allowed.
    #[track_caller]
    pub fn does(mut self, who: PersonId, command: Command) -> Self {
        let events = self.when(who, command.clone());
        let events = events.unwrap_or_else(|why| panic!("{command:?} was refused: {why:?}"));
        self.record(Some(who), events);
        self
    }

    /// A server's intake that must be allowed.
    #[track_caller]
    pub fn takes(mut self, intake: Intake) -> Self {
        let events = self.when_server(intake.clone());
        let events = events.unwrap_or_else(|why| panic!("{intake:?} was refused: {why:?}"));
        self.record(None, events);
        self
    }

    /// Time goes on, and what falls due on the way happens at its own time.
    pub fn passes(mut self, wait: Duration) -> Self {
        let until = self.now.plus(wait);
        while let Some(next) = next_due(&self.session).filter(|next| *next <= until) {
            self.now = self.now.max(next);
            let events = due(&self.session, self.now);
            assert!(!events.is_empty(), "next_due promised something at {next:?}");
            self.record(None, events);
        }
        self.now = until;
        self
    }

    pub fn when(&self, who: PersonId, command: Command) -> Result<Vec<Event>, Rejection> {
        by_person(&self.session, who, &command, &Context::at(self.now))
    }

    pub fn when_server(&self, intake: Intake) -> Result<Vec<Event>, Rejection> {
        by_server(&self.session, &intake, &Context::at(self.now))
    }

    pub fn record(&mut self, by: Option<PersonId>, events: Vec<Event>) {
        let records = stamp(self.session.seq(), self.now, by, None, events);
        for record in records {
            apply(&mut self.session, &record);
            self.log.push(record);
        }
        assert_eq!(
            replay(&self.log).as_ref(),
            Some(&self.session),
            "the log makes the session"
        );
    }

    #[track_caller]
    pub fn person(&self, id: PersonId) -> &Person {
        self.session.person(id).expect("is in the session")
    }

    pub fn seat(&self, id: PersonId) -> Seat {
        self.person(id).seat
    }

    pub fn is_running(&self) -> bool {
        matches!(self.session.status(), Status::InProgress { .. })
    }

    /// The events since the log had `len` records.
    pub fn since(&self, len: usize) -> Vec<Event> {
        self.log[len..].iter().map(|r| r.event.clone()).collect()
    }
}

pub fn join(person: PersonId, role: Role) -> Intake {
    Intake::Join {
        person,
        role,
        account: None,
        name: String::new(),
        device: None,
    }
}

pub fn knock(person: PersonId) -> Intake {
    knock_as(person, Role::Customer)
}

/// Somebody called Bo stands at the door.
pub fn knock_as(person: PersonId, role: Role) -> Intake {
    Intake::Knock {
        person,
        role,
        name: "Bo".to_owned(),
        device: None,
    }
}

/// A phone's rear lens with light and zoom 1-5.
pub fn rear() -> Lens {
    Lens {
        facing: Facing::Rear,
        torch: true,
        zoom: Some(ZoomRange {
            min: 1.0,
            max: 5.0,
            now: 1.0,
        }),
    }
}

/// A phone's front lens, which has neither.
pub fn front() -> Lens {
    Lens {
        facing: Facing::Front,
        torch: false,
        zoom: None,
    }
}
