//! How waiting customers ring here: loud or soft, or for a while not at all.

use crate::platform::sound::Loudness;
use crate::platform::storage;
use crate::platform::timer::Timeout;
use core::time::Duration;
use leptos::prelude::*;

/// Where this browser remembers that the ring is soft.
const SOFT: &str = "farhand.soft-ring";
/// How long nothing rings after the press of a button.
const SILENCE: Duration = Duration::from_secs(15 * 60);

/// Copied freely; lives as long as the console.
#[derive(Clone, Copy)]
pub struct Ring {
    /// Softly.
    pub soft: RwSignal<bool>,
    /// Not at all, for what is left of [`SILENCE`].
    pub silent: RwSignal<bool>,
    over: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Ring {
    /// As this browser remembers it.
    pub fn new() -> Self {
        Self {
            soft: RwSignal::new(storage::is_set(SOFT)),
            silent: RwSignal::new(false),
            over: StoredValue::new_local(None),
        }
    }

    /// How loud.
    pub fn loudness(self) -> Loudness {
        if self.soft.get() {
            Loudness::Soft
        } else {
            Loudness::Loud
        }
    }

    /// Soft instead of loud, or back.
    pub fn turn(self) {
        let soft = !self.soft.get_untracked();
        self.soft.set(soft);
        storage::set(SOFT, soft);
    }

    /// Nothing rings for a while, or it rings again.
    pub fn hush(self) {
        let silent = !self.silent.get_untracked();
        self.silent.set(silent);
        let over = silent.then(|| {
            Timeout::after(SILENCE, move || {
                self.silent.try_set(false);
            })
        });
        self.over.set_value(over);
    }
}
