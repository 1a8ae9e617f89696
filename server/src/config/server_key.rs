//! The server's own key: 32 random bytes under the data folder, made on first start.
//!
//! Other keys are derived from it by name (HMAC-SHA256), so that one file is all there is to back up and to protect.
//! Whoever reads it can forge what is derived from it; hence mode 0600. Losing it ends what was signed, no more.

use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const FILE: &str = "server.key";
const LEN: usize = 32;

/// Key material of this server. Prints itself redacted.
#[derive(Clone)]
pub struct ServerKey([u8; LEN]);

impl ServerKey {
    /// Reads the key under `data_dir`, or makes one that only the owner of the process can read.
    ///
    /// # Errors
    /// When the file cannot be read or written, or does not hold exactly 32 bytes.
    pub fn open(data_dir: &Path) -> io::Result<Self> {
        let path = data_dir.join(FILE);
        match OpenOptions::new().read(true).open(&path) {
            Ok(file) => Self::read(file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::create(&path),
            Err(error) => Err(error),
        }
    }

    /// A key for one purpose; the same name always gives the same key.
    pub fn derive(&self, purpose: &str) -> [u8; LEN] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        mac.finalize().into_bytes().into()
    }

    fn read(file: impl Read) -> io::Result<Self> {
        let mut bytes = Vec::with_capacity(LEN + 1);
        file.take(LEN as u64 + 1).read_to_end(&mut bytes)?;
        let key = bytes.try_into().map_err(|_| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                "the key is damaged: expected exactly 32 bytes",
            )
        })?;
        Ok(Self(key))
    }

    fn create(path: &Path) -> io::Result<Self> {
        let mut key = [0u8; LEN];
        getrandom::fill(&mut key).map_err(io::Error::other)?;
        // A start that is killed in between must not leave half a key behind.
        let half = path.with_extension("key.new");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&half)?;
        file.write_all(&key)?;
        file.sync_all()?;
        std::fs::rename(&half, path)?;
        Ok(Self(key))
    }
}

impl fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerKey([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_survives_a_restart_and_only_its_owner_can_read_it() {
        let dir = tempfile::tempdir().unwrap();
        let first = ServerKey::open(dir.path()).unwrap();
        let second = ServerKey::open(dir.path()).unwrap();
        assert_eq!(first.derive("turn"), second.derive("turn"));
        assert_ne!(first.derive("turn"), first.derive("cookies"));
        assert_eq!(format!("{first:?}"), "ServerKey([redacted])");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(dir.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_key_is_refused_instead_of_replaced() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(FILE), b"short").unwrap();
        assert!(
            ServerKey::open(dir.path())
                .unwrap_err()
                .to_string()
                .contains("32 bytes")
        );
    }
}
