use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::{SqliteStore, row::ReadRow as _, taken_or_unavailable, unavailable};
use crate::store::{Channel, Invite, InviteRole, InviteStore, Seat, SeatStore, StoreError, UnixMs, secret::SecretHash};

#[async_trait]
impl InviteStore for SqliteStore {
    async fn put_invite(&self, invite: &Invite) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO invites (id, secret_hash, session_id, channel, created_by, created_at, expires_at, \
             revoked_at, role) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(invite.id.to_string())
        .bind(invite.secret.as_str())
        .bind(invite.session_id.to_string())
        .bind(invite.channel.as_str())
        .bind(invite.created_by.map(|id| id.to_string()))
        .bind(invite.created_at)
        .bind(invite.expires_at)
        .bind(invite.revoked_at)
        .bind(invite.role.as_str())
        .execute(&self.write)
        .await
        .map_err(taken_or_unavailable)?;
        Ok(())
    }

    async fn invite_by_secret(&self, secret: &SecretHash) -> Result<Option<Invite>, StoreError> {
        sqlx::query("SELECT * FROM invites WHERE secret_hash = $1")
            .bind(secret.as_str())
            .fetch_optional(&self.read)
            .await
            .map_err(unavailable)?
            .as_ref()
            .map(read_invite)
            .transpose()
    }

    async fn invites_of(&self, session: Uuid) -> Result<Vec<Invite>, StoreError> {
        sqlx::query("SELECT * FROM invites WHERE session_id = $1 ORDER BY created_at, id")
            .bind(session.to_string())
            .fetch_all(&self.read)
            .await
            .map_err(unavailable)?
            .iter()
            .map(read_invite)
            .collect()
    }

    async fn revoke_invite(&self, invite: Uuid, now: UnixMs) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let done = sqlx::query("UPDATE invites SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL")
            .bind(invite.to_string())
            .bind(now)
            .execute(&mut *tx)
            .await
            .map_err(unavailable)?;
        sqlx::query("UPDATE seats SET revoked_at = $2 WHERE invite_id = $1 AND revoked_at IS NULL")
            .bind(invite.to_string())
            .bind(now)
            .execute(&mut *tx)
            .await
            .map_err(unavailable)?;
        tx.commit().await.map_err(unavailable)?;
        Ok(done.rows_affected() > 0)
    }

    async fn revoke_invites_of(&self, session: Uuid, now: UnixMs) -> Result<(), StoreError> {
        sqlx::query("UPDATE invites SET revoked_at = $2 WHERE session_id = $1 AND revoked_at IS NULL")
            .bind(session.to_string())
            .bind(now)
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(())
    }
}

#[async_trait]
impl SeatStore for SqliteStore {
    async fn put_seat(&self, seat: &Seat) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO seats (token_hash, session_id, person_id, invite_id, device, created_at, expires_at, \
             revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(seat.token.as_str())
        .bind(seat.session_id.to_string())
        .bind(seat.person_id.to_string())
        .bind(seat.invite_id.map(|id| id.to_string()))
        .bind(&seat.device)
        .bind(seat.created_at)
        .bind(seat.expires_at)
        .bind(seat.revoked_at)
        .execute(&self.write)
        .await
        .map_err(taken_or_unavailable)?;
        Ok(())
    }

    async fn seat(&self, token: &SecretHash, now: UnixMs) -> Result<Option<Seat>, StoreError> {
        sqlx::query("SELECT * FROM seats WHERE token_hash = $1 AND revoked_at IS NULL AND expires_at > $2")
            .bind(token.as_str())
            .bind(now)
            .fetch_optional(&self.read)
            .await
            .map_err(unavailable)?
            .as_ref()
            .map(read_seat)
            .transpose()
    }

    async fn seats_of(&self, session: Uuid, now: UnixMs) -> Result<Vec<Seat>, StoreError> {
        sqlx::query(
            "SELECT * FROM seats WHERE session_id = $1 AND revoked_at IS NULL AND expires_at > $2 \
             ORDER BY created_at, token_hash",
        )
        .bind(session.to_string())
        .bind(now)
        .fetch_all(&self.read)
        .await
        .map_err(unavailable)?
        .iter()
        .map(read_seat)
        .collect()
    }

    async fn extend_seat(&self, token: &SecretHash, expires_at: UnixMs) -> Result<(), StoreError> {
        sqlx::query("UPDATE seats SET expires_at = $2 WHERE token_hash = $1")
            .bind(token.as_str())
            .bind(expires_at)
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(())
    }

    async fn revoke_seats(&self, session: Uuid, person: Uuid, now: UnixMs) -> Result<u64, StoreError> {
        let done = sqlx::query(
            "UPDATE seats SET revoked_at = $3 \
             WHERE session_id = $1 AND person_id = $2 AND revoked_at IS NULL",
        )
        .bind(session.to_string())
        .bind(person.to_string())
        .bind(now)
        .execute(&self.write)
        .await
        .map_err(unavailable)?;
        Ok(done.rows_affected())
    }

    async fn revoke_seats_of(&self, session: Uuid, now: UnixMs) -> Result<u64, StoreError> {
        let done = sqlx::query("UPDATE seats SET revoked_at = $2 WHERE session_id = $1 AND revoked_at IS NULL")
            .bind(session.to_string())
            .bind(now)
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(done.rows_affected())
    }
}

fn read_invite(row: &SqliteRow) -> Result<Invite, StoreError> {
    Ok(Invite {
        id: row.id("id")?,
        secret: SecretHash::from_stored(row.take("secret_hash")?),
        session_id: row.id("session_id")?,
        role: row.word("role", InviteRole::from_text)?,
        channel: row.word("channel", Channel::from_text)?,
        created_by: row.maybe_id("created_by")?,
        created_at: row.take("created_at")?,
        expires_at: row.take("expires_at")?,
        revoked_at: row.take("revoked_at")?,
    })
}

fn read_seat(row: &SqliteRow) -> Result<Seat, StoreError> {
    Ok(Seat {
        token: SecretHash::from_stored(row.take("token_hash")?),
        session_id: row.id("session_id")?,
        person_id: row.id("person_id")?,
        invite_id: row.maybe_id("invite_id")?,
        device: row.take("device")?,
        created_at: row.take("created_at")?,
        expires_at: row.take("expires_at")?,
        revoked_at: row.take("revoked_at")?,
    })
}
