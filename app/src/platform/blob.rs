//! Bytes that the browser holds for us: pictures and documents.

use super::js;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::JsValue;

/// Some bytes of a type. Cloning copies no bytes.
#[derive(Clone)]
pub struct Blob(pub(super) JsValue);

impl Blob {
    /// Plain text.
    pub fn of_text(text: &str) -> Self {
        let kind = js::object([("type", "text/plain;charset=utf-8".into())]);
        let parts = Array::of1(&text.into());
        let made = js::get(&js_sys::global(), "Blob")
            .and_then(|class| Reflect::construct(&class.into(), &Array::of2(&parts, &kind)).ok());
        Self(made.unwrap_or_default())
    }

    /// How many bytes.
    pub fn size(&self) -> u64 {
        js::number(&self.0, "size").unwrap_or_default() as u64
    }

    /// Their type, such as `image/jpeg`, as far as the browser knows; by the file's name, not by its content.
    pub fn kind(&self) -> String {
        js::text(&self.0, "type").unwrap_or_default()
    }

    /// The bytes from `from` until `to`.
    pub(super) fn part(&self, from: u64, to: u64) -> Result<JsValue, JsValue> {
        js::call(&self.0, "slice", &[&(from as f64).into(), &(to as f64).into()])
    }
}

/// A file that somebody chose.
pub struct Picked {
    /// Its bytes.
    pub blob: Blob,
    /// What it is called on their device.
    pub name: String,
}

/// What was chosen in the file input that this event comes from. The input is empty afterwards, so that the same file
/// can be chosen again.
pub fn picked(event: &web_sys::Event) -> Vec<Picked> {
    let Some(input) = js::get(event, "target") else {
        return Vec::new();
    };
    let files = js::get(&input, "files").map(|files| Array::from(&files));
    let picked = files.iter().flat_map(Array::iter).map(|file| Picked {
        name: js::text(&file, "name").unwrap_or_default(),
        blob: Blob(file),
    });
    let picked = picked.collect();
    js::set(&input, "value", "");
    picked
}

/// An address under which elements of this page can show a blob; gone when dropped.
pub struct BlobUrl(String);

impl BlobUrl {
    /// Makes one.
    pub fn of(blob: &Blob) -> Option<Self> {
        let class = js::get(&js_sys::global(), "URL")?;
        let made = js::call(&class, "createObjectURL", &[&blob.0]).ok()?;
        made.as_string().map(Self)
    }

    /// As text.
    pub fn text(&self) -> String {
        self.0.clone()
    }
}

impl Drop for BlobUrl {
    fn drop(&mut self) {
        let _ = web_sys::Url::revoke_object_url(&self.0);
    }
}

/// Makes an object of a class that the browser may lack.
pub(super) fn construct(class: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let class: Function = js::get(&js_sys::global(), class).ok_or(JsValue::UNDEFINED)?.into();
    Reflect::construct(&class, &Array::of1(argument))
}

impl From<JsValue> for Blob {
    /// The browser's own `Blob`.
    fn from(blob: JsValue) -> Self {
        Self(blob)
    }
}
