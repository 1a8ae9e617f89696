//! Sockets between browsers and the relay, over networks that come and go.

use super::room::SocketId;
use super::world::{Event, World};
use farhand_shared::client::{Input, SocketInput};
use farhand_shared::id::Generation;
use farhand_shared::time::Time;
use farhand_shared::wire::{FromClient, FromServer};
use std::collections::VecDeque;

/// One TCP connection: bytes wait while a network is down and never overtake each other.
#[derive(Debug)]
pub(super) struct Socket {
    pub(super) node: usize,
    pub(super) page: u32,
    pub(super) generation: Generation,
    pub(super) open: bool,
    /// Looks open to the browser, carries nothing: a phone slept on it.
    pub(super) zombie: bool,
    pub(super) up: VecDeque<(u64, FromClient)>,
    pub(super) down: VecDeque<(u64, Option<FromServer>)>,
}

impl World {
    pub(super) fn transit(&mut self) -> u64 {
        self.dice.within(self.delay.0, self.delay.1)
    }

    pub(super) fn carries(&self, id: SocketId) -> bool {
        let socket = &self.sockets[id];
        socket.open && !socket.zombie && self.nodes[socket.node].net && self.room_up
    }

    pub(super) fn opens(&mut self, id: SocketId) {
        let (who, page) = (self.sockets[id].node, self.sockets[id].page);
        if self.sockets[id].zombie || self.nodes[who].page != page {
            return;
        }
        if !self.nodes[who].net {
            return self.after(200, Event::Opens(id));
        }
        if !self.room_up {
            return self.tell_socket(id, SocketInput::Closed);
        }
        self.sockets[id].open = true;
        self.tell_socket(id, SocketInput::Opened);
    }

    pub(super) fn tell_socket(&mut self, id: SocketId, what: SocketInput) {
        let (node, page, generation) = {
            let socket = &self.sockets[id];
            (socket.node, socket.page, socket.generation)
        };
        if self.nodes[node].page == page {
            self.input(node, Input::Socket { generation, what });
        }
    }

    pub(super) fn pump(&mut self, id: SocketId) {
        let due = |at: Option<u64>, now: u64| at.is_some_and(|at| at <= now);
        while self.carries(id) && due(self.sockets[id].up.front().map(|(at, _)| *at), self.now) {
            if let Some((_, message)) = self.sockets[id].up.pop_front() {
                self.room.receive(id, message, Time::from_millis(self.now));
                self.post_mail();
            }
        }
        let awake = !self.nodes[self.sockets[id].node].asleep;
        while awake && self.carries(id) && due(self.sockets[id].down.front().map(|(at, _)| *at), self.now) {
            match self.sockets[id].down.pop_front() {
                Some((_, Some(message))) => self.tell_socket(id, SocketInput::Received(message)),
                Some((_, None)) => {
                    self.sockets[id].open = false;
                    self.tell_socket(id, SocketInput::Closed);
                }
                None => {}
            }
        }
        let socket = &self.sockets[id];
        let waits = !socket.up.is_empty() || !socket.down.is_empty();
        if waits && socket.open && !socket.zombie {
            self.after(20, Event::Pump(id));
        }
    }

    pub(super) fn post_mail(&mut self) {
        for (id, message) in core::mem::take(&mut self.room.mail) {
            let volatile = matches!(message, FromServer::Signal { .. });
            if volatile && self.dice.chance(self.loss) {
                continue;
            }
            let closing = matches!(message, FromServer::Closing(_));
            let at = self.now + self.transit();
            let at = self.sockets[id].down.back().map_or(at, |(last, _)| at.max(*last));
            self.sockets[id].down.push_back((at, Some(message)));
            if closing {
                self.sockets[id].down.push_back((at, None));
            }
            self.after(at - self.now, Event::Pump(id));
        }
    }

    pub(super) fn close_at_client(&mut self, id: SocketId) {
        let was_open = core::mem::replace(&mut self.sockets[id].open, false);
        let reachable = !self.sockets[id].zombie && self.nodes[self.sockets[id].node].net;
        self.sockets[id].zombie = true;
        // Without a network the relay only learns of it by its own timer, or by the next hello.
        if was_open && reachable && self.room_up {
            self.room.socket_gone(id, Time::from_millis(self.now));
            self.post_mail();
        }
    }

    pub(super) fn close_from_relay(&mut self, id: SocketId) {
        let reachable = !self.sockets[id].zombie && self.nodes[self.sockets[id].node].net;
        self.sockets[id].open = false;
        if reachable {
            self.tell_socket(id, SocketInput::Closed);
        }
        self.sockets[id].zombie = true;
    }
}
