//! The ring and the soft tick, made by WebAudio: nothing to download.

use core::cell::RefCell;
use std::rc::Rc;
use web_sys::{AudioContext, GainNode, OscillatorNode};

/// Two notes, a pause, and again: seconds.
const RING_PERIOD: f64 = 3.0;
/// A ring is scheduled this often at once; longer than any call rings.
const RINGS: u32 = 21;
const RING_NOTES: [(f64, f32); 2] = [(0.0, 660.0), (0.35, 880.0)];
const NOTE_LENGTH: f64 = 0.3;

/// How loud a sound is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loudness {
    /// To be heard in the next room.
    Loud,
    /// To be heard at the desk.
    Soft,
}

impl Loudness {
    const fn gain(self) -> f32 {
        match self {
            Self::Loud => 0.25,
            Self::Soft => 0.08,
        }
    }
}

/// The page's sounds. Browsers keep them silent until [`Sound::unlock`] has run inside a tap.
#[derive(Clone, Default)]
pub struct Sound {
    context: Rc<RefCell<Option<AudioContext>>>,
    ringing: Rc<RefCell<Option<(Loudness, Voice)>>>,
}

/// A voice that falls silent when it is dropped.
struct Voice {
    oscillator: OscillatorNode,
    gain: GainNode,
}

impl Drop for Voice {
    fn drop(&mut self) {
        let _ = self.gain.disconnect();
        #[allow(deprecated)]
        let _ = self.oscillator.stop();
    }
}

impl Sound {
    /// Makes sound possible; call it inside a tap. Answers whether the browser has WebAudio at all.
    pub fn unlock(&self) -> bool {
        let Some(context) = self.context() else { return false };
        let _ = context.resume();
        true
    }

    /// Rings until [`Sound::quiet`].
    pub fn ring(&self, loudness: Loudness) {
        if self.ringing.borrow().as_ref().map(|(now, _)| *now) == Some(loudness) {
            return;
        }
        let voice = self.context().and_then(|context| {
            let notes =
                (0..RINGS).flat_map(|ring| RING_NOTES.map(|(at, pitch)| (f64::from(ring) * RING_PERIOD + at, pitch)));
            Voice::play(&context, notes, loudness.gain())
        });
        self.ringing.replace(voice.map(|voice| (loudness, voice)));
    }

    /// Stops ringing.
    pub fn quiet(&self) {
        self.ringing.take();
    }

    /// One soft note: something came while a call runs, or a test that sound works.
    pub fn tick(&self) {
        let Some(context) = self.context() else { return };
        if let Some(voice) = Voice::play(&context, [(0.0, 880.0)].into_iter(), Loudness::Soft.gain()) {
            let wait = core::time::Duration::from_secs(1);
            super::spawn(async move {
                super::timer::sleep(wait).await;
                drop(voice);
            });
        }
    }

    fn context(&self) -> Option<AudioContext> {
        let mut context = self.context.borrow_mut();
        if context.is_none() {
            *context = AudioContext::new().ok();
        }
        context.clone()
    }
}

impl Voice {
    /// Plays notes (seconds from now, hertz); the browser's own clock keeps the beat.
    fn play(context: &AudioContext, notes: impl Iterator<Item = (f64, f32)>, volume: f32) -> Option<Self> {
        let oscillator = context.create_oscillator().ok()?;
        let gain = context.create_gain().ok()?;
        oscillator.connect_with_audio_node(&gain).ok()?;
        gain.connect_with_audio_node(&context.destination()).ok()?;
        let now = context.current_time();
        let (level, pitch) = (gain.gain(), oscillator.frequency());
        level.set_value(0.0);
        for (at, hertz) in notes {
            let start = now + at;
            pitch.set_value_at_time(hertz, start).ok()?;
            // Short ramps: a hard edge would click.
            level.set_target_at_time(volume, start, 0.01).ok()?;
            level.set_target_at_time(0.0, start + NOTE_LENGTH, 0.05).ok()?;
        }
        oscillator.start().ok()?;
        Some(Self { oscillator, gain })
    }
}
