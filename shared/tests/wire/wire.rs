//! Samples of what the WebSocket carries.

use crate::book::{Chapter, chapter};
use crate::events::record;
use crate::values::{device, session};
use farhand_shared::id::{CommandId, Generation, PersonId, Seq, SessionId};
use farhand_shared::pin::Pin;
use farhand_shared::quality::Quality;
use farhand_shared::session::{Answer, Ask, Away, Camera, Command, Event, Mic, Mode, Rejection, Talk, Torch};
use farhand_shared::time::Time;
use farhand_shared::wire::{
    CatchUp, Closing, FromClient, FromServer, Hello, IceConfig, IceServer, PinNow, SeatToken, Signal, SignalKind,
    Welcome,
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

pub fn commands() -> Vec<Command> {
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
        Rejection::NotStored,
        Rejection::TooFast,
    ]
}
