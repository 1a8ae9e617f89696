//! What is asked of the camera's encoder, for one other person: sound is never touched, the picture takes what is left.
//!
//! | Aim | What goes out |
//! |---|---|
//! | Video | the step of the ladder below |
//! | Preview | one small picture a second |
//! | Nothing | no picture |
//!
//! | Step | too little room for it for 0.5 s | room for a better one and a quarter more, for 4 s | twice the room of the next |
//! |---|---|---|---|
//! | any | down to the best that fits | up to the best that fits so | up at once |
//!
//! | Line | limit | every 2 s |
//! |---|---|---|
//! | wide: three quarters of the top or more | the top | - |
//! | narrow | 60 % of the room | the top for 0.8 s, or as long as more and more fits: the browser measures anew |
//!
//! Lifting the limit is what makes recovery fast. A browser's estimate grows by 8 % a second, which is half a minute
//! from 250 kbit/s to the top; but when the limit of a sender is raised that uses less than it could, browsers probe with
//! short bursts, doubling as long as they get through.

use super::room::{Look, Room, Sent};
use super::thresholds::{
    DOWN_AFTER, LEAP_MARGIN, LEAST_KBIT, NARROW, NARROW_SHARE, PREVIEW_KBIT, PREVIEW_SIDE, PROBE_EVERY, PROBE_FOR,
    PROBE_GROWS, SAVING_KBIT, SETTLE, SOUND_KBIT, STEPS, TOP_KBIT, UP_AFTER, UP_MARGIN,
};
use crate::time::Time;

/// A limit that changes by less than this share is not worth telling.
const TELL: f32 = 0.1;
/// Shorter side of a camera that has not said: what calls ask for.
const USUAL_SIDE: u32 = 720;

/// What to ask of an encoder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Encoding {
    /// Most kbit/s of the picture.
    pub max_kbit: u32,
    /// The camera's picture is made smaller by this factor, 1 or more.
    pub scale_down: f32,
    /// Most pictures a second.
    pub fps: u8,
}

impl Default for Encoding {
    /// The best there is: how every connection begins.
    fn default() -> Self {
        Self {
            max_kbit: TOP_KBIT,
            scale_down: 1.0,
            fps: STEPS[0].fps,
        }
    }
}

/// What a picture is for now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aim {
    /// As good as the line allows.
    #[default]
    Video,
    /// Only to aim a photo by.
    Preview,
    /// None.
    Nothing,
}

/// The ladder of one connection.
#[derive(Debug, Default)]
pub struct Ladder {
    aim: Aim,
    saving: bool,
    room: Room,
    step: usize,
    side: Option<u32>,
    began: Option<Time>,
    /// The room has been too small for the step, or large enough for a better one, since then.
    below: Option<Time>,
    above: Option<Time>,
    limit: Limit,
    sent: Option<Sent>,
}

/// The limit as it was told last, and the rhythm of probing.
#[derive(Clone, Copy, Debug)]
struct Limit {
    kbit: u32,
    next: Option<Time>,
    lift: Option<Lift>,
}

/// The limit is lifted until then, or longer as long as more fits than `fits`.
#[derive(Clone, Copy, Debug)]
struct Lift {
    until: Time,
    fits: u32,
}

impl Default for Limit {
    fn default() -> Self {
        Self {
            kbit: TOP_KBIT,
            next: None,
            lift: None,
        }
    }
}

impl Ladder {
    /// A new path: what was known of the old one does not count.
    pub fn fresh(&mut self) {
        *self = Self {
            aim: self.aim,
            saving: self.saving,
            side: self.side,
            ..Self::default()
        };
    }

    /// What the picture is for from now on, and whether the person saves data.
    pub fn aim(&mut self, aim: Aim, saving: bool) {
        if (self.aim, self.saving) != (aim, saving) {
            self.aim = aim;
            self.saving = saving;
            // What was measured of another kind of picture says nothing about this one.
            self.fresh();
        }
    }

    /// What to ask of the encoder; none when no picture is to be sent.
    pub fn encoding(&self) -> Option<Encoding> {
        let side = self.side.unwrap_or(USUAL_SIDE);
        let scaled = |max_kbit, to: u32, fps| Encoding {
            max_kbit,
            scale_down: (side as f32 / to as f32).max(1.0),
            fps,
        };
        match self.aim {
            Aim::Video => {
                let step = STEPS[self.step.max(self.first())];
                Some(scaled(self.limit.kbit.min(self.top()), step.side, step.fps))
            }
            Aim::Preview => Some(scaled(PREVIEW_KBIT, PREVIEW_SIDE, 1)),
            Aim::Nothing => None,
        }
    }

    /// Whether the line makes this picture no video any more: less than `floor` fits, or hardly a picture gets through.
    /// None while there is nothing to judge. What is sent does not count, since an easy picture needs little; nor does a
    /// processor that cannot keep up, for which photos are no remedy.
    pub fn is_weak(&self, floor_kbit: u32) -> Option<bool> {
        if self.aim != Aim::Video {
            return None;
        }
        let thin = self.room.held()? < floor_kbit;
        Some(match self.sent {
            Some(sent) => (thin && !sent.is_only_busy()) || sent.is_starved(),
            None => thin,
        })
    }

    const fn top(&self) -> u32 {
        if self.saving { SAVING_KBIT } else { TOP_KBIT }
    }

    /// The best step that the person's wish to save data leaves.
    fn first(&self) -> usize {
        if self.saving { best(SAVING_KBIT, 1.0) } else { 0 }
    }

    /// Takes a look in; they come every quarter of a second.
    pub fn look(&mut self, look: &Look, now: Time) {
        self.side = look.side.or(self.side);
        if self.aim != Aim::Video {
            return;
        }
        self.sent = look.sent.or(self.sent);
        self.room.look(look);
        let began = *self.began.get_or_insert(now);
        if now.since(began) < SETTLE {
            return;
        }
        let room = self.room.held().unwrap_or_default().saturating_sub(SOUND_KBIT);
        self.climb(room, now);
        self.limit(room, now);
    }

    fn climb(&mut self, room: u32, now: Time) {
        let fits = best(room, 1.0);
        let better = best(room, UP_MARGIN);
        self.below = (fits > self.step).then(|| self.below.unwrap_or(now));
        self.above = (better < self.step).then(|| self.above.unwrap_or(now));
        let leaps = self.step > 0 && room as f32 >= STEPS[self.step - 1].from_kbit as f32 * LEAP_MARGIN;
        if self.below.is_some_and(|since| now.since(since) >= DOWN_AFTER) {
            self.go(fits);
        } else if better < self.step && (leaps || self.above.is_some_and(|since| now.since(since) >= UP_AFTER)) {
            self.go(better);
        }
    }

    const fn go(&mut self, step: usize) {
        self.step = step;
        self.below = None;
        self.above = None;
    }

    fn limit(&mut self, room: u32, now: Time) {
        let top = self.top();
        if room as f32 >= top as f32 * NARROW {
            self.limit = Limit::default();
            return;
        }
        let fits = self.room.latest();
        let until = now.plus(PROBE_FOR);
        let next = *self.limit.next.get_or_insert(now.plus(PROBE_EVERY));
        if next <= now {
            self.limit.next = Some(now.plus(PROBE_EVERY));
            self.limit.lift = Some(Lift { until, fits });
            self.limit.kbit = TOP_KBIT;
        }
        if let Some(lift) = self.limit.lift.as_mut().filter(|lift| now < lift.until) {
            if fits as f32 > lift.fits as f32 * PROBE_GROWS {
                *lift = Lift { until, fits };
            }
            return;
        }
        let held = ((room as f32 * NARROW_SHARE) as u32).max(LEAST_KBIT);
        let told = self.limit.kbit as f32;
        if (held as f32 - told).abs() > told * TELL {
            self.limit.kbit = held;
        }
    }
}

/// The best step whose room, times `margin`, is there.
fn best(room: u32, margin: f32) -> usize {
    let fits = |step: &super::thresholds::Step| room as f32 >= step.from_kbit as f32 * margin;
    STEPS.iter().position(fits).unwrap_or(STEPS.len() - 1)
}

#[cfg(test)]
mod tests;
