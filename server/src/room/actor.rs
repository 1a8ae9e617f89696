//! The room itself: its state, its loop, and the one path of every change.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use farhand_shared::id::{CommandId, PersonId};
use farhand_shared::role::Role;
use farhand_shared::session::{
    Context, Event, Person, Record, Rejection, Seat, Session, Status, apply, begin, due, next_due, stamp,
};
use farhand_shared::time::Time;
use farhand_shared::wire::Closing;
use farhand_shared::wire::http::sessions::WaitingCustomer;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::fanout::Fanout;
use super::history::History;
use super::mail::Mail;
use super::pin_desk::PinDesk;
use super::registry::{Rooms, WaitingNote};
use super::surroundings::Surroundings;
use super::{counters, log};
use crate::store::StoreError;

/// After a failure of the store, what was due is tried again after this.
const RETRY: std::time::Duration = std::time::Duration::from_secs(1);
/// The longest sleep, so that a clock that was set or a machine that was suspended is noticed.
const LONGEST_SLEEP: std::time::Duration = std::time::Duration::from_secs(30);

/// One awake session.
pub(super) struct Room {
    pub(super) around: Arc<Surroundings>,
    pub(super) session: Session,
    pub(super) suggested_name: Option<String>,
    pub(super) history: History,
    pub(super) fanout: Fanout,
    /// Connected by the log, but without a socket: they count as gone at the time.
    pub(super) leaving: BTreeMap<PersonId, Time>,
    pub(super) pins: PinDesk,
    pub(super) waiting: WaitingNote,
    /// Nothing that is due is tried before this, after a failure of the store.
    pub(super) not_before: Time,
    fate: Fate,
}

/// What happens after the letter in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Go on.
    Live,
    /// Somebody else wrote to the log: this picture of the session is wrong.
    Outdated,
}

/// How a room's work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is off the list already and wakes up by mail or alarm.
    Asleep,
    /// It must be taken off the list.
    Gone,
}

/// Whose doing a change is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cause {
    by: Option<PersonId>,
    command: Option<CommandId>,
}

impl Cause {
    /// Time's or the server's own.
    pub(super) const SERVER: Self = Self {
        by: None,
        command: None,
    };

    /// A person's command.
    pub(super) const fn command(by: PersonId, id: CommandId) -> Self {
        Self {
            by: Some(by),
            command: Some(id),
        }
    }

    /// The server for a person.
    pub(super) const fn person(by: PersonId) -> Self {
        Self {
            by: Some(by),
            command: None,
        }
    }
}

impl Room {
    /// A room over records that are stored; none when they do not begin with a session's creation.
    pub(super) async fn over(
        around: Arc<Surroundings>,
        records: Vec<Record>,
        suggested_name: Option<String>,
        waiting: WaitingNote,
    ) -> Result<Option<Self>, StoreError> {
        let Some(mut session) = records.first().and_then(begin) else {
            return Ok(None);
        };
        let mut history = History::default();
        for (n, record) in records.into_iter().enumerate() {
            if n > 0 {
                apply(&mut session, &record);
            }
            history.push(record);
        }
        let now = around.now();
        let pins = PinDesk::open(around.pins.clone(), session.id(), around.settings.pin_life, now).await?;
        let mut room = Self {
            session,
            suggested_name,
            history,
            fanout: Fanout::default(),
            leaving: BTreeMap::new(),
            pins,
            waiting,
            not_before: Time::from_millis(0),
            fate: Fate::Live,
            around,
        };
        room.expect_back(now.plus(room.around.settings.restart_grace));
        room.note_waiting();
        Ok(Some(room))
    }

    /// Works until it falls asleep, the server stops or the log belongs to somebody else.
    pub(super) async fn run(mut self, rooms: &Rooms, mailbox: &mut mpsc::Receiver<Mail>) -> Outcome {
        let shutdown = self.around.shutdown.clone();
        let timer = sleep_until(Instant::now());
        tokio::pin!(timer);
        let mut deadline = Time::from_millis(0);
        while self.fate == Fate::Live {
            tokio::select! {
                biased;
                () = shutdown.cancelled() => break,
                letter = mailbox.recv() => match letter {
                    Some(letter) => {
                        // Negotiation, ink and heartbeats change nothing, so there is nothing to look after.
                        let quiet = matches!(letter, Mail::Signal { .. } | Mail::Ink { .. } | Mail::Ping { .. });
                        self.handle(letter).await;
                        if quiet && !timer.is_elapsed() {
                            continue;
                        }
                    }
                    None => break,
                },
                () = &mut timer => {}
            }
            let now = self.around.now();
            // Asked after every letter, so that a busy mailbox cannot hold time up.
            if self.deadline(now) <= now {
                self.tick().await;
            }
            if let Some(wake_at) = self.bedtime(now)
                && rooms.put_to_sleep(self.session.id(), mailbox, wake_at)
            {
                return Outcome::Asleep;
            }
            let next = self.deadline(now);
            if next != deadline || timer.is_elapsed() {
                deadline = next;
                timer.as_mut().reset(Instant::now() + next.since(now));
            }
        }
        // On shutdown nobody is logged as gone: they come back to the next process.
        self.fanout.close_all(Closing::Restarting {
            retry_ms: self.around.retry_ms(),
        });
        Outcome::Gone
    }

    /// The one path of every change: decide, record, apply, send, react. Nothing has changed when it fails.
    pub(super) async fn settle(
        &mut self,
        cause: Cause,
        decide: impl FnOnce(&Session, &Context) -> Result<Vec<Event>, Rejection>,
    ) -> Result<(), Rejection> {
        let now = self.around.now();
        let context = Context {
            now,
            seats: self.around.settings.seats,
            agent_cameras: self.around.settings.agent_cameras,
        };
        let events = decide(&self.session, &context)?;
        if events.is_empty() {
            return Ok(());
        }
        let records = stamp(self.session.seq(), now, cause.by, cause.command, events);
        let mut next = self.session.clone();
        for record in &records {
            apply(&mut next, record);
        }
        self.record(&next, &records).await?;
        self.session = next;
        for record in &records {
            self.history.push(record.clone());
        }
        self.fanout.happened(&records, &self.session);
        self.react(&records).await;
        Ok(())
    }

    /// Makes records durable.
    async fn record(&mut self, next: &Session, records: &[Record]) -> Result<(), Rejection> {
        match self.around.append(next, self.suggested_name.as_deref(), records).await {
            Ok(()) => {
                counters::events(records.len());
                Ok(())
            }
            Err(error) => {
                counters::store_failure();
                tracing::error!(session = %self.session.id(), %error, "events were not stored and therefore not sent");
                if matches!(error, StoreError::Conflict { .. }) {
                    self.fate = Fate::Outdated;
                }
                Err(Rejection::NotStored)
            }
        }
    }

    /// Does what time makes due. Early calls do no harm.
    pub(super) async fn tick(&mut self) {
        let now = self.around.now();
        if now < self.not_before {
            return;
        }
        // One round may make something else due, but never endlessly: `due` is quiet once applied.
        while !due(&self.session, now).is_empty() {
            if self
                .settle(Cause::SERVER, |session, ctx| Ok(due(session, ctx.now)))
                .await
                .is_err()
            {
                self.try_again_later(now);
                return;
            }
        }
        self.fanout.drop_dead();
        self.expect_back(now.plus(self.around.settings.reload_grace));
        self.look_after_presence(now).await;
        self.look_after_pin(now).await;
        self.renew_ice(now);
    }

    /// The store failed: what is due waits a moment.
    pub(super) fn try_again_later(&mut self, now: Time) {
        self.not_before = now.plus(RETRY);
    }

    /// When to look at the clock again.
    fn deadline(&self, now: Time) -> Time {
        let due = next_due(&self.session);
        let leaving = self.leaving.values().min().copied();
        let soonest = [due, leaving, self.pin_due(), self.fanout.next_ice_due()]
            .into_iter()
            .flatten()
            .min();
        let longest = now.plus(LONGEST_SLEEP);
        match soonest {
            Some(at) => at.max(self.not_before).min(longest),
            None if self.not_before > now => self.not_before,
            None => longest,
        }
    }

    /// Whether the room may sleep, and until when. It stays awake while somebody is here or may still come back
    /// unnoticed, and when something is due soon anyway.
    fn bedtime(&self, now: Time) -> Option<Option<Time>> {
        let due = next_due(&self.session);
        let soon = due.is_some_and(|at| at <= now.plus(self.around.settings.stay_awake));
        let empty = self.fanout.is_empty() && self.leaving.is_empty();
        (empty && !soon).then_some(due)
    }

    /// Since the knock, since the last agent went, or since the customer made the session.
    fn waits_since(&self, who: &Person) -> Time {
        let agents = self.session.people().iter().filter(|p| p.role == Role::Agent);
        match (who.seat, agents.map(|p| p.connected_at).max()) {
            (Seat::Knocking { since }, _) => since,
            (_, Some(last_went)) => who.connected_at.max(last_went),
            (_, None) => self.session.created_at(),
        }
    }

    /// Keeps the note for lists: who is here, or at the door, while no agent is.
    pub(super) fn note_waiting(&self) {
        let here = || self.session.people().iter().filter(|p| p.connected);
        let at_door = |p: &Person| matches!(p.seat, Seat::Knocking { .. });
        let comes = here().filter(|p| at_door(p) || (p.role == Role::Customer && p.holds_seat()));
        let comes = comes.min_by_key(|p| p.role != Role::Customer);
        let agent = here().any(|p| p.role == Role::Agent && p.holds_seat());
        let over = matches!(self.session.status(), Status::Done { .. } | Status::Cancelled { .. });
        let waiting = comes.filter(|_| !over && !agent).map(|person| WaitingCustomer {
            since: self.waits_since(person),
            device: person.device.clone(),
        });
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = waiting;
    }
}

/// Reads a session's log. `None` when there is none.
pub(super) async fn load(
    around: &Surroundings,
    session: farhand_shared::id::SessionId,
) -> Result<Option<(Vec<Record>, Option<String>)>, StoreError> {
    let records = log::from_rows(around.events.load(session.uuid(), 0).await?)?;
    if records.is_empty() {
        return Ok(None);
    }
    let row = around.events.session(session.uuid()).await?;
    Ok(Some((records, row.and_then(|row| row.customer_name))))
}
