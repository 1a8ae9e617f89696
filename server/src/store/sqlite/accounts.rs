use async_trait::async_trait;
use sqlx::{SqliteExecutor, sqlite::SqliteRow};
use uuid::Uuid;

use super::{SqliteStore, one_time, row::ReadRow as _, taken_or_unavailable, unavailable};
use crate::store::{
    AccountStore, Agent, AuditEntry, Credentials, EmailDomain, NewAgent, OneTime, StoreError, TokenKind, UnixMs,
    WebSession,
    secret::{Private, SecretHash},
};

#[async_trait]
impl AccountStore for SqliteStore {
    async fn create_agent(&self, new: &NewAgent) -> Result<(), StoreError> {
        insert_agent(&self.write, new).await
    }

    async fn claim_first_admin(&self, link: &SecretHash, new: &NewAgent, now: UnixMs) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        if admins(&mut *tx).await? > 0
            || one_time::take(&mut *tx, TokenKind::FirstAdmin, link, now)
                .await?
                .is_none()
        {
            return Ok(false);
        }
        insert_agent(&mut *tx, new).await?;
        tx.commit().await.map_err(unavailable)?;
        Ok(true)
    }

    async fn agent(&self, id: Uuid) -> Result<Option<Agent>, StoreError> {
        select_agent(&self.read, id).await
    }

    async fn credentials(&self, email: &Private) -> Result<Option<Credentials>, StoreError> {
        sqlx::query("SELECT * FROM agents WHERE email = $1")
            .bind(email.expose())
            .fetch_optional(&self.read)
            .await
            .map_err(unavailable)?
            .map(|row| {
                Ok(Credentials {
                    agent: read_agent(&row)?,
                    password_hash: Private::new(row.take::<String>("password_hash")?),
                })
            })
            .transpose()
    }

    async fn agents(&self, offset: u32, limit: u32) -> Result<Vec<Agent>, StoreError> {
        sqlx::query("SELECT * FROM agents ORDER BY name, id LIMIT $1 OFFSET $2")
            .bind(i64::from(limit))
            .bind(i64::from(offset))
            .fetch_all(&self.read)
            .await
            .map_err(unavailable)?
            .iter()
            .map(read_agent)
            .collect()
    }

    async fn has_admin(&self) -> Result<bool, StoreError> {
        Ok(admins(&self.read).await? > 0)
    }

    async fn rename_agent(&self, id: Uuid, name: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE agents SET name = $2 WHERE id = $1")
            .bind(id.to_string())
            .bind(name)
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(())
    }

    async fn set_password(&self, id: Uuid, password_hash: &Private) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        write_hash(&mut *tx, id, password_hash).await?;
        delete_web_sessions(&mut *tx, id).await?;
        tx.commit().await.map_err(unavailable)
    }

    async fn refresh_password_hash(&self, id: Uuid, hash: &Private) -> Result<(), StoreError> {
        write_hash(&self.write, id, hash).await
    }

    async fn mark_verified(&self, id: Uuid, now: UnixMs) -> Result<(), StoreError> {
        sqlx::query("UPDATE agents SET verified_at = $2 WHERE id = $1 AND verified_at IS NULL")
            .bind(id.to_string())
            .bind(now)
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(())
    }

    async fn set_standing(&self, id: Uuid, disabled: bool, admin: bool) -> Result<Option<Agent>, StoreError> {
        let mut tx = self.begin().await?;
        let admins_before = admins(&mut *tx).await?;
        sqlx::query("UPDATE agents SET disabled = $2, admin = $3 WHERE id = $1")
            .bind(id.to_string())
            .bind(i64::from(disabled))
            .bind(i64::from(admin))
            .execute(&mut *tx)
            .await
            .map_err(unavailable)?;
        if admins_before > 0 && admins(&mut *tx).await? == 0 {
            return Err(StoreError::LastAdmin);
        }
        if disabled {
            delete_web_sessions(&mut *tx, id).await?;
        }
        let agent = select_agent(&mut *tx, id).await?;
        tx.commit().await.map_err(unavailable)?;
        Ok(agent)
    }

    async fn email_domains(&self) -> Result<Vec<EmailDomain>, StoreError> {
        sqlx::query("SELECT * FROM email_domains ORDER BY domain")
            .fetch_all(&self.read)
            .await
            .map_err(unavailable)?
            .iter()
            .map(|row| {
                Ok(EmailDomain {
                    domain: row.take("domain")?,
                    added_by: row.maybe_id("added_by")?,
                    added_at: row.take("added_at")?,
                })
            })
            .collect()
    }

    async fn allow_domain(&self, domain: &EmailDomain) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO email_domains (domain, added_by, added_at) VALUES ($1, $2, $3) \
             ON CONFLICT (domain) DO NOTHING",
        )
        .bind(&domain.domain)
        .bind(domain.added_by.map(|id| id.to_string()))
        .bind(domain.added_at)
        .execute(&self.write)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    async fn remove_domain(&self, domain: &str) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM email_domains WHERE domain = $1")
            .bind(domain)
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(done.rows_affected() > 0)
    }

    async fn start_web_session(&self, session: &WebSession) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO web_sessions (token_hash, agent_id, created_at, last_seen_at, expires_at, user_agent) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(session.token.as_str())
        .bind(session.agent_id.to_string())
        .bind(session.created_at)
        .bind(session.last_seen_at)
        .bind(session.expires_at)
        .bind(&session.user_agent)
        .execute(&self.write)
        .await
        .map_err(taken_or_unavailable)?;
        Ok(())
    }

    async fn web_session(&self, token: &SecretHash, now: UnixMs) -> Result<Option<(WebSession, Agent)>, StoreError> {
        sqlx::query(
            "SELECT a.*, w.token_hash, w.agent_id, w.created_at AS signed_in_at, w.last_seen_at, w.expires_at, \
             w.user_agent FROM web_sessions w JOIN agents a ON a.id = w.agent_id \
             WHERE w.token_hash = $1 AND w.expires_at > $2 AND a.disabled = 0",
        )
        .bind(token.as_str())
        .bind(now)
        .fetch_optional(&self.read)
        .await
        .map_err(unavailable)?
        .map(|row| Ok((read_web_session(&row)?, read_agent(&row)?)))
        .transpose()
    }

    async fn touch_web_session(&self, token: &SecretHash, now: UnixMs, expires_at: UnixMs) -> Result<(), StoreError> {
        sqlx::query("UPDATE web_sessions SET last_seen_at = $2, expires_at = $3 WHERE token_hash = $1")
            .bind(token.as_str())
            .bind(now)
            .bind(expires_at)
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(())
    }

    async fn end_web_session(&self, token: &SecretHash) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM web_sessions WHERE token_hash = $1")
            .bind(token.as_str())
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(())
    }

    async fn end_web_sessions(&self, agent: Uuid) -> Result<u64, StoreError> {
        delete_web_sessions(&self.write, agent).await
    }

    async fn put_one_time(&self, link: &OneTime) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        one_time::replace(&mut tx, link).await?;
        tx.commit().await.map_err(unavailable)
    }

    async fn one_time(&self, kind: TokenKind, token: &SecretHash, now: UnixMs) -> Result<Option<OneTime>, StoreError> {
        one_time::look(&self.read, kind, token, now).await
    }

    async fn use_one_time(
        &self,
        kind: TokenKind,
        token: &SecretHash,
        now: UnixMs,
    ) -> Result<Option<OneTime>, StoreError> {
        one_time::take(&self.write, kind, token, now).await
    }

    async fn audit(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO audit (id, at_ms, by_agent, action, target, note) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(entry.id.to_string())
        .bind(entry.at)
        .bind(entry.by.map(|id| id.to_string()))
        .bind(&entry.action)
        .bind(&entry.target)
        .bind(&entry.note)
        .execute(&self.write)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    async fn audit_entries(&self, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        sqlx::query("SELECT * FROM audit ORDER BY at_ms DESC, id LIMIT $1")
            .bind(i64::from(limit))
            .fetch_all(&self.read)
            .await
            .map_err(unavailable)?
            .iter()
            .map(|row| {
                Ok(AuditEntry {
                    id: row.id("id")?,
                    at: row.take("at_ms")?,
                    by: row.maybe_id("by_agent")?,
                    action: row.take("action")?,
                    target: row.take("target")?,
                    note: row.take("note")?,
                })
            })
            .collect()
    }
}

async fn insert_agent(executor: impl SqliteExecutor<'_>, new: &NewAgent) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO agents (id, email, name, password_hash, admin, disabled, verified_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(new.agent.id.to_string())
    .bind(new.agent.email.expose())
    .bind(&new.agent.name)
    .bind(new.password_hash.expose())
    .bind(i64::from(new.agent.admin))
    .bind(i64::from(new.agent.disabled))
    .bind(new.agent.verified_at)
    .bind(new.agent.created_at)
    .execute(executor)
    .await
    .map_err(taken_or_unavailable)?;
    Ok(())
}

async fn select_agent(executor: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<Agent>, StoreError> {
    sqlx::query("SELECT * FROM agents WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(executor)
        .await
        .map_err(unavailable)?
        .as_ref()
        .map(read_agent)
        .transpose()
}

async fn admins(executor: impl SqliteExecutor<'_>) -> Result<i64, StoreError> {
    sqlx::query_scalar("SELECT COUNT(*) FROM agents WHERE admin = 1 AND disabled = 0")
        .fetch_one(executor)
        .await
        .map_err(unavailable)
}

async fn write_hash(executor: impl SqliteExecutor<'_>, id: Uuid, password_hash: &Private) -> Result<(), StoreError> {
    sqlx::query("UPDATE agents SET password_hash = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(password_hash.expose())
        .execute(executor)
        .await
        .map_err(unavailable)?;
    Ok(())
}

async fn delete_web_sessions(executor: impl SqliteExecutor<'_>, agent: Uuid) -> Result<u64, StoreError> {
    let done = sqlx::query("DELETE FROM web_sessions WHERE agent_id = $1")
        .bind(agent.to_string())
        .execute(executor)
        .await
        .map_err(unavailable)?;
    Ok(done.rows_affected())
}

fn read_agent(row: &SqliteRow) -> Result<Agent, StoreError> {
    Ok(Agent {
        id: row.id("id")?,
        email: Private::new(row.take::<String>("email")?),
        name: row.take("name")?,
        admin: row.flag("admin")?,
        disabled: row.flag("disabled")?,
        verified_at: row.take("verified_at")?,
        created_at: row.take("created_at")?,
    })
}

fn read_web_session(row: &SqliteRow) -> Result<WebSession, StoreError> {
    Ok(WebSession {
        token: SecretHash::from_stored(row.take("token_hash")?),
        agent_id: row.id("agent_id")?,
        created_at: row.take("signed_in_at")?,
        last_seen_at: row.take("last_seen_at")?,
        expires_at: row.take("expires_at")?,
        user_agent: row.take("user_agent")?,
    })
}
