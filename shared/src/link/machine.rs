//! The reconnecting link. News of a socket that was given up carries an old generation and is dropped.
//!
//! | State | opened | welcome / waiting | closed, failed, too late | shown, online, retry now | offline |
//! |---|---|---|---|---|---|
//! | Idle: no seat, or at rest | - | - | - | - | - |
//! | Connecting: 5 s | hello → Greeting | - | → Waiting | hurry: 2.5 s more | - |
//! | Greeting: 5 s | - | → Live / → AtDoor | → Waiting | hurry: 2.5 s more | - |
//! | AtDoor (knocked) | - | → Live | → Waiting | probe | probe |
//! | Live | - | - | → Waiting; a gap: → Connecting | probe | probe |
//! | Waiting: backoff | - | - | → Connecting when due | → Connecting | - |
//! | Closed: for good | - | - | - | - | - |
//!
//! Being offline is not a state of its own: browsers are often wrong about it, so the tries go on and only the words
//! change. A gap is an event that does not follow the last one, or a last event (told with every pong) that we lack;
//! the second gap in a row waits. Online after offline means another network: → Connecting at once, from wherever. A closing by the relay says which way: come back later (Waiting) or not at all (Closed).

use super::backoff::{Backoff, CAP};
use super::heart::{Beat, Heart};
use super::outbox::{Entry, Outbox, OutboxFull};
use crate::client::{Dice, LinkView, Output, SocketInput};
use crate::id::{CommandId, Generation, PersonId, Seq};
use crate::ink::Ink;
use crate::session::{Command, Device, Record, Rejection, Session};
use crate::time::Time;
use crate::wire::{Closing, FromClient, IceConfig, PinNow, SeatToken, Settings, Signal};
use core::time::Duration;

const CONNECT: Duration = Duration::from_secs(5);
pub(super) const GREET: Duration = Duration::from_secs(5);
/// A try that may have been asleep with the phone gets this much longer.
const HURRY: Duration = Duration::from_millis(2500);
/// During a call somebody watches the spinner, so the waits stay short: at first so short that a relay that was
/// restarted has everybody back within half a second.
const CAP_IN_CALL: Duration = Duration::from_secs(2);
const CAP_AT_FIRST: Duration = Duration::from_millis(400);
const AT_FIRST: Duration = Duration::from_secs(10);

/// What the link has learnt, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// In: who I am, and what to add to this browser's clock to get the relay's. What was missed follows.
    Welcomed {
        you: PersonId,
        clock_offset: i64,
        settings: Settings,
    },
    /// At the door.
    Knocking { clock_offset: i64, noticed: bool },
    /// Start over from here.
    Snapshot(Box<Session>),
    /// The next event; none is missing before it.
    Happened(Record),
    /// An own command was answered.
    Settled { entry: Entry, refused: Option<Rejection> },
    /// Negotiation.
    Signal { from: PersonId, signal: Signal },
    /// What moves under somebody's finger.
    Ink { from: PersonId, ink: Ink },
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
pub(super) enum State {
    Idle,
    Connecting { until: Time },
    Greeting { asked: Time, until: Time },
    AtDoor(Heart),
    Live(Heart),
    Waiting { next_try: Time },
    Closed,
}

/// How soon to come back.
pub(super) enum Retry {
    /// At once, if things were well until now.
    AtOnce,
    Backoff,
    In(Duration),
}

/// The link of one seat to the relay.
#[derive(Debug)]
pub struct Link {
    pub(super) seat: Option<SeatToken>,
    pub(super) device: Option<Device>,
    pub(super) state: State,
    pub(super) generation: Generation,
    pub(super) have: Seq,
    pub(super) outbox: Outbox,
    pub(super) backoff: Backoff,
    pub(super) hidden: bool,
    pub(super) in_call: bool,
    pub(super) may_reload: bool,
    /// Told off by the relay and not proven well since.
    pub(super) scolded: bool,
    pub(super) offline_since: Option<Time>,
    pub(super) lost_since: Option<Time>,
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
            // What was wanted before the first seat is still wanted.
            if self.seat.is_some() {
                self.outbox.clear();
            }
            self.have = Seq::ZERO;
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
            State::AtDoor(heart) => Some(heart.timeout()),
            State::Live(heart) => Some(heart.timeout().min(self.outbox.next_flush().unwrap_or(heart.timeout()))),
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
    pub fn flush(&mut self, now: Time, out: &mut Vec<Output>) {
        if !self.is_live() {
            return;
        }
        for (id, command) in self.outbox.flush(now) {
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

    /// Forgets the seat and what was wanted there.
    pub fn unseat(&mut self, out: &mut Vec<Output>) {
        self.rest(out);
        self.seat = None;
        self.have = Seq::ZERO;
        self.lost_since = None;
        self.outbox.clear();
    }

    pub(super) fn close_socket(&self, out: &mut Vec<Output>) {
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
    pub(super) fn drop_socket(
        &mut self,
        retry: &Retry,
        now: Time,
        dice: &mut dyn Dice,
        out: &mut Vec<Output>,
    ) -> Vec<News> {
        self.close_socket(out);
        self.outbox.lost();
        self.lost_since = self.lost_since.or(Some(now));
        let fresh = self.backoff.is_fresh();
        let cap = self.longest_wait(now);
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

    fn longest_wait(&self, now: Time) -> Duration {
        let at_first = self.lost_since.is_some_and(|since| now.since(since) < AT_FIRST);
        match self.in_call && !self.hidden {
            true if at_first => CAP_AT_FIRST,
            true => CAP_IN_CALL,
            false => CAP,
        }
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

    /// The browser's word about the network. After it was away it is another one: the old socket leads nowhere, and
    /// waiting to find that out would only take time.
    pub fn set_offline(&mut self, offline: bool, now: Time, dice: &mut dyn Dice, out: &mut Vec<Output>) -> Vec<News> {
        let was_offline = self.offline_since.is_some();
        self.offline_since = offline.then(|| self.offline_since.unwrap_or(now));
        if was_offline && !offline && !matches!(self.state, State::Idle | State::Closed | State::Waiting { .. }) {
            self.backoff.reset();
            return self.drop_socket(&Retry::AtOnce, now, dice, out);
        }
        if !offline || self.is_live() {
            self.hurry(now, out);
        }
        Vec::new()
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
}
