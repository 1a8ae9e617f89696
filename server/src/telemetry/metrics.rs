//! Figures for Prometheus. Anything counts with the macros of the `metrics` crate; this collects and shows them.

use std::sync::OnceLock;
use std::time::Duration;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::state::AppState;

/// How often histograms are folded, which bounds their memory.
const UPKEEP: Duration = Duration::from_secs(5);
/// Seconds an HTTP answer may take, as Prometheus counts them.
const SECONDS: [f64; 10] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// Requests answered; labels `method`, `route` and `status`.
pub const HTTP_REQUESTS: &str = "farhand_http_requests_total";
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
    Some(handle)
}

/// Starts collecting, and keeps collecting within bounds until the server stops.
pub fn start(state: &AppState) {
    let Some(recorder) = recorder() else { return };
    let shutdown = state.shutdown.clone();
    state.tracker.spawn(async move {
        let mut tick = tokio::time::interval(UPKEEP);
        while shutdown.run_until_cancelled(tick.tick()).await.is_some() {
            recorder.run_upkeep();
        }
    });
}

/// All figures in Prometheus' text format.
pub fn render() -> String {
    recorder().map(PrometheusHandle::render).unwrap_or_default()
}
