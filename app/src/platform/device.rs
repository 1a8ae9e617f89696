//! What the browser says about itself and its device.

use super::{js, window};
use farhand_shared::device::{Clues, Detected, detect};
use wasm_bindgen::JsValue;

/// What can be said at once.
pub fn now() -> Detected {
    detect(&clues(None))
}

/// What can be said after asking Chromium for the details that it hides at first; none when there is nothing to add.
pub async fn details() -> Option<Detected> {
    let data = js::get(&window().navigator(), "userAgentData")?;
    let wish = js_sys::Array::of2(&"platformVersion".into(), &"fullVersionList".into());
    let answer = js::call_later(&data, "getHighEntropyValues", &[&wish]).await.ok()?;
    Some(detect(&clues(Some(&answer))))
}

/// Whether the browser wishes to save data; only Chromium says.
pub fn saves_data() -> bool {
    let connection = js::get(&window().navigator(), "connection");
    connection.is_some_and(|connection| js::flag(&connection, "saveData"))
}

fn clues(details: Option<&JsValue>) -> Clues {
    let navigator = window().navigator();
    let data = js::get(&navigator, "userAgentData");
    let brands = details
        .and_then(|details| js::get(details, "fullVersionList"))
        .or_else(|| data.as_ref().and_then(|data| js::get(data, "brands")));
    Clues {
        user_agent: navigator.user_agent().unwrap_or_default(),
        touch_points: js::number(&navigator, "maxTouchPoints").unwrap_or_default() as u32,
        standalone: js::flag(&navigator, "standalone"),
        mobile: data
            .as_ref()
            .and_then(|data| js::get(data, "mobile"))
            .and_then(|mobile| mobile.as_bool()),
        platform_version: details.and_then(|details| js::text(details, "platformVersion")),
        brands: brands.map_or_else(Vec::new, |brands| {
            js_sys::Array::from(&brands)
                .iter()
                .filter_map(|brand| Some((js::text(&brand, "brand")?, js::text(&brand, "version")?)))
                .collect()
        }),
    }
}
