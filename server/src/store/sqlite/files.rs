use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::{
    SqliteStore, Tx,
    row::{ReadRow as _, stored_number},
    unavailable,
};
use crate::store::{FileRow, FileStage, FileStore, Kept, NewFile, StoreError, UnixMs};

#[async_trait]
impl FileStore for SqliteStore {
    async fn begin_file(&self, new: &NewFile, bytes: u64, most: u64, now: UnixMs) -> Result<FileRow, StoreError> {
        let mut tx = self.begin().await?;
        let known = find(&mut tx, new.id).await?;
        match &known {
            Some(file) if file.session_id != new.session_id => return Err(StoreError::Taken),
            Some(file) if file.announced > 0 || file.stage != FileStage::Receiving || bytes == 0 => {
                return Ok(file.clone());
            }
            Some(_) | None => {}
        }
        if taken(&mut tx, new.session_id).await?.saturating_add(bytes) > most {
            return Err(StoreError::Full);
        }
        sqlx::query(
            "INSERT INTO files (id, session_id, person_id, stage, announced, received, taken, preview, bytes, \
             width, height, told, touched_at) VALUES ($1, $2, $3, 'receiving', $4, 0, 0, 0, 0, 0, 0, 0, $5) \
             ON CONFLICT (id) DO UPDATE SET announced = $4, touched_at = $5",
        )
        .bind(new.id.to_string())
        .bind(new.session_id.to_string())
        .bind(new.person_id.to_string())
        .bind(stored_number(bytes)?)
        .bind(now)
        .execute(&mut *tx)
        .await
        .map_err(unavailable)?;
        let file = find(&mut tx, new.id).await?;
        tx.commit().await.map_err(unavailable)?;
        file.ok_or(StoreError::Corrupt("file"))
    }

    async fn file(&self, id: Uuid) -> Result<Option<FileRow>, StoreError> {
        sqlx::query("SELECT * FROM files WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&self.read)
            .await
            .map_err(unavailable)?
            .as_ref()
            .map(read_file)
            .transpose()
    }

    async fn file_grew(&self, id: Uuid, from: u64, to: u64, now: UnixMs) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE files SET received = $3, touched_at = $4 \
             WHERE id = $1 AND received = $2 AND stage = 'receiving' AND $3 <= announced",
        )
        .bind(id.to_string())
        .bind(stored_number(from)?)
        .bind(stored_number(to)?)
        .bind(now)
        .execute(&self.write)
        .await
        .map_err(unavailable)?;
        Ok(done.rows_affected() > 0)
    }

    async fn file_previewed(&self, id: Uuid, bytes: u64, now: UnixMs) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE files SET preview = 1, taken = taken + $2, touched_at = $3 \
             WHERE id = $1 AND preview = 0 AND stage = 'receiving'",
        )
        .bind(id.to_string())
        .bind(stored_number(bytes)?)
        .bind(now)
        .execute(&self.write)
        .await
        .map_err(unavailable)?;
        Ok(done.rows_affected() > 0)
    }

    async fn file_stored(&self, id: Uuid, kept: &Kept, taken: u64, now: UnixMs) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE files SET stage = 'stored', media = $2, bytes = $3, width = $4, height = $5, \
             taken = taken + $6, touched_at = $7 \
             WHERE id = $1 AND stage = 'receiving'",
        )
        .bind(id.to_string())
        .bind(&kept.media)
        .bind(stored_number(kept.bytes)?)
        .bind(i64::from(kept.width))
        .bind(i64::from(kept.height))
        .bind(stored_number(taken)?)
        .bind(now)
        .execute(&self.write)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    async fn file_refused(&self, id: Uuid, code: &str, now: UnixMs) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE files SET stage = 'refused', refusal = $2, taken = 0, preview = 0, touched_at = $3 \
             WHERE id = $1 AND stage = 'receiving'",
        )
        .bind(id.to_string())
        .bind(code)
        .bind(now)
        .execute(&self.write)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    async fn file_told(&self, id: Uuid) -> Result<(), StoreError> {
        sqlx::query("UPDATE files SET told = 1 WHERE id = $1")
            .bind(id.to_string())
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(())
    }

    async fn unfinished_files(&self) -> Result<Vec<FileRow>, StoreError> {
        sqlx::query(
            "SELECT * FROM files WHERE told = 0 AND (stage IN ('stored', 'refused') \
             OR (stage = 'receiving' AND announced > 0 AND received = announced)) ORDER BY touched_at, id",
        )
        .fetch_all(&self.read)
        .await
        .map_err(unavailable)?
        .iter()
        .map(read_file)
        .collect()
    }

    async fn leaving_files(&self, deleted: UnixMs, untouched: UnixMs) -> Result<Vec<FileRow>, StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query(
            "UPDATE files SET stage = 'leaving' WHERE deleted_at <= $1 \
             OR (told = 0 AND touched_at <= $2)",
        )
        .bind(deleted)
        .bind(untouched)
        .execute(&mut *tx)
        .await
        .map_err(unavailable)?;
        let rows = sqlx::query("SELECT * FROM files WHERE stage = 'leaving' ORDER BY id")
            .fetch_all(&mut *tx)
            .await
            .map_err(unavailable)?;
        tx.commit().await.map_err(unavailable)?;
        rows.iter().map(read_file).collect()
    }

    async fn forget_file(&self, id: Uuid) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM files WHERE id = $1 AND stage = 'leaving'")
            .bind(id.to_string())
            .execute(&self.write)
            .await
            .map_err(unavailable)?;
        Ok(())
    }
}

async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<FileRow>, StoreError> {
    sqlx::query("SELECT * FROM files WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(&mut **tx)
        .await
        .map_err(unavailable)?
        .as_ref()
        .map(read_file)
        .transpose()
}

/// Bytes that the files of a session take or will take.
async fn taken(tx: &mut Tx, session: Uuid) -> Result<u64, StoreError> {
    let sum: i64 = sqlx::query_scalar(
        "SELECT COALESCE(SUM(taken + CASE stage WHEN 'receiving' THEN announced ELSE 0 END), 0) \
         FROM files WHERE session_id = $1",
    )
    .bind(session.to_string())
    .fetch_one(&mut **tx)
    .await
    .map_err(unavailable)?;
    u64::try_from(sum).map_err(|_| StoreError::Corrupt("taken"))
}

fn read_file(row: &SqliteRow) -> Result<FileRow, StoreError> {
    Ok(FileRow {
        id: row.id("id")?,
        session_id: row.id("session_id")?,
        person_id: row.id("person_id")?,
        stage: row.word("stage", FileStage::from_text)?,
        announced: row.number("announced")?,
        received: row.number("received")?,
        preview: row.flag("preview")?,
        kept: Kept {
            media: row.take("media")?,
            bytes: row.number("bytes")?,
            width: row.number("width")?,
            height: row.number("height")?,
        },
        refusal: row.take("refusal")?,
        told: row.flag("told")?,
    })
}
