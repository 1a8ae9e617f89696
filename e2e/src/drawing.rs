//! A drawing in front of a camera, and pictures of what people then see: for the README, where test cards say little.

use std::{path::Path, process::Command};

use crate::page::{Page, Window};

/// The flag that puts a drawing of 1280x720 in front of a Chromium's camera, with a little grain. `painter` draws it.
pub async fn camera_of_drawing(painter: &Page, svg: &str) -> String {
    let folder = crate::target_folder("e2e-media");
    let (drawn, file) = (folder.join("drawing.png"), folder.join("drawing.mjpeg"));
    painter.open("data:text/html,<title>Drawing</title>").await;
    painter.looks_through(Window::of(1280, 720)).await;
    let show = "document.documentElement.innerHTML = `<body style='margin:0'>${arguments[0]}</body>`; return true;";
    painter.waits_for::<bool>("the drawing", show, vec![svg.into()]).await;
    painter.screenshot(&drawn).await;
    let grain = "scale=1280:720,noise=alls=4:allf=t";
    let still = ["-loop", "1", "-framerate", "20", "-t", "2", "-i"];
    let video = [
        "-vf", grain, "-c:v", "mjpeg", "-q:v", "2", "-pix_fmt", "yuvj420p", "-f", "mjpeg",
    ];
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg
        .args(["-loglevel", "error", "-y"])
        .args(still)
        .arg(&drawn)
        .args(video)
        .arg(&file);
    let made = ffmpeg.status();
    assert!(
        made.is_ok_and(|status| status.success()),
        "ffmpeg could not film the drawing"
    );
    format!("--use-file-for-fake-video-capture={}", file.display())
}

/// A picture of the screen, `width` pixels wide, as WebP.
pub async fn save_screen(page: &Page, file: &Path, width: u32) {
    let whole = crate::target_folder("e2e-media").join(format!("{}-screen.png", page.who()));
    page.screenshot(&whole).await;
    let scale = format!("scale={width}:-2:flags=lanczos");
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-loglevel", "error", "-y", "-i"]).arg(&whole);
    ffmpeg
        .args(["-vf", &scale, "-c:v", "libwebp", "-quality", "86"])
        .arg(file);
    let made = ffmpeg.status();
    assert!(
        made.is_ok_and(|status| status.success()),
        "ffmpeg could not write {}",
        file.display()
    );
}
