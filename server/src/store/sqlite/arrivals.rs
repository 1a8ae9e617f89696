use async_trait::async_trait;
use uuid::Uuid;

use super::{SqliteStore, row::ReadRow as _, unavailable};
use crate::store::{ArrivalStore, StoreError, StoredArrival};

#[async_trait]
impl ArrivalStore for SqliteStore {
    async fn put_arrival(&self, arrival: &StoredArrival) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO arrivals (session_id, user_agent, seen_at, no_program) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (session_id) DO UPDATE SET user_agent = $2, seen_at = $3, no_program = $4",
        )
        .bind(arrival.session_id.to_string())
        .bind(&arrival.user_agent)
        .bind(arrival.seen_at)
        .bind(i64::from(arrival.no_program))
        .execute(&self.write)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    async fn arrival(&self, session: Uuid) -> Result<Option<StoredArrival>, StoreError> {
        let row = sqlx::query("SELECT * FROM arrivals WHERE session_id = $1")
            .bind(session.to_string())
            .fetch_optional(&self.read)
            .await
            .map_err(unavailable)?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(StoredArrival {
            session_id: row.id("session_id")?,
            user_agent: row.take("user_agent")?,
            no_program: row.flag("no_program")?,
            seen_at: row.take("seen_at")?,
        }))
    }
}
