//! From counters to words, and the first sign of a dead path.
//!
//! Browsers say "disconnected" five seconds or more after the last packet. Counters come every quarter of a second, so a
//! path that carried media and carries none for a second is taken for dead, unless nobody is expected to send anything.

use super::stats::PeerStats;
use crate::client::Measured;
use crate::quality::Quality;
use crate::quality::thresholds::{DELAY_MS, FRAMES, LOSS, THIN_KBIT, WORD_MARGIN};
use crate::time::Time;
use core::time::Duration;

/// No bytes for this long while they are expected: dead. A second, less what timers may be early.
const STALLED: Duration = Duration::from_millis(900);
/// One sample of quality covers at least this.
const SAMPLE: Duration = Duration::from_secs(2);
/// Words come from the mean of this many samples.
const SMOOTH: usize = 3;

/// What ought to flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Expect {
    /// Sound or picture from them.
    pub media: bool,
    /// A picture from them.
    pub picture: bool,
    /// A picture from us.
    pub own_picture: bool,
}

/// What the counters say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// Nothing to say.
    Unknown,
    /// Bytes came.
    Growing,
    /// Bytes came before and have not for too long.
    Stalled,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sample {
    loss: f32,
    remote_loss: f32,
    rtt_ms: f32,
    frames: f32,
    bits: f32,
    outgoing: f32,
}

#[derive(Debug, Default)]
pub(super) struct Health {
    expect: Expect,
    last: Option<PeerStats>,
    grown_at: Option<Time>,
    since: Option<(Time, PeerStats)>,
    samples: Vec<Sample>,
    measured: Option<Measured>,
    receiving: Quality,
    sending: Quality,
}

impl Health {
    /// What ought to flow from now on. What was not expected before gets time to begin.
    pub(super) fn expect(&mut self, expect: Expect) {
        if self.expect != expect {
            self.expect = expect;
            self.grown_at = None;
            self.samples.clear();
            self.since = None;
        }
    }

    pub(super) const fn expects_media(&self) -> bool {
        self.expect.media
    }

    pub(super) const fn expects_own_picture(&self) -> bool {
        self.expect.own_picture
    }

    /// A new path or connection: its counters start anew.
    pub(super) fn fresh(&mut self) {
        self.last = None;
        self.grown_at = None;
        self.since = None;
        self.samples.clear();
        self.measured = None;
    }

    /// Quality of what comes and of what goes.
    pub(super) const fn words(&self) -> (Quality, Quality) {
        (self.receiving, self.sending)
    }

    /// The figures behind the words for what comes.
    pub(super) const fn measured(&self) -> Option<Measured> {
        self.measured
    }

    pub(super) fn stats(&mut self, stats: PeerStats, now: Time) -> Flow {
        let before = self.last.replace(stats);
        self.sample(stats, now);
        let grew = before.is_some_and(|before| stats.bytes_received > before.bytes_received);
        if grew {
            self.grown_at = Some(now);
            return Flow::Growing;
        }
        match self.grown_at {
            Some(at) if self.expect.media && now.since(at) >= STALLED => {
                // Once is enough: only new bytes can stall again.
                self.grown_at = None;
                Flow::Stalled
            }
            _ => Flow::Unknown,
        }
    }

    fn sample(&mut self, stats: PeerStats, now: Time) {
        let Some((since, before)) = self.since else {
            self.since = Some((now, stats));
            return;
        };
        let took = now.since(since);
        if took < SAMPLE {
            return;
        }
        self.since = Some((now, stats));
        if self.samples.len() == SMOOTH {
            self.samples.remove(0);
        }
        self.samples.push(Sample::between(before, stats, took.as_secs_f32()));
        let mean = Sample::mean(&self.samples);
        self.measured = Some(Measured {
            frames: mean.frames,
            bits: mean.bits,
            loss: mean.loss,
            rtt_ms: mean.rtt_ms,
        });
        self.receiving = steady(self.receiving, |margin| self.receiving_word(&mean, margin));
        self.sending = steady(self.sending, |margin| self.sending_word(&mean, margin));
    }

    fn receiving_word(&self, mean: &Sample, margin: f32) -> Quality {
        let travel = worse_of(loss(mean.loss, margin), delay(mean.rtt_ms, margin));
        if self.expect.picture {
            let thin = mean.bits < THIN_KBIT * 1000.0 / margin;
            worse_of(travel, picture(mean.frames, thin, margin))
        } else {
            travel
        }
    }

    fn sending_word(&self, mean: &Sample, margin: f32) -> Quality {
        let travel = worse_of(loss(mean.remote_loss, margin), delay(mean.rtt_ms, margin));
        let thin = mean.outgoing > 0.0 && mean.outgoing < THIN_KBIT * 1000.0 / margin;
        if self.expect.own_picture && thin {
            Quality::VeryWeak
        } else {
            travel
        }
    }
}

impl Sample {
    fn between(before: PeerStats, after: PeerStats, seconds: f32) -> Self {
        let grew = |before: u64, after: u64| after.saturating_sub(before) as f32;
        let arrived = grew(before.packets_received, after.packets_received);
        let lost = grew(before.packets_lost, after.packets_lost);
        Self {
            loss: lost / (arrived + lost).max(1.0),
            remote_loss: after.remote_loss.unwrap_or_default(),
            rtt_ms: after.rtt_ms.unwrap_or_default(),
            frames: grew(before.frames_decoded, after.frames_decoded) / seconds,
            bits: grew(before.bytes_received, after.bytes_received) * 8.0 / seconds,
            outgoing: after.available_outgoing.unwrap_or_default() as f32,
        }
    }

    fn mean(samples: &[Self]) -> Self {
        let mean = |of: fn(&Self) -> f32| samples.iter().map(of).sum::<f32>() / samples.len().max(1) as f32;
        Self {
            loss: mean(|s| s.loss),
            remote_loss: mean(|s| s.remote_loss),
            rtt_ms: mean(|s| s.rtt_ms),
            frames: mean(|s| s.frames),
            bits: mean(|s| s.bits),
            outgoing: mean(|s| s.outgoing),
        }
    }
}

/// Worse at once, better only with a margin.
fn steady(before: Quality, word: impl Fn(f32) -> Quality) -> Quality {
    let plain = word(1.0);
    if plain >= before {
        plain
    } else {
        word(WORD_MARGIN).min(before)
    }
}

fn worse_of(a: Quality, b: Quality) -> Quality {
    a.max(b)
}

fn loss(share: f32, margin: f32) -> Quality {
    by_limits(share, LOSS.map(|limit| limit * margin))
}

fn delay(rtt_ms: f32, margin: f32) -> Quality {
    by_limits(rtt_ms, DELAY_MS.map(|limit| limit * margin))
}

fn by_limits(value: f32, [weak, very_weak]: [f32; 2]) -> Quality {
    if value < weak {
        Quality::Good
    } else if value <= very_weak {
        Quality::Weak
    } else {
        Quality::VeryWeak
    }
}

fn picture(frames: f32, thin: bool, margin: f32) -> Quality {
    let [weak, very_weak] = FRAMES.map(|limit| limit / margin);
    if thin || frames < very_weak {
        Quality::VeryWeak
    } else if frames < weak {
        Quality::Weak
    } else {
        Quality::Good
    }
}

#[cfg(test)]
mod tests {
    use super::{Expect, Flow, Health};
    use crate::peer::PeerStats;
    use crate::quality::Quality;
    use crate::time::Time;

    const PICTURE: Expect = Expect {
        media: true,
        picture: true,
        own_picture: false,
    };

    /// One second of a picture with this much going wrong.
    struct Second {
        loss: f32,
        rtt_ms: f32,
        frames: u64,
        kilobits: u64,
    }
    const GOOD: Second = Second {
        loss: 0.0,
        rtt_ms: 50.0,
        frames: 24,
        kilobits: 900,
    };

    fn watch(health: &mut Health, seconds: impl IntoIterator<Item = Second>) -> Vec<Quality> {
        let mut stats = health.last.unwrap_or_default();
        let mut now = health.grown_at.unwrap_or(Time::from_millis(1_000_000)).millis();
        let mut words = Vec::new();
        for second in seconds {
            now += 1000;
            stats.bytes_received += second.kilobits * 125;
            stats.frames_decoded += second.frames;
            stats.packets_received += ((1.0 - second.loss) * 1000.0) as u64;
            stats.packets_lost += (second.loss * 1000.0) as u64;
            stats.rtt_ms = Some(second.rtt_ms);
            health.stats(stats, Time::from_millis(now));
            words.push(health.words().0);
        }
        words
    }

    fn ends(of: impl Fn() -> Second) -> Quality {
        let mut health = Health::default();
        health.expect(PICTURE);
        *watch(&mut health, (0..10).map(|_| of())).last().unwrap()
    }

    #[test]
    fn the_words_follow_the_limits() {
        assert_eq!(ends(|| GOOD), Quality::Good);
        assert_eq!(ends(|| Second { loss: 0.03, ..GOOD }), Quality::Weak);
        assert_eq!(ends(|| Second { loss: 0.12, ..GOOD }), Quality::VeryWeak);
        assert_eq!(ends(|| Second { rtt_ms: 300.0, ..GOOD }), Quality::Weak);
        assert_eq!(ends(|| Second { rtt_ms: 700.0, ..GOOD }), Quality::VeryWeak);
        assert_eq!(ends(|| Second { frames: 10, ..GOOD }), Quality::Weak);
        assert_eq!(ends(|| Second { frames: 5, ..GOOD }), Quality::VeryWeak);
        assert_eq!(ends(|| Second { kilobits: 100, ..GOOD }), Quality::VeryWeak);
    }

    #[test]
    fn the_figures_behind_the_words_are_those_of_the_last_seconds() {
        let mut health = Health::default();
        health.expect(PICTURE);
        assert_eq!(health.measured(), None);
        watch(&mut health, (0..12).map(|_| Second { loss: 0.5, ..GOOD }));
        let measured = health.measured().unwrap();
        let near = |value: f32, wanted: f32| (value - wanted).abs() < 0.02 * wanted;
        assert!(near(measured.frames, 24.0), "{measured:?}");
        assert!(near(measured.bits, 900_000.0), "{measured:?}");
        assert!(near(measured.loss, 0.5), "{measured:?}");
        assert!(near(measured.rtt_ms, 50.0), "{measured:?}");
        health.fresh();
        assert_eq!(health.measured(), None);
    }

    #[test]
    fn who_sends_no_picture_is_not_weak_for_it() {
        let mut health = Health::default();
        health.expect(Expect {
            media: true,
            ..Expect::default()
        });
        let sound = (0..10).map(|_| Second {
            frames: 0,
            kilobits: 40,
            ..GOOD
        });
        assert_eq!(watch(&mut health, sound).last(), Some(&Quality::Good));
    }

    #[test]
    fn one_bad_moment_is_smoothed_away_and_the_way_back_needs_a_margin() {
        let mut health = Health::default();
        health.expect(PICTURE);
        watch(&mut health, (0..8).map(|_| GOOD));
        let bump = [Second { loss: 0.05, ..GOOD }, GOOD, GOOD, GOOD];
        assert!(watch(&mut health, bump).iter().all(|word| *word == Quality::Good));
        watch(&mut health, (0..8).map(|_| Second { loss: 0.03, ..GOOD }));
        let edge = watch(&mut health, (0..10).map(|_| Second { loss: 0.018, ..GOOD }));
        assert_eq!(
            edge.last(),
            Some(&Quality::Weak),
            "just below the limit is not better yet"
        );
        assert_eq!(watch(&mut health, (0..10).map(|_| GOOD)).last(), Some(&Quality::Good));
    }

    #[test]
    fn a_second_without_bytes_is_a_stall_once_and_only_where_bytes_were_expected() {
        for (expect, wanted) in [(PICTURE, Flow::Stalled), (Expect::default(), Flow::Unknown)] {
            let mut health = Health::default();
            health.expect(expect);
            let mut stats = PeerStats::default();
            for half in 0..4 {
                stats.bytes_received += 1000;
                health.stats(stats, Time::from_millis(half * 500));
            }
            assert_eq!(health.stats(stats, Time::from_millis(2_000)), Flow::Unknown);
            assert_eq!(health.stats(stats, Time::from_millis(2_500)), wanted);
            assert_eq!(
                health.stats(stats, Time::from_millis(3_000)),
                Flow::Unknown,
                "said once"
            );
        }
    }

    #[test]
    fn what_never_flowed_cannot_stall() {
        let mut health = Health::default();
        health.expect(PICTURE);
        for half in 0..20 {
            assert_eq!(
                health.stats(PeerStats::default(), Time::from_millis(half * 500)),
                Flow::Unknown
            );
        }
    }
}
