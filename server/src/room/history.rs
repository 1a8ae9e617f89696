//! What a room remembers of its log: the newest records, for browsers that were away shortly, and which commands were
//! done, so that a repeated one is answered but not done twice.
//!
//! Both are bounded. A browser that lacks more than [`RECENT`] records gets a snapshot. Command ids are remembered per
//! person, so that nobody's hurry makes the relay forget another's; a browser never has [`DONE`] commands unanswered.

use std::collections::{HashMap, VecDeque};

use farhand_shared::id::{CommandId, PersonId, Seq};
use farhand_shared::session::Record;

/// Records kept in memory.
const RECENT: usize = 256;
/// Command ids kept per person.
const DONE: usize = 512;

/// The newest part of a log.
#[derive(Debug, Default)]
pub(super) struct History {
    recent: VecDeque<Record>,
    done: HashMap<PersonId, VecDeque<CommandId>>,
}

impl History {
    /// Remembers a record that is stored.
    pub(super) fn push(&mut self, record: Record) {
        if let (Some(person), Some(id)) = (record.by, record.cause) {
            self.remember(person, id);
        }
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(record);
    }

    /// Remembers that a command was done, with or without events.
    pub(super) fn remember(&mut self, person: PersonId, id: CommandId) {
        let done = self.done.entry(person).or_default();
        if done.back() == Some(&id) {
            return;
        }
        if done.len() == DONE {
            done.pop_front();
        }
        done.push_back(id);
    }

    /// Whether this command of this person was done already.
    pub(super) fn is_done(&self, person: PersonId, id: CommandId) -> bool {
        self.done.get(&person).is_some_and(|done| done.contains(&id))
    }

    /// The records after `have` without a gap, given that the log ends at `last`; none when too many are missing, or
    /// when `have` is nothing this log ever said.
    pub(super) fn after(&self, have: Seq, last: Seq) -> Option<Vec<Record>> {
        if have == Seq::ZERO || have > last {
            return None;
        }
        let missing = usize::try_from(last.0 - have.0).ok()?;
        let skip = self.recent.len().checked_sub(missing)?;
        Some(self.recent.iter().skip(skip).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use farhand_shared::session::Event;
    use farhand_shared::time::Time;

    fn record(seq: u64, cause: Option<u128>) -> Record {
        Record {
            seq: Seq(seq),
            at: Time::from_millis(seq),
            by: cause.map(|_| PersonId::from_u128(1)),
            cause: cause.map(CommandId::from_u128),
            event: Event::CallStarted,
        }
    }

    fn seqs(records: &[Record]) -> Vec<u64> {
        records.iter().map(|record| record.seq.0).collect()
    }

    #[test]
    fn a_browser_gets_what_it_lacks_or_starts_over() {
        let mut history = History::default();
        for seq in 1..=300 {
            history.push(record(seq, None));
        }
        let after = |have| history.after(Seq(have), Seq(300));
        assert_eq!(after(298).as_deref().map(seqs), Some(vec![299, 300]));
        assert_eq!(after(300).as_deref().map(seqs), Some(vec![]));
        assert_eq!(after(44).map(|records| records.len()), Some(256));
        assert_eq!(after(43), None, "too much is missing");
        assert_eq!(after(0), None, "it starts over");
        assert_eq!(after(301), None, "it knows a future that never was");
    }

    #[test]
    fn a_command_is_known_by_its_record_and_only_for_its_own_person() {
        let mut history = History::default();
        history.push(record(1, Some(7)));
        let (me, other) = (PersonId::from_u128(1), PersonId::from_u128(2));
        assert!(history.is_done(me, CommandId::from_u128(7)));
        assert!(!history.is_done(other, CommandId::from_u128(7)));
        assert!(!history.is_done(me, CommandId::from_u128(8)));
    }

    #[test]
    fn command_ids_are_bounded_per_person() {
        let mut history = History::default();
        let me = PersonId::from_u128(1);
        history.remember(PersonId::from_u128(2), CommandId::from_u128(1));
        for n in 0..=DONE as u128 {
            history.remember(me, CommandId::from_u128(n));
        }
        assert!(!history.is_done(me, CommandId::from_u128(0)));
        assert!(history.is_done(me, CommandId::from_u128(1)));
        assert!(history.is_done(PersonId::from_u128(2), CommandId::from_u128(1)));
    }
}
