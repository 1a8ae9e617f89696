use std::collections::HashMap;

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::{
    SqliteStore, Tx,
    row::{ReadRow as _, stored_number},
    unavailable,
};
use crate::store::{EventStore, FileFate, SessionRow, StoreError, StoredEvent};

#[async_trait]
impl EventStore for SqliteStore {
    async fn append_with_files(
        &self,
        row: &SessionRow,
        first_seq: u64,
        events: &[StoredEvent],
        fates: &[FileFate],
    ) -> Result<(), StoreError> {
        let last = counts_up(first_seq, events)?;
        let mut tx = self.begin().await?;
        let stored: Option<i64> = sqlx::query_scalar("SELECT last_seq FROM sessions WHERE id = $1")
            .bind(row.id.to_string())
            .fetch_optional(&mut *tx)
            .await
            .map_err(unavailable)?;
        let stored = u64::try_from(stored.unwrap_or(0)).map_err(|_| StoreError::Corrupt("last_seq"))?;
        if stored.checked_add(1) != Some(first_seq) {
            return Err(StoreError::Conflict { last: stored });
        }
        write_row(&mut tx, row, last).await?;
        for event in events {
            write_event(&mut tx, row.id, event).await?;
        }
        for fate in fates {
            write_fate(&mut tx, row, *fate).await?;
        }
        tx.commit().await.map_err(unavailable)
    }

    async fn load(&self, session: Uuid, after_seq: u64) -> Result<Vec<StoredEvent>, StoreError> {
        sqlx::query(
            "SELECT seq, at_ms, by_person, cause, body FROM events \
             WHERE session_id = $1 AND seq > $2 ORDER BY seq",
        )
        .bind(session.to_string())
        .bind(i64::try_from(after_seq).unwrap_or(i64::MAX))
        .fetch_all(&self.read)
        .await
        .map_err(unavailable)?
        .iter()
        .map(read_event)
        .collect()
    }

    async fn session(&self, session: Uuid) -> Result<Option<SessionRow>, StoreError> {
        let rows = sqlx::query("SELECT * FROM sessions WHERE id = $1")
            .bind(session.to_string())
            .fetch_all(&self.read)
            .await
            .map_err(unavailable)?;
        Ok(self.with_agents(&rows).await?.pop())
    }

    async fn recent_sessions(&self, agent: Uuid, limit: u32) -> Result<Vec<SessionRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT s.* FROM sessions s JOIN session_agents a ON a.session_id = s.id \
             WHERE a.agent_id = $1 ORDER BY s.last_at DESC, s.id LIMIT $2",
        )
        .bind(agent.to_string())
        .bind(i64::from(limit))
        .fetch_all(&self.read)
        .await
        .map_err(unavailable)?;
        self.with_agents(&rows).await
    }

    async fn live_sessions(&self) -> Result<Vec<SessionRow>, StoreError> {
        let rows = sqlx::query("SELECT * FROM sessions WHERE ended_at IS NULL ORDER BY last_at, id")
            .fetch_all(&self.read)
            .await
            .map_err(unavailable)?;
        self.with_agents(&rows).await
    }
}

impl SqliteStore {
    pub(super) async fn with_agents(&self, rows: &[SqliteRow]) -> Result<Vec<SessionRow>, StoreError> {
        let mut sessions = rows.iter().map(read_session).collect::<Result<Vec<_>, _>>()?;
        // One look for all of them: lists are read every few seconds by everybody who is online.
        let ids: Vec<_> = sessions.iter().map(|session| session.id.to_string()).collect();
        let found = sqlx::query(
            "SELECT session_id, agent_id FROM session_agents \
             WHERE session_id IN (SELECT value FROM json_each($1)) ORDER BY agent_id",
        )
        .bind(serde_json::Value::from(ids).to_string())
        .fetch_all(&self.read)
        .await
        .map_err(unavailable)?;
        let mut agents = HashMap::<Uuid, Vec<Uuid>>::new();
        for row in &found {
            agents
                .entry(row.id("session_id")?)
                .or_default()
                .push(row.id("agent_id")?);
        }
        for session in &mut sessions {
            session.agents = agents.remove(&session.id).unwrap_or_default();
        }
        Ok(sessions)
    }
}

/// The last number, if the events count up from `first_seq` without a gap.
fn counts_up(first_seq: u64, events: &[StoredEvent]) -> Result<u64, StoreError> {
    let gapless = events.iter().zip(first_seq..).all(|(event, seq)| event.seq == seq);
    match events.last() {
        Some(last) if gapless && first_seq > 0 => Ok(last.seq),
        Some(_) => Err(StoreError::Misuse("events must count up from first_seq")),
        None => Err(StoreError::Misuse("no events to append")),
    }
}

async fn write_row(tx: &mut Tx, row: &SessionRow, last_seq: u64) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sessions (id, status, mode, case_id, customer_name, created_by, created_at, last_at, ended_at, \
         last_seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (id) DO UPDATE SET status = $2, mode = $3, case_id = $4, customer_name = $5, last_at = $8, \
         ended_at = $9, last_seq = $10",
    )
    .bind(row.id.to_string())
    .bind(&row.status)
    .bind(&row.mode)
    .bind(&row.case_id)
    .bind(&row.customer_name)
    .bind(row.created_by.map(|id| id.to_string()))
    .bind(row.created_at)
    .bind(row.last_at)
    .bind(row.ended_at)
    .bind(stored_number(last_seq)?)
    .execute(&mut **tx)
    .await
    .map_err(unavailable)?;
    for agent in row.agents.iter().chain(&row.created_by) {
        sqlx::query(
            "INSERT INTO session_agents (session_id, agent_id) VALUES ($1, $2) \
             ON CONFLICT (session_id, agent_id) DO NOTHING",
        )
        .bind(row.id.to_string())
        .bind(agent.to_string())
        .execute(&mut **tx)
        .await
        .map_err(unavailable)?;
    }
    Ok(())
}

async fn write_event(tx: &mut Tx, session: Uuid, event: &StoredEvent) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO events (session_id, seq, at_ms, by_person, cause, body) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(session.to_string())
    .bind(stored_number(event.seq)?)
    .bind(event.at_ms)
    .bind(event.by.map(|id| id.to_string()))
    .bind(event.cause.map(|id| id.to_string()))
    .bind(&event.body)
    .execute(&mut **tx)
    .await
    .map_err(unavailable)?;
    Ok(())
}

async fn write_fate(tx: &mut Tx, row: &SessionRow, fate: FileFate) -> Result<(), StoreError> {
    let (file, deleted_at) = match fate {
        FileFate::Deleted(file) => (file, Some(row.last_at)),
        FileFate::Restored(file) => (file, None),
    };
    sqlx::query("UPDATE files SET deleted_at = $3 WHERE id = $1 AND session_id = $2")
        .bind(file.to_string())
        .bind(row.id.to_string())
        .bind(deleted_at)
        .execute(&mut **tx)
        .await
        .map_err(unavailable)?;
    Ok(())
}

fn read_event(row: &SqliteRow) -> Result<StoredEvent, StoreError> {
    Ok(StoredEvent {
        seq: row.number("seq")?,
        at_ms: row.take("at_ms")?,
        by: row.maybe_id("by_person")?,
        cause: row.maybe_id("cause")?,
        body: row.take("body")?,
    })
}

fn read_session(row: &SqliteRow) -> Result<SessionRow, StoreError> {
    Ok(SessionRow {
        id: row.id("id")?,
        status: row.take("status")?,
        mode: row.take("mode")?,
        case_id: row.take("case_id")?,
        customer_name: row.take("customer_name")?,
        created_by: row.maybe_id("created_by")?,
        agents: Vec::new(),
        created_at: row.take("created_at")?,
        last_at: row.take("last_at")?,
        ended_at: row.take("ended_at")?,
    })
}
