//! Which fingers are down, and what their movement does to the picture.

/// Below this many pixels a finger trembles; it does not drag.
const TREMBLE: f64 = 6.0;

/// A change of the way of looking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pinch {
    /// How much larger.
    pub factor: f64,
    /// What stays under the fingers, in pixels.
    pub at: (f64, f64),
    /// How far it goes along, in pixels.
    pub by: (f64, f64),
}

impl Pinch {
    /// The same from another origin.
    pub fn seen_from(self, left: f64, top: f64) -> Self {
        Self {
            at: (self.at.0 - left, self.at.1 - top),
            ..self
        }
    }
}

/// One movement of a finger that is down.
pub struct Moved {
    /// How many are down.
    pub fingers: usize,
    /// It has moved enough to mean something.
    pub is_drag: bool,
    /// What it does to the picture if it moves the picture.
    pub pinch: Pinch,
}

struct Finger {
    id: i32,
    at: (f64, f64),
    start: (f64, f64),
    drags: bool,
}

/// The fingers that are down.
#[derive(Default)]
pub struct Fingers(Vec<Finger>);

impl Fingers {
    /// One more; answers how many.
    pub fn down(&mut self, id: i32, at: (f64, f64)) -> usize {
        self.up(id);
        self.0.push(Finger {
            id,
            at,
            start: at,
            drags: false,
        });
        self.0.len()
    }

    /// One less.
    pub fn up(&mut self, id: i32) {
        self.0.retain(|finger| finger.id != id);
    }

    /// One moved; nothing when it is not down.
    pub fn moved(&mut self, id: i32, to: (f64, f64)) -> Option<Moved> {
        let fingers = self.0.len();
        let other = self.0.iter().find(|finger| finger.id != id).map(|finger| finger.at);
        let finger = self.0.iter_mut().find(|finger| finger.id == id)?;
        let from = core::mem::replace(&mut finger.at, to);
        finger.drags |= distance(finger.start, to) > TREMBLE;
        let is_drag = finger.drags || fingers > 1;
        let pinch = match other {
            None => Pinch {
                factor: 1.0,
                at: to,
                by: (to.0 - from.0, to.1 - from.1),
            },
            Some(other) => pinch(other, from, to),
        };
        Some(Moved {
            fingers,
            is_drag,
            pinch,
        })
    }
}

/// One finger goes from `from` to `to` while the other stays.
fn pinch(other: (f64, f64), from: (f64, f64), to: (f64, f64)) -> Pinch {
    let middle = |a: (f64, f64)| ((a.0 + other.0) / 2.0, (a.1 + other.1) / 2.0);
    let (before, after) = (middle(from), middle(to));
    Pinch {
        factor: distance(other, to) / distance(other, from).max(1.0),
        at: before,
        by: (after.0 - before.0, after.1 - before.1),
    }
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}
