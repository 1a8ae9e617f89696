//! A small relay around the real rules: numbers, stores, answers repeats, and comes back from its log.

use farhand_shared::id::{AgentId, CommandId, PersonId, Seq, SessionId};
use farhand_shared::role::Role;
use farhand_shared::session::{self, Command, Context, Creator, Event, Intake, Mode, Record, Rejection, Session, Talk};
use farhand_shared::time::Time;
use farhand_shared::wire::{CatchUp, Closing, FromClient, FromServer, IceConfig, SeatToken, Settings, Welcome};
use std::collections::BTreeMap;

/// A socket at the relay.
pub type SocketId = usize;

#[derive(Debug)]
pub struct Room {
    pub log: Vec<Record>,
    pub session: Session,
    seats: BTreeMap<String, PersonId>,
    sockets: BTreeMap<PersonId, SocketId>,
    /// Answers to commands; of those that made events the log itself knows.
    answered: BTreeMap<CommandId, Option<Rejection>>,
    /// Commands that changed something, for the test that none did so twice.
    pub done: Vec<CommandId>,
    /// Mail on its way to sockets, in order.
    pub mail: Vec<(SocketId, FromServer)>,
    /// Life of ICE credentials.
    pub ice_life_ms: u64,
    /// When somebody last wanted something.
    pub last_do: Time,
}

impl Room {
    pub fn new(agent: PersonId, customer: PersonId, talk: Talk, now: Time) -> Self {
        let context = Context::at(now);
        let id = SessionId::from_u128(1);
        let creator = Creator::Agent(AgentId::from_u128(1));
        let events = session::create(id, creator, "Acme", Mode::Video, talk, None, &context).unwrap();
        let log = session::stamp(Seq::ZERO, now, None, None, events);
        let session = session::replay(&log).unwrap();
        let mut room = Self {
            log,
            session,
            seats: BTreeMap::new(),
            sockets: BTreeMap::new(),
            answered: BTreeMap::new(),
            done: Vec::new(),
            mail: Vec::new(),
            ice_life_ms: 600_000,
            last_do: now,
        };
        for (person, role, token) in [(agent, Role::Agent, "agent"), (customer, Role::Customer, "customer")] {
            let join = Intake::Join {
                person,
                role,
                account: None,
                name: token.into(),
                device: None,
            };
            room.intake(&join, now);
            room.seats.insert(token.into(), person);
        }
        room
    }

    fn record(&mut self, by: Option<PersonId>, cause: Option<CommandId>, events: Vec<Event>, now: Time) {
        let records = session::stamp(self.session.seq(), now, by, cause, events);
        for record in records {
            session::apply(&mut self.session, &record);
            for socket in self.sockets.values() {
                self.mail.push((*socket, FromServer::Happened(record.clone())));
            }
            self.log.push(record);
        }
    }

    pub fn intake(&mut self, intake: &Intake, now: Time) {
        if let Ok(events) = session::by_server(&self.session, intake, &Context::at(now)) {
            self.record(None, None, events, now);
        }
    }

    pub fn tick(&mut self, now: Time) {
        let events = session::due(&self.session, now);
        self.record(None, None, events, now);
    }

    fn person_of(&self, socket: SocketId) -> Option<PersonId> {
        let mut sockets = self.sockets.iter();
        sockets.find(|(_, open)| **open == socket).map(|(person, _)| *person)
    }

    pub fn receive(&mut self, socket: SocketId, message: FromClient, now: Time) {
        match message {
            FromClient::Hello(hello) => {
                self.greet(socket, hello.seat, hello.generation, hello.have, now);
            }
            FromClient::Ping(number) => {
                let latest = FromServer::Latest(self.session.seq());
                self.mail
                    .extend([latest, FromServer::Pong(number)].map(|m| (socket, m)));
            }
            FromClient::RenewIce => self.send_ice(socket, now),
            FromClient::Signal { to, signal } => {
                let (Some(from), Some(at)) = (self.person_of(socket), self.sockets.get(&to)) else {
                    return;
                };
                self.mail.push((*at, FromServer::Signal { from, signal }));
            }
            FromClient::Ink(ink) => {
                let Some(from) = self.person_of(socket) else { return };
                let others = self.sockets.iter().filter(|(person, _)| **person != from);
                let sent = others.map(|(_, at)| (*at, FromServer::Ink { from, ink: ink.clone() }));
                self.mail.extend(sent.collect::<Vec<_>>());
            }
            FromClient::Do { id, command } => {
                if let Some(who) = self.person_of(socket) {
                    self.last_do = now;
                    let answer = self.carry_out(who, id, &command, now);
                    self.mail.push((socket, answer));
                }
            }
        }
    }

    fn carry_out(&mut self, who: PersonId, id: CommandId, command: &Command, now: Time) -> FromServer {
        let told = self.log.iter().any(|record| record.cause == Some(id));
        if !told && !self.answered.contains_key(&id) {
            let refused = match session::by_person(&self.session, who, command, &Context::at(now)) {
                Ok(events) => {
                    // What changed nothing may be asked again after a restart: it still changes nothing.
                    if !events.is_empty() {
                        self.done.push(id);
                    }
                    self.record(Some(who), Some(id), events, now);
                    None
                }
                Err(why) => Some(why),
            };
            self.answered.insert(id, refused);
        }
        match self.answered.get(&id).copied().flatten() {
            Some(why) => FromServer::Refused { id, why },
            None => FromServer::Accepted(id),
        }
    }

    fn greet(
        &mut self,
        socket: SocketId,
        seat: SeatToken,
        generation: farhand_shared::id::Generation,
        have: Seq,
        now: Time,
    ) {
        let Some(you) = self.seats.get(&seat.0).copied() else {
            self.mail.push((socket, FromServer::Closing(Closing::NoSuchSeat)));
            return;
        };
        if let Some(old) = self.sockets.remove(&you) {
            self.mail.push((old, FromServer::Closing(Closing::Replaced)));
        }
        let connect = Intake::Connect {
            person: you,
            device: None,
        };
        self.intake(&connect, now);
        let known = have > Seq::ZERO && have <= self.session.seq();
        let catch_up = if known {
            CatchUp::Events(self.log.iter().filter(|record| record.seq > have).cloned().collect())
        } else {
            CatchUp::Snapshot(Box::new(self.session.clone()))
        };
        let welcome = Welcome {
            you,
            session: self.session.id(),
            generation,
            now,
            catch_up,
            settings: Settings::default(),
        };
        self.mail.push((socket, FromServer::Welcome(Box::new(welcome))));
        // What was just told is told once more: a browser must not do it twice.
        if let Some(last) = self.log.last() {
            self.mail.push((socket, FromServer::Happened(last.clone())));
        }
        self.sockets.insert(you, socket);
        self.send_ice(socket, now);
    }

    fn send_ice(&mut self, socket: SocketId, now: Time) {
        let config = IceConfig {
            servers: Vec::new(),
            relay_only: false,
            expires_at: Time::from_millis(now.millis() + self.ice_life_ms),
        };
        self.mail.push((socket, FromServer::Ice(config)));
    }

    pub fn socket_gone(&mut self, socket: SocketId, now: Time) {
        if let Some(person) = self.person_of(socket) {
            self.sockets.remove(&person);
            self.intake(&Intake::Disconnect { person }, now);
        }
    }

    /// Killed and started again: only the log is left.
    pub fn restart(&mut self, now: Time) {
        self.sockets.clear();
        self.answered.clear();
        self.mail.clear();
        self.session = session::replay(&self.log).unwrap();
        let connected: Vec<PersonId> = self
            .session
            .people()
            .iter()
            .filter(|p| p.connected)
            .map(|p| p.id)
            .collect();
        for person in connected {
            self.intake(&Intake::Disconnect { person }, now);
        }
    }
}
