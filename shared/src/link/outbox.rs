//! Commands on their way: kept until the relay has answered, sent again on every new socket under the same id.
//!
//! Most commands say how something *should be* rather than what should be done, and of those only the latest counts.
//! They share a [`Slot`]: one of them may be under way, one may wait, and a newer one replaces the one that waits. So a
//! phone that was offline for an hour says once how its camera is, and a zoom slider cannot flood the relay.
//!
//! The relay takes a limited number of commands a second from one socket, and refuses more. Whoever drew for a minute
//! without a signal has more than that to say, so what waits goes out at that pace.
//!
//! | Entry | flush | lost (socket gone) | settle (answer) |
//! |---|---|---|---|
//! | waiting | sent, unless an older one of its slot is under way | - | gone |
//! | sent | - | waiting; gone if a newer one of its slot waits | gone |

use crate::id::{CommandId, PersonId};
use crate::session::{Ask, Command};
use crate::time::Time;
use core::time::Duration;
use std::collections::VecDeque;

/// Most commands kept. More are refused: a person cannot press that many buttons while nothing answers.
pub const MOST: usize = 500;

/// At most this many in each [`PACE_TIME`]: less than the relay's burst of 60 and its 20 a second (PROTOCOL.md, §10).
const PACE: usize = 40;
const PACE_TIME: Duration = Duration::from_millis(2200);

/// The outbox is full; the command was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many unanswered commands")]
pub struct OutboxFull;

/// Commands of which only the latest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Name,
    Case,
    Mode,
    Waiting,
    Seen,
    Talk,
    Camera,
    Mic,
    Torch,
    Quality,
    Hint,
    Away,
    Pause,
    AskTorch(PersonId),
    AskZoom(PersonId),
}

const fn slot(command: &Command) -> Option<Slot> {
    Some(match command {
        Command::SetName(_) => Slot::Name,
        Command::SetCase(_) => Slot::Case,
        Command::SetMode(_) | Command::AdaptMode(_) => Slot::Mode,
        Command::ReportWaiting(_) => Slot::Waiting,
        Command::ReportSeen(_) => Slot::Seen,
        Command::SetTalk(_) => Slot::Talk,
        Command::ReportCamera(_) => Slot::Camera,
        Command::ReportMic(_) => Slot::Mic,
        Command::ReportTorch { .. } => Slot::Torch,
        Command::ReportQuality(_) => Slot::Quality,
        Command::ReportHint(_) => Slot::Hint,
        Command::ReportAway(_) => Slot::Away,
        Command::Pause(_) => Slot::Pause,
        Command::Ask {
            of,
            what: Ask::Torch(_),
        } => Slot::AskTorch(*of),
        Command::Ask { of, what: Ask::Zoom(_) } => Slot::AskZoom(*of),
        Command::Ask { what: Ask::Flip, .. }
        | Command::Start
        | Command::DeclineCall
        | Command::AnswerAsk { .. }
        | Command::Admit(_)
        | Command::Decline(_)
        | Command::AskPatience(_)
        | Command::Eject(_)
        | Command::Grant { .. }
        | Command::Hold { .. }
        | Command::TakeStill { .. }
        | Command::TakePhoto { .. }
        | Command::AskPhoto(_)
        | Command::Share { .. }
        | Command::File { .. }
        | Command::FailFile { .. }
        | Command::ClearMarks { .. }
        | Command::RestoreMarks { .. }
        | Command::Mark { .. }
        | Command::Marks { .. }
        | Command::Draw { .. }
        | Command::Say { .. }
        | Command::Leave
        | Command::End
        | Command::Stay
        | Command::Rejoin => return None,
    })
}

/// One unanswered command.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its id, the same on every socket.
    pub id: CommandId,
    /// What is wanted.
    pub command: Command,
    /// When the person wanted it, by this browser's clock.
    pub at: Time,
    sent: bool,
}

/// Unanswered commands, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    entries: Vec<Entry>,
    /// When the last ones went out, oldest first; no more than [`PACE`].
    sent_at: VecDeque<Time>,
}

impl Outbox {
    /// Takes a command in.
    ///
    /// # Errors
    /// [`OutboxFull`] when [`MOST`] are unanswered already.
    pub fn push(&mut self, id: CommandId, command: Command, at: Time) -> Result<(), OutboxFull> {
        if let Some(mine) = slot(&command) {
            self.entries
                .retain(|entry| entry.sent || slot(&entry.command) != Some(mine));
        }
        if self.entries.len() >= MOST {
            return Err(OutboxFull);
        }
        let sent = false;
        self.entries.push(Entry { id, command, at, sent });
        Ok(())
    }

    /// The commands to send now, in order; they count as sent.
    pub fn flush(&mut self, now: Time) -> Vec<(CommandId, Command)> {
        let mut going = Vec::new();
        for i in 0..self.entries.len() {
            if !self.may_go(i) {
                continue;
            }
            if self.next_slot().is_some_and(|at| at > now) {
                break;
            }
            if self.sent_at.len() == PACE {
                self.sent_at.pop_front();
            }
            self.sent_at.push_back(now);
            self.entries[i].sent = true;
            going.push((self.entries[i].id, self.entries[i].command.clone()));
        }
        going
    }

    /// Whether this one waits, and not for an older one of its slot.
    fn may_go(&self, i: usize) -> bool {
        let slot_of = slot(&self.entries[i].command);
        let under_way = |entry: &Entry| entry.sent && slot_of.is_some() && slot(&entry.command) == slot_of;
        !self.entries[i].sent && !self.entries[..i].iter().any(under_way)
    }

    /// From when on the pace lets another one go; none when it does already.
    fn next_slot(&self) -> Option<Time> {
        let full = self.sent_at.len() == PACE;
        self.sent_at.front().filter(|_| full).map(|at| at.plus(PACE_TIME))
    }

    /// When [`Outbox::flush`] will have something to send that is held back now; none when nothing is held back.
    pub fn next_flush(&self) -> Option<Time> {
        let waits = (0..self.entries.len()).any(|i| self.may_go(i));
        self.next_slot().filter(|_| waits)
    }

    /// The socket is gone: whatever was sent may not have arrived. Of each slot only the latest is still worth sending.
    pub fn lost(&mut self) {
        let slots: Vec<_> = self.entries.iter().map(|entry| slot(&entry.command)).collect();
        let mut place = 0;
        self.entries.retain(|_| {
            place += 1;
            let mine = slots[place - 1];
            mine.is_none() || !slots[place..].contains(&mine)
        });
        for entry in &mut self.entries {
            entry.sent = false;
        }
    }

    /// The relay has answered this one, by word or by an event that it caused.
    pub fn settle(&mut self, id: CommandId) -> Option<Entry> {
        let place = self.entries.iter().position(|entry| entry.id == id)?;
        Some(self.entries.remove(place))
    }

    /// All unanswered commands, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Whether everything is answered.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Forgets everything: the seat is another.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Outbox, OutboxFull, PACE, PACE_TIME};
    use crate::id::CommandId;
    use crate::quality::Quality;
    use crate::session::{Command, Mode};
    use crate::time::Time;

    fn push(outbox: &mut Outbox, id: u128, command: Command) -> Result<(), OutboxFull> {
        outbox.push(CommandId::from_u128(id), command, Time::default())
    }

    fn flushed(outbox: &mut Outbox) -> Vec<Command> {
        outbox
            .flush(Time::default())
            .into_iter()
            .map(|(_, command)| command)
            .collect()
    }

    #[test]
    fn a_command_is_sent_again_under_its_id_until_it_is_answered() {
        let mut outbox = Outbox::default();
        push(&mut outbox, 1, Command::Start).unwrap();
        assert_eq!(
            outbox.flush(Time::default()),
            [(CommandId::from_u128(1), Command::Start)]
        );
        assert_eq!(outbox.flush(Time::default()), []);
        outbox.lost();
        assert_eq!(
            outbox.flush(Time::default()),
            [(CommandId::from_u128(1), Command::Start)]
        );
        assert!(outbox.settle(CommandId::from_u128(1)).is_some());
        outbox.lost();
        assert_eq!(outbox.flush(Time::default()), []);
        assert!(
            outbox.settle(CommandId::from_u128(1)).is_none(),
            "a second answer finds nothing"
        );
    }

    #[test]
    fn of_reports_only_one_is_under_way_and_the_latest_waits() {
        let mut outbox = Outbox::default();
        push(&mut outbox, 1, Command::ReportQuality(Quality::Weak)).unwrap();
        assert_eq!(flushed(&mut outbox), [Command::ReportQuality(Quality::Weak)]);
        push(&mut outbox, 2, Command::ReportQuality(Quality::VeryWeak)).unwrap();
        push(&mut outbox, 3, Command::ReportQuality(Quality::Good)).unwrap();
        assert_eq!(flushed(&mut outbox), [], "one is under way");
        outbox.settle(CommandId::from_u128(1));
        assert_eq!(flushed(&mut outbox), [Command::ReportQuality(Quality::Good)]);
    }

    #[test]
    fn after_a_lost_socket_a_newer_wish_replaces_the_one_that_may_not_have_arrived() {
        let mut outbox = Outbox::default();
        push(&mut outbox, 1, Command::SetMode(Mode::Photo)).unwrap();
        outbox.flush(Time::default());
        outbox.lost();
        push(&mut outbox, 2, Command::SetMode(Mode::Video)).unwrap();
        assert_eq!(flushed(&mut outbox), [Command::SetMode(Mode::Video)]);
    }

    #[test]
    fn after_a_lost_socket_only_the_latest_report_is_sent() {
        let mut outbox = Outbox::default();
        push(&mut outbox, 1, Command::ReportQuality(Quality::Weak)).unwrap();
        outbox.flush(Time::default());
        push(&mut outbox, 2, Command::ReportQuality(Quality::Good)).unwrap();
        outbox.lost();
        assert_eq!(flushed(&mut outbox), [Command::ReportQuality(Quality::Good)]);
    }

    #[test]
    fn different_wishes_keep_their_order() {
        let mut outbox = Outbox::default();
        let order = [
            Command::SetMode(Mode::Photo),
            Command::Start,
            Command::End,
            Command::Stay,
        ];
        for (id, command) in order.iter().enumerate() {
            push(&mut outbox, id as u128, command.clone()).unwrap();
        }
        assert_eq!(flushed(&mut outbox), order);
    }

    #[test]
    fn what_waited_goes_out_at_the_pace_that_the_relay_takes_and_in_order() {
        let mut outbox = Outbox::default();
        let total = PACE * 2 + 3;
        for id in 0..total as u128 {
            push(&mut outbox, id, Command::Start).unwrap();
        }
        let (mut now, mut sent) = (Time::from_millis(1_000), Vec::new());
        sent.extend(outbox.flush(now));
        assert_eq!(sent.len(), PACE);
        assert_eq!(outbox.next_flush(), Some(now.plus(PACE_TIME)));
        while let Some(at) = outbox.next_flush() {
            assert!(at > now, "time goes on");
            now = at;
            sent.extend(outbox.flush(now));
        }
        let ids: Vec<CommandId> = sent.into_iter().map(|(id, _)| id).collect();
        let all: Vec<CommandId> = (0..total as u128).map(CommandId::from_u128).collect();
        assert_eq!(ids, all);
        assert!(now.since(Time::from_millis(1_000)) >= PACE_TIME * 2);
    }

    #[test]
    fn a_full_outbox_says_so() {
        let mut outbox = Outbox::default();
        for id in 0..MOST as u128 {
            push(&mut outbox, id, Command::Start).unwrap();
        }
        assert_eq!(push(&mut outbox, 999, Command::Start), Err(OutboxFull));
    }
}
