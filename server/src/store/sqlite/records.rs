use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::{SqliteStore, row::ReadRow as _, unavailable};
use crate::store::{Find, RecordStore, SessionRow, StoreError, StoredNotes, StoredProblem, UnixMs};

#[async_trait]
impl RecordStore for SqliteStore {
    async fn put_notes(&self, notes: &StoredNotes) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let stored: Option<i64> = sqlx::query_scalar("SELECT version FROM notes WHERE session_id = $1")
            .bind(notes.session_id.to_string())
            .fetch_optional(&mut *tx)
            .await
            .map_err(unavailable)?;
        let last = u64::try_from(stored.unwrap_or(0)).map_err(|_| StoreError::Corrupt("version"))?;
        if last + 1 != u64::from(notes.version) {
            return Err(StoreError::Conflict { last });
        }
        sqlx::query(
            "INSERT INTO notes (session_id, text, version, written_by, written_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (session_id) DO UPDATE SET text = $2, version = $3, written_by = $4, written_at = $5",
        )
        .bind(notes.session_id.to_string())
        .bind(&notes.text)
        .bind(i64::from(notes.version))
        .bind(notes.written_by.to_string())
        .bind(notes.written_at)
        .execute(&mut *tx)
        .await
        .map_err(unavailable)?;
        tx.commit().await.map_err(unavailable)
    }

    async fn notes(&self, session: Uuid) -> Result<Option<StoredNotes>, StoreError> {
        sqlx::query("SELECT * FROM notes WHERE session_id = $1")
            .bind(session.to_string())
            .fetch_optional(&self.read)
            .await
            .map_err(unavailable)?
            .as_ref()
            .map(read_notes)
            .transpose()
    }

    async fn put_problem(&self, problem: &StoredProblem) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO problems (id, session_id, agent_id, text, reported_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(problem.id.to_string())
            .bind(problem.session_id.to_string())
            .bind(problem.agent_id.to_string())
            .bind(&problem.text)
            .bind(problem.reported_at)
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(())
    }

    async fn problems(&self, limit: u32) -> Result<Vec<StoredProblem>, StoreError> {
        sqlx::query("SELECT * FROM problems ORDER BY reported_at DESC, id LIMIT $1")
            .bind(i64::from(limit))
            .fetch_all(&self.read)
            .await
            .map_err(unavailable)?
            .iter()
            .map(read_problem)
            .collect()
    }

    async fn remember_address(&self, session: Uuid, address: &str) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO session_addresses (session_id, address) VALUES ($1, $2) \
             ON CONFLICT (session_id, address) DO NOTHING",
        )
        .bind(session.to_string())
        .bind(address)
        .execute(&self.write)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    async fn find_sessions(&self, find: &Find, now: UnixMs, limit: u32) -> Result<Vec<SessionRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT s.* FROM sessions s WHERE \
             ($1 IS NULL OR EXISTS (SELECT 1 FROM session_agents a WHERE a.session_id = s.id AND a.agent_id = $1)) \
             AND (lower(s.case_id) LIKE $2 ESCAPE '\\' OR lower(s.customer_name) LIKE $2 ESCAPE '\\' \
             OR EXISTS (SELECT 1 FROM pins p WHERE p.session_id = s.id AND p.pin = $3 \
             AND p.retired_at IS NULL AND p.expires_at > $4) \
             OR EXISTS (SELECT 1 FROM session_addresses d WHERE d.session_id = s.id AND d.address = $5)) \
             ORDER BY s.last_at DESC, s.id LIMIT $6",
        )
        .bind(find.agent.map(|id| id.to_string()))
        .bind(containing(&find.text))
        .bind(&find.pin)
        .bind(now)
        .bind(&find.address)
        .bind(i64::from(limit))
        .fetch_all(&self.read)
        .await
        .map_err(unavailable)?;
        self.with_agents(&rows).await
    }
}

/// The pattern of texts that contain this one, of which no character means anything else.
fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

fn read_notes(row: &SqliteRow) -> Result<StoredNotes, StoreError> {
    Ok(StoredNotes {
        session_id: row.id("session_id")?,
        text: row.take("text")?,
        version: row.number("version")?,
        written_by: row.id("written_by")?,
        written_at: row.take("written_at")?,
    })
}

fn read_problem(row: &SqliteRow) -> Result<StoredProblem, StoreError> {
    Ok(StoredProblem {
        id: row.id("id")?,
        session_id: row.id("session_id")?,
        agent_id: row.id("agent_id")?,
        text: row.take("text")?,
        reported_at: row.take("reported_at")?,
    })
}
