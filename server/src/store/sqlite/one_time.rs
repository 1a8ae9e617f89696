//! Links that work once: the one statement that uses a link up decides who gets it.

use sqlx::{SqliteExecutor, sqlite::SqliteRow};

use super::{Tx, row::ReadRow as _, taken_or_unavailable, unavailable};
use crate::store::{OneTime, StoreError, TokenKind, UnixMs, secret::SecretHash};

/// Keeps `link` and drops unused ones of the same kind for the same agent.
pub(super) async fn replace(tx: &mut Tx, link: &OneTime) -> Result<(), StoreError> {
    let agent = link.agent_id.map(|id| id.to_string());
    sqlx::query(
        "DELETE FROM one_time_tokens WHERE kind = $1 AND used_at IS NULL \
         AND (agent_id = $2 OR (agent_id IS NULL AND $2 IS NULL))",
    )
    .bind(link.kind.as_str())
    .bind(&agent)
    .execute(&mut **tx)
    .await
    .map_err(unavailable)?;
    sqlx::query(
        "INSERT INTO one_time_tokens (token_hash, kind, agent_id, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(link.token.as_str())
    .bind(link.kind.as_str())
    .bind(&agent)
    .bind(link.created_at)
    .bind(link.expires_at)
    .execute(&mut **tx)
    .await
    .map_err(taken_or_unavailable)?;
    Ok(())
}

/// The link if it is unused and in time.
pub(super) async fn look(
    executor: impl SqliteExecutor<'_>,
    kind: TokenKind,
    token: &SecretHash,
    now: UnixMs,
) -> Result<Option<OneTime>, StoreError> {
    sqlx::query(
        "SELECT * FROM one_time_tokens WHERE token_hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3",
    )
    .bind(token.as_str())
    .bind(kind.as_str())
    .bind(now)
    .fetch_optional(executor)
    .await
    .map_err(unavailable)?
    .as_ref()
    .map(read)
    .transpose()
}

/// Uses the link up if it is unused and in time.
pub(super) async fn take(
    executor: impl SqliteExecutor<'_>,
    kind: TokenKind,
    token: &SecretHash,
    now: UnixMs,
) -> Result<Option<OneTime>, StoreError> {
    sqlx::query(
        "UPDATE one_time_tokens SET used_at = $3 \
         WHERE token_hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3 RETURNING *",
    )
    .bind(token.as_str())
    .bind(kind.as_str())
    .bind(now)
    .fetch_optional(executor)
    .await
    .map_err(unavailable)?
    .as_ref()
    .map(read)
    .transpose()
}

fn read(row: &SqliteRow) -> Result<OneTime, StoreError> {
    Ok(OneTime {
        token: SecretHash::from_stored(row.take("token_hash")?),
        kind: row.word("kind", TokenKind::from_text)?,
        agent_id: row.maybe_id("agent_id")?,
        created_at: row.take("created_at")?,
        expires_at: row.take("expires_at")?,
    })
}
