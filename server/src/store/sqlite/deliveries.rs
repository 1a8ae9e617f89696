use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::{SqliteStore, row::ReadRow as _, taken_or_unavailable, unavailable};
use crate::store::{
    Channel, Delivery, DeliveryStatus, DeliveryStore, OutboxMessage, StoreError, UnixMs, secret::Private,
};

#[async_trait]
impl DeliveryStore for SqliteStore {
    async fn put_delivery(&self, delivery: &Delivery) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO deliveries (id, session_id, invite_id, agent_id, channel, target_masked, target, message, \
             provider_id, status, reason, attempts, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        )
        .bind(delivery.id.to_string())
        .bind(delivery.session_id.map(|id| id.to_string()))
        .bind(delivery.invite_id.map(|id| id.to_string()))
        .bind(delivery.agent_id.map(|id| id.to_string()))
        .bind(delivery.channel.as_str())
        .bind(&delivery.target_masked)
        .bind(delivery.target.as_ref().map(Private::expose))
        .bind(delivery.message.as_ref().map(Private::expose))
        .bind(&delivery.provider_id)
        .bind(delivery.status.as_str())
        .bind(&delivery.reason)
        .bind(i64::from(delivery.attempts))
        .bind(delivery.created_at)
        .bind(delivery.updated_at)
        .execute(&self.write)
        .await
        .map_err(taken_or_unavailable)?;
        Ok(())
    }

    async fn advance_delivery(
        &self,
        id: Uuid,
        to: DeliveryStatus,
        provider_id: Option<&str>,
        reason: Option<&str>,
        now: UnixMs,
    ) -> Result<Option<Delivery>, StoreError> {
        let from = to.may_follow();
        let nth = |n: usize| from.get(n).map(|status| status.as_str());
        sqlx::query(
            "UPDATE deliveries SET status = $2, reason = $3, updated_at = $4, \
             provider_id = COALESCE($5, provider_id), attempts = attempts + $6, \
             message = CASE WHEN $7 = 1 THEN message ELSE NULL END \
             WHERE id = $1 AND status IN ($8, $9, $10) RETURNING *",
        )
        .bind(id.to_string())
        .bind(to.as_str())
        .bind(reason)
        .bind(now)
        .bind(provider_id)
        .bind(i64::from(to == DeliveryStatus::Sending))
        .bind(i64::from(to.needs_message()))
        .bind(nth(0))
        .bind(nth(1))
        .bind(nth(2))
        .fetch_optional(&self.write)
        .await
        .map_err(unavailable)?
        .as_ref()
        .map(read_delivery)
        .transpose()
    }

    async fn delivery(&self, id: Uuid) -> Result<Option<Delivery>, StoreError> {
        sqlx::query("SELECT * FROM deliveries WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&self.read)
            .await
            .map_err(unavailable)?
            .as_ref()
            .map(read_delivery)
            .transpose()
    }

    async fn deliveries_of(&self, session: Uuid) -> Result<Vec<Delivery>, StoreError> {
        sqlx::query("SELECT * FROM deliveries WHERE session_id = $1 ORDER BY created_at, id")
            .bind(session.to_string())
            .fetch_all(&self.read)
            .await
            .map_err(unavailable)?
            .iter()
            .map(read_delivery)
            .collect()
    }

    async fn unfinished_deliveries(&self, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        sqlx::query(
            "SELECT * FROM deliveries WHERE status IN ('queued', 'sending') \
             ORDER BY created_at, id LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.read)
        .await
        .map_err(unavailable)?
        .iter()
        .map(read_delivery)
        .collect()
    }

    async fn forget_targets(&self, session: Uuid) -> Result<(), StoreError> {
        sqlx::query("UPDATE deliveries SET target = NULL WHERE session_id = $1")
            .bind(session.to_string())
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(())
    }

    async fn put_outbox(&self, message: &OutboxMessage) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO outbox (id, session_id, agent_id, channel, target, subject, body, at_ms) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING",
        )
        .bind(message.id.to_string())
        .bind(message.session_id.map(|id| id.to_string()))
        .bind(message.agent_id.map(|id| id.to_string()))
        .bind(message.channel.as_str())
        .bind(message.target.expose())
        .bind(&message.subject)
        .bind(message.body.expose())
        .bind(message.at)
        .execute(&self.write)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    async fn outbox(&self, agent: Option<Uuid>, limit: u32) -> Result<Vec<OutboxMessage>, StoreError> {
        sqlx::query(
            "SELECT * FROM outbox WHERE $1 IS NULL OR agent_id = $1 \
             OR session_id IN (SELECT session_id FROM session_agents WHERE agent_id = $1) \
             ORDER BY at_ms DESC, id LIMIT $2",
        )
        .bind(agent.map(|id| id.to_string()))
        .bind(i64::from(limit))
        .fetch_all(&self.read)
        .await
        .map_err(unavailable)?
        .iter()
        .map(read_outbox)
        .collect()
    }
}

fn read_delivery(row: &SqliteRow) -> Result<Delivery, StoreError> {
    Ok(Delivery {
        id: row.id("id")?,
        session_id: row.maybe_id("session_id")?,
        invite_id: row.maybe_id("invite_id")?,
        agent_id: row.maybe_id("agent_id")?,
        channel: row.word("channel", Channel::from_text)?,
        target_masked: row.take("target_masked")?,
        target: row.take::<Option<String>>("target")?.map(Private::new),
        message: row.take::<Option<String>>("message")?.map(Private::new),
        provider_id: row.take("provider_id")?,
        status: row.word("status", DeliveryStatus::from_text)?,
        reason: row.take("reason")?,
        attempts: row.number("attempts")?,
        created_at: row.take("created_at")?,
        updated_at: row.take("updated_at")?,
    })
}

fn read_outbox(row: &SqliteRow) -> Result<OutboxMessage, StoreError> {
    Ok(OutboxMessage {
        id: row.id("id")?,
        session_id: row.maybe_id("session_id")?,
        agent_id: row.maybe_id("agent_id")?,
        channel: row.word("channel", Channel::from_text)?,
        target: Private::new(row.take::<String>("target")?),
        subject: row.take("subject")?,
        body: Private::new(row.take::<String>("body")?),
        at: row.take("at_ms")?,
    })
}
