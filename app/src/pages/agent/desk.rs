//! What the whole console knows: who sits here, whether they take calls, and what they have just sent.

use super::api;
use super::ask::is_signed_out;
use super::keep;
use super::ring::Ring;
use super::route::{Route, Router};
use super::waiting::Waiting;
use crate::engine::SeatPlace;
use crate::platform::http::HttpFault;
use crate::platform::sound::Sound;
use crate::platform::spawn;
use farhand_shared::id::SessionId;
use farhand_shared::wire::SeatToken;
use farhand_shared::wire::http::accounts::Me;
use farhand_shared::wire::http::handovers::DeskStatus;
use farhand_shared::wire::http::sessions::{Invite, SessionStarted};
use leptos::prelude::*;

/// Who sits here.
#[derive(Clone, PartialEq)]
pub enum Who {
    /// Not known yet.
    Asking,
    /// The server cannot be asked.
    Unreachable,
    /// Nobody.
    Nobody,
    /// This agent.
    Agent(Box<Me>),
}

/// The console's own state. Copied freely; lives as long as the page.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Where we are.
    pub router: Router,
    /// Who sits here.
    pub who: RwSignal<Who>,
    /// Takes calls: customers who wait ring.
    pub online: RwSignal<bool>,
    /// Online, but not at the desk for a moment: nothing rings.
    pub away: RwSignal<bool>,
    /// How it rings.
    pub ring: Ring,
    /// Who waits.
    pub waiting: Waiting,
    /// Messages in the open session that nobody has read here, for the title as well.
    pub unread: RwSignal<usize>,
    /// The session to start or rejoin as soon as its page is up: somebody has just pressed the button.
    pub joining: RwSignal<Option<SessionId>>,
    /// The last invitation, so that it can be sent again without typing. Kept in memory only: it holds an address.
    pub sent: RwSignal<Option<(SessionId, Invite)>>,
    sound: StoredValue<Sound, LocalStorage>,
}

/// The desk that the page has set up.
pub fn use_desk() -> Desk {
    expect_context::<Desk>()
}

impl Desk {
    /// Sets it up, makes it known to everything below, and asks who sits here.
    pub fn start() -> Self {
        let desk = Self {
            router: Router::start(),
            who: RwSignal::new(Who::Asking),
            online: RwSignal::new(false),
            away: RwSignal::new(false),
            ring: Ring::new(),
            waiting: Waiting::new(),
            unread: RwSignal::new(0),
            joining: RwSignal::new(None),
            sent: RwSignal::new(None),
            sound: StoredValue::new_local(Sound::default()),
        };
        provide_context(desk);
        desk.ask_who();
        desk
    }

    /// Whether customers who wait ring here.
    pub fn takes_calls(self) -> bool {
        self.online.get() && !self.away.get()
    }

    /// The word for it; being in a call says it all.
    pub fn status(self) -> DeskStatus {
        match (self.online.get(), self.away.get()) {
            _ if self.waiting.in_call.get() => DeskStatus::Busy,
            (false, _) => DeskStatus::Offline,
            (true, true) => DeskStatus::Away,
            (true, false) => DeskStatus::Online,
        }
    }

    /// Asks the server who sits here.
    pub fn ask_who(self) {
        self.who.set(Who::Asking);
        spawn(async move {
            let who = match api::me().await {
                Ok(me) => Who::Agent(Box::new(me)),
                Err(HttpFault::Refused(_)) => Who::Nobody,
                Err(_) => Who::Unreachable,
            };
            self.who.try_set(who);
        });
    }

    /// Somebody has signed in.
    pub fn welcome(self, me: Me) {
        self.who.set(Who::Agent(Box::new(me)));
        if self.router.now_untracked().is_door() {
            self.router.go(Route::Home);
        }
    }

    /// Signs out.
    pub fn sign_out(self) {
        spawn(async move {
            // Whatever the server says: this person wants to be gone from this screen.
            let _ = api::sign_out().await;
            self.online.try_set(false);
            self.ring.silent.try_set(false);
            self.waiting.clear();
            self.who.try_set(Who::Nobody);
            self.router.go(Route::SignIn);
        });
    }

    /// A request failed: maybe nobody is signed in any more.
    pub fn notice(self, fault: &HttpFault) {
        if is_signed_out(fault) {
            self.who.try_set(Who::Nobody);
        }
    }

    /// A seat was given because somebody pressed a button: go there and take part.
    pub fn enter(self, session: SessionId, seat: &SeatToken) {
        SeatPlace::agent(session).write(seat);
        self.joining.set(Some(session));
        self.router.go(Route::Session(session));
    }

    /// A session was started: keep what is said only once, then go there.
    pub fn begin(self, invite: Invite, started: &SessionStarted) {
        keep::write_link(started.session, &started.invitation.link);
        self.sent.set(Some((started.session, invite)));
        self.enter(started.session, &started.seat);
    }

    /// Something of the agent, none while nobody is signed in.
    pub fn agent<T: Send + Sync + PartialEq + 'static>(
        self,
        part: impl Fn(&Me) -> T + Send + Sync + 'static,
    ) -> Memo<Option<T>> {
        let who = self.who;
        Memo::new(move |_| {
            who.with(|who| match who {
                Who::Agent(me) => Some(part(me)),
                Who::Asking | Who::Unreachable | Who::Nobody => None,
            })
        })
    }

    /// The console's sounds.
    pub fn sound(self) -> Sound {
        self.sound.try_get_value().unwrap_or_default()
    }
}
