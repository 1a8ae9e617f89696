use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::{SqliteStore, row::ReadRow as _, unavailable};
use crate::store::{Answer, HandoverStore, StoreError, StoredHandover, UnixMs};

#[async_trait]
impl HandoverStore for SqliteStore {
    async fn put_handover(&self, handover: &StoredHandover) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO handovers (session_id, asked_by, colleague, answer, until) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (session_id) DO UPDATE SET asked_by = $2, colleague = $3, answer = $4, until = $5",
        )
        .bind(handover.session_id.to_string())
        .bind(handover.asked_by.to_string())
        .bind(handover.colleague.to_string())
        .bind(handover.answer.as_str())
        .bind(handover.until)
        .execute(&self.write)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    async fn handover(&self, session: Uuid) -> Result<Option<StoredHandover>, StoreError> {
        let row = sqlx::query("SELECT * FROM handovers WHERE session_id = $1")
            .bind(session.to_string())
            .fetch_optional(&self.read)
            .await
            .map_err(unavailable)?;
        row.as_ref().map(read_handover).transpose()
    }

    async fn handovers_to(&self, colleague: Uuid, now: UnixMs) -> Result<Vec<StoredHandover>, StoreError> {
        sqlx::query("SELECT * FROM handovers WHERE colleague = $1 AND until > $2 AND answer = 'none' ORDER BY until")
            .bind(colleague.to_string())
            .bind(now)
            .fetch_all(&self.read)
            .await
            .map_err(unavailable)?
            .iter()
            .map(read_handover)
            .collect()
    }

    async fn answer_handover(&self, session: Uuid, colleague: Uuid, answer: Answer) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE handovers SET answer = $3 WHERE session_id = $1 AND colleague = $2 AND answer = 'none'",
        )
        .bind(session.to_string())
        .bind(colleague.to_string())
        .bind(answer.as_str())
        .execute(&self.write)
        .await
        .map_err(unavailable)?;
        Ok(done.rows_affected() > 0)
    }

    async fn remove_handover(&self, session: Uuid) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM handovers WHERE session_id = $1")
            .bind(session.to_string())
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(())
    }
}

fn read_handover(row: &SqliteRow) -> Result<StoredHandover, StoreError> {
    Ok(StoredHandover {
        session_id: row.id("session_id")?,
        asked_by: row.id("asked_by")?,
        colleague: row.id("colleague")?,
        answer: row.word("answer", Answer::from_text)?,
        until: row.take("until")?,
    })
}
