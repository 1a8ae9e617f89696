//! The drawing side of a picture: fingers, mice and keys become ink. What a movement means is decided by
//! [`farhand_shared::ink::Hand`]; here its places are collected and handed over once a frame.

use crate::engine::Handle;
use crate::plain::{Fingers, Pinch};
use crate::platform::frame_loop::Frames;
use crate::platform::pointer;
use crate::platform::random::Random;
use crate::platform::timer::Timeout;
use core::cell::{Cell, RefCell};
use farhand_shared::client::{Dice, Gesture};
use farhand_shared::id::MarkId;
use farhand_shared::ink::{Drawn, Fit, Hand, Ink, Point, Surface, Tool};
use leptos::ev::PointerEvent as Event;
use leptos::prelude::*;
use std::rc::{Rc, Weak};

/// What the pen needs to know and what it asks for.
#[derive(Clone, Copy)]
pub struct Wiring {
    /// The picture; none while there is none to draw on.
    pub on: Memo<Option<Surface>>,
    /// What the hand holds; none only looks and moves the picture.
    pub tool: Signal<Option<Tool>>,
    /// Where places lie.
    pub fit: Memo<Option<Fit>>,
    /// Two fingers, or one with nothing in the hand.
    pub pinch: Callback<Pinch>,
    /// Down with a drawing tool (`true`), and up again.
    pub hold: Callback<bool>,
    /// A finished mark.
    pub finish: Callback<Finished>,
    /// A place for words or a number.
    pub choose: Callback<(MarkId, Point)>,
}

/// A mark that was just finished.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// On which picture.
    pub on: Surface,
    /// Its id.
    pub mark: MarkId,
    /// What it is.
    pub shape: farhand_shared::ink::Shape,
    /// As it was really drawn, if `shape` was recognised in it.
    pub rough: Option<farhand_shared::ink::Shape>,
}

impl Finished {
    /// Makes it a mark, on live video or on a still.
    pub fn make(self, engine: Handle) {
        let Self { on, mark, shape, .. } = self;
        engine.dispatch(match on {
            Surface::Live(on) => Gesture::Draw { on, mark, shape },
            Surface::Still(file) => Gesture::Mark { file, mark, shape },
        });
    }
}

/// The pen of one picture.
#[derive(Clone, Copy)]
pub struct Pen {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    /// Where my finger or my keyboard points; a mouse shows by itself where it is.
    pub own_pointer: RwSignal<Option<Point>>,
}

struct Inner {
    engine: Handle,
    wiring: Wiring,
    hand: RefCell<Option<Hand>>,
    fingers: RefCell<Fingers>,
    /// Where the finger that draws, or the hovering mouse, has been since the last frame.
    way: RefCell<Vec<Point>>,
    hovering: Cell<bool>,
    /// Where the keyboard points.
    keys: Cell<Option<Point>>,
    by_mouse: Cell<bool>,
    own_pointer: RwSignal<Option<Point>>,
    frames: Frames,
    repeat: RefCell<Option<Timeout>>,
}

impl Pen {
    /// A pen that follows its wiring: another picture means another hand, another tool gives up what was begun.
    pub fn new(engine: Handle, wiring: Wiring) -> Self {
        let own_pointer = RwSignal::new(None);
        let inner = Rc::new_cyclic(|weak: &Weak<Inner>| {
            let weak = weak.clone();
            let frames = Frames::new(move || {
                if let Some(inner) = weak.upgrade() {
                    inner.flush();
                }
            });
            Inner {
                engine,
                wiring,
                hand: RefCell::default(),
                fingers: RefCell::default(),
                way: RefCell::default(),
                hovering: Cell::new(false),
                keys: Cell::new(None),
                own_pointer,
                by_mouse: Cell::new(false),
                frames,
                repeat: RefCell::default(),
            }
        });
        let pen = Self {
            inner: StoredValue::new_local(inner),
            own_pointer,
        };
        Effect::new(move || {
            let (on, tool) = (wiring.on.get(), wiring.tool.get());
            pen.with(|inner| inner.take(on, tool));
        });
        on_cleanup(move || {
            pen.with(|inner| inner.give_up());
        });
        pen
    }

    fn with<T>(self, run: impl FnOnce(&Rc<Inner>) -> T) -> Option<T> {
        self.inner.try_get_value().map(|inner| run(&inner))
    }

    /// A finger, pen or mouse button went down.
    pub fn down(self, event: &Event) {
        if !pointer::is_primary_button(event) {
            return;
        }
        pointer::capture(event);
        self.with(|inner| inner.down(event));
    }

    /// It moved, down or not.
    pub fn moved(self, event: &Event) {
        self.with(|inner| inner.moved(event));
    }

    /// It went up.
    pub fn up(self, event: &Event) {
        self.with(|inner| inner.up(event));
    }

    /// The browser took it away.
    pub fn cancel(self, event: &Event) {
        self.with(|inner| {
            inner.fingers.borrow_mut().up(pointer::id(event));
            inner.give_up();
        });
    }

    /// It left the picture.
    pub fn leave(self) {
        self.with(|inner| inner.hover(None));
    }

    /// A key; answers whether it was for the pen. Arrows move the pointer by 1 %, Enter marks, Escape gives up.
    pub fn key(self, key: &str) -> bool {
        self.with(|inner| inner.key(key)).unwrap_or_default()
    }
}

impl Inner {
    fn take(self: &Rc<Self>, on: Option<Surface>, tool: Option<Tool>) {
        let fits = on == self.hand.borrow().as_ref().map(Hand::surface);
        if !fits || tool.is_none() {
            self.give_up();
            self.keys.set(None);
        }
        let given_up = {
            let mut hand = self.hand.borrow_mut();
            match (on, tool) {
                (Some(on), Some(tool)) if !fits => {
                    *hand = Some(Hand::new(on, tool, (1.0, 1.0)));
                    None
                }
                (Some(_), Some(tool)) => hand
                    .as_mut()
                    .filter(|hand| hand.tool() != tool)
                    .and_then(|hand| hand.take(tool)),
                _ => {
                    *hand = None;
                    None
                }
            }
        };
        self.tell(given_up);
    }

    fn down(self: &Rc<Self>, event: &Event) {
        self.flush();
        self.by_mouse.set(pointer::is_mouse(event));
        let at = pointer::grip(event);
        let fingers = self.fingers.borrow_mut().down(pointer::id(event), (at.x, at.y));
        if fingers > 1 {
            // The second finger: they want to move the picture.
            return self.give_up();
        }
        let Some(point) = self.place(event, &at) else { return };
        let pixel = self.wiring.fit.get_untracked().map_or((1.0, 1.0), |fit| fit.pixel());
        let mut hand = self.hand.borrow_mut();
        let Some(held) = hand.as_mut() else { return };
        held.resize(pixel);
        held.down(point, MarkId::from_u128(Random.bits()));
        match held.tool() {
            Tool::Stroke(_) => self.wiring.hold.run(true),
            // A finger points from the first moment, also while it rests.
            Tool::Pointer => {
                let ink = held.hover(Some(point), self.engine.clock());
                drop(hand);
                self.tell(ink);
            }
            Tool::Text | Tool::Number => {}
        }
    }

    fn moved(self: &Rc<Self>, event: &Event) {
        let at = pointer::grip(event);
        let moved = self.fingers.borrow_mut().moved(pointer::id(event), (at.x, at.y));
        let Some(moved) = moved else {
            // Not down: a mouse that passes over the picture.
            if pointer::is_mouse(event) && self.tool() == Some(Tool::Pointer) {
                self.by_mouse.set(true);
                self.hovering.set(true);
                self.way.borrow_mut().clear();
                self.collect(event);
            }
            return;
        };
        let drags = pointer::is_mouse(event) && !matches!(self.tool(), Some(Tool::Stroke(_)));
        if moved.fingers > 1 || self.tool().is_none() || drags {
            if moved.is_drag {
                self.give_up();
                let (left, top, ..) = pointer::place_of_target(event);
                self.wiring.pinch.run(moved.pinch.seen_from(left, top));
            }
            return;
        }
        self.collect(event);
    }

    fn up(self: &Rc<Self>, event: &Event) {
        self.flush();
        self.fingers.borrow_mut().up(pointer::id(event));
        let now = self.engine.clock();
        let drawn = self.hand.borrow_mut().as_mut().and_then(|hand| hand.up(now));
        self.wiring.hold.run(false);
        if !pointer::is_mouse(event) {
            self.hover(None);
        }
        if let Some(drawn) = drawn {
            self.drawn(drawn);
        }
        self.wait();
    }

    fn drawn(self: &Rc<Self>, drawn: Drawn) {
        match drawn {
            Drawn::Tell(ink) => self.tell(Some(ink)),
            Drawn::Mark { mark, shape, rough } => {
                if let Some(on) = self.wiring.on.get_untracked() {
                    self.wiring.finish.run(Finished { on, mark, shape, rough });
                }
            }
            Drawn::Place { mark, at } => self.wiring.choose.run((mark, at)),
        }
    }

    fn give_up(self: &Rc<Self>) {
        self.way.borrow_mut().clear();
        let given_up = self.hand.borrow_mut().as_mut().and_then(Hand::cancel);
        self.wiring.hold.run(false);
        self.tell(given_up);
        self.hover(None);
    }

    fn tool(&self) -> Option<Tool> {
        self.hand.borrow().as_ref().map(Hand::tool)
    }

    /// The place of the picture under an event; outside of the picture the nearest.
    fn place(&self, event: &Event, at: &pointer::Grip) -> Option<Point> {
        let fit = self.wiring.fit.get_untracked()?;
        let (left, top, ..) = pointer::place_of_target(event);
        Some(fit.nearest((at.x - left) as f32, (at.y - top) as f32))
    }

    fn collect(&self, event: &Event) {
        let Some(fit) = self.wiring.fit.get_untracked() else {
            return;
        };
        let (left, top, ..) = pointer::place_of_target(event);
        let places = pointer::way(event);
        let places = places
            .iter()
            .map(|at| fit.nearest((at.x - left) as f32, (at.y - top) as f32));
        self.way.borrow_mut().extend(places);
        self.frames.ask();
    }

    /// Once a frame: everything since the last one.
    fn flush(self: &Rc<Self>) {
        let way = core::mem::take(&mut *self.way.borrow_mut());
        let now = self.engine.clock();
        let ink = {
            let mut hand = self.hand.borrow_mut();
            let Some(hand) = hand.as_mut() else { return };
            match (hand.is_down(), self.hovering.take()) {
                (true, _) => hand.moved(&way, now),
                (false, true) => hand.hover(way.last().copied(), now),
                (false, false) => None,
            }
        };
        self.tell(ink);
    }

    fn hover(self: &Rc<Self>, at: Option<Point>) {
        let now = self.engine.clock();
        let ink = self.hand.borrow_mut().as_mut().and_then(|hand| hand.hover(at, now));
        self.tell(ink);
    }

    fn tell(self: &Rc<Self>, ink: Option<Ink>) {
        if let Some(ink) = ink {
            let at = match ink {
                Ink::Pointer { at, .. } => at.filter(|_| !self.by_mouse.get()),
                Ink::Stroke { .. } | Ink::Cancel { .. } => None,
            };
            self.own_pointer
                .try_maybe_update(|shown| (core::mem::replace(shown, at) != at, ()));
            self.engine.dispatch(Gesture::Ink(ink));
        }
        self.wait();
    }

    /// Says again what rests, as long as it does.
    fn wait(self: &Rc<Self>) {
        let due = self.hand.borrow().as_ref().and_then(Hand::next_repeat);
        let weak = Rc::downgrade(self);
        *self.repeat.borrow_mut() = due.map(|due| {
            Timeout::after(due.since(self.engine.clock()), move || {
                if let Some(inner) = weak.upgrade() {
                    let now = inner.engine.clock();
                    let ink = inner.hand.borrow_mut().as_mut().and_then(|hand| hand.repeat(now));
                    inner.tell(ink);
                }
            })
        });
    }

    fn key(self: &Rc<Self>, key: &str) -> bool {
        let step = match key {
            "ArrowLeft" => (-1, 0),
            "ArrowRight" => (1, 0),
            "ArrowUp" => (0, -1),
            "ArrowDown" => (0, 1),
            "Enter" => return self.mark_here(),
            "Escape" => {
                let begun = self.hand.borrow().as_ref().is_some_and(Hand::has_begun);
                self.give_up();
                return begun || self.keys.take().is_some();
            }
            _ => return false,
        };
        let Some(fit) = self.wiring.fit.get_untracked() else {
            return false;
        };
        if self.hand.borrow().is_none() {
            return false;
        }
        let (right, down) = step;
        let next = fit.step(self.keys.get().unwrap_or(Point::MIDDLE), right, down);
        self.keys.set(Some(next));
        self.by_mouse.set(false);
        self.hover(Some(next));
        true
    }

    /// A tap where the keyboard points.
    fn mark_here(self: &Rc<Self>) -> bool {
        let Some(at) = self.keys.get() else { return false };
        let now = self.engine.clock();
        let drawn = {
            let mut hand = self.hand.borrow_mut();
            let Some(hand) = hand.as_mut() else { return false };
            hand.down(at, MarkId::from_u128(Random.bits()));
            hand.up(now)
        };
        if let Some(drawn) = drawn {
            self.drawn(drawn);
        }
        self.wait();
        true
    }
}
