//! Names of counted scopes that do not give away whose they are.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::secret::{Private, Secret};
use super::{Store, StoreError};

const KEY_NAME: &str = "counter scopes";

/// Makes scope names for [`CounterStore`](super::CounterStore). Addresses, phone numbers and e-mail addresses go
/// through a keyed hash of this installation's own key, because a plain hash of so few candidates could be looked up.
#[derive(Clone, Debug)]
pub struct Scopes(Private);

impl Scopes {
    /// Takes the installation's key from the store, making it at the first start.
    ///
    /// # Errors
    /// When the store does not answer or the operating system has no randomness.
    pub async fn open(store: &dyn Store) -> Result<Self, StoreError> {
        let fresh = Secret::random().map_err(|e| StoreError::Unavailable(e.to_string().into()))?;
        Ok(Self(store.server_key(KEY_NAME, &Private::new(fresh.expose())).await?))
    }

    /// The scope of `kind` (such as `sign-in account`) for `whom`.
    #[must_use]
    pub fn name(&self, kind: &str, whom: &str) -> String {
        let mac = Hmac::<Sha256>::new_from_slice(self.0.expose().as_bytes()).expect("HMAC takes keys of every length");
        let tag = mac
            .chain_update(kind)
            .chain_update([0])
            .chain_update(whom)
            .finalize()
            .into_bytes();
        format!("{kind}:{}", URL_SAFE_NO_PAD.encode(&tag[..16]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_the_same_for_the_same_person_and_hides_who_it_is() {
        let scopes = Scopes(Private::new("key"));
        let ann = scopes.name("sign-in", "ann@example.org");
        assert_eq!(ann, scopes.name("sign-in", "ann@example.org"));
        assert!(ann.starts_with("sign-in:") && !ann.contains("ann"));
        let others = [
            scopes.name("sign-in", "bob@example.org"),
            scopes.name("reset", "ann@example.org"),
            Scopes(Private::new("other")).name("sign-in", "ann@example.org"),
        ];
        assert!(others.iter().all(|other| *other != ann));
    }
}
