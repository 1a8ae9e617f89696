//! The tone in front of the fake microphone.

use std::{path::PathBuf, sync::OnceLock};

/// Pitch of the tone, in hertz.
pub const PITCH: f64 = 440.0;
const SAMPLES_PER_SECOND: u32 = 48_000;
const SECONDS: u32 = 2;

/// The file for Chromium's `--use-file-for-fake-audio-capture`, made once; Chromium plays it in a loop.
pub fn microphone_file() -> PathBuf {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = crate::target_folder("e2e-media");
        let file = folder.join("tone-1.wav");
        if !file.exists() {
            let unfinished = folder.join(format!("tone-{}.part", std::process::id()));
            let kept = std::fs::write(&unfinished, wav()).and_then(|()| std::fs::rename(&unfinished, &file));
            kept.unwrap_or_else(|error| panic!("cannot write the tone: {error}"));
        }
        file
    })
    .clone()
}

/// 16-bit mono PCM in a RIFF container. A whole number of waves fits, so the loop does not click.
fn wav() -> Vec<u8> {
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
        let turn = f64::from(sample) * PITCH / f64::from(SAMPLES_PER_SECOND) * std::f64::consts::TAU;
        // Two fifths of full scale: loud enough for every gain control, far from clipping.
        let value = (turn.sin() * 0.4 * f64::from(i16::MAX)).round();
        #[expect(clippy::cast_possible_truncation, reason = "two fifths of i16 fit")]
        wav.extend((value as i16).to_le_bytes());
    }
    wav
}
