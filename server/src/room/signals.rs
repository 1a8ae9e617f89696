//! The side road: negotiation between two browsers and ink that still moves, passed on while sender and receiver hold a
//! seat; and heartbeats. Never stored, never logged.

use axum::extract::ws::Utf8Bytes;
use farhand_shared::id::PersonId;
use farhand_shared::limit;
use farhand_shared::role::Act;
use farhand_shared::session::Person;
use farhand_shared::wire::{FromServer, SignalKind};

use super::actor::Room;
use super::counters;
use super::mail::SocketId;

impl Room {
    /// Passes a signal on if both people hold a seat in this session; drops it otherwise.
    pub(super) fn signal(&self, from: PersonId, socket: SocketId, to: PersonId, frame: Utf8Bytes) {
        let allowed =
            from != to && self.fanout.is_current(from, socket) && self.holds_seat(from) && self.holds_seat(to);
        counters::signal(allowed && self.fanout.pass_on(to, frame));
    }

    /// Answers a heartbeat. The answer goes through the same queue as what happened, behind it: so a browser that is told
    /// of an event that it lacks knows that it was lost. At the door nobody hears of the session.
    pub(super) fn pong(&mut self, person: PersonId, socket: SocketId, number: u32) {
        if !self.fanout.is_current(person, socket) {
            return;
        }
        if self.fanout.is_inside(person) {
            self.fanout.send(person, &FromServer::Latest(self.session.seq()));
        }
        self.fanout.send(person, &FromServer::Pong(number));
    }

    /// Passes ink on to everybody else inside, if its sender may draw.
    pub(super) fn ink(&self, from: PersonId, socket: SocketId, frame: &Utf8Bytes) {
        let sender = self.session.person(from);
        let draws = sender.is_some_and(|person| person.may(Act::Draw));
        if draws && self.fanout.is_current(from, socket) && self.holds_seat(from) {
            self.fanout.pass_to_others(from, frame);
        }
    }

    fn holds_seat(&self, person: PersonId) -> bool {
        let person = self.session.person(person);
        person.is_some_and(Person::holds_seat)
    }
}

/// Whether a signal has a size that browsers make.
pub(crate) fn fits(kind: &SignalKind) -> bool {
    match kind {
        SignalKind::Offer { sdp } | SignalKind::Answer { sdp } => sdp.len() <= limit::SDP_BYTES,
        SignalKind::Candidate { candidate, mid, .. } => {
            candidate.len() + mid.as_ref().map_or(0, String::len) <= limit::CANDIDATE_BYTES
        }
        SignalKind::Again => true,
    }
}
