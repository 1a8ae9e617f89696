//! A scene that uses what it is given: a moving test card with the grain of a small camera. The flat colours of
//! [`crate::picture`] need so little that no line is too narrow for them.

use std::{path::PathBuf, process::Command, sync::OnceLock};

/// The file for Chromium's `--use-file-for-fake-video-capture`, 1280x720 at 24 pictures a second, made once by ffmpeg.
pub fn camera_file() -> PathBuf {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = crate::target_folder("e2e-media");
        let file = folder.join("scene-1.mjpeg");
        if !file.exists() {
            let unfinished = folder.join(format!("scene-{}.part.mjpeg", std::process::id()));
            let made = Command::new("ffmpeg")
                .args(["-loglevel", "error", "-y", "-f", "lavfi", "-t", "5", "-i"])
                .arg("testsrc2=size=1280x720:rate=24,noise=alls=10:allf=t")
                .args(["-c:v", "mjpeg", "-q:v", "4", "-pix_fmt", "yuvj420p", "-f", "mjpeg"])
                .arg(&unfinished)
                .status();
            assert!(
                made.is_ok_and(|status| status.success()),
                "ffmpeg could not make the scene"
            );
            std::fs::rename(&unfinished, &file).unwrap_or_else(|error| panic!("cannot keep the scene: {error}"));
        }
        file
    })
    .clone()
}

/// The flag that puts the scene in front of a Chromium's camera.
pub fn flag() -> String {
    format!("--use-file-for-fake-video-capture={}", camera_file().display())
}
