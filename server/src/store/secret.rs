//! Secrets that people carry (cookies, links, seats) and values that must not reach a log.
//!
//! Scheme: a secret is 256 random bits written as 43 characters of base64url. Only its SHA-256 is stored. A plain
//! hash is enough because there is nothing to guess: 2^256 candidates leave no dictionary to try, so salt and slow
//! hashing, which passwords need, would add nothing.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Characters of a [`Secret`] in text form.
pub const SECRET_CHARS: usize = 43;

/// A fresh or presented secret. `Debug` never shows it; it is never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Draws 256 bits from the operating system.
    ///
    /// # Errors
    /// When the operating system has no randomness to give; nothing safe can be done then.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Accepts a secret somebody presented, if it has the right shape. Everything else is refused before it costs a
    /// look-up.
    #[must_use]
    pub fn presented(text: &str) -> Option<Self> {
        let shaped = text.len() == SECRET_CHARS
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        shaped.then(|| Self(text.to_owned()))
    }

    /// The text to hand to its owner (cookie value, end of a link).
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What the store keeps and looks up.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash(URL_SAFE_NO_PAD.encode(Sha256::digest(self.0.as_bytes())))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// SHA-256 of a [`Secret`], as text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SecretHash(String);

impl SecretHash {
    /// The text form the store keeps.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn from_stored(text: String) -> Self {
        Self(text)
    }
}

/// Text about a person (e-mail address, phone number, message) that must never reach a log: `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Private(String);

impl Private {
    /// Wraps the text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself; the caller takes over the duty not to log it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Private(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_256_bits_and_its_hash_is_not_the_secret() -> Result<(), getrandom::Error> {
        let secret = Secret::random()?;
        assert_eq!(secret.expose().len(), SECRET_CHARS);
        assert_ne!(secret.hash().as_str(), secret.expose());
        assert_eq!(
            Secret::presented(secret.expose()).map(|s| s.hash()),
            Some(secret.hash())
        );
        assert_ne!(Secret::random()?, secret);
        Ok(())
    }

    #[test]
    fn what_is_not_shaped_like_a_secret_is_refused_without_a_look_up() {
        for text in [
            "",
            "short",
            &"a".repeat(44),
            &format!("{}%", "a".repeat(42)),
            &"ä".repeat(22),
        ] {
            assert_eq!(Secret::presented(text), None, "{text}");
        }
    }

    #[test]
    fn debug_shows_neither_secrets_nor_private_text() -> Result<(), getrandom::Error> {
        let secret = Secret::random()?;
        assert!(!format!("{secret:?}").contains(secret.expose()));
        assert!(!format!("{:?}", Private::new("ann@example.org")).contains("ann"));
        Ok(())
    }
}
