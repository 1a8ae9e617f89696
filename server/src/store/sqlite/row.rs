//! Reading columns back as what they were.

use sqlx::{ColumnIndex, Decode, Row as _, Sqlite, Type, sqlite::SqliteRow};
use uuid::Uuid;

use crate::store::StoreError;

/// Typed access to one row; every failure is [`StoreError::Corrupt`] with the column's name.
pub(super) trait ReadRow {
    fn take<T>(&self, column: &'static str) -> Result<T, StoreError>
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite>;
    fn id(&self, column: &'static str) -> Result<Uuid, StoreError>;
    fn maybe_id(&self, column: &'static str) -> Result<Option<Uuid>, StoreError>;
    fn number<N: TryFrom<i64>>(&self, column: &'static str) -> Result<N, StoreError>;
    fn flag(&self, column: &'static str) -> Result<bool, StoreError>;
    fn word<W>(&self, column: &'static str, read: fn(&str) -> Option<W>) -> Result<W, StoreError>;
}

impl ReadRow for SqliteRow {
    fn take<T>(&self, column: &'static str) -> Result<T, StoreError>
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite>,
        &'static str: ColumnIndex<SqliteRow>,
    {
        self.try_get(column).map_err(|_| StoreError::Corrupt(column))
    }

    fn id(&self, column: &'static str) -> Result<Uuid, StoreError> {
        parse_id(&self.take::<String>(column)?, column)
    }

    fn maybe_id(&self, column: &'static str) -> Result<Option<Uuid>, StoreError> {
        self.take::<Option<String>>(column)?
            .map(|text| parse_id(&text, column))
            .transpose()
    }

    fn number<N: TryFrom<i64>>(&self, column: &'static str) -> Result<N, StoreError> {
        N::try_from(self.take::<i64>(column)?).map_err(|_| StoreError::Corrupt(column))
    }

    fn flag(&self, column: &'static str) -> Result<bool, StoreError> {
        Ok(self.take::<i64>(column)? != 0)
    }

    fn word<W>(&self, column: &'static str, read: fn(&str) -> Option<W>) -> Result<W, StoreError> {
        read(&self.take::<String>(column)?).ok_or(StoreError::Corrupt(column))
    }
}

fn parse_id(text: &str, column: &'static str) -> Result<Uuid, StoreError> {
    Uuid::parse_str(text).map_err(|_| StoreError::Corrupt(column))
}

/// A sequence number or count as the database keeps it.
pub(super) fn stored_number(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::Misuse("number too large"))
}
