//! How many messages may go out, and to where.
//!
//! Text messages cost money, and fraudsters earn a share of what messages to certain numbers cost. So three counts bound
//! them: per agent, per recipient, and per country, where a country other than the operator's own gets far fewer.
//! Premium numbers never get here (`phone`). Counts live in the store: a restart gives nobody a fresh allowance.

use std::time::Duration;

use uuid::Uuid;

use super::phone::Phone;
use crate::store::{Scopes, Store, StoreError, UnixMs, secret::Private};

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Messages to one recipient: enough to correct a mistake, too few to pester.
const PER_RECIPIENT_HOUR: u64 = 6;
const PER_RECIPIENT_DAY: u64 = 15;
/// Text messages to the operator's own country.
const HOME_COUNTRY_HOUR: u64 = 1_000;
/// Text messages to any other country.
const FOREIGN_COUNTRY_HOUR: u64 = 40;

/// A limit that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct Reached {
    /// What was too much.
    pub words: &'static str,
    /// How long to wait at most.
    pub wait: Duration,
}

/// Why a message may not go out.
#[derive(Debug, thiserror::Error)]
pub enum GuardError {
    /// Too many.
    #[error(transparent)]
    Reached(#[from] Reached),
    /// The counts could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whom a message goes to.
#[derive(Clone, Copy, Debug)]
pub enum Recipient<'a> {
    /// By text message.
    Phone(&'a Phone),
    /// By e-mail.
    Email(&'a Private),
}

/// Who asks, and how much is allowed.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// The agent; `None` for account mail.
    pub agent: Option<Uuid>,
    /// Messages one agent may send within an hour.
    pub per_agent_hour: u32,
    /// The calling code of the operator's own country, such as 44.
    pub home_code: Option<u16>,
}

/// Counts the message against every limit. Counting comes before judging, so that parallel requests cannot slip through
/// together; a refused message counts as well, which keeps somebody who hammers out.
///
/// # Errors
/// [`GuardError::Reached`] names the first limit that was passed.
pub async fn pass(
    store: &dyn Store,
    scopes: &Scopes,
    to: Recipient<'_>,
    allowance: &Allowance,
    now: UnixMs,
) -> Result<(), GuardError> {
    let count = Count { store, scopes, now };
    if let Some(agent) = allowance.agent {
        let most = u64::from(allowance.per_agent_hour);
        count
            .check(
                "message agent",
                &agent.to_string(),
                HOUR,
                most,
                "You have sent too many invitations.",
            )
            .await?;
    }
    let whom = match to {
        Recipient::Phone(phone) => phone.as_private(),
        Recipient::Email(address) => address,
    };
    let often = "This person has got too many messages.";
    count
        .check("message hour", whom.expose(), HOUR, PER_RECIPIENT_HOUR, often)
        .await?;
    count
        .check("message day", whom.expose(), DAY, PER_RECIPIENT_DAY, often)
        .await?;
    if let Recipient::Phone(phone) = to {
        let code = phone.calling_code();
        let most = if allowance.home_code == Some(code) {
            HOME_COUNTRY_HOUR
        } else {
            FOREIGN_COUNTRY_HOUR
        };
        let words = "Too many text messages went to this country.";
        count
            .check("message country", &code.to_string(), HOUR, most, words)
            .await?;
    }
    Ok(())
}

struct Count<'a> {
    store: &'a dyn Store,
    scopes: &'a Scopes,
    now: UnixMs,
}

impl Count<'_> {
    async fn check(
        &self,
        kind: &str,
        whom: &str,
        window: Duration,
        most: u64,
        words: &'static str,
    ) -> Result<(), GuardError> {
        let window_ms = i64::try_from(window.as_millis()).unwrap_or(i64::MAX);
        let counted = self
            .store
            .hit(&self.scopes.name(kind, whom), window_ms, self.now)
            .await?;
        if counted > most {
            Err(Reached { words, wait: window }.into())
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use super::*;
    use crate::store::sqlite::SqliteStore;

    const T0: UnixMs = 1_800_000_000_000;

    async fn how_many_pass(
        allowance: &Allowance,
        numbers: impl Iterator<Item = String>,
    ) -> Result<(usize, &'static str), Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let store = SqliteStore::open(&folder.path().join("t.db")).await?;
        let scopes = Scopes::open(&store).await?;
        for (passed, number) in numbers.enumerate() {
            let phone = Phone::parse(&number, None)?;
            match pass(&store, &scopes, Recipient::Phone(&phone), allowance, T0).await {
                Ok(()) => {}
                Err(GuardError::Reached(reached)) => return Ok((passed, reached.words)),
                Err(other) => return Err(other.into()),
            }
        }
        Err("no limit was reached".into())
    }

    fn different() -> impl Iterator<Item = String> {
        (0..2_000).map(|n| format!("+44 7400 {n:06}"))
    }

    #[tokio::test]
    async fn one_recipient_one_agent_and_a_foreign_country_are_bounded() -> Result<(), Box<dyn Error>> {
        let generous = Allowance {
            agent: None,
            per_agent_hour: 5_000,
            home_code: Some(44),
        };
        let same = std::iter::repeat_n("+44 7400 123456".to_owned(), 50);
        assert_eq!(
            how_many_pass(&generous, same).await?,
            (6, "This person has got too many messages.")
        );

        let agent = Allowance {
            agent: Some(Uuid::from_u128(1)),
            per_agent_hour: 20,
            ..generous
        };
        assert_eq!(
            how_many_pass(&agent, different()).await?,
            (20, "You have sent too many invitations.")
        );

        let abroad = Allowance {
            home_code: Some(1),
            ..generous
        };
        let reached = how_many_pass(&abroad, different()).await?;
        assert_eq!(reached, (40, "Too many text messages went to this country."));
        Ok(())
    }
}
