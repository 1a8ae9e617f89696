//! The cameras of this device, and the one that its person has chosen.

use super::storage::{self, Keep};
use super::{js, window};

const KEY: &str = "farhand.camera";

/// One of them. Browsers tell the names once a camera was allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameraDevice {
    /// The browser's own name for it, for this site only.
    pub id: String,
    /// What people read.
    pub label: String,
}

/// All of them; none while the browser keeps their names to itself.
pub async fn all() -> Vec<CameraDevice> {
    let Some(devices) = js::get(&window().navigator(), "mediaDevices") else {
        return Vec::new();
    };
    let Ok(found) = js::call_later(&devices, "enumerateDevices", &[]).await else {
        return Vec::new();
    };
    let found = js_sys::Array::from(&found);
    let cameras = found.iter().filter_map(|device| {
        let is_camera = js::text(&device, "kind").as_deref() == Some("videoinput");
        let (id, label) = (js::text(&device, "deviceId")?, js::text(&device, "label")?);
        (is_camera && !label.is_empty()).then_some(CameraDevice { id, label })
    });
    cameras.collect()
}

/// The chosen one.
pub fn chosen() -> Option<String> {
    storage::read(Keep::Always, KEY)
}

/// From now on this one is opened.
pub fn choose(id: &str) {
    storage::write(Keep::Always, KEY, id);
}
