//! What clients want done, done: sockets, cameras, connections, and the media between them.

use super::connection::Connection;
use super::network::Socket;
use super::world::{AGENT, CUSTOMER, Event, MEDIA_STEP, World};
use farhand_shared::client::{
    Dice, Input, MediaFlow, MediaInput, MediaOutput, MediaWish, Output, PeerInput, PeerOutput,
};
use farhand_shared::id::PersonId;
use farhand_shared::ink::Ink;
use farhand_shared::peer::PeerState;
use farhand_shared::session::{Facing, Lens, ZoomRange};
use std::collections::VecDeque;

/// How often browsers read their counters.
const STATS_EVERY: u64 = 250;

impl World {
    pub(super) fn perform(&mut self, who: usize, output: Output) {
        let page = self.nodes[who].page;
        match output.clone() {
            Output::OpenSocket(generation) => {
                self.sockets.push(Socket {
                    node: who,
                    page,
                    generation,
                    open: false,
                    zombie: false,
                    up: VecDeque::new(),
                    down: VecDeque::new(),
                });
                let wait = self.transit() * 2;
                self.after(wait, Event::Opens(self.sockets.len() - 1));
            }
            Output::CloseSocket(generation) => {
                let of_this =
                    |socket: &Socket| (socket.node, socket.page, socket.generation) == (who, page, generation);
                if let Some(id) = self.sockets.iter().position(of_this) {
                    self.close_at_client(id);
                }
            }
            Output::Send(generation, message) => {
                let of_this =
                    |socket: &Socket| (socket.node, socket.page, socket.generation) == (who, page, generation);
                if let Some(id) = self.sockets.iter().position(of_this) {
                    let at = self.now + self.transit();
                    let at = self.sockets[id].up.back().map_or(at, |(last, _)| at.max(*last));
                    self.sockets[id].up.push_back((at, message));
                    self.after(at - self.now, Event::Pump(id));
                }
            }
            Output::Media(media) => self.perform_media(who, media),
            Output::Peer { peer, connection, what } => self.perform_peer(who, peer, connection, what),
            Output::Measure { bytes, .. } => {
                let took = u64::from(bytes * 8 / self.nodes[who].uplink_kbit) + self.transit() * 2;
                self.after(took, Event::Measured(who, page, took));
            }
            Output::KeepUnsent(unsent) => self.nodes[who].unsent = unsent,
            _ => {}
        }
        self.nodes[who].outputs.push(output);
    }

    pub(super) fn perform_media(&mut self, who: usize, output: MediaOutput) {
        let (page, attempt) = (self.nodes[who].page, 0);
        match output {
            MediaOutput::Open { attempt, wish } => {
                let wait = self.dice.within(50, 200);
                if let MediaWish::Camera { facing, microphone, .. } = wish {
                    self.after(
                        wait,
                        Event::Media(who, page, attempt, MediaInput::CameraOpened(lens(facing))),
                    );
                    if microphone {
                        self.after(wait, Event::Media(who, page, attempt, MediaInput::MicrophoneOpened));
                    }
                } else {
                    self.after(wait, Event::Media(who, page, attempt, MediaInput::MicrophoneOpened));
                }
            }
            MediaOutput::StopCamera => self.nodes[who].camera_on = false,
            MediaOutput::Light(on) => self.after(30, Event::Media(who, page, attempt, MediaInput::LightIs(on))),
            MediaOutput::Zoom(factor) => self.after(30, Event::Media(who, page, attempt, MediaInput::ZoomIs(factor))),
            MediaOutput::StopMicrophone | MediaOutput::Enable { .. } | MediaOutput::Reattach => {}
        }
    }

    pub(super) fn perform_peer(&mut self, who: usize, person: PersonId, number: u32, what: PeerOutput) {
        let key = (person, number);
        match what {
            PeerOutput::Open(_) => {
                self.connections_made += 1;
                let connection = Connection::new(self.connections_made, self.now);
                let before = self.nodes[who].connections.insert(key, connection);
                assert!(before.is_none(), "a number used twice");
            }
            PeerOutput::Close => {
                self.nodes[who].connections.remove(&key);
            }
            PeerOutput::Ink(ink) => self.carry_ink(who, number, ink),
            order => {
                let connection = self.nodes[who].connections.get_mut(&key);
                let connection = connection.expect("an order for a connection that does not exist");
                if connection.order(order) {
                    self.plan_work(who, person, number);
                }
                self.ask_for_negotiation(who, person, number);
            }
        }
    }

    /// Ink on a channel arrives where the path works; some of it never does, and some overtakes the rest.
    fn carry_ink(&mut self, who: usize, number: u32, ink: Ink) {
        let works = self.path && self.nodes.iter().all(|node| node.net && !node.asleep);
        let Some((agents, customers)) = self.pair().filter(|_| works) else {
            return;
        };
        let (mine, theirs) = if who == AGENT {
            (agents, customers)
        } else {
            (customers, agents)
        };
        if mine != number || self.dice.share() < self.loss {
            return;
        }
        let wait = self.dice.within(2, 25);
        let (from, other) = (self.nodes[who].person, 1 - who);
        let page = self.nodes[other].page;
        self.after(wait, Event::Ink(other, page, from, theirs, ink));
    }

    pub(super) fn plan_work(&mut self, who: usize, person: PersonId, number: u32) {
        let wait = self.dice.within(1, 15);
        let page = self.nodes[who].page;
        self.after(wait, Event::Work(who, page, person, number));
    }

    pub(super) fn work(&mut self, who: usize, person: PersonId, number: u32) {
        let network = self.nodes[who].network;
        let Some(connection) = self.nodes[who].connections.get_mut(&(person, number)) else {
            return;
        };
        let (news, more) = connection.finish(network);
        if more {
            self.plan_work(who, person, number);
        }
        for what in news {
            self.tell_peer(who, person, number, what);
        }
        self.ask_for_negotiation(who, person, number);
    }

    pub(super) fn ask_for_negotiation(&mut self, who: usize, person: PersonId, number: u32) {
        let connection = self.nodes[who].connections.get(&(person, number));
        if connection.is_some_and(Connection::wants_negotiation) {
            self.tell_peer(who, person, number, PeerInput::NegotiationNeeded);
        }
    }

    pub(super) fn tell_peer(&mut self, who: usize, peer: PersonId, connection: u32, what: PeerInput) {
        self.input(who, Input::Peer { peer, connection, what });
    }

    /// The pair of connections that talk to each other, if any.
    pub(super) fn pair(&self) -> Option<(u32, u32)> {
        let (a, b) = (&self.nodes[AGENT], &self.nodes[CUSTOMER]);
        for ((_, number_a), one) in &a.connections {
            for ((_, number_b), other) in &b.connections {
                let (Some(x), Some(y)) = (one.agreed, other.agreed) else {
                    continue;
                };
                let each_other = x.peer == other.id && y.peer == one.id && x.mine == y.theirs && x.theirs == y.mine;
                let in_network = x.network == a.network && y.network == b.network;
                let way = one.knows_a_way() || other.knows_a_way();
                if each_other && in_network && way {
                    return Some((*number_a, *number_b));
                }
            }
        }
        None
    }

    pub(super) fn media_step(&mut self) {
        let works = self.path && self.nodes.iter().all(|node| node.net && !node.asleep);
        let pair = self.pair().filter(|_| works);
        for who in [AGENT, CUSTOMER]
            .into_iter()
            .filter(|who| !self.nodes[*who].asleep)
            .collect::<Vec<_>>()
        {
            let mine = pair.map(|(a, b)| if who == AGENT { a } else { b });
            let other_sends = self.nodes[1 - who].shows_a_picture();
            let sends = self.nodes[who].shows_a_picture();
            let room = f64::from(self.nodes[who].uplink_kbit) * 1000.0;
            let mut news = Vec::new();
            for ((person, number), connection) in &mut self.nodes[who].connections {
                if Some(*number) == mine && other_sends {
                    connection.stats.bytes_received += 5_000;
                    connection.stats.frames_decoded += 1;
                    connection.stats.packets_received += 5;
                }
                // As Chromium does, which believes in nothing while nothing gets through.
                connection.stats.available_outgoing = (Some(*number) == mine).then_some(room);
                if Some(*number) == mine {
                    connection.stats.frames_sent += u64::from(sends);
                }
                let state = connection.look(Some(*number) == mine, self.now);
                news.extend(state.map(|state| (*person, *number, PeerInput::State(state))));
                if state == Some(PeerState::Connected) {
                    news.push((*person, *number, PeerInput::Channel(true)));
                }
                if self.now % STATS_EVERY < MEDIA_STEP {
                    news.push((*person, *number, PeerInput::Stats(connection.stats)));
                }
            }
            for (person, number, what) in news {
                self.tell_peer(who, person, number, what);
            }
        }
    }

    pub fn media_flows(&self) -> bool {
        let flowing = |who: usize| self.view(who).peers.iter().any(|peer| peer.flow == MediaFlow::Flowing);
        let up = self.path && self.nodes.iter().all(|node| node.net && !node.asleep);
        up && self.pair().is_some() && flowing(AGENT) && flowing(CUSTOMER)
    }
}

impl Connection {
    /// The browser's word about the path, when it changes: at once when it works, late when it does not.
    fn look(&mut self, works: bool, now: u64) -> Option<PeerState> {
        let waited = now - self.since;
        if works {
            self.since = now;
        }
        let state = match (self.state, works) {
            (Some(PeerState::Connected), false) if waited >= 5_000 => PeerState::Disconnected,
            (Some(PeerState::Disconnected), false) if waited >= 20_000 => PeerState::Failed,
            (None | Some(PeerState::Disconnected | PeerState::Failed), true) => PeerState::Connected,
            _ => return None,
        };
        self.state = Some(state);
        Some(state)
    }
}

const fn lens(facing: Facing) -> Lens {
    Lens {
        facing,
        torch: matches!(facing, Facing::Rear),
        zoom: Some(ZoomRange {
            min: 1.0,
            max: 4.0,
            now: 1.0,
        }),
    }
}
