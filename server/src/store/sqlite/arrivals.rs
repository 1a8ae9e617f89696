use async_trait::async_trait;
use uuid::Uuid;

use super::{SqliteStore, row::ReadRow as _, unavailable};
use crate::store::{ArrivalStore, MOST_ARRIVALS, StoreError, StoredArrival, UnixMs};

#[async_trait]
impl ArrivalStore for SqliteStore {
    async fn put_arrival(
        &self,
        session: Uuid,
        user_agent: &str,
        no_program: bool,
        at: UnixMs,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO pages_opened (session_id, user_agent, no_program, first_at, seen_at) \
             VALUES ($1, $2, $3, $4, $4) \
             ON CONFLICT (session_id, user_agent, no_program) DO UPDATE SET seen_at = $4",
        )
        .bind(session.to_string())
        .bind(user_agent)
        .bind(i64::from(no_program))
        .bind(at)
        .execute(&mut *tx)
        .await
        .map_err(unavailable)?;
        sqlx::query(
            "DELETE FROM pages_opened WHERE session_id = $1 AND rowid NOT IN \
             (SELECT rowid FROM pages_opened WHERE session_id = $1 ORDER BY seen_at DESC, rowid DESC LIMIT $2)",
        )
        .bind(session.to_string())
        .bind(i64::from(MOST_ARRIVALS))
        .execute(&mut *tx)
        .await
        .map_err(unavailable)?;
        tx.commit().await.map_err(unavailable)?;
        Ok(())
    }

    async fn arrivals(&self, session: Uuid) -> Result<Vec<StoredArrival>, StoreError> {
        let rows = sqlx::query("SELECT * FROM pages_opened WHERE session_id = $1 ORDER BY seen_at, rowid")
            .bind(session.to_string())
            .fetch_all(&self.read)
            .await
            .map_err(unavailable)?;
        let arrival = |row: &sqlx::sqlite::SqliteRow| {
            Ok(StoredArrival {
                session_id: row.id("session_id")?,
                user_agent: row.take("user_agent")?,
                no_program: row.flag("no_program")?,
                first_at: row.take("first_at")?,
                seen_at: row.take("seen_at")?,
            })
        };
        rows.iter().map(arrival).collect()
    }
}
