//! Who is connected, and sending to them.

use std::collections::BTreeMap;

use axum::extract::ws::Utf8Bytes;
use farhand_shared::id::PersonId;
use farhand_shared::role::Act;
use farhand_shared::session::{Record, Session};
use farhand_shared::time::Time;
use farhand_shared::wire::{Closing, FromServer};

use super::mail::SocketId;
use super::outbound::{Outbox, encode};

/// One person's socket.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) socket: SocketId,
    pub(super) generation: farhand_shared::id::Generation,
    pub(super) have: farhand_shared::id::Seq,
    pub(super) outbox: Outbox,
    pub(super) stage: Stage,
}

/// How far a socket has come.
///
/// | Stage | Gets | Goes to |
/// |---|---|---|
/// | AtTheDoor | nothing but `Waiting` | Inside when admitted |
/// | Inside | everything | - |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Knocked; waits for an agent.
    AtTheDoor,
    /// Welcomed. Fresh ICE servers are due at the time.
    Inside { ice_due: Time },
}

/// The sockets of one room.
#[derive(Debug, Default)]
pub(super) struct Fanout {
    members: BTreeMap<PersonId, Member>,
    /// Sockets that overflowed since somebody last asked.
    overflowed: Vec<PersonId>,
}

impl Fanout {
    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    pub(super) fn is_connected(&self, person: PersonId) -> bool {
        self.members.contains_key(&person)
    }

    pub(super) fn get_mut(&mut self, person: PersonId) -> Option<&mut Member> {
        self.members.get_mut(&person)
    }

    /// Whether this very socket is the person's.
    pub(super) fn is_current(&self, person: PersonId, socket: SocketId) -> bool {
        self.members.get(&person).is_some_and(|member| member.socket == socket)
    }

    /// Whether the person has been welcomed.
    pub(super) fn is_inside(&self, person: PersonId) -> bool {
        let member = self.members.get(&person);
        member.is_some_and(|member| matches!(member.stage, Stage::Inside { .. }))
    }

    /// Puts a socket in place of the person's older one, which is told so.
    pub(super) fn insert(&mut self, person: PersonId, member: Member) {
        if let Some(older) = self.members.insert(person, member) {
            older.outbox.close(Closing::Replaced);
        }
    }

    /// Forgets a socket, unless it was replaced already.
    pub(super) fn remove(&mut self, person: PersonId, socket: SocketId) {
        if self.is_current(person, socket) {
            self.members.remove(&person);
        }
    }

    /// Forgets sockets whose tasks ended without a word.
    pub(super) fn drop_dead(&mut self) {
        self.members.retain(|_, member| !member.outbox.is_closed());
    }

    /// Closes a person's socket after what is queued for it.
    pub(super) fn close(&mut self, person: PersonId, why: Closing) {
        if let Some(member) = self.members.remove(&person) {
            member.outbox.close(why);
        }
    }

    /// Closes every socket.
    pub(super) fn close_all(&mut self, why: Closing) {
        for (_, member) in std::mem::take(&mut self.members) {
            member.outbox.close(why);
        }
    }

    /// Sends to one person, if connected.
    pub(super) fn send(&mut self, person: PersonId, message: &FromServer) {
        let Some(member) = self.members.get(&person) else {
            return;
        };
        if member.outbox.send(message).is_err() {
            self.overflow(person);
        }
    }

    /// Sends what happened to everybody inside; those without the chat hear that something was written, not what. Each
    /// record is encoded once, or twice.
    pub(super) fn happened(&mut self, records: &[Record], session: &Session) {
        for record in records {
            let Some(frame) = encode(&FromServer::Happened(record.clone())) else {
                continue;
            };
            let wordless = record
                .without_words()
                .and_then(|record| encode(&FromServer::Happened(record)));
            let reads = |person| session.person(person).is_some_and(|person| person.may(Act::Say));
            let mut slow = Vec::new();
            for (person, member) in &self.members {
                let frame = wordless.as_ref().filter(|_| !reads(*person)).unwrap_or(&frame);
                let inside = matches!(member.stage, Stage::Inside { .. });
                if inside && member.outbox.durable(frame.clone()).is_err() {
                    slow.push(*person);
                }
            }
            for person in slow {
                self.overflow(person);
            }
        }
    }

    /// Passes an encoded volatile frame on; `false` when the receiver is not inside.
    pub(super) fn pass_on(&self, to: PersonId, frame: Utf8Bytes) -> bool {
        let member = self.members.get(&to);
        let inside = member.filter(|member| matches!(member.stage, Stage::Inside { .. }));
        if let Some(member) = inside {
            member.outbox.volatile(frame);
        }
        inside.is_some()
    }

    /// Passes an encoded volatile frame on to everybody inside but its sender.
    pub(super) fn pass_to_others(&self, from: PersonId, frame: &Utf8Bytes) {
        let inside = |member: &Member| matches!(member.stage, Stage::Inside { .. });
        for (person, member) in &self.members {
            if *person != from && inside(member) {
                member.outbox.volatile(frame.clone());
            }
        }
    }

    /// Those whose ICE servers are due.
    pub(super) fn ice_due(&self, now: Time) -> Vec<PersonId> {
        let due = |member: &Member| matches!(member.stage, Stage::Inside { ice_due } if ice_due <= now);
        let members = self.members.iter();
        members.filter(|(_, m)| due(m)).map(|(person, _)| *person).collect()
    }

    /// When the next ICE servers are due.
    pub(super) fn next_ice_due(&self) -> Option<Time> {
        let due = |member: &Member| match member.stage {
            Stage::AtTheDoor => None,
            Stage::Inside { ice_due } => Some(ice_due),
        };
        self.members.values().filter_map(due).min()
    }

    /// Everybody whose socket overflowed since the last call. They are connected no more.
    pub(super) fn take_overflowed(&mut self) -> Vec<PersonId> {
        std::mem::take(&mut self.overflowed)
    }

    /// The browser cannot follow: it comes back and catches up.
    fn overflow(&mut self, person: PersonId) {
        if let Some(member) = self.members.remove(&person) {
            member.outbox.stop(Closing::TooSlow);
            self.overflowed.push(person);
        }
    }
}
