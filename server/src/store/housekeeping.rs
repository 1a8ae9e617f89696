//! Sweeps the store from time to time.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{Store, unix_ms};
use crate::clock::Clock;

const EVERY: Duration = Duration::from_secs(10 * 60);

/// Sweeps at start and then every ten minutes, until the server stops.
pub async fn run(store: Arc<dyn Store>, clock: Clock, shutdown: CancellationToken) {
    loop {
        if let Err(error) = store.sweep(unix_ms(clock.now_ms())).await {
            tracing::warn!(%error, "expired data could not be swept away; it is tried again later");
        }
        if tokio::time::timeout(EVERY, shutdown.cancelled()).await.is_ok() {
            return;
        }
    }
}
