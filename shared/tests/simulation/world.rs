//! The clock, the networks and the two people.

use super::connection::Connection;
use super::dice::Seeded;
use super::network::Socket;
use super::room::{Room, SocketId};
use farhand_shared::client::{
    Client, Dice, Gesture, Input, MediaInput, Options, Output, PageInput, PeerInput, Phase, Unsent, View,
};
use farhand_shared::id::PersonId;
use farhand_shared::ink::Ink;
use farhand_shared::session::{Camera, Session, Talk};
use farhand_shared::time::Time;
use farhand_shared::wire::{FromServer, SeatToken};
use std::collections::BTreeMap;
use std::time::Duration;

pub const AGENT: usize = 0;
pub const CUSTOMER: usize = 1;
/// The fake clock starts here.
const START: u64 = 1_800_000_000_000;
/// How often media is looked at.
pub const MEDIA_STEP: u64 = 50;

/// Something that is going to happen.
#[derive(Debug)]
pub(super) enum Event {
    Tick(usize, u32),
    RelayTick,
    /// A socket's opening is through.
    Opens(SocketId),
    Pump(SocketId),
    Media(usize, u32, u32, MediaInput),
    Work(usize, u32, PersonId, u32),
    /// Bytes for a measurement have arrived after so many milliseconds.
    Measured(usize, u32, u64),
    Ink(usize, u32, PersonId, u32, Ink),
    MediaStep,
}

/// One person's browser.
#[derive(Debug)]
pub struct Node {
    pub person: PersonId,
    pub client: Client,
    pub(super) token: &'static str,
    pub(super) options: Options,
    /// Counts reloads; what was meant for an older page is lost.
    pub(super) page: u32,
    pub(super) asleep: bool,
    pub net: bool,
    /// Changes with every move to another network: old candidates lead nowhere.
    pub network: u32,
    pub(super) connections: BTreeMap<(PersonId, u32), Connection>,
    pub(super) next_tick: Option<u64>,
    pub(super) camera_on: bool,
    /// What its line could carry.
    pub uplink_kbit: u32,
    pub outputs: Vec<Output>,
    /// What its storage keeps for the next page.
    pub(super) unsent: Vec<Unsent>,
}

impl Node {
    pub const fn is_asleep(&self) -> bool {
        self.asleep
    }

    /// Whether its camera is on and its encoders send.
    pub fn shows_a_picture(&self) -> bool {
        self.camera_on
            && self
                .connections
                .values()
                .all(|connection| connection.encoding.is_some())
    }
}

pub struct World {
    pub now: u64,
    pub(super) queue: BTreeMap<(u64, u64), Event>,
    pub(super) count: u64,
    pub dice: Seeded,
    pub room: Room,
    pub(super) room_up: bool,
    pub nodes: Vec<Node>,
    pub(super) sockets: Vec<Socket>,
    /// The direct path between the two.
    pub path: bool,
    /// Milliseconds one way to the relay.
    pub delay: (u64, u64),
    /// Share of negotiation messages that the relay drops.
    pub loss: f32,
    pub(super) connections_made: u64,
}

impl World {
    pub fn new(seed: u64, talk: Talk) -> Self {
        let mut dice = Seeded(seed);
        let people = [PersonId::from_u128(dice.bits()), PersonId::from_u128(dice.bits())];
        let room = Room::new(people[AGENT], people[CUSTOMER], talk, Time::from_millis(START));
        let customer = Options {
            talk,
            ..Options::customer()
        };
        let node = |person, token, options| Node {
            person,
            client: Client::new(options),
            token,
            options,
            page: 0,
            asleep: false,
            net: true,
            network: 0,
            connections: BTreeMap::new(),
            next_tick: None,
            camera_on: false,
            uplink_kbit: 5_000,
            outputs: Vec::new(),
            unsent: Vec::new(),
        };
        let mut world = Self {
            now: START,
            queue: BTreeMap::new(),
            count: 0,
            dice,
            room,
            room_up: true,
            nodes: vec![
                node(people[AGENT], "agent", Options::agent()),
                node(people[CUSTOMER], "customer", customer),
            ],
            sockets: Vec::new(),
            path: true,
            delay: (5, 40),
            loss: 0.0,
            connections_made: 0,
        };
        world.after(MEDIA_STEP, Event::MediaStep);
        world.after(100, Event::RelayTick);
        world
    }

    pub(super) fn after(&mut self, wait: u64, event: Event) {
        self.count += 1;
        self.queue.insert((self.now + wait, self.count), event);
    }

    // What people and tests do.

    pub fn view(&self, who: usize) -> View {
        self.nodes[who].client.view()
    }

    pub fn input(&mut self, who: usize, input: Input) {
        let node = &mut self.nodes[who];
        if node.asleep {
            return;
        }
        let outputs = node.client.step(Time::from_millis(self.now), &mut self.dice, input);
        for output in outputs {
            self.perform(who, output);
        }
        self.plan_tick(who);
    }

    fn plan_tick(&mut self, who: usize) {
        let node = &mut self.nodes[who];
        let Some(due) = node.client.timeout() else { return };
        let due = due.millis().max(self.now + 1);
        if node
            .next_tick
            .is_none_or(|planned| planned <= self.now || due < planned)
        {
            node.next_tick = Some(due);
            let page = node.page;
            self.after(due - self.now, Event::Tick(who, page));
        }
    }

    pub fn press(&mut self, who: usize, gesture: Gesture) {
        self.input(who, Input::Gesture(gesture));
    }

    pub fn take_seat(&mut self, who: usize) {
        let seat = SeatToken(self.nodes[who].token.into());
        let unsent = self.nodes[who].unsent.clone();
        self.input(who, Input::Seated(seat));
        if !unsent.is_empty() {
            self.input(who, Input::Unsent(unsent));
        }
    }

    /// Both come in and the call runs, with the customer's camera.
    pub fn begin_call(&mut self) {
        self.take_seat(AGENT);
        self.press(AGENT, Gesture::Start);
        self.press(CUSTOMER, Gesture::TurnOnCamera);
        self.take_seat(CUSTOMER);
        self.run(3_000);
        assert!(self.media_flows(), "{}", self.describe());
    }

    /// The page is loaded again: everything in memory is gone.
    pub fn reload(&mut self, who: usize) {
        let node = &mut self.nodes[who];
        node.page += 1;
        node.client = Client::new(node.options);
        node.connections.clear();
        node.next_tick = None;
        node.camera_on = false;
        node.asleep = false;
        let (page, mut gone) = (node.page, Vec::new());
        for (id, socket) in self.sockets.iter().enumerate() {
            if socket.node == who && socket.page < page {
                gone.push(id);
            }
        }
        gone.into_iter().for_each(|id| self.close_at_client(id));
        self.take_seat(who);
    }

    /// The phone sleeps: nothing runs, and its sockets die without a word.
    pub fn sleep(&mut self, who: usize) {
        self.input(who, Input::Page(PageInput::Hidden));
        self.nodes[who].asleep = true;
        for socket in self.sockets.iter_mut().filter(|socket| socket.node == who) {
            socket.zombie = true;
        }
    }

    pub fn wake(&mut self, who: usize) {
        self.nodes[who].asleep = false;
        self.input(who, Input::Page(PageInput::Shown));
    }

    /// Killed: nobody hears of it but by silence or a refused connection.
    pub fn kill_relay(&mut self) {
        self.room_up = false;
        for id in 0..self.sockets.len() {
            if self.sockets[id].open {
                self.sockets[id].up.clear();
                self.sockets[id].down.clear();
                self.close_from_relay(id);
            }
        }
        self.room.mail.clear();
    }

    pub fn start_relay_if_dead(&mut self) {
        if !self.room_up {
            self.start_relay();
        }
    }

    /// Another network, there at once: the old sockets and addresses lead nowhere.
    pub fn move_to_another_network(&mut self, who: usize) {
        self.nodes[who].network += 1;
        self.nodes[who].net = true;
        for socket in self.sockets.iter_mut().filter(|socket| socket.node == who) {
            socket.zombie = true;
        }
    }

    /// The camera gives no picture, as on a hidden page.
    pub fn silence_camera(&mut self, who: usize) {
        self.nodes[who].camera_on = false;
    }

    pub fn start_relay(&mut self) {
        self.room_up = true;
        self.room.restart(Time::from_millis(self.now));
    }

    /// The relay forgets to tell this person one event.
    pub fn lose_one_event(&mut self, who: usize) {
        let socket = self.sockets.iter_mut().rfind(|socket| socket.node == who);
        if let Some(socket) = socket {
            let happened = |mail: &Option<FromServer>| matches!(mail, Some(FromServer::Happened(_)));
            if let Some(place) = socket.down.iter().position(|(_, mail)| happened(mail)) {
                socket.down.remove(place);
            }
        }
    }

    /// Tracks changed here in a way that must be negotiated.
    pub fn change_tracks(&mut self, who: usize) {
        let keys: Vec<(PersonId, u32)> = self.nodes[who].connections.keys().copied().collect();
        for (person, number) in keys {
            if let Some(connection) = self.nodes[who].connections.get_mut(&(person, number)) {
                connection.need = true;
            }
            self.ask_for_negotiation(who, person, number);
        }
    }

    // Time.

    pub fn run(&mut self, millis: u64) {
        let until = self.now + millis;
        let mut events = 0;
        while let Some(entry) = self.queue.first_entry().filter(|entry| entry.key().0 <= until) {
            let ((at, _), event) = entry.remove_entry();
            self.now = self.now.max(at);
            self.happen(event);
            self.post_mail();
            events += 1;
            assert!(
                events < 2_000 * (millis / 100 + 10),
                "it runs in circles: {}",
                self.describe()
            );
        }
        self.now = until;
    }

    /// Runs until the condition holds and says how long that took.
    pub fn run_until(&mut self, most: u64, done: impl Fn(&Self) -> bool) -> Option<u64> {
        let start = self.now;
        while self.now - start <= most {
            if done(self) {
                return Some(self.now - start);
            }
            self.run(10);
        }
        None
    }

    fn happen(&mut self, event: Event) {
        // What a browser does meanwhile is told to its page when that wakes up.
        if let Event::Media(who, ..) | Event::Work(who, ..) = &event
            && self.nodes[*who].asleep
        {
            return self.after(200, event);
        }
        match event {
            Event::Tick(who, page) => {
                if self.nodes[who].page == page {
                    self.input(who, Input::Tick);
                    self.plan_tick(who);
                }
            }
            Event::RelayTick => {
                if self.room_up {
                    self.room.tick(Time::from_millis(self.now));
                }
                self.after(100, Event::RelayTick);
            }
            Event::Opens(id) => self.opens(id),
            Event::Pump(id) => self.pump(id),
            Event::Media(who, page, attempt, what) => {
                if self.nodes[who].page == page {
                    self.nodes[who].camera_on |= matches!(what, MediaInput::CameraOpened(_));
                    self.input(who, Input::Media { attempt, what });
                }
            }
            Event::Ink(who, page, peer, connection, ink) => {
                if self.nodes[who].page == page {
                    let what = PeerInput::Ink(ink);
                    self.input(who, Input::Peer { peer, connection, what });
                }
            }
            Event::Measured(who, page, took) => {
                if self.nodes[who].page == page {
                    let took = Some(Duration::from_millis(took));
                    self.input(who, Input::Measured(took));
                }
            }
            Event::Work(who, page, person, number) => {
                if self.nodes[who].page == page {
                    self.work(who, person, number);
                }
            }
            Event::MediaStep => {
                self.media_step();
                self.after(MEDIA_STEP, Event::MediaStep);
            }
        }
    }

    // What must hold when all is calm again.

    pub fn assert_all_is_well(&self) {
        for who in [AGENT, CUSTOMER] {
            let view = self.view(who);
            let known = view.session.as_ref();
            assert!(
                known == Some(&self.room.session),
                "{who} knows another session: {:#?}\ninstead of {:#?}\n{}",
                known.map(Session::people),
                self.room.session.people(),
                self.describe()
            );
            assert_eq!(view.phase, Phase::Live, "{}", self.describe());
        }
        assert!(self.media_flows(), "no media\n{}", self.describe());
        assert!(
            self.now - self.room.last_do.millis() > 3_000,
            "somebody still repeats a command\n{}",
            self.describe()
        );
        let mut done = self.room.done.clone();
        done.sort_unstable();
        done.dedup();
        assert_eq!(done.len(), self.room.done.len(), "a command was carried out twice");
        for node in &self.nodes {
            assert!(node.connections.len() <= 1, "connections leak\n{}", self.describe());
        }
        let customer = self.room.session.person(self.nodes[CUSTOMER].person).unwrap();
        assert!(matches!(customer.camera, Camera::Live(_)), "{}", self.describe());
    }

    pub fn describe(&self) -> String {
        let mut text = format!(
            "at {} ms, path {}, relay {}\n",
            self.now - START,
            self.path,
            self.room_up
        );
        for node in &self.nodes {
            let view = node.client.view();
            let state = (node.net, node.asleep, node.page);
            text += &format!(
                "  {:?} {state:?} {:?} {:?} {:?}\n",
                node.person, view.phase, view.link, view.peers
            );
            for connection in node.connections.values() {
                text += &format!("    {connection:?}\n");
            }
        }
        text
    }
}
