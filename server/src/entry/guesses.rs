//! How many wrong PINs may be typed.
//!
//! Misses are counted for the caller's address, for its network and in total, in the store, so that a restart gives
//! nobody fresh tries. Each count has windows of growing length, so whoever goes on guessing waits minutes, then
//! an hour, then a day. A caller who waits is not even told whether a number is right.
//!
//! Guess budget. An address gets 20 tries a day and a network 150. An attacker with 10,000 addresses in as many
//! networks could make 200,000; therefore, when the whole installation sees more than 300 misses within ten minutes,
//! an address gets one try in two minutes and three a day, while somebody who types the right number at once still
//! walks straight through. That leaves 30,000 tries a day; with 1,000 PINs in force 30 of them hit one, and a hit is
//! only a knock: five that an agent declines retire the PIN.
//!
//! | Misses | Address | Network | Address, while many guess | Network, while many guess |
//! |---|---|---|---|---|
//! | in two minutes | 5 | 30 | 1 | 10 |
//! | in an hour | 10 | 60 | 2 | 20 |
//! | in a day | 20 | 150 | 3 | 30 |

use std::net::IpAddr;
use std::time::Duration;

use axum::http::StatusCode;
use farhand_shared::limit;
use metrics::counter;

use super::turns::{Turn, Turns};
use crate::accounts::{millis, now};
use crate::error::ApiError;
use crate::http::caller::Caller;
use crate::state::AppState;
use crate::store::{StoreError, UnixMs};

const TWO_MINUTES: Duration = Duration::from_secs(120);
const TEN_MINUTES: Duration = Duration::from_secs(600);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
const WINDOWS: [Duration; 3] = [TWO_MINUTES, HOUR, DAY];

type Allowed = [u64; 3];
const ADDRESS: Allowed = [limit::PIN_MISSES as u64, 10, 20];
const NETWORK: Allowed = [30, 60, 150];
const ADDRESS_ALERT: Allowed = [1, 2, 3];
const NETWORK_ALERT: Allowed = [10, 20, 30];
/// Misses of everybody within ten minutes that make the limits tight.
const ALERT: u64 = 300;

/// Waits that are named to people, in seconds.
const WAITS: [u64; 20] = [
    15, 30, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1200, 1800, 2700, 3600, 7200, 14_400, 28_800, 57_600, 86_400,
];

/// Judges who may try a PIN.
#[derive(Default)]
pub(crate) struct Guesses {
    /// Tries made at the same moment from one address are judged one after the other.
    turns: Turns,
}

/// The right to try one PIN. While it is held, nobody else from the same address tries one.
pub(crate) struct Try<'a> {
    scopes: Scopes,
    _turn: Turn<'a>,
}

/// What is counted, under names that do not give away whose it is.
struct Scopes {
    address: String,
    network: String,
    total: String,
}

impl Guesses {
    /// Asks to try a PIN.
    ///
    /// # Errors
    /// 429 `pin_wait` with the time to wait.
    pub(crate) async fn admit(&self, state: &AppState, caller: &Caller) -> Result<Try<'_>, ApiError> {
        let turn = self.turns.wait(&caller.key()).await;
        let scopes = Scopes::of(state, caller);
        let total = state.store.hits(&scopes.total, millis(TEN_MINUTES), now(state)).await?;
        let (address, network) = if total > ALERT {
            (ADDRESS_ALERT, NETWORK_ALERT)
        } else {
            (ADDRESS, NETWORK)
        };
        let waits = [
            wait(state, &scopes.address, address).await?,
            wait(state, &scopes.network, network).await?,
        ];
        match waits.into_iter().flatten().max() {
            Some(seconds) => Err(must_wait(seconds)),
            None => Ok(Try { scopes, _turn: turn }),
        }
    }
}

impl Try<'_> {
    /// The number was wrong.
    pub(crate) async fn missed(self, state: &AppState) -> Result<(), StoreError> {
        counter!("farhand_pin_misses_total").increment(1);
        let now = now(state);
        for scope in [&self.scopes.address, &self.scopes.network] {
            for window in WINDOWS {
                state.store.hit(&windowed(scope, window), millis(window), now).await?;
            }
        }
        state.store.hit(&self.scopes.total, millis(TEN_MINUTES), now).await?;
        Ok(())
    }
}

impl Scopes {
    fn of(state: &AppState, caller: &Caller) -> Self {
        Self {
            address: state.scopes.name("pin address", &caller.key().to_text()),
            network: state.scopes.name("pin network", &network(caller.ip)),
            total: state.scopes.name("pin total", ""),
        }
    }
}

/// The counter of one window: counts of different windows are kept apart.
fn windowed(scope: &str, window: Duration) -> String {
    format!("{scope}:{}", window.as_secs())
}

/// The neighbourhood that an attacker can walk through: a /24, or a /48 of IPv6.
fn network(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(ip) => {
            let [a, b, c, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

/// Seconds until another try is allowed; none when it is now.
async fn wait(state: &AppState, scope: &str, allowed: Allowed) -> Result<Option<u64>, StoreError> {
    let now = now(state);
    let mut longest = None;
    for (window, allowed) in WINDOWS.into_iter().zip(allowed) {
        let scope = windowed(scope, window);
        let seconds = wait_in(state, &scope, millis(window), allowed, now).await?;
        longest = longest.max(seconds);
    }
    Ok(longest)
}

/// The counts of the future are known as long as nothing is added, so the store is asked for them.
async fn wait_in(
    state: &AppState,
    scope: &str,
    window_ms: i64,
    allowed: u64,
    now: UnixMs,
) -> Result<Option<u64>, StoreError> {
    if state.store.hits(scope, window_ms, now).await? < allowed {
        return Ok(None);
    }
    for seconds in WAITS {
        let then = now + i64::try_from(seconds).unwrap_or(i64::MAX / 2) * 1000;
        if state.store.hits(scope, window_ms, then).await? < allowed {
            return Ok(Some(seconds));
        }
    }
    Ok(WAITS.last().copied())
}

fn must_wait(seconds: u64) -> ApiError {
    let wait = if seconds < 120 {
        format!("{seconds} seconds")
    } else if seconds < 7200 {
        format!("{} minutes", seconds / 60)
    } else {
        format!("{} hours", seconds / 3600)
    };
    ApiError::new(
        StatusCode::TOO_MANY_REQUESTS,
        "pin_wait",
        "Too many wrong PINs were typed.",
        format!("Wait {wait}, then try again. Or open the link in the message from your agent."),
    )
    .retry_after(Duration::from_secs(seconds))
}
