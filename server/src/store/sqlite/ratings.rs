use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;

use super::{SqliteStore, row::ReadRow as _, unavailable};
use crate::store::{RatedBy, RatingStore, StoreError, StoredRating};

#[async_trait]
impl RatingStore for SqliteStore {
    async fn put_rating(&self, rating: &StoredRating) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO ratings (session_id, person_id, role, stars, words, rated_at) \
             VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (session_id, person_id) DO UPDATE SET stars = $4, words = $5, rated_at = $6",
        )
        .bind(rating.session_id.to_string())
        .bind(rating.person_id.to_string())
        .bind(rating.role.as_str())
        .bind(i64::from(rating.stars))
        .bind(&rating.words)
        .bind(rating.rated_at)
        .execute(&self.write)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    async fn ratings(&self, limit: u32) -> Result<Vec<StoredRating>, StoreError> {
        sqlx::query("SELECT * FROM ratings ORDER BY rated_at DESC, session_id, person_id LIMIT $1")
            .bind(i64::from(limit))
            .fetch_all(&self.read)
            .await
            .map_err(unavailable)?
            .iter()
            .map(read_rating)
            .collect()
    }
}

fn read_rating(row: &SqliteRow) -> Result<StoredRating, StoreError> {
    Ok(StoredRating {
        session_id: row.id("session_id")?,
        person_id: row.id("person_id")?,
        role: row.word("role", RatedBy::from_text)?,
        stars: row.number("stars")?,
        words: row.take("words")?,
        rated_at: row.take("rated_at")?,
    })
}
