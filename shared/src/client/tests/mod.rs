//! One client alone, told everything by hand: screens, reports, what is shown at once, and what a page gives up.

mod reports;
mod screens;

use super::{
    Client, Dice, Failure, Gesture, Input, LinkView, MediaInput, MediaOutput, MediaWish, Notice, Options, Output,
    PageInput, Phase, SocketInput, Track,
};
use crate::id::{AgentId, CommandId, Generation, PersonId, Seq, SessionId};
use crate::ink::{Ink, Point, Surface};
use crate::role::Role;
use crate::session::{
    self, Away, Blocked, Camera, Command, Creator, EndReason, Event, Facing, Grants, Lens, Mic, Mode, Rejection,
    Session, Talk, Torch,
};
use crate::time::Time;
use crate::wire::{CatchUp, Closing, FromClient, FromServer, SeatToken, Welcome};

const ME: PersonId = PersonId::from_u128(1);
const OTHER: PersonId = PersonId::from_u128(2);
const NOW: Time = Time::from_millis(1_800_000_000_000);
const REAR: Lens = Lens {
    facing: Facing::Rear,
    torch: true,
    zoom: None,
};

struct Counting(u128);
impl Dice for Counting {
    fn bits(&mut self) -> u128 {
        self.0 += 1;
        self.0
    }
    fn share(&mut self) -> f32 {
        0.5
    }
}

/// A client, the relay's side of its session, and what it asked for since last looked at.
struct Bench {
    client: Client,
    dice: Counting,
    session: Session,
    now: Time,
    out: Vec<Output>,
}

impl Bench {
    /// I am of this role; the other side sits in the lobby.
    fn new(options: Options) -> Self {
        let other = match options.role {
            Role::Agent => Role::Customer,
            _ => Role::Agent,
        };
        let created = Event::Created {
            session: SessionId::from_u128(9),
            creator: Creator::Agent(AgentId::from_u128(1)),
            company: "Acme".into(),
            mode: Mode::Video,
            talk: options.talk,
            case_id: None,
        };
        let log = session::stamp(Seq::ZERO, NOW, None, None, vec![created]);
        let mut bench = Self {
            client: Client::new(options),
            dice: Counting(1000),
            session: session::replay(&log).unwrap(),
            now: NOW,
            out: Vec::new(),
        };
        for (person, role) in [(ME, options.role), (OTHER, other)] {
            bench.event(Event::Joined {
                person,
                role,
                account: None,
                name: String::new(),
                device: None,
            });
        }
        bench
    }

    fn customer() -> Self {
        Self::new(Options::customer())
    }

    fn agent() -> Self {
        Self::new(Options::agent())
    }

    fn input(&mut self, input: Input) -> &mut Self {
        let outputs = self.client.step(self.now, &mut self.dice, input);
        self.out.extend(outputs);
        self
    }

    fn press(&mut self, gesture: Gesture) -> &mut Self {
        self.input(Input::Gesture(gesture))
    }

    /// Something happens in the session; a connected client hears of it.
    fn event(&mut self, event: Event) -> &mut Self {
        self.caused(event, None)
    }

    fn caused(&mut self, event: Event, cause: Option<CommandId>) -> &mut Self {
        let records = session::stamp(self.session.seq(), self.now, None, cause, vec![event]);
        for record in records {
            session::apply(&mut self.session, &record);
            if self.client.view().you.is_some() {
                self.receive(FromServer::Happened(record));
            }
        }
        self
    }

    fn receive(&mut self, message: FromServer) -> &mut Self {
        let what = SocketInput::Received(message);
        let generation = Generation(1);
        self.input(Input::Socket { generation, what })
    }

    /// Takes the seat and is welcomed with the session as it is.
    fn seat(&mut self) -> &mut Self {
        self.input(Input::Seated(SeatToken("seat".into())));
        self.input(Input::Socket {
            generation: Generation(1),
            what: SocketInput::Opened,
        });
        self.receive(FromServer::Welcome(Box::new(Welcome {
            settings: crate::wire::Settings::default(),
            you: ME,
            session: self.session.id(),
            generation: Generation(1),
            now: self.now,
            catch_up: CatchUp::Snapshot(Box::new(self.session.clone())),
        })))
    }

    fn media(&mut self, attempt: u32, what: MediaInput) -> &mut Self {
        self.input(Input::Media { attempt, what })
    }

    fn with_camera(&mut self) -> &mut Self {
        self.press(Gesture::TurnOnCamera);
        self.media(1, MediaInput::CameraOpened(REAR))
    }

    /// Both are ready and the call runs.
    fn in_call(&mut self) -> &mut Self {
        for person in [ME, OTHER] {
            self.event(Event::Readied { person });
        }
        self.event(Event::CallStarted)
    }

    fn phase(&self) -> Phase {
        self.client.view().phase
    }

    fn took(&mut self) -> Vec<Output> {
        core::mem::take(&mut self.out)
    }

    /// The commands sent since last looked at.
    fn commands(&mut self) -> Vec<Command> {
        self.sent().into_iter().map(|(_, command)| command).collect()
    }

    fn sent(&mut self) -> Vec<(CommandId, Command)> {
        let commands = self.took().into_iter().filter_map(|output| match output {
            Output::Send(_, FromClient::Do { id, command }) => Some((id, command)),
            _ => None,
        });
        commands.collect()
    }
}

/// The camera does not open, by the browser's name for the reason.
fn cannot_open(name: &str) -> MediaInput {
    let failure = Failure {
        name: name.into(),
        message: String::new(),
    };
    MediaInput::Failed(Track::Camera, failure)
}

fn opened(outputs: &[Output]) -> Vec<MediaWish> {
    let wishes = outputs.iter().filter_map(|output| match output {
        Output::Media(MediaOutput::Open { wish, .. }) => Some(*wish),
        _ => None,
    });
    wishes.collect()
}
