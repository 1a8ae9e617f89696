//! The picture in front of the fake camera: it changes in a known way, so that what arrives can be compared.
//!
//! The whole picture has one colour, the next one every 300 ms, in a cycle of eight. A white square marks its upper left
//! corner and black squares the other three, so that turned and mirrored pictures can be told.

use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
};

/// The cycle of colours. Neighbours differ strongly in brightness or hue, which video codecs keep best.
pub const CYCLE: [[u8; 3]; 8] = [
    [200, 30, 30],
    [30, 160, 60],
    [30, 60, 200],
    [220, 200, 40],
    [190, 40, 180],
    [40, 190, 190],
    [235, 235, 235],
    [100, 100, 100],
];

/// How large the picture is. A large one in a call takes half of a processor's core on each side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Film {
    /// 640x360.
    Small,
    /// 1280x720, for what is about the size of pictures.
    Large,
}

impl Film {
    /// Width and height in pixels.
    const fn size(self) -> (usize, usize) {
        match self {
            Self::Small => (640, 360),
            Self::Large => (1280, 720),
        }
    }
}

const FRAMES_PER_SECOND: usize = 10;
/// 300 ms.
const FRAMES_PER_COLOUR: usize = 3;
/// So many squares like those in the corners would fill a row.
const CORNERS: usize = 13;

/// Farthest that an arriving colour may lie from the sent one, per channel; codecs and colour spaces shift it.
const TOLERANCE: u8 = 45;

/// Which step of the cycle a colour is, if it is one.
pub fn step_of(colour: [u8; 3]) -> Option<usize> {
    let far = |sent: &[u8; 3]| {
        sent.iter()
            .zip(colour)
            .map(|(a, b)| a.abs_diff(b))
            .max()
            .unwrap_or(u8::MAX)
    };
    let (step, distance) = CYCLE
        .iter()
        .map(far)
        .enumerate()
        .min_by_key(|(_, distance)| *distance)?;
    (distance <= TOLERANCE).then_some(step)
}

/// Whether `steps`, seen one after another, are the moving picture: at least `least` changes, each forward by at most
/// half the cycle (frames may be skipped, but nothing runs backwards).
pub fn moves_forward(steps: &[usize], least: usize) -> bool {
    let changes = steps.windows(2).filter(|pair| pair[0] != pair[1]);
    let mut count = 0;
    for pair in changes {
        let forward = (pair[1] + CYCLE.len() - pair[0]) % CYCLE.len();
        if forward > CYCLE.len() / 2 {
            return false;
        }
        count += 1;
    }
    count >= least
}

/// One frame of the picture, RGB, row by row.
fn frame(film: Film, step: usize) -> Vec<u8> {
    let (width, height) = film.size();
    let side = width / CORNERS;
    let mut pixels = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            let (left, top) = (x < side, y < side);
            let corner = (left || x >= width - side) && (top || y >= height - side);
            pixels.extend(match (corner, left && top) {
                (true, true) => [255; 3],
                (true, false) => [0; 3],
                (false, _) => CYCLE[step],
            });
        }
    }
    pixels
}

/// The file for Chromium's `--use-file-for-fake-video-capture`, made once by ffmpeg; Chromium plays it in a loop. It is
/// unpacked, so that playing it costs nothing.
pub fn camera_file(film: Film) -> PathBuf {
    static ONE_MAKES_IT: Mutex<()> = Mutex::new(());
    let _turn = ONE_MAKES_IT.lock().unwrap_or_else(PoisonError::into_inner);
    let (width, _) = film.size();
    let folder = crate::target_folder("e2e-media");
    let file = folder.join(format!("cycle-2-{width}.y4m"));
    if !file.exists() {
        let unfinished = folder.join(format!("cycle-{}.part.y4m", std::process::id()));
        write_film(film, &unfinished);
        std::fs::rename(&unfinished, &file).unwrap_or_else(|error| panic!("cannot keep the picture: {error}"));
    }
    file
}

fn write_film(film: Film, file: &std::path::Path) {
    let (width, height) = film.size();
    let mut ffmpeg = Command::new("ffmpeg")
        .args(["-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24"])
        .args([
            "-s",
            &format!("{width}x{height}"),
            "-r",
            &FRAMES_PER_SECOND.to_string(),
            "-i",
            "-",
        ])
        .args(["-pix_fmt", "yuv420p", "-f", "yuv4mpegpipe"])
        .arg(file)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("cannot start ffmpeg: {error}"));
    let mut input = ffmpeg.stdin.take().unwrap_or_else(|| unreachable!("stdin is piped"));
    for step in 0..CYCLE.len() {
        let pixels = frame(film, step);
        for _ in 0..FRAMES_PER_COLOUR {
            input
                .write_all(&pixels)
                .unwrap_or_else(|error| panic!("ffmpeg ended early: {error}"));
        }
    }
    drop(input);
    let status = ffmpeg.wait();
    assert!(
        status.is_ok_and(|status| status.success()),
        "ffmpeg could not write {}",
        file.display()
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_itself_even_when_shifted_a_little() {
        for (step, colour) in CYCLE.iter().enumerate() {
            assert_eq!(step_of(*colour), Some(step));
            assert_eq!(step_of(colour.map(|channel| channel.saturating_add(15))), Some(step));
        }
        assert_eq!(step_of([0, 0, 0]), None, "a black picture is no step");
    }

    #[test]
    fn only_a_picture_that_goes_forward_moves() {
        assert!(moves_forward(&[6, 6, 7, 0, 0, 1], 3));
        assert!(moves_forward(&[1, 3, 5], 2), "skipped frames");
        assert!(!moves_forward(&[4, 4, 4, 4], 1), "frozen");
        assert!(!moves_forward(&[4, 3, 2], 1), "backwards");
    }
}
