//! Requests to our own server: JSON both ways, refusals as [`HttpFault::Refused`], and an end to every wait.

use super::timer::Timeout;
use super::{js, window};
use crate::json;
use core::time::Duration;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

pub use crate::plain::HttpFault;

/// Longest wait for an answer. Longer than a phone needs to wake its radio, shorter than people's patience.
const PATIENCE: Duration = Duration::from_secs(12);

/// Asks with `GET`.
///
/// # Errors
/// See [`HttpFault`].
pub async fn get<R: DeserializeOwned>(path: &str) -> Result<R, HttpFault> {
    read(&send("GET", path, None).await?)
}

/// Sends `body` with `POST`.
///
/// # Errors
/// See [`HttpFault`].
pub async fn post<B: Serialize, R: DeserializeOwned>(path: &str, body: &B) -> Result<R, HttpFault> {
    let body = json::to_string(body).map_err(|_| HttpFault::Garbled)?;
    read(&send("POST", path, Some(&body)).await?)
}

/// Sends JSON (or nothing) with any method and gives the answer's text back; an empty answer is an empty text.
///
/// # Errors
/// See [`HttpFault`].
pub async fn send(method: &str, path: &str, body: Option<&str>) -> Result<String, HttpFault> {
    let abort = web_sys::AbortController::new().map_err(|_| HttpFault::Unreachable)?;
    let wish = js::object([
        ("method", method.into()),
        ("cache", "no-store".into()),
        ("credentials", "same-origin".into()),
        ("signal", JsValue::from(abort.signal())),
    ]);
    if let Some(body) = body {
        js::set(&wish, "body", body);
        js::set(
            &wish,
            "headers",
            js::object([("content-type", "application/json".into())]),
        );
    }
    let signal = abort.signal();
    let _patience = Timeout::after(PATIENCE, move || abort.abort());
    let fault = |_| {
        if signal.aborted() {
            HttpFault::TimedOut
        } else {
            HttpFault::Unreachable
        }
    };
    let response = js::call_later(window().unchecked_ref(), "fetch", &[&path.into(), &wish])
        .await
        .map_err(fault)?;
    let text = js::call_later(&response, "text", &[]).await.map_err(fault)?;
    let text = text.as_string().unwrap_or_default();
    if js::flag(&response, "ok") {
        return Ok(text);
    }
    // Whatever stands between us and the server may refuse without our words.
    Err(json::from_str(&text).map_or(HttpFault::Unreachable, HttpFault::Refused))
}

fn read<R: DeserializeOwned>(text: &str) -> Result<R, HttpFault> {
    // `()` and other empty answers are `null` in JSON.
    let text = if text.is_empty() { "null" } else { text };
    json::from_str(text).map_err(|_| HttpFault::Garbled)
}
