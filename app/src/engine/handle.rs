//! What components hold: selectors to read, `dispatch` to want.

use super::perform::{RELOADED, World};
use super::run::Engine;
use super::store::{Remotes, Store};
use crate::json;
use crate::platform::peer::Remote;
use crate::platform::sound::Sound;
use crate::platform::storage::{self, Keep};
use crate::platform::stream::Stream;
use farhand_shared::client::{Client, Gesture, Input, Options, Unsent, View};
use farhand_shared::coach::Hint;
use farhand_shared::id::{PersonId, SessionId};
use farhand_shared::ink::LiveScene;
use farhand_shared::role::Role;
use farhand_shared::session::{Person, Session};
use farhand_shared::time::Time;
use farhand_shared::upload::Upload;
use farhand_shared::wire::SeatToken;
use leptos::prelude::*;
use std::rc::Rc;

/// Where a page keeps its seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatPlace {
    keep: Keep,
    key: String,
}

impl SeatPlace {
    /// A customer has one seat at a time and finds it again after closing the tab.
    fn customer() -> Self {
        Self {
            keep: Keep::Always,
            key: "farhand.seat".to_owned(),
        }
    }

    /// An agent has one seat for each session; another tab gets its own by joining again.
    pub fn agent(session: SessionId) -> Self {
        Self {
            keep: Keep::Tab,
            key: ["farhand.seat.", &session.to_string()].concat(),
        }
    }

    /// A visitor has one seat for each link, in one tab. The end of the link's secret tells them apart.
    fn visitor(secret: &str) -> Self {
        let end = secret.get(secret.len().saturating_sub(8)..).unwrap_or_default();
        Self {
            keep: Keep::Tab,
            key: ["farhand.visit.", end].concat(),
        }
    }

    /// The seat that is kept here.
    pub fn read(&self) -> Option<SeatToken> {
        storage::read(self.keep, &self.key).map(SeatToken)
    }

    /// Keeps a seat here.
    pub fn write(&self, seat: &SeatToken) {
        storage::write(self.keep, &self.key, &seat.0);
    }

    /// Keeps commands of this seat that are not sent yet.
    pub(super) fn write_unsent(&self, unsent: &[Unsent]) {
        let key = self.unsent_key();
        match (self.read(), unsent.is_empty()) {
            (Some(seat), false) => {
                if let Ok(text) = json::to_string(&(seat, unsent)) {
                    storage::write(self.keep, &key, &text);
                }
            }
            _ => storage::remove(self.keep, &key),
        }
    }

    /// What an earlier page of this very seat kept.
    fn read_unsent(&self, seat: &SeatToken) -> Vec<Unsent> {
        let kept = storage::read(self.keep, &self.unsent_key());
        let kept: Option<(SeatToken, Vec<Unsent>)> = kept.and_then(|text| json::from_str(&text).ok());
        kept.filter(|(of, _)| of == seat)
            .map(|(_, unsent)| unsent)
            .unwrap_or_default()
    }

    fn unsent_key(&self) -> String {
        [&self.key, ".unsent"].concat()
    }

    /// Keeps it no longer.
    pub fn clear(&self) {
        storage::remove(self.keep, &self.key);
    }
}

/// What an engine is made for.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Whose page this is.
    pub(super) client: Options,
    /// Where this page keeps its seat.
    pub(super) seat: SeatPlace,
}

impl Setup {
    /// A customer's page.
    pub fn customer() -> Self {
        Self::new(Options::customer(), SeatPlace::customer())
    }

    /// An agent's page for one session.
    pub fn agent(session: SessionId) -> Self {
        Self::new(Options::agent(), SeatPlace::agent(session))
    }

    /// The page of a guest or viewer who came by the link with this secret.
    pub fn visitor(secret: &str) -> Self {
        Self::new(Options::visitor(), SeatPlace::visitor(secret))
    }

    fn new(options: Options, seat: SeatPlace) -> Self {
        let reloaded = storage::read(Keep::Tab, RELOADED).is_some();
        storage::remove(Keep::Tab, RELOADED);
        Self {
            client: Options {
                may_reload: !reloaded,
                ..options
            },
            seat,
        }
    }
}

/// The engine, as components see it. Copied freely; does nothing once the page is gone.
#[derive(Clone, Copy)]
pub struct Handle {
    engine: StoredValue<Rc<Engine>, LocalStorage>,
    store: Store,
    seat: StoredValue<SeatPlace>,
}

/// The engine that the page has started.
pub fn use_engine() -> Handle {
    expect_context::<Handle>()
}

/// Takes the closure in a box: so Leptos's machinery is compiled once for each `T`, not once for each closure.
fn selected<T: Send + Sync + PartialEq + 'static>(
    view: RwSignal<View>,
    select: Box<dyn Fn(&View) -> T + Send + Sync>,
) -> Memo<T> {
    Memo::new(move |_| view.with(&select))
}

impl Handle {
    /// Starts an engine and makes it known to everything below. Call it once, at the root of what shows it; the engine
    /// stops when that is gone.
    pub fn start(setup: Setup) -> Self {
        let store = Store::new(Client::new(setup.client).view());
        let handle = Self {
            engine: StoredValue::new_local(Engine::start(&setup, store)),
            store,
            seat: StoredValue::new(setup.seat),
        };
        provide_context(handle);
        handle
    }

    fn accept(&self, input: Input) {
        if let Some(engine) = self.engine() {
            engine.accept(input);
        }
    }

    /// The person wants something.
    pub fn dispatch(&self, gesture: Gesture) {
        self.accept(Input::Gesture(gesture));
    }

    /// What the coach says of the own camera.
    pub fn hint(&self, hint: Option<Hint>) {
        self.accept(Input::Hint(hint));
    }

    /// This browser got a seat: connect.
    pub fn take_seat(&self, seat: SeatToken) {
        let unsent = self.seat.try_with_value(|place| place.read_unsent(&seat));
        self.accept(Input::Seated(seat));
        if let Some(unsent) = unsent.filter(|unsent| !unsent.is_empty()) {
            self.accept(Input::Unsent(unsent));
        }
    }

    /// The seat that an earlier visit left behind.
    pub fn kept_seat(&self) -> Option<SeatToken> {
        self.seat.try_with_value(SeatPlace::read).flatten()
    }

    /// Forgets that seat.
    pub fn forget_seat(&self) {
        self.seat.try_with_value(SeatPlace::clear);
    }

    /// A part of the view that wakes its readers only when it changes.
    pub fn read<T: Send + Sync + PartialEq + 'static>(
        &self,
        select: impl Fn(&View) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        selected(self.store.view, Box::new(select))
    }

    /// Reads a part of the session; none while there is no session.
    pub fn in_session<T: Send + Sync + PartialEq + 'static>(
        &self,
        select: impl Fn(&Session) -> T + Send + Sync + 'static,
    ) -> Memo<Option<T>> {
        self.read(move |view| view.session.as_ref().map(&select))
    }

    /// Reads a part of my own seat; none while there is none.
    pub fn of_me<T: Send + Sync + PartialEq + 'static>(
        &self,
        select: impl Fn(&Person) -> T + Send + Sync + 'static,
    ) -> Memo<Option<T>> {
        self.read(move |view| {
            let session = view.session.as_ref()?;
            session.person(view.you?).map(&select)
        })
    }

    /// The name of the first agent who has a seat, or ever had one; none until one is known.
    pub fn agent_name(&self) -> Memo<Option<String>> {
        self.read(|view| {
            let session = view.session.as_ref()?;
            let ever = || session.people().iter().find(|person| person.role == Role::Agent);
            let agent = session.agents().next().or_else(ever)?;
            (!agent.name.is_empty()).then(|| agent.name.clone())
        })
    }

    /// The view, without being woken by it.
    pub fn peek<T>(&self, select: impl FnOnce(&View) -> T) -> Option<T> {
        self.store.view.try_with_untracked(select)
    }

    /// My own picture.
    pub fn preview(&self) -> Option<Stream> {
        self.store.preview.try_get().flatten()
    }

    /// The picture that comes from `person` over that connection.
    pub fn picture_from(&self, person: PersonId, connection: u32) -> Option<Stream> {
        self.remote(person, connection, |remote| remote.picture.clone())
    }

    /// The sound that comes from `person` over that connection.
    pub fn sound_from(&self, person: PersonId, connection: u32) -> Option<Stream> {
        self.remote(person, connection, |remote| remote.sound.clone())
    }

    fn remote(&self, person: PersonId, connection: u32, part: fn(&Remote) -> Option<Stream>) -> Option<Stream> {
        let find = |remotes: &Remotes| {
            let found = remotes
                .iter()
                .find(|(who, over, _)| (*who, *over) == (person, connection));
            found.and_then(|(_, _, remote)| part(remote))
        };
        self.store.remotes.try_with(find).flatten()
    }

    /// This browser's clock, counting on every second.
    pub fn now(&self) -> Time {
        self.store.now.try_get().unwrap_or_default()
    }

    /// The relay's clock, by which events are dated, counting on every second.
    pub fn relay_now(&self) -> Time {
        let offset = self.peek(|view| view.clock_offset).unwrap_or_default();
        Time::from_millis(self.now().millis().saturating_add_signed(offset))
    }

    /// This browser's clock now: for what is painted, by which ink is dated.
    pub fn clock(&self) -> Time {
        self.engine.try_with_value(|engine| engine.clock()).unwrap_or_default()
    }

    /// What moves and fades on the pictures. [`Handle::ink_moved`] tells when it changed.
    pub fn with_ink<T>(&self, look: impl FnOnce(&LiveScene) -> T) -> Option<T> {
        self.engine()?.with_client(|client| look(client.ink()))
    }

    /// Reads the session as the relay has it, without what is under way from here.
    pub(super) fn replica<T>(&self, look: impl FnOnce(&Session) -> T) -> Option<T> {
        self.engine()?
            .with_client(|client| client.replica().map(look))
            .flatten()
    }

    /// Grows whenever the ink may look different.
    pub fn ink_moved(&self) -> u32 {
        self.store.ink.try_get().unwrap_or_default()
    }

    /// The page's sounds.
    pub fn sound(&self) -> Sound {
        self.with_world(World::sound).unwrap_or_default()
    }

    pub(super) fn engine(&self) -> Option<Rc<Engine>> {
        self.engine.try_get_value()
    }

    pub(super) fn with_world<T>(&self, look: impl FnOnce(&World) -> T) -> Option<T> {
        self.engine()?.with_world(look)
    }

    pub(super) const fn uploads_signal(&self) -> RwSignal<Vec<Upload>> {
        self.store.uploads
    }
}
