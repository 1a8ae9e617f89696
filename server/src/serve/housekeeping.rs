//! What is done every few minutes whatever happens: the store forgets what has expired.

use std::time::Duration;

use crate::state::AppState;
use crate::store::unix_ms;

const EVERY: Duration = Duration::from_secs(5 * 60);

/// Sweeps now and then until the server stops.
pub fn start(state: &AppState) {
    let (state, tracker) = (state.clone(), state.tracker.clone());
    tracker.spawn(async move {
        let mut tick = tokio::time::interval(EVERY);
        while state.shutdown.run_until_cancelled(tick.tick()).await.is_some() {
            if let Err(error) = state.store.sweep(unix_ms(state.clock.now_ms())).await {
                tracing::warn!(%error, "expired entries could not be forgotten");
            }
        }
    });
}
