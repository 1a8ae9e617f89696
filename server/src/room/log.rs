//! Between records and the rows of the store.

use farhand_shared::id::{CommandId, PersonId, Seq};
use farhand_shared::session::{Creator, Event, Record, Session, Status};
use farhand_shared::time::Time;

use crate::store::{self, FileFate, SessionRow, StoreError, StoredEvent, UnixMs};

/// The store's milliseconds of a time.
pub(crate) fn unix_ms(at: Time) -> UnixMs {
    store::unix_ms(at.millis())
}

/// The time of the store's milliseconds.
pub(crate) fn time(at: UnixMs) -> Time {
    Time::from_millis(u64::try_from(at).unwrap_or(0))
}

/// Records as the store keeps them.
pub(super) fn to_rows(records: &[Record]) -> Result<Vec<StoredEvent>, serde_json::Error> {
    let row = |record: &Record| {
        Ok(StoredEvent {
            seq: record.seq.0,
            at_ms: unix_ms(record.at),
            by: record.by.map(PersonId::uuid),
            cause: record.cause.map(CommandId::uuid),
            body: serde_json::to_string(&record.event)?,
        })
    };
    records.iter().map(row).collect()
}

/// What records do to the bytes of files.
pub(super) fn fates(records: &[Record]) -> Vec<FileFate> {
    let fate = |record: &Record| match record.event {
        Event::FileDeleted { file } => Some(FileFate::Deleted(file.uuid())),
        Event::FileRestored { file } => Some(FileFate::Restored(file.uuid())),
        _ => None,
    };
    records.iter().filter_map(fate).collect()
}

/// Records as they were decided.
pub(crate) fn from_rows(rows: Vec<StoredEvent>) -> Result<Vec<Record>, StoreError> {
    let record = |row: StoredEvent| {
        Ok(Record {
            seq: Seq(row.seq),
            at: time(row.at_ms),
            by: row.by.map(PersonId::from),
            cause: row.cause.map(CommandId::from),
            event: serde_json::from_str(&row.body).map_err(|_| StoreError::Corrupt("event"))?,
        })
    };
    rows.into_iter().map(record).collect()
}

/// What lists need of a session without replaying it. `suggested_name` stands in until the customer gives a name.
pub(super) fn index(session: &Session, last_at: Time, suggested_name: Option<&str>) -> SessionRow {
    let customer = session.customer().map(|person| person.name.as_str());
    let name = customer.filter(|name| !name.is_empty()).or(suggested_name);
    let mut agents: Vec<_> = session.people().iter().filter_map(|person| person.account).collect();
    agents.sort_unstable();
    agents.dedup();
    SessionRow {
        id: session.id().uuid(),
        status: json(&session.status()),
        mode: json(&session.mode()),
        case_id: session.case_id().map(str::to_owned),
        customer_name: name.map(str::to_owned),
        created_by: match session.creator() {
            Creator::Agent(agent) => Some(agent.uuid()),
            Creator::Customer => None,
        },
        agents: agents.into_iter().map(farhand_shared::id::AgentId::uuid).collect(),
        created_at: unix_ms(session.created_at()),
        last_at: unix_ms(last_at),
        ended_at: match session.status() {
            Status::Done { at, .. } | Status::Cancelled { at } => Some(unix_ms(at)),
            Status::Requested | Status::Confirmed | Status::InProgress { .. } => None,
        },
    }
}

/// The wire form of a value that has one for certain (plain enums of texts and times).
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
