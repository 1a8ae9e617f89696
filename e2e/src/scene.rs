//! Scenes for Chromium's camera, made once by ffmpeg: moving test cards. The flat colours of [`crate::picture`] need so
//! little that no line is too narrow for them.

use std::{
    path::PathBuf,
    process::Command,
    sync::{Mutex, PoisonError},
};

/// What the camera looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// 1280x720 with the grain of a small camera, which uses what it is given.
    Grain,
    /// A cellar.
    Dark,
    /// Held by somebody who runs.
    Shaking,
}

impl Scene {
    const fn name(self) -> &'static str {
        match self {
            Self::Grain => "grain",
            Self::Dark => "dark",
            Self::Shaking => "shaking",
        }
    }

    /// As ffmpeg's filters.
    const fn filters(self) -> &'static str {
        match self {
            Self::Grain => "testsrc2=size=1280x720:rate=24,noise=alls=10:allf=t",
            Self::Dark => "testsrc2=size=640x360:rate=24,lutrgb=r=val/6:g=val/6:b=val/6",
            Self::Shaking => "testsrc2=size=640x360:rate=24,scroll=horizontal=0.13:vertical=0.07",
        }
    }

    fn file(self) -> PathBuf {
        static ONE_MAKES_IT: Mutex<()> = Mutex::new(());
        let _turn = ONE_MAKES_IT.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = crate::target_folder("e2e-media");
        let file = folder.join(format!("scene-{}.mjpeg", self.name()));
        if !file.exists() {
            let unfinished = folder.join(format!("scene-{}-{}.part.mjpeg", self.name(), std::process::id()));
            let made = Command::new("ffmpeg")
                .args([
                    "-loglevel",
                    "error",
                    "-y",
                    "-f",
                    "lavfi",
                    "-t",
                    "5",
                    "-i",
                    self.filters(),
                ])
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
    }

    /// The flag that puts the scene in front of a Chromium's camera.
    pub fn flag(self) -> String {
        format!("--use-file-for-fake-video-capture={}", self.file().display())
    }
}
