//! Pictures that are not sent yet, in the browser's database, so that neither a reload nor a phone that kills our tab
//! loses them. Where there is no database (some private windows) they live in this page only.

use super::blob::Blob;
use super::{js, window};
use crate::json;
use farhand_shared::id::FileId;
use farhand_shared::session::FileKind;
use farhand_shared::wire::SeatToken;
use js_sys::{Array, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

const DATABASE: &str = "farhand";
const STORE: &str = "pictures";

/// One picture that waits to be sent.
#[derive(Clone)]
pub struct Kept {
    /// Its name in the session.
    pub file: FileId,
    /// Whose it is.
    pub seat: SeatToken,
    /// What it is.
    pub kind: FileKind,
    /// The small first picture; none for documents.
    pub preview: Option<Blob>,
    /// All of it.
    pub whole: Blob,
    /// When it was kept, in milliseconds since 1970.
    pub at: f64,
}

/// Keeps a picture.
pub async fn put(kept: &Kept) {
    let kind = json::to_string(&kept.kind).unwrap_or_default();
    let record = js::object([
        ("file", kept.file.to_string().into()),
        ("seat", kept.seat.0.as_str().into()),
        ("kind", kind.into()),
        ("whole", kept.whole.0.clone()),
        ("at", kept.at.into()),
    ]);
    if let Some(preview) = &kept.preview {
        js::set(&record, "preview", &preview.0);
    }
    let _ = ask("readwrite", "put", &[&record]).await;
}

/// Keeps it no longer.
pub async fn remove(file: FileId) {
    let _ = ask("readwrite", "delete", &[&file.to_string().into()]).await;
}

/// All that is kept, of all seats.
pub async fn all() -> Vec<Kept> {
    let Ok(records) = ask("readonly", "getAll", &[]).await else {
        return Vec::new();
    };
    Array::from(&records)
        .iter()
        .filter_map(|record| read(&record))
        .collect()
}

fn read(record: &JsValue) -> Option<Kept> {
    Some(Kept {
        file: js::text(record, "file")?.parse().ok()?,
        seat: SeatToken(js::text(record, "seat")?),
        kind: json::from_str(&js::text(record, "kind")?).ok()?,
        preview: js::get(record, "preview").map(Blob),
        whole: Blob(js::get(record, "whole")?),
        at: js::number(record, "at")?,
    })
}

/// One request in a transaction of its own.
async fn ask(mode: &str, method: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let database = open().await?;
    let transaction = js::call(&database, "transaction", &[&STORE.into(), &mode.into()])?;
    let store = js::call(&transaction, "objectStore", &[&STORE.into()])?;
    let answer = answered(&js::call(&store, method, arguments)?).await;
    let _ = js::call(&database, "close", &[]);
    answer
}

async fn open() -> Result<JsValue, JsValue> {
    let factory = js::get(&window(), "indexedDB").ok_or(JsValue::UNDEFINED)?;
    let request = js::call(&factory, "open", &[&DATABASE.into(), &1.into()])?;
    let opening = request.clone();
    let make = Closure::once_into_js(move || {
        let key = js::object([("keyPath", "file".into())]);
        if let Some(database) = js::get(&opening, "result") {
            let _ = js::call(&database, "createObjectStore", &[&STORE.into(), &key]);
        }
    });
    js::set(&request, "onupgradeneeded", make);
    answered(&request).await
}

/// Waits for a request of the database.
async fn answered(request: &JsValue) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        let (done, failed) = (request.clone(), request.clone());
        let done = Closure::once_into_js(move || {
            let result = js::get(&done, "result").unwrap_or_default();
            let _ = resolve.call1(&JsValue::UNDEFINED, &result);
        });
        let failed = Closure::once_into_js(move || {
            let error = js::get(&failed, "error").unwrap_or_default();
            let _ = reject.call1(&JsValue::UNDEFINED, &error);
        });
        js::set(request, "onsuccess", done);
        js::set(request, "onerror", &failed);
        js::set(request, "onblocked", failed);
    });
    js::settle(promise.unchecked_into()).await
}
