//! How much fits through the line: the browser's own estimate where there is one, else a guess from loss.

use super::thresholds::{DELAY_MS, HELD_LOOKS, LOSS, SOUND_KBIT, STARVED_FPS, TOP_KBIT};

/// One look at what goes out to one person.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Look {
    /// What the browser believes it could send in all, kbit/s. Firefox does not say.
    pub estimate: Option<u32>,
    /// What the picture did during the last second; only when a second is over.
    pub sent: Option<Sent>,
    /// Shorter side of what the camera gives, in pixels.
    pub side: Option<u32>,
}

/// One second of a picture on its way out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sent {
    /// The picture's rate, kbit/s.
    pub kbit: u32,
    /// Pictures sent.
    pub fps: f32,
    /// Pictures the camera gave; as many as asked for where the browser does not say.
    pub camera_fps: f32,
    /// Share of packets lost on the way.
    pub loss: f32,
    /// There and back, in milliseconds.
    pub delay_ms: f32,
    /// The browser says that the processor is what holds the picture back.
    pub busy: bool,
    /// The browser says that the line is.
    pub squeezed: bool,
}

impl Sent {
    /// Whether hardly anything of what the camera gives gets through the line. Few pictures alone do not say so: a slow
    /// computer sends few, too.
    pub fn is_starved(&self) -> bool {
        let few = self.fps < STARVED_FPS && self.camera_fps >= 2.0 * STARVED_FPS;
        few && !self.busy && (self.squeezed || self.line_suffers())
    }

    /// Whether the browser blames the processor, and the line shows no sign that it is to blame as well.
    pub fn is_only_busy(&self) -> bool {
        self.busy && !self.line_suffers()
    }

    fn line_suffers(&self) -> bool {
        self.loss >= LOSS[0] || self.delay_ms >= DELAY_MS[0]
    }
}

#[derive(Debug)]
pub(super) struct Room {
    recent: [u32; HELD_LOOKS],
    known: bool,
    /// This browser makes estimates.
    estimates: bool,
    guess: u32,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            recent: [0; HELD_LOOKS],
            known: false,
            estimates: false,
            guess: 2 * TOP_KBIT,
        }
    }
}

impl Room {
    pub(super) fn look(&mut self, look: &Look) {
        if let Some(sent) = &look.sent {
            self.guess = guess(self.guess, sent);
        }
        self.estimates |= look.estimate.is_some();
        // Chromium says nothing for a moment when everything is jammed.
        let now = match look.estimate {
            Some(estimate) => estimate,
            None if self.estimates => 0,
            None => self.guess,
        };
        if !self.known {
            self.known = true;
            self.recent = [now; HELD_LOOKS];
        }
        self.recent.rotate_left(1);
        self.recent[HELD_LOOKS - 1] = now;
    }

    /// What fits by the last look, kbit/s: it may be an overshoot.
    pub(super) const fn latest(&self) -> u32 {
        self.recent[HELD_LOOKS - 1]
    }

    /// What has fitted during the last looks, kbit/s: worse at once, better only when it stays.
    pub(super) fn held(&self) -> Option<u32> {
        self.known.then(|| self.recent.into_iter().min().unwrap_or_default())
    }
}

/// The rule of loss that browsers use themselves: back by half the loss above 10 %, on by 8 % a second below 2 %.
fn guess(before: u32, sent: &Sent) -> u32 {
    let total = (sent.kbit + SOUND_KBIT) as f32;
    let next = if sent.loss > 0.10 || sent.is_starved() {
        (total * (1.0 - sent.loss / 2.0)).min(before as f32)
    } else if sent.loss < 0.02 {
        before as f32 * 1.08
    } else {
        before as f32
    };
    (next as u32).clamp(SOUND_KBIT, 2 * TOP_KBIT)
}

#[cfg(test)]
mod tests {
    use super::{Look, Room, Sent};

    fn estimate(kbit: u32) -> Look {
        Look {
            estimate: Some(kbit),
            ..Look::default()
        }
    }

    #[test]
    fn less_counts_at_once_and_more_only_when_it_stays() {
        let mut room = Room::default();
        assert_eq!(room.held(), None);
        room.look(&estimate(800));
        assert_eq!(room.held(), Some(800));
        room.look(&estimate(200));
        assert_eq!(room.held(), Some(200));
        for _ in 0..3 {
            room.look(&estimate(900));
            assert_eq!(room.held(), Some(200), "an overshoot of a probe");
        }
        room.look(&estimate(900));
        assert_eq!(room.held(), Some(900));
        room.look(&Look::default());
        assert_eq!(room.held(), Some(0), "it always said, and says no more: jammed");
    }

    #[test]
    fn a_browser_that_does_not_estimate_is_judged_by_loss_and_by_what_gets_through() {
        let second = |sent: Sent| Look {
            sent: Some(sent),
            ..Look::default()
        };
        let fine = Sent {
            kbit: 1000,
            fps: 24.0,
            camera_fps: 24.0,
            ..Sent::default()
        };
        let mut room = Room::default();
        room.look(&second(fine));
        assert!(room.held() > Some(3000), "nothing wrong: as much as you like");
        room.look(&second(Sent { loss: 0.4, ..fine }));
        assert_eq!(room.held(), Some(838), "what was sent, less half of the loss");
        room.look(&second(Sent {
            kbit: 60,
            fps: 2.0,
            delay_ms: 900.0,
            ..fine
        }));
        assert_eq!(
            room.held(),
            Some(108),
            "two pictures a second of 24, and late: the line is full"
        );
        let mut busy = Room::default();
        busy.look(&second(Sent {
            kbit: 60,
            fps: 2.0,
            ..fine
        }));
        assert!(busy.held() > Some(3000), "a slow phone is no thin line");
        for _ in 0..60 {
            room.look(&second(fine));
        }
        assert!(room.held() > Some(3000), "and back again");
    }
}
