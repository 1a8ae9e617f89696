//! The reconnecting link. News of a socket that was given up carries an old generation and is dropped.
//!
//! | State | opened | welcome / waiting | closed, failed, too late | shown, online, retry now | offline |
//! |---|---|---|---|---|---|
//! | Idle: no seat, or at rest | - | - | - | - | - |
//! | Connecting: 5 s | hello → Greeting | - | → Waiting | hurry: 2.5 s more | - |
//! | Greeting: 5 s | - | → Live / → AtDoor | → Waiting | hurry: 2.5 s more | - |
//! | AtDoor (knocked) | - | → Live | → Waiting | probe | probe |
//! | Live | - | - | → Waiting | probe | probe |
//! | Waiting: backoff | - | - | → Connecting when due | → Connecting | - |
//! | Closed: for good | - | - | - | - | - |
//!
//! Being offline is not a state of its own: browsers are often wrong about it, so the tries go on and only the words
//! change. A closing by the relay says which way: come back later (Waiting) or not at all (Closed).

use super::backoff::{Backoff, CAP};
use super::heart::{Beat, Heart};
use super::outbox::{Entry, Outbox, OutboxFull};
use crate::client::{Dice, LinkView, Output, SocketInput};
use crate::id::{CommandId, Generation, PersonId, Seq};
use crate::session::{Command, Device, Record, Rejection, Session};
use crate::time::Time;
use crate::wire::{
    CatchUp, Closing, FromClient, FromServer, Hello, IceConfig, PROTOCOL, PinNow, SeatToken, Signal, Welcome,
};
use core::time::Duration;

const CONNECT: Duration = Duration::from_secs(5);
const GREET: Duration = Duration::from_secs(5);
/// A try that may have been asleep with the phone gets this much longer.
const HURRY: Duration = Duration::from_millis(2500);
/// During a call somebody watches the spinner, so the waits stay short.
const CAP_IN_CALL: Duration = Duration::from_secs(2);

/// What the link has learnt, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// In: who I am, and what to add to this browser's clock to get the relay's. What was missed follows.
    Welcomed { you: PersonId, clock_offset: i64 },
    /// At the door.
    Knocking { clock_offset: i64 },
    /// Start over from here.
    Snapshot(Box<Session>),
    /// The next event; none is missing before it.
    Happened(Record),
    /// An own command was answered.
    Settled { entry: Entry, refused: Option<Rejection> },
    /// Negotiation.
    Signal { from: PersonId, signal: Signal },
    /// How to reach each other.
    Ice(IceConfig),
    /// The number to read aloud.
    Pin(Option<PinNow>),
    /// The socket is gone; the next try is planned.
    Lost,
    /// Over for good.
    Closed(Closing),
}

#[derive(Clone, Copy, Debug)]
enum State {
    Idle,
    Connecting { until: Time },
    Greeting { asked: Time, until: Time },
    AtDoor(Heart),
    Live(Heart),
    Waiting { next_try: Time },
    Closed,
}

/// How soon to come back.
enum Retry {
    /// At once, if things were well until now.
    AtOnce,
    Backoff,
    In(Duration),
}

/// The link of one seat to the relay.
#[derive(Debug)]
pub struct Link {
    seat: Option<SeatToken>,
    device: Option<Device>,
    state: State,
    generation: Generation,
    have: Seq,
    outbox: Outbox,
    backoff: Backoff,
    hidden: bool,
    in_call: bool,
    may_reload: bool,
    /// Told off by the relay and not proven well since.
    scolded: bool,
    offline_since: Option<Time>,
    lost_since: Option<Time>,
}

impl Link {
    /// A link without a seat. `may_reload`: whether [`Output::Reload`] may be asked for.
    pub fn new(may_reload: bool) -> Self {
        Self {
            seat: None,
            device: None,
            state: State::Idle,
            generation: Generation::default(),
            have: Seq::ZERO,
            outbox: Outbox::default(),
            backoff: Backoff::default(),
            hidden: false,
            in_call: false,
            may_reload,
            scolded: false,
            offline_since: None,
            lost_since: None,
        }
    }

    /// A seat: connect. Another seat than before starts from nothing.
    pub fn seated(&mut self, seat: SeatToken, now: Time, out: &mut Vec<Output>) {
        let same = self.seat.as_ref() == Some(&seat);
        if same && !matches!(self.state, State::Idle | State::Closed) {
            return;
        }
        self.rest(out);
        if !same {
            self.have = Seq::ZERO;
            self.outbox.clear();
            self.lost_since = None;
        }
        self.seat = Some(seat);
        self.backoff.reset();
        self.connect(now, out);
    }

    /// What this device is, for the next hello.
    pub fn set_device(&mut self, device: Device) {
        self.device = Some(device);
    }

    /// Whether a call runs: then the waits between tries stay short.
    pub const fn set_in_call(&mut self, in_call: bool) {
        self.in_call = in_call;
    }

    /// The seat, if there is one.
    pub const fn seat(&self) -> Option<&SeatToken> {
        self.seat.as_ref()
    }

    /// Unanswered commands.
    pub const fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// Whether messages pass now.
    pub const fn is_live(&self) -> bool {
        matches!(self.state, State::Live(_))
    }

    /// In words.
    pub fn view(&self) -> LinkView {
        match (self.state, self.lost_since) {
            (State::Idle, _) => LinkView::Idle,
            (State::Live(_) | State::AtDoor(_), _) => LinkView::Live,
            (State::Closed, _) => LinkView::Closed,
            (_, None) => LinkView::Connecting,
            (state, Some(since)) => match (self.offline_since, state) {
                (Some(_), _) => LinkView::Offline { since },
                (None, State::Waiting { next_try }) => LinkView::Reconnecting { since, next_try },
                (None, _) => LinkView::Reconnecting { since, next_try: since },
            },
        }
    }

    /// When to call [`Link::tick`].
    pub fn timeout(&self) -> Option<Time> {
        match &self.state {
            State::Idle | State::Closed => None,
            State::Connecting { until } | State::Greeting { until, .. } => Some(*until),
            State::AtDoor(heart) | State::Live(heart) => Some(heart.timeout()),
            State::Waiting { next_try } => Some(*next_try),
        }
    }

    /// Takes a command in; it goes out with the next [`Link::flush`].
    ///
    /// # Errors
    /// [`OutboxFull`].
    pub fn enqueue(&mut self, id: CommandId, command: Command, now: Time) -> Result<(), OutboxFull> {
        self.outbox.push(id, command, now)
    }

    /// Sends what waits, if the link is live.
    pub fn flush(&mut self, out: &mut Vec<Output>) {
        if !self.is_live() {
            return;
        }
        for (id, command) in self.outbox.flush() {
            out.push(Output::Send(self.generation, FromClient::Do { id, command }));
        }
    }

    /// Sends something volatile; dropped while the link is not live.
    pub fn send(&self, message: FromClient, out: &mut Vec<Output>) {
        if self.is_live() {
            out.push(Output::Send(self.generation, message));
        }
    }

    /// Lets go of the socket; the seat is kept.
    pub fn rest(&mut self, out: &mut Vec<Output>) {
        self.close_socket(out);
        self.outbox.lost();
        self.state = State::Idle;
    }

    fn close_socket(&self, out: &mut Vec<Output>) {
        if !matches!(self.state, State::Idle | State::Waiting { .. } | State::Closed) {
            out.push(Output::CloseSocket(self.generation));
        }
    }

    fn connect(&mut self, now: Time, out: &mut Vec<Output>) {
        self.generation = self.generation.next();
        self.state = State::Connecting {
            until: now.plus(CONNECT),
        };
        out.push(Output::OpenSocket(self.generation));
    }

    /// Gives the socket up and plans the next try.
    fn drop_socket(&mut self, retry: &Retry, now: Time, dice: &mut dyn Dice, out: &mut Vec<Output>) -> Vec<News> {
        self.close_socket(out);
        self.outbox.lost();
        self.lost_since = self.lost_since.or(Some(now));
        let fresh = self.backoff.is_fresh();
        let cap = if self.in_call && !self.hidden { CAP_IN_CALL } else { CAP };
        let wait = match retry {
            Retry::In(wait) => *wait,
            Retry::Backoff => self.backoff.next(dice, cap),
            Retry::AtOnce => match self.backoff.next(dice, cap) {
                _ if fresh => Duration::ZERO,
                wait => wait,
            },
        };
        self.state = State::Waiting {
            next_try: now.plus(wait),
        };
        if wait.is_zero() {
            self.connect(now, out);
        }
        vec![News::Lost]
    }

    /// A deadline has come.
    pub fn tick(&mut self, now: Time, dice: &mut dyn Dice, out: &mut Vec<Output>) -> Vec<News> {
        match &mut self.state {
            State::Connecting { until } | State::Greeting { until, .. } if *until <= now => {
                self.drop_socket(&Retry::Backoff, now, dice, out)
            }
            State::AtDoor(heart) | State::Live(heart) => match heart.tick(now) {
                Beat::Dead => self.drop_socket(&Retry::AtOnce, now, dice, out),
                beat => self.beat(beat, out),
            },
            State::Waiting { next_try } if *next_try <= now => {
                self.connect(now, out);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn beat(&self, beat: Beat, out: &mut Vec<Output>) -> Vec<News> {
        if let Beat::Ping(number) = beat {
            out.push(Output::Send(self.generation, FromClient::Ping(number)));
        }
        Vec::new()
    }

    /// The page went into the background or came back.
    pub fn set_hidden(&mut self, hidden: bool, now: Time, out: &mut Vec<Output>) {
        self.hidden = hidden;
        if let State::AtDoor(heart) | State::Live(heart) = &mut self.state {
            heart.set_hidden(hidden, now);
        }
        if !hidden {
            self.hurry(now, out);
        }
    }

    /// The browser's word about the network.
    pub fn set_offline(&mut self, offline: bool, now: Time, out: &mut Vec<Output>) {
        self.offline_since = offline.then(|| self.offline_since.unwrap_or(now));
        if !offline || self.is_live() {
            self.hurry(now, out);
        }
    }

    /// Find out now whether the socket lives, or try again now.
    pub fn hurry(&mut self, now: Time, out: &mut Vec<Output>) {
        match &mut self.state {
            State::Idle | State::Closed => {}
            State::Connecting { until } | State::Greeting { until, .. } => *until = (*until).min(now.plus(HURRY)),
            State::AtDoor(heart) | State::Live(heart) => {
                let beat = heart.probe(now);
                self.beat(beat, out);
            }
            State::Waiting { .. } => self.connect(now, out),
        }
    }

    /// News of a socket.
    pub fn socket(
        &mut self,
        generation: Generation,
        what: SocketInput,
        now: Time,
        dice: &mut dyn Dice,
        out: &mut Vec<Output>,
    ) -> Vec<News> {
        let gone = matches!(self.state, State::Idle | State::Waiting { .. } | State::Closed);
        if generation != self.generation || gone {
            return Vec::new();
        }
        match what {
            SocketInput::Opened => self.opened(now, out),
            SocketInput::Closed => self.drop_socket(&Retry::Backoff, now, dice, out),
            SocketInput::Received(message) => {
                if let State::AtDoor(heart) | State::Live(heart) = &mut self.state {
                    heart.heard(now);
                }
                self.received(message, now, dice, out)
            }
        }
    }

    fn opened(&mut self, now: Time, out: &mut Vec<Output>) -> Vec<News> {
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

    fn received(&mut self, message: FromServer, now: Time, dice: &mut dyn Dice, out: &mut Vec<Output>) -> Vec<News> {
        match message {
            FromServer::Welcome(welcome) => self.welcomed(*welcome, now, dice, out),
            FromServer::Waiting { now: theirs, .. } => self.waits_at_door(theirs, now),
            FromServer::Happened(record) => self.happened(record, now, dice, out),
            FromServer::Accepted(id) => self.settled(id, None),
            FromServer::Refused { id, why } => self.settled(id, Some(why)),
            FromServer::Signal { from, signal } => vec![News::Signal { from, signal }],
            FromServer::Ice(config) => vec![News::Ice(config)],
            FromServer::Pin(pin) => vec![News::Pin(pin)],
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

    fn waits_at_door(&mut self, theirs: Time, now: Time) -> Vec<News> {
        let clock_offset = self.clock_offset(theirs, now);
        self.state = State::AtDoor(Heart::new(now, self.hidden));
        self.lost_since = None;
        vec![News::Knocking { clock_offset }]
    }

    fn welcomed(&mut self, welcome: Welcome, now: Time, dice: &mut dyn Dice, out: &mut Vec<Output>) -> Vec<News> {
        if !matches!(self.state, State::Greeting { .. } | State::AtDoor(_)) {
            return Vec::new();
        }
        let mut news = vec![News::Welcomed {
            you: welcome.you,
            clock_offset: self.clock_offset(welcome.now, now),
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
            Closing::NoSuchSeat | Closing::Declined => out.push(Output::ForgetSeat),
            _ => {}
        }
        vec![News::Closed(why)]
    }
}
