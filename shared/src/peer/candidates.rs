//! ICE candidates that wait, and those that may have to be said again.

/// More than any browser gathers in one round.
const MOST: usize = 64;

/// One candidate; an empty line ends them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) candidate: String,
    pub(super) mid: Option<String>,
    pub(super) line: Option<u16>,
}

/// Candidates with the round they belong to, oldest first. When full, the newest are not taken: the first ones gathered
/// are the direct ones.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    kept: Vec<(u32, Candidate)>,
}

impl Candidates {
    pub(super) fn keep(&mut self, round: u32, candidate: Candidate) {
        if self.kept.len() < MOST {
            self.kept.push((round, candidate));
        }
    }

    /// Takes out those of `round` and forgets older ones.
    pub(super) fn release(&mut self, round: u32) -> Vec<Candidate> {
        let (now, later) = core::mem::take(&mut self.kept)
            .into_iter()
            .partition(|(r, _)| *r <= round);
        self.kept = later;
        let now: Vec<(u32, Candidate)> = now;
        now.into_iter().filter(|(r, _)| *r == round).map(|(_, c)| c).collect()
    }

    /// Those of `round`, which stay.
    pub(super) fn of(&self, round: u32) -> Vec<Candidate> {
        self.kept
            .iter()
            .filter(|(r, _)| *r == round)
            .map(|(_, c)| c.clone())
            .collect()
    }

    pub(super) fn clear(&mut self) {
        self.kept.clear();
    }
}
