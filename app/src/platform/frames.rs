//! Full-resolution frames of a camera.
//!
//! Only frames from the press on are looked at, none from before it are kept at hand. A phone in a call already encodes
//! and sends its camera; copies of full size five times a second (8 MB each at 1080p) would cost heat and battery all
//! the time for the few moments that count, and iPhones give pages little memory for bitmaps. It would also gain little:
//! an agent's press arrives here hundreds of milliseconds after what the agent saw, so the frame of "before" would be
//! one that nobody has seen, and who presses on the phone itself shakes it then and holds it still a moment later.

use super::canvas::Bitmap;
use super::timer::sleep;
use super::{js, window};
use core::time::Duration;
use farhand_shared::sharpness::{sharpest, sharpness};
use js_sys::{Array, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MediaStream, MediaStreamTrack};

/// How many frames are looked at: at 24 to 30 frames a second they span about 150 ms.
const FRAMES: usize = 4;
/// Longest wait for one frame: a camera in the dark gives five a second.
const FRAME_WITHIN: Duration = Duration::from_millis(400);
/// Longest wait for a hidden element to show the camera.
const START_WITHIN: Duration = Duration::from_millis(1500);
/// Longer side of the copies that are compared. Small enough to be quick, large enough for a shaking hand to show.
const COPY: u32 = 640;

/// Waits for `promise`, but not for ever.
///
/// # Errors
/// What the promise was rejected with; `undefined` when time was up.
pub(super) async fn within(patience: Duration, promise: JsValue) -> Result<JsValue, JsValue> {
    let late = wasm_bindgen_futures::future_to_promise(async move {
        sleep(patience).await;
        Err(JsValue::UNDEFINED)
    });
    let promise = Promise::resolve(&promise);
    js::settle(Promise::race(&Array::of2(&promise, &late)).unchecked_into()).await
}

/// An element that shows the camera; one of our own goes away when dropped.
struct Player {
    video: JsValue,
    own: bool,
}

impl Player {
    /// The preview on the page, if it shows this very track now, else an element that nobody sees.
    async fn of(track: &MediaStreamTrack) -> Result<Self, JsValue> {
        if let Some(video) = preview_of(track) {
            return Ok(Self { video, own: false });
        }
        let document = window().document().ok_or(JsValue::UNDEFINED)?;
        let video: JsValue = document.create_element("video")?.unchecked_into();
        let stream = MediaStream::new()?;
        stream.add_track(track);
        for word in ["muted", "playsInline", "autoplay"] {
            js::set(&video, word, true);
        }
        js::set(&video, "srcObject", stream);
        let player = Self { video, own: true };
        within(START_WITHIN, js::call(&player.video, "play", &[])?).await?;
        Ok(player)
    }

    /// Waits for the next frame. Browsers that do not tell of frames get the time of one.
    async fn next_frame(&self) {
        let told = Promise::new(&mut |resolve, _| {
            let told = Closure::once_into_js(move || {
                let _ = resolve.call0(&JsValue::UNDEFINED);
            });
            if js::call(&self.video, "requestVideoFrameCallback", &[&told]).is_err() {
                let _ = js::call(&window(), "setTimeout", &[&told, &40.into()]);
            }
        });
        let _ = within(FRAME_WITHIN, told.unchecked_into()).await;
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        if self.own {
            js::set(&self.video, "srcObject", JsValue::NULL);
        }
    }
}

fn preview_of(track: &MediaStreamTrack) -> Option<JsValue> {
    let document: JsValue = window().document()?.unchecked_into();
    let videos = js::call(&document, "querySelectorAll", &[&"video".into()]).ok()?;
    let shows = |video: &JsValue| {
        let stream: Option<MediaStream> = js::get(video, "srcObject").and_then(|stream| stream.dyn_into().ok());
        let ours = stream.is_some_and(|stream| stream.get_track_by_id(&track.id()).is_some());
        // 2: it has a frame to show.
        ours && js::number(video, "readyState") >= Some(2.0) && !js::flag(video, "paused")
    };
    Array::from(&videos).iter().find(shows)
}

/// The sharpest of the next few frames, at the camera's own size.
///
/// # Errors
/// What the browser says when it gives no frame at all.
pub(super) async fn sharpest_frame(track: &MediaStreamTrack) -> Result<Bitmap, JsValue> {
    let player = Player::of(track).await?;
    let (mut frames, mut scores) = (Vec::with_capacity(FRAMES), Vec::with_capacity(FRAMES));
    let mut fault = JsValue::UNDEFINED;
    for _ in 0..FRAMES {
        match Bitmap::of(&player.video).await {
            Ok(frame) => {
                scores.push(score(&frame));
                frames.push(frame);
            }
            Err(error) => fault = error,
        }
        if frames.len() < FRAMES {
            player.next_frame().await;
        }
    }
    match sharpest(&scores) {
        Some(best) => Ok(frames.swap_remove(best)),
        None => Err(fault),
    }
}

fn score(frame: &Bitmap) -> u64 {
    let copy = frame.drawn(COPY).ok();
    let pixels = copy.as_ref().and_then(|copy| Some((copy.pixels()?, copy.size().0)));
    pixels.map_or(0, |(pixels, width)| sharpness(&pixels, width as usize))
}
