//! What is asked of the encoders of a connection. How much, is decided by `farhand_shared::quality`.

use super::js;
use farhand_shared::quality::Encoding;
use wasm_bindgen::JsValue;
use web_sys::RtcRtpTransceiver;

/// VP8 is the one codec that works everywhere; the others stay behind it in the browser's own order.
pub(super) fn prefer_vp8(place: &RtcRtpTransceiver) {
    let receiver = js::get(&js_sys::global(), "RTCRtpReceiver");
    let abilities = receiver.and_then(|class| js::call(&class, "getCapabilities", &[&"video".into()]).ok());
    let Some(codecs) = abilities.and_then(|abilities| js::get(&abilities, "codecs")) else {
        return;
    };
    let codecs: Vec<JsValue> = js_sys::Array::from(&codecs).iter().collect();
    let is_vp8 =
        |codec: &&JsValue| js::text(codec, "mimeType").is_some_and(|kind| kind.eq_ignore_ascii_case("video/VP8"));
    let first = codecs.iter().filter(is_vp8);
    let rest = codecs.iter().filter(|codec| !is_vp8(codec));
    let ordered: js_sys::Array = first.chain(rest).collect();
    let _ = js::call(place, "setCodecPreferences", &[&ordered]);
}

/// Sound goes first where both do not fit.
pub(super) fn sound_first(place: &RtcRtpTransceiver) {
    set(
        place,
        None,
        &[("priority", "high".into()), ("networkPriority", "high".into())],
    );
}

/// Limits the picture. Where it still does not fit: fewer frames rather than smaller ones, since labels must stay readable
/// and sizes are the ladder's business.
pub(super) fn shape(place: &RtcRtpTransceiver, encoding: Encoding) {
    let limits = [
        ("maxBitrate", (encoding.max_kbit * 1000).into()),
        ("scaleResolutionDownBy", encoding.scale_down.into()),
        ("maxFramerate", encoding.fps.into()),
    ];
    set(place, Some("maintain-resolution"), &limits);
}

/// Browsers that know a wish not, leave it.
fn set(place: &RtcRtpTransceiver, degradation: Option<&str>, wishes: &[(&str, JsValue)]) {
    let sender = place.sender();
    let Ok(parameters) = js::call(&sender, "getParameters", &[]) else {
        return;
    };
    let encoding = js::get(&parameters, "encodings").and_then(|encodings| js::get(&encodings, "0"));
    let Some(encoding) = encoding else { return };
    for (key, value) in wishes {
        js::set(&encoding, key, value.clone());
    }
    if let Some(degradation) = degradation {
        js::set(&parameters, "degradationPreference", degradation);
    }
    js::ignore(js::call(&sender, "setParameters", &[&parameters]));
}
