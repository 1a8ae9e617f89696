//! Which sessions are awake, and the way to them. A room is woken by mail; it starts by reading its log.
//!
//! The lock is held only to look a mailbox up or to put a room to sleep, never across a wait. A room may go to sleep
//! only while nobody else holds its mailbox and nothing lies in it, and mailboxes are handed out under the same lock:
//! so no letter is lost and no session ever has two owners.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use farhand_shared::id::{FileId, PersonId, SessionId};
use farhand_shared::session::{Command, Intake, Session};
use farhand_shared::time::Time;
use farhand_shared::wire::PinNow;
use farhand_shared::wire::http::sessions::WaitingCustomer;
use tokio::sync::{mpsc, oneshot};

use super::actor::{Outcome, Room, load};
use super::alarm::Alarm;
use super::commands::create_log;
use super::counters;
use super::link::Link;
use super::mail::{Arrival, FileLook, Mail, NewSession, Reply, RoomError, SocketId, Who};
use super::surroundings::Surroundings;
use crate::store::StoreError;

/// How long a letter waits for a place in a full mailbox, and its sender for the answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often a letter is sent again to a room that was just going.
const ATTEMPTS: u32 = 3;

/// All rooms. Cheap to clone.
#[derive(Clone)]
pub struct Rooms(Arc<Inner>);

struct Inner {
    around: Arc<Surroundings>,
    awake: Mutex<HashMap<SessionId, Handle>>,
    alarm: Alarm,
    sockets: AtomicU64,
}

#[derive(Debug)]
struct Handle {
    mailbox: mpsc::Sender<Mail>,
    waiting: WaitingNote,
}

/// The note of a room for lists, which do not ask it.
pub(super) type WaitingNote = Arc<Mutex<Option<WaitingCustomer>>>;

impl Rooms {
    /// Rooms that are all asleep.
    pub fn new(around: Surroundings) -> Self {
        Self(Arc::new(Inner {
            around: Arc::new(around),
            awake: Mutex::default(),
            alarm: Alarm::default(),
            sockets: AtomicU64::new(0),
        }))
    }

    /// Takes up work after a start: wakes every session that is not over, so that what time makes due happens and
    /// people who do not come back count as gone; then keeps the alarm clock.
    pub fn start(&self) {
        let rooms = self.clone();
        self.0.around.tracker.spawn(async move {
            let shutdown = rooms.0.around.shutdown.clone();
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = rooms.keep_time() => {}
            }
        });
    }

    async fn keep_time(&self) {
        match self.0.around.events.live_sessions().await {
            Ok(live) => {
                for session in live {
                    self.nudge(session.id.into()).await;
                }
            }
            Err(error) => tracing::error!(%error, "the sessions that are not over could not be listed"),
        }
        loop {
            let now = self.0.around.now();
            for session in self.0.alarm.ring(now) {
                self.nudge(session).await;
            }
            self.0.alarm.wait(now).await;
        }
    }

    /// Lets every awake room and the alarm clock look at the clock now. For a clock that was set by hand.
    pub async fn look_at_the_clock(&self) {
        let ringing = self.0.alarm.ring(self.0.around.now());
        let awake: Vec<SessionId> = self.lock().keys().copied().collect();
        for session in ringing.into_iter().chain(awake) {
            self.nudge(session).await;
        }
    }

    async fn nudge(&self, session: SessionId) {
        if self.post(session, Mail::Tick).await.is_err() {
            tracing::debug!(%session, "a room was too busy to look at the clock");
        }
    }

    /// How many rooms are awake.
    pub fn awake(&self) -> usize {
        self.lock().len()
    }

    /// Who is in this session, or at its door, while no agent is.
    pub fn waiting(&self, session: SessionId) -> Option<WaitingCustomer> {
        let note = self.lock().get(&session)?.waiting.clone();
        note.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Makes a session.
    ///
    /// # Errors
    /// [`RoomError::Rejected`] when its rules or the store refuse; [`RoomError::Busy`] when the server stops.
    pub async fn create(&self, session: SessionId, new: NewSession) -> Result<(), RoomError> {
        let (reply, answer) = oneshot::channel();
        {
            let mut awake = self.lock();
            let handle = self.spawn(session, Some((new, reply)));
            awake.insert(session, handle);
        }
        wait(answer).await
    }

    /// Brings in what one of the server's own doors wants.
    ///
    /// # Errors
    /// [`RoomError`]; nothing has changed, unless the answer only came too late.
    pub async fn intake(&self, session: SessionId, intake: Intake) -> Result<(), RoomError> {
        let intake = Box::new(intake);
        self.ask(session, |reply| Mail::Intake { intake, reply }).await
    }

    /// Does what a person would do by a command of their own.
    ///
    /// # Errors
    /// [`RoomError`], as for [`Rooms::intake`].
    pub async fn act(&self, session: SessionId, person: PersonId, command: Command) -> Result<(), RoomError> {
        self.ask(session, |reply| Mail::Act { person, command, reply }).await
    }

    /// From now on a person who has no socket counts as here, for `span`.
    ///
    /// # Errors
    /// [`RoomError`], as for [`Rooms::intake`].
    pub(crate) async fn stay(&self, session: SessionId, person: PersonId, span: Duration) -> Result<(), RoomError> {
        let until = self.0.around.now().plus(span);
        self.ask(session, |reply| Mail::Stay { person, until, reply }).await
    }

    /// The session as it is now, and the name its agent gave for the customer.
    ///
    /// # Errors
    /// [`RoomError::Unknown`] or [`RoomError::Busy`].
    pub async fn look(&self, session: SessionId) -> Result<(Session, Option<String>), RoomError> {
        self.ask(session, |reply| Mail::Look { reply }).await
    }

    /// One file as it is now, and who asks about it.
    ///
    /// # Errors
    /// [`RoomError::Unknown`] or [`RoomError::Busy`].
    pub(crate) async fn file(&self, session: SessionId, who: Who, file: FileId) -> Result<FileLook, RoomError> {
        self.ask(session, |reply| Mail::File { who, file, reply }).await
    }

    /// The PIN in force, made if there is none. `None` when the session is over or no PIN could be made.
    ///
    /// # Errors
    /// [`RoomError::Unknown`] or [`RoomError::Busy`].
    pub async fn pin(&self, session: SessionId) -> Result<Option<PinNow>, RoomError> {
        self.ask(session, |reply| Mail::Pin { reply }).await
    }

    /// Brings a greeted socket in. What the room has to say arrives in the socket's queue.
    pub(crate) async fn enter(&self, session: SessionId, arrival: Arrival) -> Result<Link, RoomError> {
        let socket = SocketId(self.0.sockets.fetch_add(1, Ordering::Relaxed));
        let person = arrival.person;
        let arrival = Box::new(arrival);
        let mailbox = self.post(session, Mail::Enter { socket, arrival }).await?;
        Ok(Link::new(mailbox, person, socket))
    }

    /// What every room needs; sockets need some of it too.
    pub(crate) fn around(&self) -> &Surroundings {
        &self.0.around
    }

    async fn ask<T>(&self, session: SessionId, mail: impl FnOnce(Reply<T>) -> Mail) -> Result<T, RoomError> {
        let (reply, answer) = oneshot::channel();
        self.post(session, mail(reply)).await?;
        wait(answer).await
    }

    async fn post(&self, session: SessionId, mut mail: Mail) -> Result<mpsc::Sender<Mail>, RoomError> {
        for _ in 0..ATTEMPTS {
            let mailbox = self.mailbox(session);
            match mailbox.send_timeout(mail, PATIENCE).await {
                Ok(()) => return Ok(mailbox),
                Err(mpsc::error::SendTimeoutError::Closed(returned)) => mail = returned,
                Err(mpsc::error::SendTimeoutError::Timeout(_)) => return Err(RoomError::Busy),
            }
        }
        Err(RoomError::Busy)
    }

    /// The mailbox of a session's room, which is woken if need be.
    fn mailbox(&self, session: SessionId) -> mpsc::Sender<Mail> {
        let mut awake = self.lock();
        if let Some(handle) = awake.get(&session)
            && !handle.mailbox.is_closed()
        {
            return handle.mailbox.clone();
        }
        let handle = self.spawn(session, None);
        let mailbox = handle.mailbox.clone();
        awake.insert(session, handle);
        mailbox
    }

    fn spawn(&self, session: SessionId, order: Option<(NewSession, Reply<()>)>) -> Handle {
        self.0.alarm.set(session, None);
        let (mailbox, letters) = mpsc::channel(self.0.around.settings.mailbox);
        let waiting = WaitingNote::default();
        let (rooms, note) = (self.clone(), waiting.clone());
        self.0.around.tracker.spawn(async move {
            counters::rooms(1);
            rooms.live(session, order, letters, note).await;
            counters::rooms(-1);
        });
        Handle { mailbox, waiting }
    }

    /// A room's whole life.
    async fn live(
        self,
        session: SessionId,
        order: Option<(NewSession, Reply<()>)>,
        mut letters: mpsc::Receiver<Mail>,
        note: WaitingNote,
    ) {
        match self.wake(session, order, note).await {
            Ok(Some(room)) => {
                if room.run(&self, &mut letters).await == Outcome::Asleep {
                    return;
                }
                self.forget(session, &mut letters);
            }
            Ok(None) => {
                self.forget(session, &mut letters);
                while let Some(letter) = letters.recv().await {
                    letter.refuse_unknown();
                }
            }
            Err(error) => {
                tracing::error!(%session, %error, "a session's log could not be read");
                self.forget(session, &mut letters);
            }
        }
    }

    async fn wake(
        &self,
        session: SessionId,
        order: Option<(NewSession, Reply<()>)>,
        note: WaitingNote,
    ) -> Result<Option<Room>, StoreError> {
        let around = self.0.around.clone();
        let Some((new, reply)) = order else {
            return match load(&around, session).await? {
                Some((records, name)) => Room::over(around, records, name, note).await,
                None => Ok(None),
            };
        };
        match create_log(&around, session, &new).await {
            Ok(records) => {
                let room = Room::over(around, records, new.customer_name, note).await?;
                // Whoever asked may have given up waiting.
                let _gone = reply.send(Ok(()));
                Ok(room)
            }
            Err(error) => {
                let _gone = reply.send(Err(error));
                Ok(None)
            }
        }
    }

    /// Puts a room to sleep unless somebody is just writing to it.
    pub(super) fn put_to_sleep(
        &self,
        session: SessionId,
        letters: &mpsc::Receiver<Mail>,
        wake_at: Option<Time>,
    ) -> bool {
        let mut awake = self.lock();
        let alone = letters.is_empty() && letters.sender_strong_count() == 1;
        if alone {
            awake.remove(&session);
            self.0.alarm.set(session, wake_at);
        }
        alone
    }

    /// Takes a room that is ending off the list; letters that are still on their way come back to their senders.
    fn forget(&self, session: SessionId, letters: &mut mpsc::Receiver<Mail>) {
        let mut awake = self.lock();
        letters.close();
        if awake.get(&session).is_some_and(|handle| handle.mailbox.is_closed()) {
            awake.remove(&session);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<SessionId, Handle>> {
        self.0.awake.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn wait<T>(answer: oneshot::Receiver<Result<T, RoomError>>) -> Result<T, RoomError> {
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) | Err(_) => Err(RoomError::Busy),
    }
}
