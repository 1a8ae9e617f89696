//! What follows from what happened: welcomes, goodbyes, PINs and ICE servers.

use std::time::Duration;

use farhand_shared::id::{PersonId, Seq};
use farhand_shared::limit;
use farhand_shared::role::{Act, Role};
use farhand_shared::session::{Creator, Event, Record};
use farhand_shared::time::Time;
use farhand_shared::wire::{CatchUp, Closing, FromServer, IceConfig, PinNow, Welcome};

use super::actor::Room;
use super::fanout::Stage;

/// What an envelope around the events of a welcome takes at most, in bytes.
const ENVELOPE: usize = 256;
/// ICE servers are never renewed more often than this.
const SHORTEST_ICE_LIFE: Duration = Duration::from_secs(30);

impl Room {
    /// The last step of every change. It only touches sockets and PINs, never the session.
    pub(super) async fn react(&mut self, records: &[Record]) {
        let now = self.around.now();
        for record in records {
            match &record.event {
                Event::Admitted { person } => self.welcome(*person).await,
                Event::PatienceAsked { person } => self.receive(*person).await,
                Event::Declined { person } => {
                    self.fanout.close(*person, Closing::Declined);
                    self.leaving.remove(person);
                    // Guests come by a link: their knocks say nothing about who knows the PIN.
                    let by_pin = self.session.person(*person).is_some_and(|p| p.role == Role::Customer);
                    if record.by.is_some() && by_pin {
                        self.count_declined(now).await;
                    }
                }
                Event::Ejected { person } => {
                    self.fanout.close(*person, Closing::Ejected);
                    self.leaving.remove(person);
                    self.around.end_relays(*person).await;
                }
                Event::Left { person } => {
                    self.fanout.close(*person, Closing::NoSuchSeat);
                    self.leaving.remove(person);
                    self.around.end_relays(*person).await;
                }
                Event::Ended { .. } | Event::CallStarted | Event::Joined { .. } => self.look_after_pin(now).await,
                _ => {}
            }
        }
        for person in self.fanout.take_overflowed() {
            tracing::debug!(session = %self.session.id(), %person, "a browser could not follow and starts over");
        }
        self.expect_back(now.plus(self.around.settings.reload_grace));
        self.note_waiting();
    }

    /// Tells a person that they are in, what they missed, how to reach the others, and the PIN if they may see it.
    pub(super) async fn welcome(&mut self, person: PersonId) {
        let now = self.around.now();
        let ice = self.around.ice(person, now);
        let Some(member) = self.fanout.get_mut(person) else {
            return;
        };
        let have = match member.stage {
            Stage::AtTheDoor => member.have,
            // Already in: an older page admitted twice gains nothing.
            Stage::Inside { .. } => return,
        };
        member.stage = Stage::Inside {
            ice_due: renew_at(&ice, now),
        };
        let generation = member.generation;
        let welcome = Welcome {
            you: person,
            session: self.session.id(),
            generation,
            now,
            catch_up: self.catch_up(person, have),
            settings: self.around.settings.pages,
        };
        self.fanout.send(person, &FromServer::Welcome(Box::new(welcome)));
        self.fanout.send(person, &FromServer::Ice(ice));
        if self.sees_pin(person) {
            let known = self.pins.current();
            self.look_after_pin(now).await;
            // If it changed just now, everybody who may see it was told, this person included.
            if self.pins.current() == known {
                self.fanout.send(person, &FromServer::Pin(known));
            }
        }
    }

    /// The records a person's browser lacks, or the whole session when there are too many for one frame.
    fn catch_up(&self, person: PersonId, have: Seq) -> CatchUp {
        let reads = self.session.person(person).is_some_and(|person| person.may(Act::Say));
        let mut missed = self.history.after(have, self.session.seq());
        for record in missed.iter_mut().flatten().filter(|_| !reads) {
            if let Some(wordless) = record.without_words() {
                *record = wordless;
            }
        }
        let missed = missed.map(CatchUp::Events);
        let fits = |events: &CatchUp| {
            let size = serde_json::to_string(events).map_or(usize::MAX, |text| text.len());
            size.saturating_add(ENVELOPE) <= limit::FRAME_BYTES
        };
        let snapshot = || {
            let session = if reads {
                self.session.clone()
            } else {
                self.session.without_words()
            };
            CatchUp::Snapshot(Box::new(session))
        };
        missed.filter(fits).unwrap_or_else(snapshot)
    }

    /// Replaces ICE servers that will expire.
    pub(super) fn renew_ice(&mut self, now: Time) {
        for person in self.fanout.ice_due(now) {
            self.send_ice(person, now);
        }
    }

    /// Gives a person inside fresh ICE servers.
    pub(super) fn send_ice(&mut self, person: PersonId, now: Time) {
        let ice = self.around.ice(person, now);
        if let Some(member) = self.fanout.get_mut(person)
            && matches!(member.stage, Stage::Inside { .. })
        {
            member.stage = Stage::Inside {
                ice_due: renew_at(&ice, now),
            };
            self.fanout.send(person, &FromServer::Ice(ice));
        }
    }

    /// Whether a person may see the PIN: agents, and the customer of a session they started themselves.
    fn sees_pin(&self, person: PersonId) -> bool {
        let walk_in = self.session.creator() == Creator::Customer;
        self.session.person(person).is_some_and(|p| {
            let role = p.role == Role::Agent || (walk_in && p.role == Role::Customer);
            role && p.holds_seat() && self.fanout.is_inside(person)
        })
    }

    fn readers(&self) -> Vec<PersonId> {
        let people = self.session.people().iter().map(|p| p.id);
        people.filter(|person| self.sees_pin(*person)).collect()
    }

    /// When the PIN must be looked after: at its end, while somebody reads it.
    pub(super) fn pin_due(&self) -> Option<Time> {
        let pin = self.pins.current()?;
        (!self.readers().is_empty()).then_some(pin.expires_at)
    }

    /// Makes, replaces or retires the PIN as the session needs it, and tells those who may see it when it changed.
    pub(super) async fn look_after_pin(&mut self, now: Time) {
        let readers = self.readers();
        let before = self.pins.current();
        let after = if self.session.status().is_over() {
            match before {
                Some(_) => self.pins.retire(now).await.map(|()| None),
                None => Ok(None),
            }
        } else if readers.is_empty() {
            return;
        } else {
            self.pins.fresh(now).await.map(Some)
        };
        self.announce_pin(&readers, before, after, now);
    }

    /// The PIN in force, for the answer to whoever made the session. None when it is over.
    pub(super) async fn pin_now(&mut self) -> Option<PinNow> {
        if self.session.status().is_over() {
            return None;
        }
        let now = self.around.now();
        let readers = self.readers();
        let before = self.pins.current();
        let after = self.pins.fresh(now).await.map(Some);
        self.announce_pin(&readers, before, after, now);
        self.pins.current()
    }

    /// An agent sent a knocker away; after a few of those the PIN is in the wrong hands.
    async fn count_declined(&mut self, now: Time) {
        let readers = self.readers();
        let before = self.pins.current();
        let after = match self.pins.declined().await {
            Ok(false) => return,
            Ok(true) => self.pins.replace(now).await.map(Some),
            Err(error) => Err(error),
        };
        self.announce_pin(&readers, before, after, now);
    }

    fn announce_pin(
        &mut self,
        readers: &[PersonId],
        before: Option<PinNow>,
        after: Result<Option<PinNow>, crate::store::StoreError>,
        now: Time,
    ) {
        match after {
            Ok(after) if after != before => {
                for person in readers {
                    self.fanout.send(*person, &FromServer::Pin(after));
                }
            }
            Ok(_) => {}
            Err(error) => {
                tracing::error!(session = %self.session.id(), %error, "the PIN could not be looked after");
                self.try_again_later(now);
            }
        }
    }
}

/// When ICE servers that are handed out at `now` are replaced: after nine tenths of their life, so that no ICE restart
/// ever meets an expired credential.
fn renew_at(config: &IceConfig, now: Time) -> Time {
    let life = config.expires_at.since(now);
    now.plus((life / 10 * 9).max(SHORTEST_ICE_LIFE))
}
