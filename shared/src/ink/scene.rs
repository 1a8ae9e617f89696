//! The moving part of the ink: strokes in progress, finished strokes on live video until they have faded, pointers.
//!
//! What is finished on a still is no business of this scene: it stands in the session. A scene has no clock; whoever
//! holds it lets it [`expire`](LiveScene::expire) and looks again at [`next_change`](LiveScene::next_change).

use super::message::Ink;
use super::point::{Path, Point};
use super::shape::{Shape, StrokeTool};
use super::surface::Surface;
use crate::id::{MarkId, PersonId};
use crate::limit;
use crate::time::Time;
use core::time::Duration;
use std::collections::VecDeque;

/// How many marks are remembered as over, so that late pieces of them do not come back.
const REMEMBERED: usize = 64;
/// From the last news of a stroke until nothing of it is left.
const STROKE_LIFE: Duration = limit::INK_HOLD.saturating_add(limit::INK_FADE);

/// A stroke as it is to be painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Who draws it.
    pub by: PersonId,
    /// On which picture.
    pub on: Surface,
    /// The mark it is or becomes.
    pub mark: MarkId,
    /// What is drawn so far.
    pub shape: Shape,
    /// When its first piece came: its name tag counts from here.
    pub began: Time,
    /// Its last news, or when it was finished: holding and fading count from here.
    pub latest: Time,
    /// How it grows; nothing once it is finished.
    growing: Option<(StrokeTool, Path)>,
}

impl Stroke {
    /// Whether more of it may come.
    pub const fn in_progress(&self) -> bool {
        self.growing.is_some()
    }

    /// How much of it is left to see: 1 while it holds, less while it fades, 0 when it is gone.
    pub fn opacity(&self, now: Time) -> f32 {
        let fading = now.since(self.latest).saturating_sub(limit::INK_HOLD);
        1.0 - (fading.as_secs_f32() / limit::INK_FADE.as_secs_f32()).min(1.0)
    }

    /// Whether the name of who draws it is shown.
    pub fn has_tag(&self, now: Time) -> bool {
        now.since(self.began) < limit::NAME_TAG
    }

    /// Whether it looks the same until it fades: such strokes need not be painted again with every frame.
    pub fn rests(&self, now: Time) -> bool {
        !self.in_progress() && now < self.fades_at()
    }

    fn fades_at(&self) -> Time {
        self.latest.plus(limit::INK_HOLD)
    }

    fn is_over_at(&self) -> Time {
        self.latest.plus(STROKE_LIFE)
    }

    fn next_change(&self, now: Time) -> Time {
        if self.fades_at() <= now {
            return now;
        }
        let tag = Some(self.began.plus(limit::NAME_TAG)).filter(|until| *until > now);
        tag.unwrap_or(self.fades_at()).min(self.fades_at())
    }
}

/// Where somebody points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// Who.
    pub by: PersonId,
    /// On which picture.
    pub on: Surface,
    /// Where.
    pub at: Point,
    /// Its last news.
    pub latest: Time,
}

impl Pointer {
    fn is_over_at(&self) -> Time {
        self.latest.plus(limit::POINTER_SILENCE)
    }
}

/// Everything that moves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LiveScene {
    strokes: Vec<Stroke>,
    pointers: Vec<Pointer>,
    over: VecDeque<MarkId>,
    revision: u64,
}

impl LiveScene {
    /// Strokes, the oldest first.
    pub fn strokes(&self) -> &[Stroke] {
        &self.strokes
    }

    /// Pointers, at most one of each person.
    pub fn pointers(&self) -> &[Pointer] {
        &self.pointers
    }

    /// Grows with every change, so that watching it is cheap.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Somebody's ink, my own included: what comes twice, late or with a gap does no harm.
    pub fn heard(&mut self, from: PersonId, ink: Ink, now: Time) {
        match ink {
            Ink::Pointer { on, at } => self.points(from, on, at, now),
            Ink::Stroke {
                on,
                mark,
                tool,
                from: index,
                points,
            } => self.grows(from, on, (mark, tool), (usize::from(index), &points), now),
            Ink::Cancel { mark } => {
                if self.drop_stroke(mark, Some(from)) {
                    self.remember(mark);
                }
            }
        }
    }

    fn points(&mut self, by: PersonId, on: Surface, at: Option<Point>, now: Time) {
        let before = self.pointers.iter().position(|pointer| pointer.by == by);
        let before = before.map(|index| self.pointers.swap_remove(index));
        if let Some(at) = at {
            self.pointers.push(Pointer {
                by,
                on,
                at,
                latest: now,
            });
        }
        if before.is_some() || at.is_some() {
            self.changed();
        }
    }

    fn grows(
        &mut self,
        by: PersonId,
        on: Surface,
        (mark, tool): (MarkId, StrokeTool),
        (from, piece): (usize, &Path),
        now: Time,
    ) {
        if self.over.contains(&mark) {
            return;
        }
        // Who draws does not point as well.
        self.pointers.retain(|pointer| pointer.by != by);
        if let Some(stroke) = self.strokes.iter_mut().find(|stroke| stroke.mark == mark) {
            if stroke.by != by {
                return;
            }
            let Some((tool, path)) = &mut stroke.growing else {
                return;
            };
            let news = !tool.is_free() || from + piece.points().len() > path.points().len();
            if news {
                path.splice(from, piece.points());
                stroke.shape = tool.shape(path).unwrap_or_else(|| stroke.shape.clone());
            }
            stroke.latest = now;
        } else {
            // Without its beginning there is nothing to show yet.
            let Some(shape) = tool.shape(piece).filter(|_| from == 0) else {
                return;
            };
            self.add(Stroke {
                by,
                on,
                mark,
                shape,
                began: now,
                latest: now,
                growing: Some((tool, piece.clone())),
            });
        }
        self.changed();
    }

    /// A stroke on live video is finished: by an event that happened `age` ago, or by my own hand with no age. Takes the
    /// place of the stroke in progress; a mark that was finished before stays as it is.
    pub fn drew(&mut self, by: PersonId, on: Surface, mark: MarkId, shape: Shape, age: Duration, now: Time) {
        if self.over.contains(&mark) {
            return;
        }
        self.remember(mark);
        let latest = Time::from_millis(now.millis().saturating_sub(age.as_millis() as u64));
        let before = self.strokes.iter().position(|stroke| stroke.mark == mark);
        let began = before.map_or(latest, |index| self.strokes.remove(index).began);
        let finished = Stroke {
            by,
            on,
            mark,
            shape,
            began,
            latest,
            growing: None,
        };
        if finished.is_over_at() > now {
            self.add(finished);
        }
        self.changed();
    }

    /// The mark stands in the session now (or never will): nothing of it is to be painted from here.
    pub fn settled(&mut self, mark: MarkId) {
        if !self.over.contains(&mark) {
            self.remember(mark);
        }
        self.drop_stroke(mark, None);
    }

    /// Somebody has gone: so do their pointer and what they were drawing. What they have finished fades as ever.
    pub fn gone(&mut self, person: PersonId) {
        let before = (self.pointers.len(), self.strokes.len());
        self.pointers.retain(|pointer| pointer.by != person);
        self.strokes
            .retain(|stroke| stroke.by != person || !stroke.in_progress());
        if before != (self.pointers.len(), self.strokes.len()) {
            self.changed();
        }
    }

    /// Drops what is over.
    pub fn expire(&mut self, now: Time) {
        let before = (self.pointers.len(), self.strokes.len());
        self.pointers.retain(|pointer| pointer.is_over_at() > now);
        self.strokes.retain(|stroke| stroke.is_over_at() > now);
        if before != (self.pointers.len(), self.strokes.len()) {
            self.changed();
        }
    }

    /// When [`expire`](Self::expire) will find something.
    pub fn timeout(&self) -> Option<Time> {
        let strokes = self.strokes.iter().map(Stroke::is_over_at);
        strokes.chain(self.pointers.iter().map(Pointer::is_over_at)).min()
    }

    /// When the scene looks different without any news: `now` while something fades, nothing while it is empty.
    pub fn next_change(&self, now: Time) -> Option<Time> {
        let strokes = self.strokes.iter().map(|stroke| stroke.next_change(now));
        strokes.chain(self.pointers.iter().map(Pointer::is_over_at)).min()
    }

    fn add(&mut self, stroke: Stroke) {
        if self.strokes.len() >= limit::LIVE_STROKES {
            self.strokes.remove(0);
        }
        self.strokes.push(stroke);
    }

    fn drop_stroke(&mut self, mark: MarkId, by: Option<PersonId>) -> bool {
        let before = self.strokes.len();
        self.strokes
            .retain(|stroke| stroke.mark != mark || by.is_some_and(|by| stroke.by != by));
        let dropped = self.strokes.len() < before;
        if dropped {
            self.changed();
        }
        dropped
    }

    fn remember(&mut self, mark: MarkId) {
        if self.over.len() >= REMEMBERED {
            self.over.pop_front();
        }
        self.over.push_back(mark);
    }

    const fn changed(&mut self) {
        self.revision = self.revision.wrapping_add(1);
    }
}
