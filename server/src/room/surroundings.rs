//! What rooms need of the rest of the server.

use std::sync::Arc;

use farhand_shared::id::PersonId;
use farhand_shared::session::{Record, Session};
use farhand_shared::time::Time;
use farhand_shared::wire::IceConfig;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{Settings, log};
use crate::clock::Clock;
use crate::store::{EventStore, PinStore, StoreError};
use crate::turn::Relaying;

/// What every room needs of the rest of the server.
pub struct Surroundings {
    /// Where logs are kept.
    pub events: Arc<dyn EventStore>,
    /// Where PINs are kept.
    pub pins: Arc<dyn PinStore>,
    /// How browsers reach each other.
    pub relaying: Arc<Relaying>,
    /// What time it is.
    pub clock: Clock,
    /// Times and sizes.
    pub settings: Settings,
    /// Cancelled when the server stops.
    pub shutdown: CancellationToken,
    /// Every room's task is counted here, so that stopping can wait for it.
    pub tracker: TaskTracker,
}

impl Surroundings {
    pub(super) fn now(&self) -> Time {
        Time::from_millis(self.clock.now_ms())
    }

    /// When browsers should come back after a restart, in milliseconds: spread, so that they do not come all at once.
    pub(crate) fn retry_ms(&self) -> u32 {
        250 + getrandom::u32().unwrap_or(0) % 1750
    }

    /// How a person may reach the others from `now` on.
    pub(super) fn ice(&self, person: PersonId, now: Time) -> IceConfig {
        self.relaying.desk.for_person(&person.to_string(), now.millis() / 1000)
    }

    /// Ends the media relays of somebody who is no longer in the session.
    pub(super) async fn end_relays(&self, person: PersonId) {
        if let Some(turn) = &self.relaying.embedded {
            turn.delete_allocations_of(&person.to_string()).await;
        }
    }

    /// Stores records and the row that lists read.
    pub(super) async fn append(
        &self,
        next: &Session,
        suggested_name: Option<&str>,
        records: &[Record],
    ) -> Result<(), StoreError> {
        let (Some(first), Some(last)) = (records.first(), records.last()) else {
            return Ok(());
        };
        let rows = log::to_rows(records).map_err(|error| StoreError::Unavailable(Box::new(error)))?;
        let index = log::index(next, last.at, suggested_name);
        let fates = log::fates(records);
        self.events.append_with_files(&index, first.seq.0, &rows, &fates).await
    }
}
