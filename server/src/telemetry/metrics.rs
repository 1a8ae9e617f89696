//! Figures for Prometheus. Anything counts with the macros of the `metrics` crate; this collects and shows them.

use std::sync::OnceLock;
use std::time::Duration;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::state::AppState;
use crate::turn::Stats;

/// How often histograms are folded, which bounds their memory.
const UPKEEP: Duration = Duration::from_secs(5);
/// Seconds an HTTP answer may take, as Prometheus counts them.
const SECONDS: [f64; 10] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// Requests answered; labels `method`, `route` and `status`.
pub const HTTP_REQUESTS: &str = "farhand_http_requests_total";
/// What the embedded relay does; label `what`.
pub const RELAY: &str = "farhand_relay";
/// Time to answer; labels `method` and `route`.
pub const HTTP_SECONDS: &str = "farhand_http_request_seconds";

/// The recorder is one per process, whatever number of servers run in it.
fn recorder() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    RECORDER.get_or_init(install).as_ref()
}

fn install() -> Option<PrometheusHandle> {
    let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS);
    let handle = builder.and_then(PrometheusBuilder::install_recorder);
    let handle = handle
        .inspect_err(|error| tracing::warn!(%error, "figures are not collected"))
        .ok()?;
    metrics::describe_counter!(HTTP_REQUESTS, "Requests answered");
    metrics::describe_histogram!(HTTP_SECONDS, metrics::Unit::Seconds, "Time to answer a request");
    metrics::describe_gauge!(
        RELAY,
        "What the embedded TURN server has done since it started, or has now (active_…)"
    );
    Some(handle)
}

/// Starts collecting, and keeps collecting within bounds until the server stops.
pub fn start(state: &AppState) {
    let Some(recorder) = recorder() else { return };
    let (state, tracker) = (state.clone(), state.tracker.clone());
    tracker.spawn(async move {
        let mut tick = tokio::time::interval(UPKEEP);
        while state.shutdown.run_until_cancelled(tick.tick()).await.is_some() {
            recorder.run_upkeep();
            if let Some(relay) = &state.relaying.embedded {
                show_relay(&relay.stats());
            }
        }
    });
}

/// The relay counts by itself; its figures are copied.
fn show_relay(stats: &Stats) {
    let figures = [
        ("active_allocations", stats.active_allocations),
        ("allocations", stats.allocations),
        ("quota_refusals", stats.quota_refusals),
        ("auth_refusals", stats.auth_refusals),
        ("rate_limited", stats.rate_limited),
        ("peers_refused", stats.peers_refused),
        ("bytes_to_peers", stats.bytes_to_peers),
        ("bytes_from_peers", stats.bytes_from_peers),
        ("packets_over_cap", stats.packets_over_cap),
        ("packets_undelivered", stats.packets_undelivered),
        ("active_tcp", stats.active_tcp),
        ("tcp_refused", stats.tcp_refused),
    ];
    for (what, value) in figures {
        metrics::gauge!(RELAY, "what" => what).set(value as f64);
    }
}

/// All figures in Prometheus' text format.
pub fn render() -> String {
    recorder().map(PrometheusHandle::render).unwrap_or_default()
}
