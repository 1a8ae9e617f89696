//! Whole layers: the settled marks of a still, and everything that moves.

use super::brush::{Brush, Look};
use super::theme::Lifetime;
use farhand_shared::id::PersonId;
use farhand_shared::ink::{LiveScene, Point, Shape, Surface};
use farhand_shared::role::Role;
use farhand_shared::time::Time;

/// Radius of a pointer's ring.
const POINTER: f64 = 12.0;
/// Size of the words on a name tag and the room around them.
const TAG: f64 = 13.0;
const TAG_ROOM: f64 = 6.0;
/// How far inside the edge the arrows to what is out of sight stand.
const EDGE: f32 = 24.0;

/// Somebody whose ink is painted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// Who.
    pub person: PersonId,
    /// Their role: colour and kind of line.
    pub role: Role,
    /// What their tag says; nothing for my own ink.
    pub name: Option<String>,
}

/// Ink of people who are not known (any more) is painted as a guest's.
fn face(faces: &[Face], person: PersonId) -> (Role, Option<&str>) {
    let face = faces.iter().find(|face| face.person == person);
    face.map_or((Role::Guest, None), |face| (face.role, face.name.as_deref()))
}

const fn lifetime(on: Surface) -> Lifetime {
    match on {
        Surface::Live(_) => Lifetime::Live,
        Surface::Still(_) => Lifetime::Still,
    }
}

/// Marks that stay, in their order. Blur boxes come first, so that no stroke is hidden by one made later.
pub fn marks<'a>(brush: &Brush<'_>, faces: &[Face], marks: impl Iterator<Item = (PersonId, &'a Shape)> + Clone) {
    let is_blur = |shape: &Shape| matches!(shape, Shape::Blur { .. });
    let boxes = marks.clone().filter(|(_, shape)| is_blur(shape));
    let others = marks.filter(|(_, shape)| !is_blur(shape));
    for (by, shape) in boxes.chain(others) {
        let (role, _) = face(faces, by);
        let colour = brush.theme.colour(role, Lifetime::Still);
        brush.shape(
            shape,
            Look {
                colour,
                role,
                opacity: 1.0,
            },
        );
    }
}

/// People who want calm see it whole or not at all.
fn seen(brush: &Brush<'_>, opacity: f32) -> f32 {
    if brush.theme.calm { opacity.floor() } else { opacity }
}

/// The strokes on one picture that rest, or those that do not.
pub fn strokes(brush: &Brush<'_>, faces: &[Face], scene: &LiveScene, on: Surface, now: Time, rest: bool) {
    for stroke in scene.strokes() {
        let opacity = seen(brush, stroke.opacity(now));
        if stroke.on == on && stroke.rests(now) == rest && opacity > 0.0 {
            brush.shape(&stroke.shape, brush.look(faces, stroke.by, on, opacity));
        }
    }
}

/// Over all strokes, which are only seen, what is read: name tags, pointers, arrows to what is out of sight.
pub fn people(brush: &Brush<'_>, faces: &[Face], scene: &LiveScene, on: Surface, now: Time) {
    for stroke in scene.strokes().iter().filter(|stroke| stroke.on == on) {
        let look = brush.look(faces, stroke.by, on, seen(brush, stroke.opacity(now)));
        let (_, Some(name)) = face(faces, stroke.by) else {
            continue;
        };
        let start = stroke.shape.start();
        if look.opacity > 0.0 && stroke.has_tag(now) && brush.fit.edge(start, 0.0).is_none() {
            brush.tag(start, name, look);
        }
        if stroke.opacity(now) >= 1.0 {
            brush.way_to(latest(&stroke.shape), look);
        }
    }
    for pointer in scene.pointers().iter().filter(|pointer| pointer.on == on) {
        let (_, name) = face(faces, pointer.by);
        brush.pointer(pointer.at, name, brush.look(faces, pointer.by, on, 1.0));
    }
}

/// Where my own finger or keyboard points.
pub fn own_pointer(brush: &Brush<'_>, faces: &[Face], at: Point, on: Surface) {
    if let Some(me) = faces.iter().find(|face| face.name.is_none()) {
        brush.pointer(at, None, brush.look(faces, me.person, on, 1.0));
    }
}

/// Where the eye should go: the head of an arrow, the end of a line.
fn latest(shape: &Shape) -> Point {
    match shape {
        Shape::Arrow { to, .. } => *to,
        Shape::Line(path) | Shape::Highlight(path) => path.points().last().copied().unwrap_or_default(),
        other => other.start(),
    }
}

impl Brush<'_> {
    fn look(&self, faces: &[Face], by: PersonId, on: Surface, opacity: f32) -> Look<'_> {
        let (role, _) = face(faces, by);
        Look {
            colour: self.theme.colour(role, lifetime(on)),
            role,
            opacity,
        }
    }

    fn pointer(&self, at: Point, name: Option<&str>, look: Look<'_>) {
        // A ring is a ring for everybody: dots would hardly be one.
        let solid = Look {
            role: Role::Customer,
            ..look
        };
        self.cased(solid, || self.ring(self.at(at), POINTER * self.size));
        if let Some(name) = name {
            if self.fit.edge(at, 0.0).is_none() {
                self.tag(at, name, look);
            }
            self.way_to(at, look);
        }
    }

    fn way_to(&self, place: Point, look: Look<'_>) {
        if let Some(edge) = self.fit.edge(place, EDGE) {
            self.edge((edge.x.into(), edge.y.into()), edge.angle.into(), look);
        }
    }

    /// A name beside a place, kept inside the view.
    fn tag(&self, beside: Point, name: &str, look: Look<'_>) {
        let (x, y) = self.at(beside);
        let pen = self.pen;
        self.font(TAG);
        let words = pen.measure_text(name).map_or(0.0, |measure| measure.width());
        let (width, height) = (words + 2.0 * TAG_ROOM, TAG + 2.0 * TAG_ROOM);
        let inside = |at: f64, length: f64, side: f32| at.min(f64::from(side) - length).max(0.0);
        let left = inside(x + POINTER, width, self.fit.view.0);
        let top = inside(y - POINTER - height, height, self.fit.view.1);
        pen.set_global_alpha(f64::from(look.opacity));
        pen.begin_path();
        self.pill(left, top, width, height);
        pen.set_fill_style_str(look.colour);
        pen.fill();
        pen.set_stroke_style_str(&self.theme.casing);
        pen.set_line_width(self.theme.casing_width);
        pen.stroke();
        pen.set_fill_style_str(&self.theme.words);
        let _ = pen.fill_text(name, left + TAG_ROOM, top + height / 2.0);
        pen.set_global_alpha(1.0);
    }

    fn pill(&self, left: f64, top: f64, width: f64, height: f64) {
        let radius = (height / 2.0).min(width / 2.0);
        let (right, bottom) = (left + width, top + height);
        let pen = self.pen;
        pen.move_to(left + radius, top);
        let _ = pen.arc_to(right, top, right, bottom, radius);
        let _ = pen.arc_to(right, bottom, left, bottom, radius);
        let _ = pen.arc_to(left, bottom, left, top, radius);
        let _ = pen.arc_to(left, top, right, top, radius);
        pen.close_path();
    }
}
