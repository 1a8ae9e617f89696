//! Time-limited TURN credentials ("TURN REST API" scheme, the one coturn calls `use-auth-secret`).
//!
//! # Scheme
//! - username = `<expiry, unix seconds>:<person id>`
//! - credential = base64(HMAC-SHA1(secret, username))
//!
//! The relay keeps no list of users: whoever knows the shared secret can check a credential, so an embedded server and
//! any number of coturn processes (`static-auth-secret=<secret>`) accept the same one.
//!
//! # Lifetime
//! A credential starts an allocation only until its expiry ([`DEFAULT_TTL`], an hour, unless configured). An allocation
//! that already exists keeps being refreshed with the credential that made it, as in coturn: a call must not end because
//! an hour has passed. A browser asks for a new credential before it restarts ICE. There is no revocation list; whoever
//! leaves a session loses the running allocations at once and the ability to make new ones at the expiry.
//!
//! # Entropy and guess budget
//! The secret holds 256 bits when generated here and at least [`MIN_SECRET_LEN`] characters when it comes from the
//! configuration. A credential is a 160-bit MAC; HMAC-SHA1 is not harmed by SHA-1's collisions. Guessing one takes 2^159
//! tries on average, while the relay answers a few unauthenticated messages per second and address, so the budget of an
//! attacker with 10,000 addresses and one hour is below 2^30 tries. A *stolen* credential is worth bandwidth only, bounded
//! by its expiry, by the person's quota of allocations and by the refusal of every non-public peer address.
//!
//! The comparison is constant-time, and `Debug` of everything secret prints nothing of it.

use std::{fmt, time::Duration};

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

use crate::config::Secret;

/// How long a credential can start allocations unless configured otherwise.
pub const DEFAULT_TTL: Duration = Duration::from_secs(3600);

/// Shortest shared secret that is accepted from a configuration, in bytes.
pub const MIN_SECRET_LEN: usize = 16;

/// Longest username that is looked at, in bytes (STUN allows 513).
const MAX_USERNAME_LEN: usize = 256;

/// Why a shared secret or a credential was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CredentialError {
    #[error("the TURN secret needs at least {MIN_SECRET_LEN} characters")]
    SecretTooShort,
    #[error("the operating system gave no random numbers")]
    NoRandomness,
    #[error("the username is not `<expiry>:<person>`")]
    Malformed,
    #[error("the credential has expired")]
    Expired,
    #[error("the password does not belong to the username")]
    WrongPassword,
}

/// The secret shared by whoever issues credentials and whoever checks them.
#[derive(Clone, Debug)]
pub struct SharedSecret(Secret);

impl SharedSecret {
    /// Takes a configured secret, for instance the `static-auth-secret` of a coturn.
    ///
    /// # Errors
    /// [`CredentialError::SecretTooShort`] below [`MIN_SECRET_LEN`] bytes.
    pub fn new(text: impl Into<String>) -> Result<Self, CredentialError> {
        let text = text.into();
        if text.len() < MIN_SECRET_LEN {
            return Err(CredentialError::SecretTooShort);
        }
        Ok(Self(Secret::new(text)))
    }

    /// Makes a secret of 256 random bits, printable so that it also fits into a coturn configuration.
    ///
    /// # Errors
    /// [`CredentialError::NoRandomness`] if the operating system has none.
    pub fn generate() -> Result<Self, CredentialError> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes).map_err(|_| CredentialError::NoRandomness)?;
        Ok(Self(Secret::new(BASE64_STANDARD.encode(bytes))))
    }

    /// The secret itself, for storing it; never log it.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The password that belongs to `username`, whatever the username says.
    pub(super) fn password_for(&self, username: &str) -> String {
        // HMAC takes a key of any length, so this cannot fail; an empty tag would fail every check.
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(self.expose().as_bytes()) else {
            return String::new();
        };
        mac.update(username.as_bytes());
        BASE64_STANDARD.encode(mac.finalize().into_bytes())
    }
}

/// What a browser needs to use the relay.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// `<expires_at>:<person id>`.
    pub username: String,
    /// base64(HMAC-SHA1(secret, username)).
    pub credential: String,
    /// Unix seconds after which it starts no more allocations.
    pub expires_at: u64,
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential")
            .field("username", &self.username)
            .field("credential", &"…")
            .field("expires_at", &self.expires_at)
            .finish()
    }
}

/// Makes and checks credentials with one secret and one lifetime.
#[derive(Debug, Clone)]
pub struct Issuer {
    secret: SharedSecret,
    ttl: Duration,
}

impl Issuer {
    pub fn new(secret: SharedSecret, ttl: Duration) -> Self {
        Self { secret, ttl }
    }

    /// A credential for one person. `person` is an id of ours (not a name), `now` is in unix seconds.
    pub fn issue(&self, person: &str, now: u64) -> Credential {
        let expires_at = now.saturating_add(self.ttl.as_secs());
        let username = format!("{expires_at}:{person}");
        let credential = self.secret.password_for(&username);
        Credential {
            username,
            credential,
            expires_at,
        }
    }

    /// Checks a credential as the relay would and says whose it is. `now` is in unix seconds.
    ///
    /// # Errors
    /// [`CredentialError::Malformed`], [`CredentialError::WrongPassword`] or [`CredentialError::Expired`], in that order.
    pub fn verify<'a>(&self, username: &'a str, credential: &str, now: u64) -> Result<&'a str, CredentialError> {
        let parsed = Username::parse(username)?;
        let expected = self.secret.password_for(username);
        if !bool::from(expected.as_bytes().ct_eq(credential.as_bytes())) {
            return Err(CredentialError::WrongPassword);
        }
        if parsed.is_expired(now) {
            return Err(CredentialError::Expired);
        }
        Ok(parsed.person)
    }
}

/// The two halves of a TURN username.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Username<'a> {
    pub expires_at: u64,
    pub person: &'a str,
}

impl<'a> Username<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Self, CredentialError> {
        if text.len() > MAX_USERNAME_LEN {
            return Err(CredentialError::Malformed);
        }
        let (expiry, person) = text.split_once(':').ok_or(CredentialError::Malformed)?;
        // `u64::from_str` takes a leading plus sign, which no issuer writes.
        if person.is_empty() || !expiry.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CredentialError::Malformed);
        }
        let expires_at = expiry.parse().map_err(|_| CredentialError::Malformed)?;
        Ok(Self { expires_at, person })
    }

    pub(super) fn is_expired(&self, now: u64) -> bool {
        self.expires_at <= now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000;

    fn issuer() -> Issuer {
        let secret = SharedSecret::new("a shared secret of some length").unwrap();
        Issuer::new(secret, Duration::from_secs(600))
    }

    #[test]
    fn a_credential_carries_expiry_person_and_the_mac_that_coturn_computes() {
        let secret = SharedSecret::new("north-pole-secret").unwrap();
        let made = Issuer::new(secret, Duration::from_secs(600)).issue("agent-7", NOW);
        assert_eq!(made.username, "1800000600:agent-7");
        assert_eq!(made.expires_at, NOW + 600);
        // printf '1800000600:agent-7' | openssl dgst -sha1 -hmac north-pole-secret -binary | base64
        assert_eq!(made.credential, "B/gTeFtdIzkFHDs1EVr2Ygtdha8=");
    }

    #[test]
    fn a_fresh_credential_verifies_until_the_second_it_expires() {
        let issuer = issuer();
        let made = issuer.issue("person", NOW);
        let verify = |now| issuer.verify(&made.username, &made.credential, now);
        assert_eq!(verify(NOW), Ok("person"));
        assert_eq!(verify(NOW + 599), Ok("person"));
        assert_eq!(verify(NOW + 600), Err(CredentialError::Expired));
    }

    #[test]
    fn a_credential_does_not_verify_for_another_person_expiry_or_secret() {
        let issuer = issuer();
        let made = issuer.issue("person", NOW);
        let wrong = Err(CredentialError::WrongPassword);
        for username in ["1800000600:someone", "1800000601:person", "1800000600:perso"] {
            assert_eq!(issuer.verify(username, &made.credential, NOW), wrong);
        }
        let other = Issuer::new(SharedSecret::generate().unwrap(), DEFAULT_TTL);
        assert_eq!(other.verify(&made.username, &made.credential, NOW), wrong);
        assert_eq!(issuer.verify(&made.username, "", NOW), wrong);
    }

    #[test]
    fn usernames_of_another_shape_are_malformed() {
        let long = format!("1800000600:{}", "x".repeat(MAX_USERNAME_LEN));
        let shapes = [
            "",
            ":",
            "person",
            "1800000600",
            "1800000600:",
            "+1:p",
            "-1:p",
            "99999999999999999999:p",
            &long,
        ];
        for username in shapes {
            let refused = issuer().verify(username, "x", NOW);
            assert_eq!(refused, Err(CredentialError::Malformed), "{username}");
        }
        assert_eq!(Username::parse("5:a:b").unwrap().person, "a:b");
    }

    #[test]
    fn short_secrets_are_refused_and_generated_ones_differ() {
        assert_eq!(SharedSecret::new("short").unwrap_err(), CredentialError::SecretTooShort);
        let (one, two) = (SharedSecret::generate().unwrap(), SharedSecret::generate().unwrap());
        assert_ne!(one.expose(), two.expose());
        assert_eq!(one.expose().len(), 44);
    }

    #[test]
    fn debug_output_shows_neither_secret_nor_credential() {
        let issuer = issuer();
        let made = issuer.issue("person", NOW);
        let printed = format!("{issuer:?} {made:?}");
        assert!(!printed.contains("shared secret"));
        assert!(!printed.contains(&made.credential));
    }
}
