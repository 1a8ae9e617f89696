//! Light and shake: what a tiny picture of the own camera, twice a second, says about the large one.
//!
//! | Hint | shown when | gone when |
//! |---|---|---|
//! | Covered | nearly black for 3 s: a finger, a pocket, a camera switched off in the phone's quick settings | brighter for 1 s |
//! | Dark | dark for 2 s | clearly brighter for 1 s |
//! | Shaky | large movement for 2 s | calm for 1 s |
//!
//! The worst counts: who sees nothing need not hold still. Movement is what differs between two pictures after their mean
//! brightness has been taken off, so that a lamp, a cloud or the camera's own exposure is no movement.

use serde::{Deserialize, Serialize};

/// Width and height of the tiny picture: enough for both questions, and a phone draws it in a fraction of a millisecond.
pub const WIDTH: u32 = 64;
/// See [`WIDTH`].
pub const HEIGHT: u32 = 48;

/// How many looks in a row show or hide a hint, at two a second.
const COVERED_AFTER: u8 = 6;
const DARK_AFTER: u8 = 4;
const SHAKY_AFTER: u8 = 4;
const GONE_AFTER: u8 = 2;

/// Brightness 0-255 (luma of the pixels): below it shows, above it hides. A living room at night is about 60.
const COVERED: [u8; 2] = [6, 14];
const DARK: [u8; 2] = [38, 52];
/// Mean difference of two pictures half a second apart: above it shows, below it hides. A phone held in a calm hand gives
/// 3-6, a slow pan 10-15, walking or shaking more than 25.
const SHAKY: [u8; 2] = [22, 14];

/// What could be better, as both sides read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    /// Too dark.
    Dark,
    /// Moving too much.
    Shaky,
    /// Nothing to be seen at all.
    Covered,
}

/// One look at the camera.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// Mean brightness, 0-255.
    pub luma: u8,
    /// Mean difference to the glance before, 0-255; 0 for the first.
    pub motion: u8,
}

/// Reads `pixels` (RGBA, row by row); `before` is replaced by their brightness.
pub fn glance(pixels: &[u8], before: &mut Vec<u8>) -> Glance {
    let luma = |pixel: &[u8]| match pixel {
        // Rec. 601, in 256ths.
        [r, g, b, ..] => ((u32::from(*r) * 77 + u32::from(*g) * 150 + u32::from(*b) * 29) >> 8) as u8,
        _ => 0,
    };
    let now: Vec<u8> = pixels.chunks_exact(4).map(luma).collect();
    let (mean_now, mean_before) = (mean(&now), mean(before));
    let motion = if before.len() == now.len() {
        let differences = now.iter().zip(before.iter()).map(|(now, before)| {
            let (now, before) = (i32::from(*now) - mean_now, i32::from(*before) - mean_before);
            now.abs_diff(before)
        });
        differences.sum::<u32>() / (now.len() as u32).max(1)
    } else {
        0
    };
    *before = now;
    Glance {
        luma: mean_now as u8,
        motion: motion.min(255) as u8,
    }
}

fn mean(values: &[u8]) -> i32 {
    let sum: u32 = values.iter().map(|value| u32::from(*value)).sum();
    (sum / (values.len() as u32).max(1)) as i32
}

/// One hint with its memory.
#[derive(Clone, Copy, Debug, Default)]
struct Sign {
    shown: bool,
    /// Looks in a row that say otherwise.
    against: u8,
}

impl Sign {
    fn look(&mut self, shows: bool, hides: bool, after: u8) {
        let otherwise = if self.shown { hides } else { shows };
        self.against = if otherwise { self.against + 1 } else { 0 };
        if self.against >= if self.shown { GONE_AFTER } else { after } {
            *self = Self {
                shown: !self.shown,
                against: 0,
            };
        }
    }
}

/// The coach of one camera.
#[derive(Clone, Copy, Debug, Default)]
pub struct Coach {
    covered: Sign,
    dark: Sign,
    shaky: Sign,
}

impl Coach {
    /// Takes a look in.
    pub fn look(&mut self, Glance { luma, motion }: Glance) {
        self.covered.look(luma < COVERED[0], luma > COVERED[1], COVERED_AFTER);
        self.dark.look(luma < DARK[0], luma > DARK[1], DARK_AFTER);
        self.shaky.look(motion > SHAKY[0], motion < SHAKY[1], SHAKY_AFTER);
    }

    /// What could be better.
    pub const fn hint(&self) -> Option<Hint> {
        if self.covered.shown {
            Some(Hint::Covered)
        } else if self.dark.shown {
            Some(Hint::Dark)
        } else if self.shaky.shown {
            Some(Hint::Shaky)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Coach, Glance, Hint, glance};

    /// Two looks a second for so many seconds.
    fn looks(coach: &mut Coach, seconds: usize, luma: u8, motion: u8) -> Option<Hint> {
        for _ in 0..seconds * 2 {
            coach.look(Glance { luma, motion });
        }
        coach.hint()
    }

    #[test]
    fn each_hint_comes_after_its_time_and_goes_with_a_margin() {
        for (luma, motion, after, hint, edge, fine) in [
            (2, 0, 3, Hint::Covered, (10, 0), (90, 0)),
            (25, 0, 2, Hint::Dark, (45, 0), (60, 0)),
            (90, 40, 2, Hint::Shaky, (90, 18), (90, 5)),
        ] {
            let mut coach = Coach::default();
            looks(&mut coach, after - 1, luma, motion);
            coach.look(Glance { luma, motion });
            assert_ne!(coach.hint(), Some(hint), "too early");
            coach.look(Glance { luma, motion });
            assert_eq!(coach.hint(), Some(hint));
            assert_eq!(
                looks(&mut coach, 20, edge.0, edge.1),
                Some(hint),
                "between the limits nothing changes"
            );
            coach.look(Glance {
                luma: fine.0,
                motion: fine.1,
            });
            assert_eq!(coach.hint(), Some(hint), "one good look is not enough");
            coach.look(Glance {
                luma: fine.0,
                motion: fine.1,
            });
            assert_eq!(coach.hint(), None);
        }
    }

    #[test]
    fn one_jolt_or_one_dark_moment_says_nothing() {
        let mut coach = Coach::default();
        for _ in 0..20 {
            assert_eq!(looks(&mut coach, 1, 20, 60), None);
            coach.look(Glance { luma: 90, motion: 5 });
        }
    }

    #[test]
    fn the_worst_counts() {
        let mut coach = Coach::default();
        assert_eq!(looks(&mut coach, 2, 3, 60), Some(Hint::Dark));
        assert_eq!(looks(&mut coach, 1, 3, 60), Some(Hint::Covered));
        assert_eq!(looks(&mut coach, 1, 90, 60), Some(Hint::Shaky));
    }

    /// A picture of 8x8 with a bright square at column `at`, on a ground of this brightness.
    fn picture(ground: u8, at: usize) -> Vec<u8> {
        let pixel = |index: usize| {
            let bright = (at..at + 4).contains(&(index % 8)) && (2..6).contains(&(index / 8));
            let value = if bright { ground.saturating_add(100) } else { ground };
            [value, value, value, 255]
        };
        (0..64).flat_map(pixel).collect()
    }

    #[test]
    fn movement_is_seen_and_light_is_not_taken_for_it() {
        let mut before = Vec::new();
        let first = glance(&picture(40, 0), &mut before);
        assert_eq!(first, Glance { luma: 65, motion: 0 });
        assert_eq!(glance(&picture(40, 0), &mut before).motion, 0);
        assert!(glance(&picture(40, 4), &mut before).motion > 40, "the square has moved");
        let brighter = glance(&picture(90, 4), &mut before);
        assert_eq!(brighter, Glance { luma: 115, motion: 0 }, "somebody switched a lamp on");
        assert_eq!(glance(&[], &mut before), Glance::default());
    }
}
