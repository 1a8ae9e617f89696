//! Outside bytes as the relay and the browser read them. Each function may refuse its bytes but must not panic, and
//! what it lets through must keep the rules.

use farhand_shared::id::{PersonId, Seq, SessionId};
use farhand_shared::pin::Pin;
use farhand_shared::role::Role;
use farhand_shared::session::{
    Camera, Command, Context, Creator, Event, Facing, Intake, Lens, Mode, Record, Session, Talk, ZoomRange, apply,
    begin, by_person, by_server, create, due, next_due, stamp,
};
use farhand_shared::time::Time;
use farhand_shared::wire::{CatchUp, FromClient, FromServer, Hello, lifetime};

const NOW: Time = Time::from_millis(1_700_000_000_000);
const CUSTOMER: PersonId = PersonId::from_u128(1);
const AGENT: PersonId = PersonId::from_u128(2);
const STRANGER: PersonId = PersonId::from_u128(3);

/// What a browser sends: decoded, decided in a running call for each of those who could have sent it, and recorded.
/// Whatever the rules let through must survive the log.
pub fn from_client_json(data: &[u8]) {
    match serde_json::from_slice(data) {
        Ok(FromClient::Do { command, .. }) => {
            for who in [CUSTOMER, AGENT, STRANGER] {
                decide(who, &command);
            }
        }
        Ok(FromClient::Hello(Hello { device, .. })) => {
            let mut session = call();
            take(
                &mut session,
                &Intake::Connect {
                    person: CUSTOMER,
                    device,
                },
            );
        }
        Ok(other) => drop(serde_json::to_string(&other)),
        Err(_) => {}
    }
}

/// What a relay sends: a browser applies it whatever it says.
pub fn from_server_json(data: &[u8]) {
    let Ok(message) = serde_json::from_slice::<FromServer>(data) else {
        return;
    };
    let _ = lifetime(&message);
    match message {
        FromServer::Happened(record) => look_at(call(), &[record]),
        FromServer::Welcome(welcome) => match welcome.catch_up {
            CatchUp::Events(records) => look_at(call(), &records),
            CatchUp::Snapshot(session) => look_at(*session, &[]),
        },
        other => drop(serde_json::to_string(&other)),
    }
}

/// A line of a stored log, applied to a running call and as the beginning of a log.
pub fn record_json(data: &[u8]) {
    let Ok(record) = serde_json::from_slice::<Record>(data) else {
        return;
    };
    if let Some(session) = begin(&record) {
        look_at(session, std::slice::from_ref(&record));
    }
    look_at(call(), &[record]);
}

/// What a person typed as a PIN.
pub fn pin_parse(data: &[u8]) {
    let Ok(typed) = std::str::from_utf8(data) else { return };
    if let Ok(pin) = Pin::parse(typed) {
        let digits = pin.digits();
        assert!(digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!(Pin::parse(&digits), Ok(pin));
        assert_eq!(Pin::parse(&pin.grouped()), Ok(pin));
    }
}

/// A running call whose customer's camera has light and zoom.
fn call() -> Session {
    let id = SessionId::from_u128(100);
    let ctx = Context::at(NOW);
    let events = create(id, Creator::Customer, "Acme", Mode::Video, Talk::Page, None, &ctx).expect("valid");
    let mut session = begin(&stamp(Seq::ZERO, NOW, None, None, events)[0]).expect("created");
    for (person, role) in [(CUSTOMER, Role::Customer), (AGENT, Role::Agent)] {
        let join = Intake::Join {
            person,
            role,
            account: None,
            name: String::new(),
            device: None,
        };
        take(&mut session, &join);
        take(&mut session, &Intake::Connect { person, device: None });
    }
    let zoom = Some(ZoomRange {
        min: 1.0,
        max: 5.0,
        now: 1.0,
    });
    let lens = Lens {
        facing: Facing::Rear,
        torch: true,
        zoom,
    };
    let live = Command::ReportCamera(Camera::Live(lens));
    for (who, command) in [(CUSTOMER, live), (CUSTOMER, Command::Start), (AGENT, Command::Start)] {
        if let Ok(events) = by_person(&session, who, &command, &ctx) {
            record(&mut session, events);
        }
    }
    session
}

fn decide(who: PersonId, command: &Command) {
    let mut session = call();
    if let Ok(events) = by_person(&session, who, command, &Context::at(NOW)) {
        record(&mut session, events);
    }
}

fn take(session: &mut Session, intake: &Intake) {
    if let Ok(events) = by_server(session, intake, &Context::at(NOW)) {
        record(session, events);
    }
}

/// Records what was decided the way a relay does, and checks that log and snapshot can be read again.
fn record(session: &mut Session, events: Vec<Event>) {
    for record in stamp(session.seq(), NOW, None, None, events) {
        let line = serde_json::to_string(&record).expect("encodes");
        assert_eq!(
            serde_json::from_str::<Record>(&line).expect("the log can be read"),
            record
        );
        apply(session, &record);
    }
    let snapshot = serde_json::to_string(session).expect("encodes");
    assert_eq!(
        &serde_json::from_str::<Session>(&snapshot).expect("the snapshot can be read"),
        session
    );
}

/// Everything a browser does with a session and its news.
fn look_at(mut session: Session, news: &[Record]) {
    for record in news {
        apply(&mut session, record);
        assert_eq!(session.seq(), record.seq);
    }
    let _ = (due(&session, NOW), next_due(&session), session.customer());
    for person in session.people() {
        let _ = session.peers_of(person.id).count();
    }
    for command in [Command::Start, Command::Leave, Command::End, Command::Rejoin] {
        let _ = by_person(&session, CUSTOMER, &command, &Context::at(NOW));
    }
}
