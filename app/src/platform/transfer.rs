//! Pictures and documents to and from our server: in chunks that can be resumed, with the seat as the key.

use super::blob::Blob;
use super::clock::Clock;
use super::timer::Timeout;
use super::{js, window};
use core::time::Duration;
use farhand_shared::id::FileId;
use farhand_shared::upload::Fault;
use farhand_shared::wire::SeatToken;
use wasm_bindgen::{JsCast, JsValue};

/// Bytes of one chunk. Small enough that a bad network brings one through, large enough that answers cost little.
const CHUNK: u64 = 256 * 1024;
/// Longest wait for one exchange: a chunk at 80 kbit/s. What has arrived by then counts.
const PATIENCE: Duration = Duration::from_secs(27);
/// Header: where the chunk begins, and in answers what the server has.
const OFFSET: &str = "upload-offset";
/// Header: bytes of the whole.
const LENGTH: &str = "upload-length";

/// Which size of a picture is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureSize {
    /// The small first picture.
    Preview,
    /// For lists.
    Thumb,
    /// All of it.
    Whole,
}

impl PictureSize {
    const fn word(self) -> &'static str {
        match self {
            Self::Preview => "preview",
            Self::Thumb => "thumb",
            Self::Whole => "whole",
        }
    }
}

/// Sends the small first picture.
///
/// # Errors
/// See [`Fault`].
pub async fn send_preview(seat: &SeatToken, file: FileId, preview: &Blob) -> Result<(), Fault> {
    let path = [&path(file), "/preview"].concat();
    exchange("PUT", &path, Some(seat), None, Some(&preview.0)).await?;
    Ok(())
}

/// How many bytes the server has.
///
/// # Errors
/// See [`Fault`].
pub async fn standing(seat: &SeatToken, file: FileId) -> Result<u64, Fault> {
    let answer = exchange("HEAD", &path(file), Some(seat), None, None).await?;
    Ok(offset(&answer).unwrap_or_default())
}

/// Sends the chunk at `from`; says how many bytes the server has now.
///
/// # Errors
/// See [`Fault`].
pub async fn send_chunk(seat: &SeatToken, file: FileId, whole: &Blob, from: u64) -> Result<u64, Fault> {
    let total = whole.size();
    let until = from.saturating_add(CHUNK).min(total);
    let chunk = whole.part(from, until).map_err(|_| Fault::Refused)?;
    let answer = exchange("PATCH", &path(file), Some(seat), Some((from, total)), Some(&chunk)).await?;
    Ok(offset(&answer).unwrap_or(until))
}

/// Fetches a picture or document.
///
/// # Errors
/// See [`Fault`].
pub async fn load(seat: Option<&SeatToken>, file: FileId, size: PictureSize) -> Result<Blob, Fault> {
    let path = [&path(file), "?size=", size.word()].concat();
    let answer = exchange("GET", &path, seat, None, None).await?;
    let blob = js::call_later(&answer, "blob", &[]).await;
    blob.map(Blob).map_err(|_| Fault::Unreachable)
}

/// Sends so many bytes for nothing but to see how long they take; none when they did not arrive.
pub async fn measure(seat: &SeatToken, bytes: u32) -> Option<Duration> {
    let body = js_sys::Uint8Array::new_with_length(bytes);
    let clock = Clock::new();
    let began = clock.now();
    exchange("POST", "/api/probe", Some(seat), None, Some(&body))
        .await
        .ok()?;
    Some(clock.now().since(began))
}

fn path(file: FileId) -> String {
    ["/api/files/", &file.to_string()].concat()
}

fn header(answer: &JsValue, name: &str) -> Option<String> {
    let headers = js::get(answer, "headers")?;
    js::call(&headers, "get", &[&name.into()]).ok()?.as_string()
}

fn offset(answer: &JsValue) -> Option<u64> {
    header(answer, OFFSET)?.parse().ok()
}

async fn exchange(
    method: &str,
    path: &str,
    seat: Option<&SeatToken>,
    place: Option<(u64, u64)>,
    body: Option<&JsValue>,
) -> Result<JsValue, Fault> {
    let abort = web_sys::AbortController::new().map_err(|_| Fault::Unreachable)?;
    let headers = js::object([]);
    if let Some(seat) = seat {
        js::set(&headers, "authorization", ["Seat ", &seat.0].concat());
    }
    if let Some((from, total)) = place {
        js::set(&headers, OFFSET, from.to_string());
        js::set(&headers, LENGTH, total.to_string());
    }
    let wish = js::object([
        ("method", method.into()),
        ("credentials", "same-origin".into()),
        ("headers", headers),
        ("signal", JsValue::from(abort.signal())),
    ]);
    if let Some(body) = body {
        js::set(&wish, "body", body);
    }
    let _patience = Timeout::after(PATIENCE, move || abort.abort());
    let answer = js::call_later(window().unchecked_ref(), "fetch", &[&path.into(), &wish]).await;
    let answer = answer.map_err(|_| Fault::Unreachable)?;
    if js::flag(&answer, "ok") {
        return Ok(answer);
    }
    Err(match js::number(&answer, "status").unwrap_or_default() as u16 {
        404 => Fault::Unknown,
        409 => offset(&answer).map_or(Fault::Refused, Fault::Elsewhere),
        408 | 425 | 429 | 500..=506 | 508..=599 => Fault::Unreachable,
        _ => Fault::Refused,
    })
}
