use async_trait::async_trait;
use sqlx::SqliteExecutor;

use super::{SqliteStore, row::ReadRow as _, unavailable};
use crate::store::{
    CounterStore, StoreError, UnixMs,
    counters::{sliding, window_start},
};

#[async_trait]
impl CounterStore for SqliteStore {
    async fn hit(&self, scope: &str, window_ms: i64, now: UnixMs) -> Result<u64, StoreError> {
        let start = window_start(window_ms, now);
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO counters (scope, window_start, hits, expires_at) VALUES ($1, $2, 1, $3) \
             ON CONFLICT (scope, window_start) DO UPDATE SET hits = counters.hits + 1",
        )
        .bind(scope)
        .bind(start)
        .bind(start.saturating_add(window_ms.saturating_mul(2)))
        .execute(&mut *tx)
        .await
        .map_err(unavailable)?;
        let counted = estimate(&mut *tx, scope, window_ms, now).await?;
        tx.commit().await.map_err(unavailable)?;
        Ok(counted)
    }

    async fn hits(&self, scope: &str, window_ms: i64, now: UnixMs) -> Result<u64, StoreError> {
        estimate(&self.read, scope, window_ms, now).await
    }

    async fn clear_hits(&self, scope: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM counters WHERE scope = $1")
            .bind(scope)
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(())
    }
}

async fn estimate(
    executor: impl SqliteExecutor<'_>,
    scope: &str,
    window_ms: i64,
    now: UnixMs,
) -> Result<u64, StoreError> {
    let start = window_start(window_ms, now);
    let before = start.saturating_sub(window_ms);
    let rows = sqlx::query("SELECT window_start, hits FROM counters WHERE scope = $1 AND window_start IN ($2, $3)")
        .bind(scope)
        .bind(before)
        .bind(start)
        .fetch_all(executor)
        .await
        .map_err(unavailable)?;
    let (mut previous, mut current) = (0, 0);
    for row in &rows {
        let hits = row.number("hits")?;
        if row.take::<i64>("window_start")? == start {
            current = hits;
        } else {
            previous = hits;
        }
    }
    Ok(sliding(previous, current, window_ms, now))
}
