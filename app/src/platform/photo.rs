//! Pictures by this device's camera, and small first pictures of whatever is sent.
//!
//! | Wanted | Tried in turn |
//! |---|---|
//! | still | the sharpest of a few frames |
//! | photo | `ImageCapture.takePhoto`, then a frame as for a still; the page offers a file input when there is no camera |

use super::blob::{Blob, construct};
use super::canvas::{Bitmap, Canvas};
use super::frames::{sharpest_frame, within};
use super::js;
use super::media::Tracks;
use core::time::Duration;
use web_sys::MediaStreamTrack;

/// How good the JPEG of a frame is.
const QUALITY: f64 = 0.9;
/// Longest wait for `takePhoto`, which makes some cameras start anew.
const PHOTO_WITHIN: Duration = Duration::from_secs(4);
/// Longer side of the small first picture.
const PREVIEW_SIDE: u32 = 640;
/// Most bytes of it: a second on 160 kbit/s.
const PREVIEW_BYTES: u64 = 20_000;
/// Qualities that are tried for it, then half the size.
const PREVIEW_QUALITIES: [f64; 3] = [0.6, 0.4, 0.25];
/// More pixels than iPhones can draw: larger photos are made smaller.
const MOST_PIXELS: u64 = 16_777_216;
/// Longer side of those.
const SENT_SIDE: u32 = 2560;

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoFault {
    /// The camera is off.
    #[error("the camera is off")]
    NoCamera,
    /// The person has paused their picture.
    #[error("the camera is paused")]
    Paused,
    /// The camera gives no frame.
    #[error("the camera gives no picture")]
    NoFrame,
    /// The browser makes no JPEG of it.
    #[error("the picture cannot be encoded")]
    NotEncoded,
}

/// A picture, ready to be sent.
pub struct Shot {
    /// All of it.
    pub whole: Blob,
    /// The small first picture; none for what is no picture.
    pub preview: Option<Blob>,
}

fn camera(tracks: &Tracks) -> Result<&MediaStreamTrack, PhotoFault> {
    let track = tracks.camera.as_ref().ok_or(PhotoFault::NoCamera)?;
    if track.enabled() {
        Ok(track)
    } else {
        Err(PhotoFault::Paused)
    }
}

/// What the camera sees, at its own size.
///
/// # Errors
/// See [`PhotoFault`].
pub async fn still(tracks: Tracks) -> Result<Shot, PhotoFault> {
    let frame = sharpest_frame(camera(&tracks)?)
        .await
        .map_err(|_| PhotoFault::NoFrame)?;
    encoded(&frame, u32::MAX).await
}

/// The best picture that the camera can take.
///
/// # Errors
/// See [`PhotoFault`].
pub async fn photo(tracks: Tracks) -> Result<Shot, PhotoFault> {
    match taken(camera(&tracks)?).await {
        Some(shot) => Ok(shot),
        None => still(tracks).await,
    }
}

/// By `takePhoto`, which is sharper than the video's frames. Its bytes are sent as they are; none when the browser has
/// no such function, it takes too long, or what comes cannot be shown.
async fn taken(track: &MediaStreamTrack) -> Option<Shot> {
    let capture = construct("ImageCapture", track).ok()?;
    let promise = js::call(&capture, "takePhoto", &[]).ok()?;
    let whole = Blob(within(PHOTO_WITHIN, promise).await.ok()?);
    let picture = Bitmap::of(&whole.0).await.ok()?;
    if is_too_large(&picture) {
        return encoded(&picture, SENT_SIDE).await.ok();
    }
    let preview = preview(&picture).await;
    Some(Shot { whole, preview })
}

/// A picture from somebody's gallery or a document, ready to be sent. A picture is encoded anew, which leaves its place
/// and time behind; one that this browser cannot show is sent as it is, for the server to judge.
pub async fn prepared(blob: Blob, is_photo: bool) -> Shot {
    if !blob.kind().starts_with("image/") {
        return Shot {
            whole: blob,
            preview: None,
        };
    }
    let Ok(picture) = Bitmap::of(&blob.0).await else {
        return Shot {
            whole: blob,
            preview: None,
        };
    };
    if is_photo {
        let longest = if is_too_large(&picture) { SENT_SIDE } else { u32::MAX };
        if let Ok(shot) = encoded(&picture, longest).await {
            return shot;
        }
    }
    let preview = preview(&picture).await;
    Shot { whole: blob, preview }
}

fn is_too_large(picture: &Bitmap) -> bool {
    let (width, height) = picture.size();
    u64::from(width) * u64::from(height) > MOST_PIXELS
}

async fn encoded(picture: &Bitmap, longest: u32) -> Result<Shot, PhotoFault> {
    let canvas: Canvas = picture.drawn(longest).map_err(|_| PhotoFault::NotEncoded)?;
    let whole = canvas.jpeg(QUALITY).await.map_err(|_| PhotoFault::NotEncoded)?;
    drop(canvas);
    let preview = preview(picture).await;
    Ok(Shot { whole, preview })
}

/// As good as fits into [`PREVIEW_BYTES`]. Without one the picture arrives in one go, later.
async fn preview(picture: &Bitmap) -> Option<Blob> {
    let mut smallest = None;
    for side in [PREVIEW_SIDE, PREVIEW_SIDE / 2] {
        let canvas = picture.drawn(side).ok()?;
        for quality in PREVIEW_QUALITIES {
            let blob = canvas.jpeg(quality).await.ok()?;
            if blob.size() <= PREVIEW_BYTES {
                return Some(blob);
            }
            smallest = Some(blob);
        }
    }
    smallest
}
