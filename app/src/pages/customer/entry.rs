//! How a customer comes in: by a link, by a number, by themselves, or back.

use super::home::CARD;
use crate::engine::Handle;
use crate::json;
use crate::platform::http::{self, HttpFault};
use crate::platform::storage::{self, Keep};
use crate::platform::{device, first, page, spawn};
use crate::text::{Say, customer as words, http as http_text};
use core::time::Duration;
use farhand_shared::client::Gesture;
use farhand_shared::pin::Pin;
use farhand_shared::session::{Mode, Session, Status, Talk};
use farhand_shared::time::Time;
use farhand_shared::wire::SeatToken;
use farhand_shared::wire::http::Problem;
use farhand_shared::wire::http::sessions::{InviteLook, Knock, OpenInvite, Seated, WalkIn};
use leptos::prelude::*;

/// Marks that this tab holds its seat, so that a reload goes on where it was.
const HERE: &str = "farhand.here";

/// Where the customer is on the way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// On the home page.
    Home,
    /// Came by a link and has not taken the seat yet.
    Invited,
    /// Has a seat: the machine knows the rest.
    Seated,
}

/// What the link leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    /// Not known yet.
    Loading,
    /// A session.
    Known(Box<InviteLook>),
    /// Nothing that can be entered.
    Bad(Say),
}

/// The way in, shared by its screens.
#[derive(Clone, Copy)]
pub struct Entry {
    engine: Handle,
    /// Where the customer is.
    pub stage: RwSignal<Stage>,
    /// What the link leads to.
    pub look: RwSignal<Look>,
    /// A request is under way.
    pub busy: RwSignal<bool>,
    /// What went wrong with the last one.
    pub fault: RwSignal<Option<Say>>,
    /// The name, if they gave one.
    pub name: RwSignal<String>,
    /// How they want to talk; none until they or the invitation said so.
    pub talk: RwSignal<Talk>,
    /// They pressed Rejoin on the home page: rejoin as soon as the session is known.
    pub rejoins: RwSignal<bool>,
    /// How long the last call was.
    pub call_length: RwSignal<Option<Duration>>,
}

/// The way in that the page has started.
pub fn use_entry() -> Entry {
    expect_context::<Entry>()
}

impl Entry {
    /// Reads the address and what an earlier visit left behind, and makes itself known.
    pub fn start(engine: Handle) -> Self {
        let entry = Self {
            engine,
            stage: RwSignal::new(Stage::Home),
            look: RwSignal::new(Look::Loading),
            busy: RwSignal::new(false),
            fault: RwSignal::new(None),
            name: RwSignal::new(String::new()),
            talk: RwSignal::new(Talk::PhoneCall),
            rejoins: RwSignal::new(false),
            call_length: RwSignal::new(None),
        };
        provide_context(entry);
        entry.remember();
        let here = storage::read(Keep::Tab, HERE).is_some();
        match engine.kept_seat().filter(|_| here) {
            Some(seat) => entry.sit(seat),
            None if page::path() == "/j" && !page::fragment().is_empty() => entry.look_at_invite(),
            None => {}
        }
        entry
    }

    /// Keeps what the home page's Rejoin card and the last screen say.
    fn remember(self) {
        let status = self.engine.in_session(Session::status);
        let card = self.engine.in_session(|session| {
            let mode = match session.mode() {
                Mode::Video => words::VIDEO,
                Mode::Photo => words::PHOTO,
            };
            [session.company(), " · ", mode].concat()
        });
        Effect::new(move |since: Option<Option<Time>>| {
            let since = since.flatten();
            match status.get() {
                Some(Status::InProgress { since }) => return Some(since),
                Some(Status::Done { at, .. }) => self.call_length.set(since.map(|since| at.since(since))),
                _ => {}
            }
            since
        });
        Effect::new(move || {
            if let Some(card) = card.get() {
                storage::write(Keep::Always, CARD, &card);
            }
        });
    }

    fn look_at_invite(self) {
        self.stage.set(Stage::Invited);
        spawn(async move {
            let look = match first::look().await {
                Some((true, text)) => json::from_str(&text).map_err(|_| HttpFault::Garbled),
                Some((false, text)) => Err(refusal(&text)),
                None => Err(HttpFault::Unreachable),
            };
            let look = match look {
                Ok(look) => {
                    self.greet(&look);
                    Look::Known(Box::new(look))
                }
                Err(fault) => Look::Bad(http_text::fault(&fault)),
            };
            self.look.try_set(look);
            if first::was_tapped() {
                self.turn_on_camera();
            }
        });
    }

    fn greet(self, look: &InviteLook) {
        self.say_talk(look.talk);
        if let Some(name) = &look.customer_name {
            self.name.try_set(name.clone());
        }
    }

    /// How the voices are to travel. Said only when somebody chose it: after a reload the session knows better.
    pub fn say_talk(self, talk: Talk) {
        self.talk.try_set(talk);
        self.engine.dispatch(Gesture::SetTalk(talk));
    }

    /// The one button of the lobby.
    pub fn turn_on_camera(self) {
        self.come_in(Gesture::TurnOnCamera);
    }

    /// The way round it.
    pub fn go_without_camera(self) {
        self.come_in(Gesture::GoWithoutCamera);
    }

    /// The camera's question and the way to the seat start at the same time: neither waits for the other.
    fn come_in(self, gesture: Gesture) {
        self.engine.dispatch(gesture);
        if self.stage.get_untracked() == Stage::Seated {
            if let Some(name) = self.typed_name() {
                self.engine.dispatch(Gesture::SetName(name));
            }
            return;
        }
        let body = OpenInvite {
            secret: page::fragment(),
            seat: self.engine.kept_seat(),
            name: self.typed_name(),
            device: Some(device::now().device),
        };
        self.ask("/api/invites/open", body);
    }

    /// Somebody typed the number.
    pub fn knock(self, typed: &str) {
        let Ok(pin) = Pin::parse(typed) else {
            self.fault.set(Some(Say::new(words::CODE_INCOMPLETE, "")));
            return;
        };
        let body = Knock {
            pin: pin.digits(),
            name: self.typed_name(),
            device: Some(device::now().device),
        };
        self.ask("/api/pins/knock", body);
    }

    /// Starts a session of their own.
    pub fn walk_in(self, mode: Mode) {
        let body = WalkIn {
            mode,
            name: self.typed_name(),
            device: Some(device::now().device),
        };
        self.ask("/api/sessions/walk-in", body);
    }

    /// Back to the session of an earlier visit.
    pub fn rejoin_kept(self) {
        if let Some(seat) = self.engine.kept_seat() {
            self.rejoins.set(true);
            self.sit(seat);
        }
    }

    /// Away from all sessions, to the home page, with a fresh machine.
    pub fn start_over(self) {
        storage::remove(Keep::Tab, HERE);
        self.engine.forget_seat();
        page::go("/");
    }

    /// The browser's Back button: leaves the lobby, never a call.
    pub fn go_home(self) {
        if self.stage.try_get_untracked() == Some(Stage::Invited) {
            self.stage.try_set(Stage::Home);
        }
    }

    fn ask(self, path: &'static str, body: impl serde::Serialize + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.fault.set(None);
        spawn(async move {
            let answer = http::post::<_, Seated>(path, &body).await;
            self.busy.try_set(false);
            match answer {
                Ok(seated) => self.sit(seated.seat),
                Err(fault) => {
                    self.fault.try_set(Some(http_text::fault(&fault)));
                }
            }
        });
    }

    fn sit(self, seat: SeatToken) {
        storage::write(Keep::Tab, HERE, "1");
        self.engine.take_seat(seat);
        self.stage.try_set(Stage::Seated);
    }

    fn typed_name(self) -> Option<String> {
        let name = self.name.get_untracked();
        (!name.trim().is_empty()).then_some(name)
    }
}

fn refusal(text: &str) -> HttpFault {
    json::from_str::<Problem>(text).map_or(HttpFault::Unreachable, HttpFault::Refused)
}
