//! The tones in front of the fake microphones.

use std::{path::PathBuf, sync::Mutex};

const SAMPLES_PER_SECOND: u32 = 48_000;
const SECONDS: u32 = 2;
/// How often a second a tone swells. Noise suppression takes a tone that never changes for noise.
const SWELLS: f64 = 4.0;

/// Whose tone it is. Two microphones with the same tone would be taken for each other's echo, which browsers cancel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// Somebody at a phone.
    Phone,
    /// Somebody at a computer.
    Computer,
}

impl Voice {
    /// In hertz.
    pub const fn pitch(self) -> f64 {
        match self {
            Self::Phone => 440.0,
            Self::Computer => 1000.0,
        }
    }
}

/// The file for Chromium's `--use-file-for-fake-audio-capture`, made once; Chromium plays it in a loop.
pub fn microphone_file(voice: Voice) -> PathBuf {
    static MAKING: Mutex<()> = Mutex::new(());
    let folder = crate::target_folder("e2e-media");
    let file = folder.join(format!("tone-2-{}.wav", voice.pitch()));
    let _one_at_a_time = MAKING.lock();
    if !file.exists() {
        let unfinished = folder.join(format!("tone-{}.part", std::process::id()));
        let kept = std::fs::write(&unfinished, wav(voice)).and_then(|()| std::fs::rename(&unfinished, &file));
        kept.unwrap_or_else(|error| panic!("cannot write the tone: {error}"));
    }
    file
}

/// 16-bit mono PCM in a RIFF container. A whole number of waves and swells fits, so the loop does not click.
fn wav(voice: Voice) -> Vec<u8> {
    let samples = SAMPLES_PER_SECOND * SECONDS;
    let bytes = samples * 2;
    let mut wav = Vec::with_capacity(bytes as usize + 44);
    wav.extend(b"RIFF");
    wav.extend((36 + bytes).to_le_bytes());
    wav.extend(b"WAVEfmt ");
    wav.extend(16_u32.to_le_bytes());
    wav.extend([1_u16, 1].map(u16::to_le_bytes).concat());
    wav.extend(SAMPLES_PER_SECOND.to_le_bytes());
    wav.extend((SAMPLES_PER_SECOND * 2).to_le_bytes());
    wav.extend([2_u16, 16].map(u16::to_le_bytes).concat());
    wav.extend(b"data");
    wav.extend(bytes.to_le_bytes());
    for sample in 0..samples {
        let turns = f64::from(sample) / f64::from(SAMPLES_PER_SECOND) * std::f64::consts::TAU;
        // Never silent, and two fifths of full scale at most: loud enough for every gain control, far from clipping.
        let level = 0.22 + 0.18 * (turns * SWELLS).sin();
        let value = ((turns * voice.pitch()).sin() * level * f64::from(i16::MAX)).round();
        #[expect(clippy::cast_possible_truncation, reason = "two fifths of i16 fit")]
        wav.extend((value as i16).to_le_bytes());
    }
    wav
}
