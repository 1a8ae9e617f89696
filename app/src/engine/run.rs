//! The loop: one input after the other, each wholly done before the next.

use super::handle::Setup;
use super::inbox::Inbox;
use super::perform::World;
use super::sending::Make;
use super::store::Store;
use crate::platform::clock::Clock;
use crate::platform::page::PageWatch;
use crate::platform::random::Random;
use crate::platform::timer::{Interval, Timeout};
use crate::platform::{device, page, spawn};
use core::cell::{Cell, RefCell};
use core::time::Duration;
use farhand_shared::client::{Client, Input, MediaFlow, PageInput, View};
use farhand_shared::time::Time;
use std::collections::VecDeque;
use std::rc::Rc;

/// How often "since" texts count on.
const SECOND: Duration = Duration::from_secs(1);

/// How long the first connection may keep the page from being drawn anew.
const PATIENCE: Duration = Duration::from_millis(600);

/// Drawing the call takes a processor's time of some hundred milliseconds, on both sides at once, just when the two browsers
/// have to answer each other. So the first connection goes first, for a moment.
enum First {
    /// Nobody has been called yet.
    Ahead,
    /// The connection is being made; until the timer rings the page stays as it is.
    Now(#[expect(dead_code, reason = "it rings as long as it is kept")] Timeout),
    /// It was made, or took too long.
    Over,
}

/// The brain with its hands.
pub(super) struct Engine {
    client: RefCell<Client>,
    /// Inputs that came while another was being done; empty again before [`Engine::accept`] returns.
    queue: RefCell<VecDeque<Input>>,
    busy: Cell<bool>,
    world: RefCell<World>,
    clock: Clock,
    timer: RefCell<Option<(Time, Timeout)>>,
    store: Store,
    first: RefCell<First>,
    _watch: PageWatch,
    _second: Interval,
}

impl Engine {
    /// Starts without a seat.
    pub(super) fn start(setup: &Setup, store: Store) -> Rc<Self> {
        let engine = Rc::new_cyclic(|weak| {
            let inbox = Inbox(weak.clone());
            let ticking = weak.clone();
            Self {
                client: RefCell::new(Client::new(setup.client)),
                queue: RefCell::default(),
                busy: Cell::new(false),
                world: RefCell::new(World::new(setup.seat.clone(), inbox.clone(), store)),
                clock: Clock::new(),
                timer: RefCell::new(None),
                store,
                first: RefCell::new(First::Ahead),
                _watch: PageWatch::start(move |what| inbox.push(Input::Page(what))),
                _second: Interval::every(SECOND, move || {
                    if let Some(engine) = ticking.upgrade() {
                        engine.store.show_now(engine.clock.now());
                    }
                }),
            }
        });
        engine.introduce();
        engine
    }

    fn introduce(self: &Rc<Self>) {
        self.store.show_now(self.clock.now());
        self.accept(Input::Device(device::now().device));
        if page::is_hidden() {
            self.accept(Input::Page(PageInput::Hidden));
        }
        let inbox = Inbox(Rc::downgrade(self));
        spawn(async move {
            if let Some(detected) = device::details().await {
                inbox.push(Input::Device(detected.device));
            }
        });
    }

    /// Takes one input in, and those that it causes.
    pub(super) fn accept(self: &Rc<Self>, input: Input) {
        self.queue.borrow_mut().push_back(input);
        if self.busy.replace(true) {
            return;
        }
        let (mut ink, mut more) = (false, false);
        while let Some(input) = self.next_input() {
            ink |= input.moves_ink();
            more |= !input.is_only_ink();
            let now = self.clock.now();
            let outputs = self.client.borrow_mut().step(now, &mut Random, input);
            for output in outputs {
                self.world.borrow_mut().perform(output);
            }
        }
        self.busy.set(false);
        // Ink comes with every frame; the rest of the view does not change by it.
        if more {
            self.show();
        }
        if ink {
            self.store.ink_moved();
        }
        self.set_timer();
    }

    fn next_input(&self) -> Option<Input> {
        self.queue.borrow_mut().pop_front()
    }

    fn show(self: &Rc<Self>) {
        let view = self.client.borrow().view();
        if self.connects_first(&view) {
            return;
        }
        let world = self.world.borrow();
        let (preview, remotes) = (world.preview(), world.remotes());
        let sending = world.desk().sending();
        drop(world);
        let news = sending.map(|sending| (sending.news(&view), sending));
        self.store.show(view, preview, remotes);
        if let Some((news, sending)) = news {
            sending.follow(news);
        }
    }

    /// Whether the first connection is being made and the page can wait for it.
    fn connects_first(self: &Rc<Self>, view: &View) -> bool {
        let connecting = !view.peers.is_empty() && view.peers.iter().all(|peer| peer.flow == MediaFlow::Connecting);
        let mut first = self.first.borrow_mut();
        match (&*first, connecting) {
            (First::Ahead, true) => {
                let weak = Rc::downgrade(self);
                let ring = move || {
                    if let Some(engine) = weak.upgrade() {
                        engine.first.replace(First::Over);
                        engine.show();
                    }
                };
                *first = First::Now(Timeout::after(PATIENCE, ring));
                true
            }
            (First::Now(_), true) => true,
            (First::Now(_), false) => {
                *first = First::Over;
                false
            }
            (First::Ahead | First::Over, _) => false,
        }
    }

    /// From now on files can be taken and sent.
    pub(super) fn open_desk(self: &Rc<Self>, make: Make) {
        self.world.borrow_mut().open_desk(make);
        self.show();
    }

    /// One timer at a time, for the next deadline.
    fn set_timer(self: &Rc<Self>) {
        let wanted = self.client.borrow().timeout();
        let mut timer = self.timer.borrow_mut();
        if timer.as_ref().map(|(due, _)| *due) == wanted {
            return;
        }
        *timer = wanted.map(|due| {
            let weak = Rc::downgrade(self);
            let wait = due.since(self.clock.now());
            let ring = move || {
                if let Some(engine) = weak.upgrade() {
                    engine.timer.take();
                    engine.accept(Input::Tick);
                }
            };
            (due, Timeout::after(wait, ring))
        });
    }

    /// Now.
    pub(super) fn clock(&self) -> Time {
        self.clock.now()
    }

    /// Something of the brain that the view does not copy.
    pub(super) fn with_client<T>(&self, look: impl FnOnce(&Client) -> T) -> Option<T> {
        self.client.try_borrow().ok().map(|client| look(&client))
    }

    /// Something of the world that is not the brain's business.
    pub(super) fn with_world<T>(&self, look: impl FnOnce(&World) -> T) -> Option<T> {
        self.world.try_borrow().ok().map(|world| look(&world))
    }
}
