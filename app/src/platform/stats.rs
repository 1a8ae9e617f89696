//! `getStats` in the few numbers that the words and the ladder of quality need.

use super::js;
use farhand_shared::peer::PeerStats;
use wasm_bindgen::JsValue;

/// Sums up a report.
pub(super) fn read(report: &JsValue) -> PeerStats {
    let Ok(values) = js::call(report, "values", &[]) else {
        return PeerStats::default();
    };
    let entries: Vec<JsValue> = js_sys::Array::from(&values).iter().collect();
    let selected = entries
        .iter()
        .find_map(|entry| js::text(entry, "selectedCandidatePairId"));
    let mut stats = PeerStats::default();
    for entry in &entries {
        match js::text(entry, "type").as_deref() {
            Some("inbound-rtp") => {
                stats.bytes_received += count(entry, "bytesReceived");
                stats.packets_received += count(entry, "packetsReceived");
                stats.packets_lost += count(entry, "packetsLost");
                stats.frames_decoded += count(entry, "framesDecoded");
            }
            Some("outbound-rtp") => outbound(entry, &mut stats),
            Some("media-source") if is_picture(entry) => {
                let side = |key| js::number(entry, key).map(|pixels| pixels as u32);
                stats.camera_side = side("width").min(side("height"));
                stats.camera_frames = js::number(entry, "frames").map(|frames| frames as u64);
            }
            Some("remote-inbound-rtp") => {
                let loss = js::number(entry, "fractionLost").map(|loss| loss as f32);
                stats.remote_loss = [stats.remote_loss, loss].into_iter().flatten().reduce(f32::max);
            }
            Some("candidate-pair") if is_selected(entry, selected.as_deref()) => {
                stats.rtt_ms = js::number(entry, "currentRoundTripTime").map(|seconds| (seconds * 1000.0) as f32);
                stats.available_outgoing = js::number(entry, "availableOutgoingBitrate");
            }
            _ => {}
        }
    }
    stats
}

fn outbound(entry: &JsValue, stats: &mut PeerStats) {
    let bytes = count(entry, "bytesSent");
    stats.bytes_sent += bytes;
    if is_picture(entry) {
        stats.picture_bytes_sent += bytes;
        stats.frames_sent += count(entry, "framesSent");
        match js::text(entry, "qualityLimitationReason").as_deref() {
            Some("cpu") => stats.cpu_limited = true,
            Some("bandwidth") => stats.line_limited = true,
            _ => {}
        }
    }
}

fn is_picture(entry: &JsValue) -> bool {
    js::text(entry, "kind").as_deref() == Some("video")
}

/// Packets can come out negative when duplicates arrive; that counts as none.
fn count(entry: &JsValue, key: &str) -> u64 {
    js::number(entry, key).map_or(0, |number| number.max(0.0) as u64)
}

/// Firefox marks the pair itself; the others name it in the transport's entry.
fn is_selected(pair: &JsValue, selected: Option<&str>) -> bool {
    match selected {
        Some(id) => js::text(pair, "id").as_deref() == Some(id),
        None => {
            js::flag(pair, "selected")
                || (js::flag(pair, "nominated") && js::text(pair, "state").as_deref() == Some("succeeded"))
        }
    }
}
