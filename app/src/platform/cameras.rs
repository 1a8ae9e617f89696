//! The cameras of this device, and the one that its person has chosen.

use super::storage::{self, Keep};
use super::{js, window};
use wasm_bindgen::JsValue;

const KEY: &str = "farhand.camera";

/// One of them. Browsers tell the names once a camera was allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameraDevice {
    /// The browser's own name for it, for this site only.
    pub id: String,
    /// What people read.
    pub label: String,
}

/// What the browser knows of the devices that take pictures.
async fn devices() -> impl Iterator<Item = JsValue> {
    let found = match js::get(&window().navigator(), "mediaDevices") {
        Some(devices) => js::call_later(&devices, "enumerateDevices", &[]).await.ok(),
        None => None,
    };
    let found = found.map(|found| js_sys::Array::from(&found)).unwrap_or_default();
    let is_camera = |device: &JsValue| js::text(device, "kind").as_deref() == Some("videoinput");
    found.into_iter().filter(is_camera)
}

/// All of them; none while the browser keeps their names to itself.
pub async fn all() -> Vec<CameraDevice> {
    let camera = |device: JsValue| {
        let (id, label) = (js::text(&device, "deviceId")?, js::text(&device, "label")?);
        (!label.is_empty()).then_some(CameraDevice { id, label })
    };
    devices().await.filter_map(camera).collect()
}

/// The chosen one.
pub fn chosen() -> Option<String> {
    storage::read(Keep::Always, KEY)
}

/// From now on the one after this one is opened.
pub async fn choose_after(open: &str) {
    let mut ids = devices().await.filter_map(|device| js::text(&device, "deviceId"));
    let first = ids.next();
    let found = first.as_deref() == Some(open) || ids.any(|id| id == open);
    if let Some(next) = ids.next().filter(|_| found).or(first) {
        choose(&next);
    }
}

/// From now on this one is opened.
pub fn choose(id: &str) {
    storage::write(Keep::Always, KEY, id);
}
