//! Who is here. The log says who is connected, the sockets say who really is; this keeps the two level.
//!
//! | By the log | Socket | Then |
//! |---|---|---|
//! | gone | yes | Connected, at once |
//! | connected | no | Disconnected, after a grace: short for a reload, longer after a restart of the relay, and as long as plain pages say |
//! | same | same | nothing |

use farhand_shared::id::PersonId;
use farhand_shared::session::{Intake, Rejection, Seat, by_server};
use farhand_shared::time::Time;
use farhand_shared::wire::{Closing, FromServer};

use super::actor::{Cause, Room};
use super::fanout::{Member, Stage};
use super::mail::{Arrival, RoomError, SocketId};

impl Room {
    /// A greeted socket comes in, in place of the person's older one.
    pub(super) async fn enter(&mut self, socket: SocketId, arrival: Arrival) {
        let Arrival {
            person,
            generation,
            have,
            device,
            outbox,
        } = arrival;
        match self.session.person(person).map(|p| p.seat) {
            Some(Seat::Declined) => return outbox.close(Closing::Declined),
            Some(Seat::Ejected) => return outbox.close(Closing::Ejected),
            Some(Seat::Left) | None => return outbox.close(Closing::NoSuchSeat),
            Some(Seat::Knocking { .. } | Seat::Lobby | Seat::Ready) => {}
        }
        let member = Member {
            socket,
            generation,
            have,
            outbox,
            stage: Stage::AtTheDoor,
        };
        self.fanout.insert(person, member);
        self.leaving.remove(&person);
        let connect = Intake::Connect { person, device };
        let stored = self
            .settle(Cause::SERVER, |session, ctx| by_server(session, &connect, ctx))
            .await;
        if stored == Err(Rejection::NotStored) {
            // They are let in all the same; the log follows when the store answers again.
            self.try_again_later(self.around.now());
        }
        self.note_waiting();
        self.receive(person).await;
    }

    /// Welcomes a person, or lets them wait at the door.
    pub(super) async fn receive(&mut self, person: PersonId) {
        let knocker = self.session.person(person);
        let knocker = knocker.filter(|p| matches!(p.seat, Seat::Knocking { .. }));
        if let Some(noticed) = knocker.map(|p| p.noticed) {
            let now = self.around.now();
            if let Some(member) = self.fanout.get_mut(person) {
                let generation = member.generation;
                let waiting = FromServer::Waiting {
                    generation,
                    now,
                    noticed,
                };
                self.fanout.send(person, &waiting);
            }
        } else {
            self.welcome(person).await;
        }
    }

    /// A socket ended. If no other is in its place, the person counts as gone after a grace.
    pub(super) fn gone(&mut self, person: PersonId, socket: SocketId) {
        self.fanout.remove(person, socket);
        self.expect_back(self.around.now().plus(self.around.settings.reload_grace));
    }

    /// Somebody without a socket counts as here until then.
    pub(super) async fn stay(&mut self, person: PersonId, until: Time) -> Result<(), RoomError> {
        let here = self.session.person(person).map(|p| (p.seat, p.connected));
        let Some((Seat::Knocking { .. } | Seat::Lobby | Seat::Ready, connected)) = here else {
            return Ok(());
        };
        if !connected {
            let connect = Intake::Connect { person, device: None };
            self.settle(Cause::SERVER, |session, ctx| by_server(session, &connect, ctx))
                .await
                .map_err(RoomError::Rejected)?;
        }
        if !self.fanout.is_connected(person) {
            self.leaving.insert(person, until);
        }
        self.note_waiting();
        Ok(())
    }

    /// Everybody who is connected by the log but has no socket may come back until `until`.
    pub(super) fn expect_back(&mut self, until: Time) {
        let away = self
            .session
            .people()
            .iter()
            .filter(|person| person.connected && !self.fanout.is_connected(person.id));
        for person in away {
            self.leaving.entry(person.id).or_insert(until);
        }
    }

    /// Levels the log with the sockets.
    pub(super) async fn look_after_presence(&mut self, now: Time) {
        let late = self.leaving.iter().filter(|(_, until)| **until <= now);
        let late: Vec<PersonId> = late.map(|(person, _)| *person).collect();
        for person in late {
            let disconnect = Intake::Disconnect { person };
            let stored = self
                .settle(Cause::SERVER, |session, ctx| by_server(session, &disconnect, ctx))
                .await;
            if stored == Err(Rejection::NotStored) {
                return self.try_again_later(now);
            }
            self.leaving.remove(&person);
        }
        let here = self
            .session
            .people()
            .iter()
            .filter(|p| !p.connected && self.fanout.is_connected(p.id));
        let here: Vec<PersonId> = here.map(|p| p.id).collect();
        for person in here {
            let connect = Intake::Connect { person, device: None };
            let stored = self
                .settle(Cause::SERVER, |session, ctx| by_server(session, &connect, ctx))
                .await;
            if stored == Err(Rejection::NotStored) {
                return self.try_again_later(now);
            }
        }
        self.note_waiting();
    }
}
