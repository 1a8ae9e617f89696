//! The session's PIN: made when somebody is there to read it out, replaced when its life is over or too many knocks
//! were declined, retired when the session ends. `shared::pin` holds the security argument.
//!
//! | State | Leaves when |
//! |---|---|
//! | none | somebody who may see it comes, or asks |
//! | in force until a time | the time comes: replaced if somebody reads it, else none; [`limit::PIN_DECLINES`] declined knocks: replaced; the session is over: none |

use std::sync::Arc;
use std::time::Duration;

use farhand_shared::id::SessionId;
use farhand_shared::limit;
use farhand_shared::pin::Pin;
use farhand_shared::time::Time;
use farhand_shared::wire::PinNow;
use uuid::Uuid;

use super::log::{time, unix_ms};
use crate::store::{PinRow, PinStore, StoreError};

/// Draws before giving up. With 1,000 PINs in force one draw fails with probability 10⁻³.
const DRAWS: u32 = 8;

/// Keeps one session's PIN.
pub(super) struct PinDesk {
    store: Arc<dyn PinStore>,
    session: SessionId,
    life: Duration,
    current: Option<Current>,
}

#[derive(Clone, Copy, Debug)]
struct Current {
    id: Uuid,
    now: PinNow,
}

impl PinDesk {
    /// The desk of a session that wakes up: a PIN that was read out before a restart stays good.
    pub(super) async fn open(
        store: Arc<dyn PinStore>,
        session: SessionId,
        life: Duration,
        now: Time,
    ) -> Result<Self, StoreError> {
        let stored = store.pin_of(session.uuid(), unix_ms(now)).await?;
        let current = stored.and_then(|row| {
            let pin = Pin::parse(&row.pin).ok()?;
            Some(Current {
                id: row.id,
                now: PinNow {
                    pin,
                    expires_at: time(row.expires_at),
                },
            })
        });
        Ok(Self {
            store,
            session,
            life,
            current,
        })
    }

    /// The PIN in force.
    pub(super) fn current(&self) -> Option<PinNow> {
        self.current.map(|current| current.now)
    }

    /// The PIN in force, made if there is none or its life is over.
    pub(super) async fn fresh(&mut self, now: Time) -> Result<PinNow, StoreError> {
        match self.current() {
            Some(pin) if now < pin.expires_at => Ok(pin),
            _ => self.replace(now).await,
        }
    }

    /// Makes a new PIN; the old one leads nowhere from now on.
    pub(super) async fn replace(&mut self, now: Time) -> Result<PinNow, StoreError> {
        let mut draws = 0;
        loop {
            draws += 1;
            let pin = Pin::from_dice(dice()?);
            let expires_at = now.plus(self.life);
            let row = PinRow {
                id: Uuid::new_v4(),
                pin: pin.digits(),
                session_id: self.session.uuid(),
                created_at: unix_ms(now),
                expires_at: unix_ms(expires_at),
                misses: 0,
                knocks_declined: 0,
            };
            match self.store.put_pin(&row, unix_ms(now)).await {
                Ok(()) => {
                    let now = PinNow { pin, expires_at };
                    self.current = Some(Current { id: row.id, now });
                    return Ok(now);
                }
                Err(StoreError::Taken) if draws < DRAWS => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The session needs no PIN.
    pub(super) async fn retire(&mut self, now: Time) -> Result<(), StoreError> {
        self.store.retire_pin_of(self.session.uuid(), unix_ms(now)).await?;
        self.current = None;
        Ok(())
    }

    /// Counts a declined knock; `true` when the PIN has had enough of them and must be replaced.
    pub(super) async fn declined(&mut self) -> Result<bool, StoreError> {
        let Some(current) = self.current else {
            return Ok(false);
        };
        let declined = self.store.count_knock_declined(current.id).await?;
        Ok(declined.is_some_and(|declined| declined >= limit::PIN_DECLINES))
    }
}

fn dice() -> Result<u64, StoreError> {
    getrandom::u64().map_err(|error| StoreError::Unavailable(Box::new(error)))
}
