//! What the open lens can do, and making it do it.

use super::js;
use farhand_shared::session::{Facing, Lens, ZoomRange};
use wasm_bindgen::JsValue;
use web_sys::MediaStreamTrack;

/// What a call needs: labels count more than motion, and a phone must not melt.
const WIDTH: f64 = 1280.0;
const HEIGHT: f64 = 720.0;
const RATE: f64 = 24.0;
const MOST_RATE: f64 = 30.0;

/// Reads the open lens. `wished` decides where the browser does not say which way it looks but was asked for one.
pub(super) fn read(track: &MediaStreamTrack, wished: Facing) -> Lens {
    let settings = js::call(track, "getSettings", &[]).unwrap_or_default();
    let abilities = abilities(track);
    Lens {
        facing: facing(&settings, &track.label(), wished),
        // Safari answers with a bare `true`, Chrome too; older ones with a list.
        torch: js::get(&abilities, "torch").is_some_and(|torch| torch.is_truthy()),
        zoom: zoom(&abilities, &settings),
    }
}

/// The browser's own name for a camera that does not say which way it looks.
pub(super) fn unsided(track: &MediaStreamTrack) -> Option<String> {
    let settings = js::call(track, "getSettings", &[]).ok()?;
    let sided = js::text(&settings, "facingMode").is_some();
    js::text(&settings, "deviceId").filter(|_| !sided)
}

fn facing(settings: &JsValue, label: &str, wished: Facing) -> Facing {
    let label = label.to_ascii_lowercase();
    match js::text(settings, "facingMode").as_deref() {
        Some("environment") => Facing::Rear,
        Some("user") => Facing::Front,
        _ if label.contains("back") || label.contains("rear") => Facing::Rear,
        _ if label.contains("front") => Facing::Front,
        // A webcam that says nothing looks at the person in front of it, unless the front was not even asked for.
        _ if wished == Facing::Front => Facing::Front,
        _ => Facing::Unknown,
    }
}

fn zoom(abilities: &JsValue, settings: &JsValue) -> Option<ZoomRange> {
    let range = js::get(abilities, "zoom")?;
    let (min, max) = (js::number(&range, "min")? as f32, js::number(&range, "max")? as f32);
    (max > min).then(|| ZoomRange {
        min,
        max,
        now: js::number(settings, "zoom").map_or(min.max(1.0), |now| now as f32),
    })
}

fn abilities(track: &MediaStreamTrack) -> JsValue {
    js::call(track, "getCapabilities", &[]).unwrap_or_default()
}

/// Asks for the size and rate of a call. Never part of opening: sizes there make some phones pick another lens.
pub(super) fn ask_size(track: &MediaStreamTrack) {
    let ideal = |value: f64| js::object([("ideal", value.into())]);
    let rate = js::object([("ideal", RATE.into()), ("max", MOST_RATE.into())]);
    let wish = js::object([("width", ideal(WIDTH)), ("height", ideal(HEIGHT)), ("frameRate", rate)]);
    js::ignore(js::call(track, "applyConstraints", &[&wish]));
}

/// Sets the light and the zoom together: browsers forget the one that is left out.
/// Answers with what is in force afterwards.
pub(super) async fn drive(track: &MediaStreamTrack, light: Option<bool>, zoom: Option<f32>) -> Result<Driven, JsValue> {
    let set = js_sys::Object::new();
    if let Some(light) = light {
        js::set(&set, "torch", light);
    }
    if let Some(zoom) = zoom {
        js::set(&set, "zoom", f64::from(zoom));
    }
    let wish = js::object([("advanced", js_sys::Array::of1(&set).into())]);
    js::call_later(track, "applyConstraints", &[&wish]).await?;
    let settings = js::call(track, "getSettings", &[]).unwrap_or_default();
    Ok(Driven {
        light: js::get(&settings, "torch").and_then(|torch| torch.as_bool()),
        zoom: js::number(&settings, "zoom").map(|zoom| zoom as f32),
    })
}

/// What the lens says after being driven; none where it does not say.
pub(super) struct Driven {
    pub light: Option<bool>,
    pub zoom: Option<f32>,
}
