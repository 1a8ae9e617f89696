//! Samples of what the WebSocket carries.

use crate::book::{Chapter, chapter};
use crate::events::record;
use crate::values::{device, session};
use farhand_shared::coach::Hint;
use farhand_shared::id::{CommandId, FileId, Generation, MarkId, PersonId, Seq, SessionId};
use farhand_shared::ink::{Ink, Path, Point, Shape, StrokeTool, Surface};
use farhand_shared::pin::Pin;
use farhand_shared::quality::Quality;
use farhand_shared::session::{
    Answer, Ask, Away, Camera, Command, Event, FileKind, FileStep, Grants, MarkStep, Mic, Mode, Rejection, Talk, Torch,
};
use farhand_shared::time::Time;
use farhand_shared::wire::{
    CatchUp, Closing, FromClient, FromServer, Hello, IceConfig, IceServer, InkScheme, PinNow, SeatToken, Settings,
    Signal, SignalKind, Welcome,
};

const NOW: Time = Time::from_millis(1_700_000_000_000);

pub fn chapters() -> Vec<Chapter> {
    vec![
        chapter("FromClient", from_client()),
        chapter("FromServer", from_server()),
        chapter("Hello", vec![hello()]),
        chapter("Welcome", vec![welcome(CatchUp::Events(vec![]))]),
        chapter("CatchUp", catch_ups()),
        chapter("Signal", signals()),
        chapter("SignalKind", signals().into_iter().map(|signal| signal.kind).collect()),
        chapter("Command", commands()),
        chapter("Rejection", rejections()),
        chapter("Closing", closings()),
        chapter("IceConfig", vec![ice()]),
        chapter("IceServer", ice().servers),
        chapter("PinNow", vec![pin_now()]),
        chapter("Settings", vec![Settings::default()]),
        chapter("InkScheme", vec![InkScheme::BySurface, InkScheme::Unified]),
        chapter("Ink", inks()),
        chapter("Shape", shapes()),
        chapter(
            "Surface",
            vec![
                Surface::Live(PersonId::from_u128(1)),
                Surface::Still(FileId::from_u128(6)),
            ],
        ),
        chapter("StrokeTool", TOOLS.to_vec()),
    ]
}

fn hello() -> Hello {
    Hello {
        protocol: 1,
        seat: SeatToken("dGhlIHNlYXQ".to_owned()),
        generation: Generation(3),
        have: Seq(41),
        device: Some(device()),
    }
}

fn from_client() -> Vec<FromClient> {
    let mut messages = vec![FromClient::Hello(hello()), FromClient::RenewIce, FromClient::Ping(7)];
    messages.extend(commands().into_iter().map(|command| FromClient::Do {
        id: CommandId::from_u128(9),
        command,
    }));
    messages.extend(inks().into_iter().map(FromClient::Ink));
    messages.extend(signals().into_iter().map(|signal| FromClient::Signal {
        to: PersonId::from_u128(2),
        signal,
    }));
    messages
}

fn signals() -> Vec<Signal> {
    let kinds = [
        SignalKind::Offer {
            sdp: "v=0\r\n".to_owned(),
        },
        SignalKind::Answer {
            sdp: "v=0\r\n".to_owned(),
        },
        SignalKind::Candidate {
            candidate: "candidate:1 1 udp 1 192.0.2.1 9 typ host".to_owned(),
            mid: Some("0".to_owned()),
            line: Some(0),
        },
        SignalKind::Candidate {
            candidate: String::new(),
            mid: None,
            line: None,
        },
        SignalKind::Again,
    ];
    let signal = |kind| Signal {
        connection: 2,
        to_connection: 1,
        round: 4,
        kind,
    };
    kinds.into_iter().map(signal).collect()
}

const TOOLS: [StrokeTool; 6] = [
    StrokeTool::Line,
    StrokeTool::Arrow,
    StrokeTool::Rect,
    StrokeTool::Ellipse,
    StrokeTool::Highlight,
    StrokeTool::Blur,
];

const A: Point = Point { x: 0, y: 1 };
const B: Point = Point { x: 65_535, y: 2 };

fn path() -> Path {
    Path::from(&[A, B][..])
}

fn inks() -> Vec<Ink> {
    let mark = MarkId::from_u128(7);
    let stroke = |tool| Ink::Stroke {
        on: Surface::Still(FileId::from_u128(6)),
        mark,
        tool,
        from: 40,
        points: path(),
    };
    let on = Surface::Live(PersonId::from_u128(1));
    let mut inks = vec![
        Ink::Pointer { on, at: Some(A) },
        Ink::Pointer { on, at: None },
        Ink::Cancel { mark },
    ];
    inks.extend(TOOLS.map(stroke));
    inks
}

fn shapes() -> Vec<Shape> {
    let (a, b) = (A, B);
    vec![
        Shape::Dot(a),
        Shape::Line(path()),
        Shape::Arrow { from: a, to: b },
        Shape::Rect { a, b },
        Shape::Ellipse { a, b },
        Shape::Highlight(path()),
        Shape::Text {
            at: a,
            text: "here".to_owned(),
        },
        Shape::Number { at: a, number: 1 },
        Shape::Blur { a, b },
    ]
}

pub fn commands() -> Vec<Command> {
    let mut commands = of_the_call();
    commands.extend(looking_together());
    commands
}

fn looking_together() -> Vec<Command> {
    let (file, mark) = (FileId::from_u128(6), MarkId::from_u128(7));
    let mut commands = vec![
        Command::AdaptMode(Mode::Photo),
        Command::ReportWaiting(3),
        Command::ReportSeen(Seq(41)),
        Command::TakeStill { file },
        Command::TakePhoto { file },
        Command::AskPhoto("the type plate".to_owned()),
        Command::Share {
            file,
            kind: FileKind::Annotated,
            name: String::new(),
            bytes: 700_000,
            of: Some(FileId::from_u128(5)),
        },
        Command::Draw {
            on: PersonId::from_u128(1),
            mark,
            shape: Shape::Dot(A),
        },
        Command::Say {
            text: "the red one?".to_owned(),
            file: Some(file),
        },
    ];
    let steps = [FileStep::Open, FileStep::Close, FileStep::Delete, FileStep::Restore];
    commands.extend(steps.map(|step| Command::File { file, step }));
    let steps = [MarkStep::Undo, MarkStep::UndoAll, MarkStep::Redo];
    commands.extend(steps.map(|step| Command::Marks { file, step }));
    commands.push(Command::FailFile { file });
    commands.push(Command::ClearMarks { file });
    commands.push(Command::RestoreMarks { file });
    commands.extend(shapes().into_iter().map(|shape| Command::Mark { file, mark, shape }));
    commands
}

fn of_the_call() -> Vec<Command> {
    let person = PersonId::from_u128(2);
    vec![
        Command::SetName("Ana".to_owned()),
        Command::SetCase("T-1".to_owned()),
        Command::SetMode(Mode::Photo),
        Command::SetTalk(Talk::PhoneCall),
        Command::Start,
        Command::DeclineCall,
        Command::ReportCamera(Camera::Off),
        Command::ReportMic(Mic::Muted),
        Command::ReportTorch {
            torch: Torch::On,
            asked_by: Some(person),
        },
        Command::ReportQuality(Quality::VeryWeak),
        Command::ReportHint(Some(Hint::Shaky)),
        Command::ReportHint(None),
        Command::ReportAway(Some(Away::PhoneCall)),
        Command::ReportAway(None),
        Command::Ask {
            of: person,
            what: Ask::Zoom(2.5),
        },
        Command::AnswerAsk {
            what: Ask::Flip,
            answer: Answer::Done,
        },
        Command::Pause(true),
        Command::Admit(person),
        Command::Decline(person),
        Command::AskPatience(person),
        Command::Eject(person),
        Command::Grant {
            person,
            grants: Grants::default(),
        },
        Command::Hold { person, on: true },
        Command::Leave,
        Command::End,
        Command::Stay,
        Command::Rejoin,
    ]
}

fn from_server() -> Vec<FromServer> {
    let id = CommandId::from_u128(9);
    let mut messages = vec![
        FromServer::Waiting {
            generation: Generation(3),
            now: NOW,
            noticed: true,
        },
        FromServer::Happened(record(Event::CallStarted)),
        FromServer::Accepted(id),
        FromServer::Refused {
            id,
            why: Rejection::NotRinging,
        },
        FromServer::Signal {
            from: PersonId::from_u128(1),
            signal: signals().remove(0),
        },
        FromServer::Ink {
            from: PersonId::from_u128(1),
            ink: inks().remove(0),
        },
        FromServer::Ice(ice()),
        FromServer::Pin(Some(pin_now())),
        FromServer::Pin(None),
        FromServer::Latest(Seq(42)),
        FromServer::Pong(7),
    ];
    messages.extend(
        catch_ups()
            .into_iter()
            .map(|catch_up| FromServer::Welcome(Box::new(welcome(catch_up)))),
    );
    messages.extend(closings().into_iter().map(FromServer::Closing));
    messages
}

fn welcome(catch_up: CatchUp) -> Welcome {
    Welcome {
        you: PersonId::from_u128(1),
        session: SessionId::from_u128(100),
        generation: Generation(3),
        now: NOW,
        catch_up,
        settings: Settings::default(),
    }
}

fn catch_ups() -> Vec<CatchUp> {
    vec![
        CatchUp::Events(vec![record(Event::CallStarted)]),
        CatchUp::Snapshot(Box::new(session())),
    ]
}

fn ice() -> IceConfig {
    let stun = IceServer {
        urls: vec!["stun:help.example.org:3478".to_owned()],
        username: None,
        credential: None,
    };
    let turn = IceServer {
        urls: vec!["turn:help.example.org:3478?transport=tcp".to_owned()],
        username: Some("1700000600:x".to_owned()),
        credential: Some("c2VjcmV0".to_owned()),
    };
    IceConfig {
        servers: vec![stun, turn],
        relay_only: true,
        expires_at: NOW,
    }
}

fn pin_now() -> PinNow {
    PinNow {
        pin: Pin::from_dice(42),
        expires_at: NOW,
    }
}

fn closings() -> Vec<Closing> {
    vec![
        Closing::Restarting { retry_ms: 1500 },
        Closing::Replaced,
        Closing::NoSuchSeat,
        Closing::Declined,
        Closing::Ejected,
        Closing::ProtocolMismatch,
        Closing::TooSlow,
        Closing::Misbehaved,
    ]
}

fn rejections() -> Vec<Rejection> {
    vec![
        Rejection::NotAllowed,
        Rejection::NoSuchPerson,
        Rejection::NoSuchInvitation,
        Rejection::NotKnocking,
        Rejection::NoSeat,
        Rejection::SessionOver,
        Rejection::TooLateToRejoin,
        Rejection::NotOver,
        Rejection::NotConfirmed,
        Rejection::NotRinging,
        Rejection::NotEnding,
        Rejection::NotAsked,
        Rejection::TooManyAgents,
        Rejection::CustomerPresent,
        Rejection::TooManyGuests,
        Rejection::TooManyViewers,
        Rejection::TooManyKnocks,
        Rejection::TooManyInvitations,
        Rejection::TextTooLong,
        Rejection::NotPossibleNow,
        Rejection::NoSuchFile,
        Rejection::TooManyFiles,
        Rejection::TooManyMarks,
        Rejection::BadShape,
        Rejection::TooLateToUndo,
        Rejection::NothingSaid,
        Rejection::NotStored,
        Rejection::TooFast,
    ]
}
