use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::{SqliteStore, row::ReadRow as _, taken_or_unavailable, unavailable};
use crate::store::{PinRow, PinStore, StoreError, UnixMs};

#[async_trait]
impl PinStore for SqliteStore {
    async fn put_pin(&self, pin: &PinRow, now: UnixMs) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        // An expired PIN frees its number for others; the session's previous PIN makes way for the new one.
        sqlx::query(
            "UPDATE pins SET retired_at = $3 WHERE retired_at IS NULL \
             AND (session_id = $1 OR (pin = $2 AND expires_at <= $3))",
        )
        .bind(pin.session_id.to_string())
        .bind(&pin.pin)
        .bind(now)
        .execute(&mut *tx)
        .await
        .map_err(unavailable)?;
        sqlx::query(
            "INSERT INTO pins (id, pin, session_id, created_at, expires_at, misses, knocks_declined) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(pin.id.to_string())
        .bind(&pin.pin)
        .bind(pin.session_id.to_string())
        .bind(pin.created_at)
        .bind(pin.expires_at)
        .bind(i64::from(pin.misses))
        .bind(i64::from(pin.knocks_declined))
        .execute(&mut *tx)
        .await
        .map_err(taken_or_unavailable)?;
        tx.commit().await.map_err(unavailable)
    }

    async fn pin(&self, pin: &str, now: UnixMs) -> Result<Option<PinRow>, StoreError> {
        sqlx::query("SELECT * FROM pins WHERE pin = $1 AND retired_at IS NULL AND expires_at > $2")
            .bind(pin)
            .bind(now)
            .fetch_optional(&self.read)
            .await
            .map_err(unavailable)?
            .as_ref()
            .map(read_pin)
            .transpose()
    }

    async fn pin_of(&self, session: Uuid, now: UnixMs) -> Result<Option<PinRow>, StoreError> {
        sqlx::query("SELECT * FROM pins WHERE session_id = $1 AND retired_at IS NULL AND expires_at > $2")
            .bind(session.to_string())
            .bind(now)
            .fetch_optional(&self.read)
            .await
            .map_err(unavailable)?
            .as_ref()
            .map(read_pin)
            .transpose()
    }

    async fn count_pin_miss(&self, id: Uuid) -> Result<Option<u32>, StoreError> {
        sqlx::query(
            "UPDATE pins SET misses = misses + 1 WHERE id = $1 AND retired_at IS NULL \
             RETURNING misses",
        )
        .bind(id.to_string())
        .fetch_optional(&self.write)
        .await
        .map_err(unavailable)?
        .map(|row| row.number("misses"))
        .transpose()
    }

    async fn count_knock_declined(&self, id: Uuid) -> Result<Option<u32>, StoreError> {
        sqlx::query(
            "UPDATE pins SET knocks_declined = knocks_declined + 1 \
             WHERE id = $1 AND retired_at IS NULL RETURNING knocks_declined",
        )
        .bind(id.to_string())
        .fetch_optional(&self.write)
        .await
        .map_err(unavailable)?
        .map(|row| row.number("knocks_declined"))
        .transpose()
    }

    async fn retire_pin(&self, id: Uuid, now: UnixMs) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE pins SET retired_at = $2 WHERE id = $1 AND retired_at IS NULL")
            .bind(id.to_string())
            .bind(now)
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(done.rows_affected() > 0)
    }

    async fn retire_pin_of(&self, session: Uuid, now: UnixMs) -> Result<(), StoreError> {
        sqlx::query("UPDATE pins SET retired_at = $2 WHERE session_id = $1 AND retired_at IS NULL")
            .bind(session.to_string())
            .bind(now)
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(())
    }
}

fn read_pin(row: &SqliteRow) -> Result<PinRow, StoreError> {
    Ok(PinRow {
        id: row.id("id")?,
        pin: row.take("pin")?,
        session_id: row.id("session_id")?,
        created_at: row.take("created_at")?,
        expires_at: row.take("expires_at")?,
        misses: row.number("misses")?,
        knocks_declined: row.number("knocks_declined")?,
    })
}
