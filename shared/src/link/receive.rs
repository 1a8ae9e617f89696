//! What the relay says on a socket, one message at a time.

use super::backoff::CAP;
use super::heart::Heart;
use super::machine::{GREET, Link, News, Retry, State};
use crate::client::{Dice, Output};
use crate::id::{CommandId, Seq};
use crate::session::{Record, Rejection};
use crate::time::Time;
use crate::wire::{CatchUp, Closing, FromClient, FromServer, Hello, PROTOCOL, Welcome};
use core::time::Duration;

impl Link {
    pub(super) fn opened(&mut self, now: Time, out: &mut Vec<Output>) -> Vec<News> {
        let (State::Connecting { .. }, Some(seat)) = (self.state, self.seat.clone()) else {
            return Vec::new();
        };
        self.state = State::Greeting {
            asked: now,
            until: now.plus(GREET),
        };
        let hello = Hello {
            protocol: PROTOCOL,
            seat,
            generation: self.generation,
            have: self.have,
            device: self.device.clone(),
        };
        out.push(Output::Send(self.generation, FromClient::Hello(hello)));
        Vec::new()
    }

    pub(super) fn received(
        &mut self,
        message: FromServer,
        now: Time,
        dice: &mut dyn Dice,
        out: &mut Vec<Output>,
    ) -> Vec<News> {
        match message {
            FromServer::Welcome(welcome) => self.welcomed(*welcome, now, dice, out),
            FromServer::Waiting {
                now: theirs, noticed, ..
            } => self.waits_at_door(theirs, noticed, now),
            FromServer::Happened(record) => self.happened(record, now, dice, out),
            FromServer::Accepted(id) => self.settled(id, None),
            FromServer::Refused { id, why } => self.settled(id, Some(why)),
            FromServer::Signal { from, signal } => vec![News::Signal { from, signal }],
            FromServer::Ink { from, ink } => vec![News::Ink { from, ink }],
            FromServer::Ice(config) => vec![News::Ice(config)],
            FromServer::Pin(pin) => vec![News::Pin(pin)],
            FromServer::Latest(seq) => self.latest(seq, now, dice, out),
            FromServer::Pong(number) => self.pong(number),
            FromServer::Closing(why) => self.closing(why, now, dice, out),
        }
    }

    fn pong(&mut self, number: u32) -> Vec<News> {
        self.backoff.reset();
        self.scolded = false;
        if let State::AtDoor(heart) | State::Live(heart) = &mut self.state {
            heart.pong(number);
        }
        Vec::new()
    }

    fn settled(&mut self, id: CommandId, refused: Option<Rejection>) -> Vec<News> {
        let entry = self.outbox.settle(id);
        entry
            .map(|entry| News::Settled { entry, refused })
            .into_iter()
            .collect()
    }

    /// What to add to our clock to get the relay's: its word is as old as half the way there and back.
    fn clock_offset(&self, theirs: Time, now: Time) -> i64 {
        let asked = match self.state {
            State::Greeting { asked, .. } => asked,
            _ => now,
        };
        let middle = asked.plus(now.since(asked) / 2);
        theirs.millis() as i64 - middle.millis() as i64
    }

    fn waits_at_door(&mut self, theirs: Time, noticed: bool, now: Time) -> Vec<News> {
        let clock_offset = self.clock_offset(theirs, now);
        self.state = State::AtDoor(Heart::new(now, self.hidden));
        self.lost_since = None;
        vec![News::Knocking { clock_offset, noticed }]
    }

    fn welcomed(&mut self, welcome: Welcome, now: Time, dice: &mut dyn Dice, out: &mut Vec<Output>) -> Vec<News> {
        if !matches!(self.state, State::Greeting { .. } | State::AtDoor(_)) {
            return Vec::new();
        }
        let mut news = vec![News::Welcomed {
            you: welcome.you,
            clock_offset: self.clock_offset(welcome.now, now),
            settings: welcome.settings,
        }];
        self.state = State::Live(Heart::new(now, self.hidden));
        self.lost_since = None;
        match welcome.catch_up {
            CatchUp::Snapshot(session) => {
                self.have = session.seq();
                news.push(News::Snapshot(session));
            }
            CatchUp::Events(records) => {
                for record in records {
                    news.extend(self.happened(record, now, dice, out));
                }
            }
        }
        news
    }

    /// The next event goes on; one we have is dropped; one from the future means that some are missing: come back
    /// for them at once.
    fn happened(&mut self, record: Record, now: Time, dice: &mut dyn Dice, out: &mut Vec<Output>) -> Vec<News> {
        if !self.is_live() || record.seq <= self.have {
            return Vec::new();
        }
        if record.seq != self.have.next() {
            return self.drop_socket(&Retry::AtOnce, now, dice, out);
        }
        self.have = record.seq;
        let answered = record.cause.and_then(|id| self.outbox.settle(id));
        let mut news = vec![News::Happened(record)];
        news.extend(answered.map(|entry| News::Settled { entry, refused: None }));
        news
    }

    /// A last event that we lack was lost, and no next one may come to show the gap: come back for it at once.
    fn latest(&mut self, seq: Seq, now: Time, dice: &mut dyn Dice, out: &mut Vec<Output>) -> Vec<News> {
        if self.is_live() && seq > self.have {
            return self.drop_socket(&Retry::AtOnce, now, dice, out);
        }
        Vec::new()
    }

    fn closing(&mut self, why: Closing, now: Time, dice: &mut dyn Dice, out: &mut Vec<Output>) -> Vec<News> {
        match why {
            Closing::Restarting { retry_ms } => {
                let spread = retry_ms.min(1000) as f32 * dice.share();
                let wait = Duration::from_millis(u64::from(retry_ms) + spread as u64);
                self.drop_socket(&Retry::In(wait), now, dice, out)
            }
            Closing::TooSlow => self.drop_socket(&Retry::Backoff, now, dice, out),
            Closing::Misbehaved if !self.scolded => {
                self.scolded = true;
                self.drop_socket(&Retry::In(CAP), now, dice, out)
            }
            Closing::Replaced
            | Closing::NoSuchSeat
            | Closing::Declined
            | Closing::Ejected
            | Closing::ProtocolMismatch
            | Closing::Misbehaved => self.close_for_good(why, out),
        }
    }

    fn close_for_good(&mut self, why: Closing, out: &mut Vec<Output>) -> Vec<News> {
        self.close_socket(out);
        self.outbox.lost();
        self.state = State::Closed;
        match why {
            Closing::ProtocolMismatch if self.may_reload => out.push(Output::Reload),
            // The seat is worth nothing any more. When it was opened elsewhere it lives on there.
            Closing::NoSuchSeat | Closing::Declined | Closing::Ejected => out.push(Output::ForgetSeat),
            _ => {}
        }
        vec![News::Closed(why)]
    }
}
