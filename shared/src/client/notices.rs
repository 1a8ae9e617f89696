//! Sentences to show once.

use super::Notice;

/// More would only hide each other.
const MOST: usize = 8;

#[derive(Debug, Default)]
pub(super) struct Notices {
    last: u32,
    kept: Vec<(u32, Notice)>,
}

impl Notices {
    /// One more; when there are too many the oldest goes.
    pub(super) fn add(&mut self, notice: Notice) {
        if self.kept.len() == MOST {
            self.kept.remove(0);
        }
        self.last = self.last.wrapping_add(1);
        self.kept.push((self.last, notice));
    }

    pub(super) fn dismiss(&mut self, number: u32) {
        self.kept.retain(|(kept, _)| *kept != number);
    }

    pub(super) fn all(&self) -> Vec<(u32, Notice)> {
        self.kept.clone()
    }

    pub(super) fn clear(&mut self) {
        self.kept.clear();
    }
}
