//! One hand with one tool: what it does to the picture becomes ink to tell and marks to make.
//!
//! ```text
//!          ┌──────────── tap ───────────► a dot, a place for words, or (box, arrow on a still) the first corner
//! idle ─ down ─► pressed ─ moved past a tap ─► drawing ─ up ─► a mark (or, with the pointer, pointing ─ up ─► nothing)
//!   ▲                                             │
//!   └──────────────────── cancel ─────────────────┘
//! ```

use super::message::Ink;
use super::point::{Path, Point};
use super::recognise::recognise;
use super::shape::{Shape, StrokeTool};
use super::surface::Surface;
use crate::id::MarkId;
use crate::limit;
use crate::time::Time;

/// A finger that moves less than this many pixels taps.
const TAP: f32 = 6.0;
/// Points of a path are at least this many pixels apart; on long paths the distance grows, so that they do not end.
const GRAIN: f32 = 2.0;

/// What stays within this many pixels is handwriting, not a shape.
const WRITING: f32 = 40.0;

/// What a hand can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tool {
    /// Points; a tap leaves a dot.
    Pointer,
    /// Draws.
    Stroke(StrokeTool),
    /// A tap chooses the place for words.
    Text,
    /// A tap chooses the place for a number.
    Number,
}

/// What comes of a movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// Tell the others.
    Tell(Ink),
    /// A mark is finished.
    Mark {
        /// Its id, the one told before.
        mark: MarkId,
        /// What it is, cleaned.
        shape: Shape,
        /// As it was really drawn, when `shape` was recognised in it: what Undo gives back first.
        rough: Option<Shape>,
    },
    /// A place was chosen for words or a number.
    Place {
        /// The id for the mark.
        mark: MarkId,
        /// Where.
        at: Point,
    },
}

/// A hand over one picture.
#[derive(Clone, Debug)]
pub struct Hand {
    on: Surface,
    tool: Tool,
    state: State,
    /// Places of the picture per CSS pixel, across and down.
    pixel: (f32, f32),
    /// Where the mouse rests, since when, and when that was last told.
    pointing: Option<(Point, Time)>,
    told_at: Time,
}

#[derive(Clone, Debug)]
enum State {
    Idle,
    /// Down, and perhaps only a tap. The first corner if one was tapped before.
    Pressed {
        mark: MarkId,
        at: Point,
        first: Option<Point>,
    },
    Drawing(Drawing),
    /// A finger that points, and has moved too far for a tap.
    Pointing,
    /// The first corner was tapped; the next tap is the second.
    Anchored {
        mark: MarkId,
        first: Point,
    },
}

#[derive(Clone, Debug)]
struct Drawing {
    mark: MarkId,
    tool: StrokeTool,
    path: Path,
    /// How many points the others have been told.
    told: usize,
    /// Where the piece told last began: each piece repeats the one before, so that one lost message does no harm.
    piece: usize,
}

impl Hand {
    /// A hand that holds `tool`. `pixel` as from [`Fit::pixel`](super::Fit::pixel).
    pub const fn new(on: Surface, tool: Tool, pixel: (f32, f32)) -> Self {
        Self {
            on,
            tool,
            state: State::Idle,
            pixel,
            pointing: None,
            told_at: Time::from_millis(0),
        }
    }

    /// What it holds.
    pub const fn tool(&self) -> Tool {
        self.tool
    }

    /// Over which picture.
    pub const fn surface(&self) -> Surface {
        self.on
    }

    /// Whether there is something to give up.
    pub const fn has_begun(&self) -> bool {
        !matches!(self.state, State::Idle)
    }

    /// Whether it is down on the picture.
    pub const fn is_down(&self) -> bool {
        !matches!(self.state, State::Idle | State::Anchored { .. })
    }

    /// The picture is seen at another size from now on.
    pub const fn resize(&mut self, pixel: (f32, f32)) {
        self.pixel = pixel;
    }

    /// Takes another tool; what was begun is given up.
    pub fn take(&mut self, tool: Tool) -> Option<Ink> {
        let given_up = self.cancel();
        self.tool = tool;
        given_up
    }

    /// Down at a place. `mark` is a fresh id for what may come of it.
    pub fn down(&mut self, at: Point, mark: MarkId) {
        self.state = match self.state {
            State::Anchored { mark, first } => State::Pressed {
                mark,
                at,
                first: Some(first),
            },
            _ => State::Pressed { mark, at, first: None },
        };
    }

    /// Moved along these places since the last frame, while down.
    pub fn moved(&mut self, way: &[Point], now: Time) -> Option<Ink> {
        let latest = *way.last()?;
        if let State::Pressed { mark, at, first } = self.state {
            if way.iter().all(|point| self.pixels(at, *point) < TAP) {
                return None;
            }
            let Tool::Stroke(tool) = self.tool else {
                self.state = State::Pointing;
                return self.moved(way, now);
            };
            self.pointing = None;
            self.state = State::Drawing(Drawing {
                mark,
                tool,
                path: Path::from([first.unwrap_or(at)].as_slice()),
                told: 0,
                piece: 0,
            });
        }
        if matches!(self.state, State::Pointing) {
            return self.hover((self.tool == Tool::Pointer).then_some(latest), now);
        }
        let (on, pixel) = (self.on, self.pixel);
        let State::Drawing(drawing) = &mut self.state else {
            return None;
        };
        drawing.add(way, pixel);
        self.told_at = now;
        Some(drawing.tell(on))
    }

    /// Lifted.
    pub fn up(&mut self, now: Time) -> Option<Drawn> {
        match core::mem::replace(&mut self.state, State::Idle) {
            State::Idle | State::Pointing => None,
            State::Pressed { mark, at, first } => self.tapped(mark, at, first, now),
            State::Drawing(drawing) => self.finish(drawing),
            anchored @ State::Anchored { .. } => {
                self.state = anchored;
                None
            }
        }
    }

    fn tapped(&mut self, mark: MarkId, at: Point, first: Option<Point>, now: Time) -> Option<Drawn> {
        let still = matches!(self.on, Surface::Still(_));
        let shape = match (self.tool, first) {
            (Tool::Text | Tool::Number, _) => return Some(Drawn::Place { mark, at }),
            (Tool::Stroke(tool), Some(first)) => tool.shape(&Path::from([first, at].as_slice()))?,
            (Tool::Stroke(tool), None) if still && !tool.is_free() => {
                self.state = State::Anchored { mark, first: at };
                self.told_at = now;
                return Some(Drawn::Tell(self.anchor(mark, tool, at)));
            }
            (Tool::Stroke(StrokeTool::Highlight), None) => Shape::Highlight(Path::from([at].as_slice())),
            (Tool::Pointer | Tool::Stroke(_), _) => Shape::Dot(at),
        };
        Some(finished(mark, shape, None))
    }

    fn anchor(&self, mark: MarkId, tool: StrokeTool, at: Point) -> Ink {
        Ink::Stroke {
            on: self.on,
            mark,
            tool,
            from: 0,
            points: Path::from([at, at].as_slice()),
        }
    }

    fn finish(&self, Drawing { mark, tool, path, .. }: Drawing) -> Option<Drawn> {
        let free = tool == StrokeTool::Line && matches!(self.on, Surface::Still(_));
        let first = path.points().first().copied()?;
        let smart = free && path.points().iter().any(|point| self.pixels(first, *point) > WRITING);
        let (across, down) = self.pixel;
        let drawn = tool.shape(&path)?;
        Some(match smart.then(|| recognise(&path, down / across)).flatten() {
            Some(shape) => finished(mark, shape, Some(drawn)),
            None => finished(mark, drawn, None),
        })
    }

    /// Given up: by a second finger, by Escape, by the browser. What to tell, if something had been told.
    pub fn cancel(&mut self) -> Option<Ink> {
        match core::mem::replace(&mut self.state, State::Idle) {
            State::Drawing(Drawing { mark, .. })
            | State::Anchored { mark, .. }
            | State::Pressed {
                mark, first: Some(_), ..
            } => Some(Ink::Cancel { mark }),
            State::Pressed { first: None, .. } | State::Idle | State::Pointing => None,
        }
    }

    /// The mouse is over this place without being down, or over none any more: the laser pointer.
    pub fn hover(&mut self, at: Option<Point>, now: Time) -> Option<Ink> {
        if matches!(self.state, State::Drawing(_)) || (at.is_none() && self.pointing.is_none()) {
            return None;
        }
        self.pointing = at.map(|at| (at, now));
        self.told_at = now;
        Some(Ink::Pointer { on: self.on, at })
    }

    /// What is to be told again because nothing has moved for a while: others forget the silent.
    pub fn repeat(&mut self, now: Time) -> Option<Ink> {
        if self.next_repeat().is_none_or(|due| due > now) {
            return None;
        }
        self.told_at = now;
        let on = self.on;
        match (&self.state, self.tool) {
            (State::Drawing(drawing), _) => Some(drawing.repeat(on)),
            (State::Anchored { mark, first }, Tool::Stroke(tool)) => Some(self.anchor(*mark, tool, *first)),
            _ => {
                let (at, since) = self.pointing?;
                let rests = now.since(since) >= limit::POINTER_REST;
                self.pointing = self.pointing.filter(|_| !rests);
                let at = (!rests).then_some(at);
                Some(Ink::Pointer { on, at })
            }
        }
    }

    /// When [`repeat`](Self::repeat) has something to say.
    pub fn next_repeat(&self) -> Option<Time> {
        let busy = matches!(self.state, State::Drawing(_) | State::Anchored { .. });
        (busy || self.pointing.is_some()).then(|| self.told_at.plus(limit::INK_REPEAT))
    }

    fn pixels(&self, from: Point, to: Point) -> f32 {
        pixels(from, to, self.pixel)
    }
}

/// A mark, unless there is nothing to see of it: a box without width, two taps on one spot.
fn finished(mark: MarkId, shape: Shape, rough: Option<Shape>) -> Drawn {
    match shape.clean() {
        Ok(shape) => Drawn::Mark { mark, shape, rough },
        Err(_) => Drawn::Tell(Ink::Cancel { mark }),
    }
}

fn pixels(from: Point, to: Point, (across, down): (f32, f32)) -> f32 {
    let side = |a: u16, b: u16, pixel: f32| f32::from(a.abs_diff(b)) / pixel;
    side(from.x, to.x, across).hypot(side(from.y, to.y, down))
}

impl Drawing {
    fn add(&mut self, way: &[Point], pixel: (f32, f32)) {
        if !self.tool.is_free() {
            let first = self.path.points().first().copied();
            let ends = [first, way.last().copied()];
            self.path.splice(0, &ends.into_iter().flatten().collect::<Vec<_>>());
            return;
        }
        for point in way {
            let coarser = 1 << (self.path.points().len() * 4 / limit::PATH_POINTS);
            let far = |last: &Point| pixels(*last, *point, pixel) >= GRAIN * coarser as f32;
            if self.path.points().last().is_none_or(far) {
                self.path.push(*point);
            }
        }
    }

    fn tell(&mut self, on: Surface) -> Ink {
        let points = self.path.points();
        if self.tool.is_free() && points.len() > self.told {
            let from = core::mem::replace(&mut self.piece, self.told);
            self.told = points.len();
            return self.stroke(on, from);
        }
        self.repeat(on)
    }

    fn repeat(&self, on: Surface) -> Ink {
        self.stroke(on, if self.tool.is_free() { self.piece } else { 0 })
    }

    fn stroke(&self, on: Surface, from: usize) -> Ink {
        Ink::Stroke {
            on,
            mark: self.mark,
            tool: self.tool,
            from: from as u16,
            points: Path::from(&self.path.points()[from..]),
        }
    }
}
