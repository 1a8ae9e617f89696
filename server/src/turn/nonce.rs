//! Nonces that need no table.
//!
//! A nonce is `<unix seconds, 8 hex digits><first 10 bytes of HMAC-SHA256(key, seconds, address), hex>`. The key is made at
//! start and never leaves the process. A table of nonces, which is what most servers keep, grows with every
//! unauthenticated message; this one cannot, and a nonce caught on the way is of no use from another address.

use std::net::IpAddr;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::{credentials::CredentialError, limiter::subscriber};

/// How long a nonce is good, in seconds; afterwards the client is told the new one (438) and repeats its request.
const LIFETIME: u64 = 3600;
const STAMP_LEN: usize = 8;
const TAG_BYTES: usize = 10;

pub(super) struct Nonces {
    key: [u8; 32],
}

impl Nonces {
    pub(super) fn new() -> Result<Self, CredentialError> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|_| CredentialError::NoRandomness)?;
        Ok(Self { key })
    }

    /// A nonce for a client at this address; `now` in unix seconds.
    pub(super) fn make(&self, from: IpAddr, now: u64) -> String {
        let stamp = format!("{:08x}", now & u64::from(u32::MAX));
        let tag = self.tag(&stamp, from);
        stamp + tag.as_str()
    }

    /// Whether this nonce was made here for this address within its lifetime.
    pub(super) fn is_good(&self, nonce: &str, from: IpAddr, now: u64) -> bool {
        let Some((stamp, tag)) = nonce.split_at_checked(STAMP_LEN) else {
            return false;
        };
        if !bool::from(self.tag(stamp, from).as_bytes().ct_eq(tag.as_bytes())) {
            return false;
        }
        u64::from_str_radix(stamp, 16).is_ok_and(|made| (made..made + LIFETIME).contains(&(now & u64::from(u32::MAX))))
    }

    fn tag(&self, stamp: &str, from: IpAddr) -> String {
        // HMAC takes a key of any length; an empty tag matches no nonce since `make` would write none either.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) else {
            return String::new();
        };
        mac.update(stamp.as_bytes());
        mac.update(subscriber(from).to_string().as_bytes());
        let bytes = mac.finalize().into_bytes();
        bytes[..TAG_BYTES].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000;

    #[test]
    fn a_nonce_is_good_for_its_address_its_hour_and_its_server_only() {
        let nonces = Nonces::new().unwrap();
        let here = "198.51.100.7".parse().unwrap();
        let there = "198.51.100.8".parse().unwrap();
        let nonce = nonces.make(here, NOW);
        assert!(nonces.is_good(&nonce, here, NOW));
        assert!(nonces.is_good(&nonce, here, NOW + LIFETIME - 1));
        assert!(!nonces.is_good(&nonce, here, NOW + LIFETIME));
        assert!(!nonces.is_good(&nonce, here, NOW - 1));
        assert!(!nonces.is_good(&nonce, there, NOW));
        assert!(!Nonces::new().unwrap().is_good(&nonce, here, NOW));
    }

    #[test]
    fn anything_else_is_no_nonce() {
        let nonces = Nonces::new().unwrap();
        let here = "198.51.100.7".parse().unwrap();
        let good = nonces.make(here, NOW);
        for bad in [
            "",
            "6b49d200",
            &good[..good.len() - 1],
            "ääääääää",
            &good.to_uppercase(),
        ] {
            assert!(!nonces.is_good(bad, here, NOW), "{bad}");
        }
    }
}
