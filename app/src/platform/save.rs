//! Putting something among the person's own files.

use super::blob::{Blob, BlobUrl};
use super::{js, spawn, timer, window};
use core::time::Duration;
use wasm_bindgen::JsCast;

/// How long the browser gets to take the bytes of a download.
const TAKEN: Duration = Duration::from_secs(60);

/// Downloads it under this name.
pub fn to_device(blob: &Blob, name: &str) {
    let link = window()
        .document()
        .and_then(|document| document.create_element("a").ok());
    if let (Some(link), Some(address)) = (link, BlobUrl::of(blob)) {
        js::set(&link, "href", address.text());
        js::set(&link, "download", name);
        let _ = js::call(link.unchecked_ref(), "click", &[]);
        spawn(async move {
            timer::sleep(TAKEN).await;
            drop(address);
        });
    }
}
