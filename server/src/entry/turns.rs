//! Taking turns: of several requests about the same thing at the same moment, one goes first.

use std::hash::{DefaultHasher, Hash, Hasher};

use tokio::sync::{Mutex, MutexGuard};

/// Locks by key. Two keys may share one, which only costs time.
const STRIPES: usize = 64;

/// A bounded set of locks.
pub(crate) struct Turns([Mutex<()>; STRIPES]);

/// Whoever holds this goes first.
pub(crate) type Turn<'a> = MutexGuard<'a, ()>;

impl Default for Turns {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Mutex::new(())))
    }
}

impl Turns {
    /// Waits for one's turn.
    pub(crate) async fn wait(&self, key: &impl Hash) -> Turn<'_> {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let stripe = usize::try_from(hasher.finish() % STRIPES as u64).unwrap_or(0);
        self.0[stripe].lock().await
    }
}
