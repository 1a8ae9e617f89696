//! Commands on their way: kept until the relay has answered, sent again on every new socket under the same id.
//!
//! Most commands say how something *should be* rather than what should be done, and of those only the latest counts.
//! They share a [`Slot`]: one of them may be under way, one may wait, and a newer one replaces the one that waits. So a
//! phone that was offline for an hour says once how its camera is, and a zoom slider cannot flood the relay.
//!
//! | Entry | flush | lost (socket gone) | settle (answer) |
//! |---|---|---|---|
//! | waiting | sent, unless an older one of its slot is under way | - | gone |
//! | sent | - | waiting; gone if a newer one of its slot waits | gone |

use crate::id::{CommandId, PersonId};
use crate::session::{Ask, Command};
use crate::time::Time;

/// Most commands kept. More are refused: a person cannot press that many buttons while nothing answers.
pub const MOST: usize = 64;

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
    Talk,
    Camera,
    Mic,
    Torch,
    Quality,
    Away,
    Pause,
    AskTorch(PersonId),
    AskZoom(PersonId),
}

const fn slot(command: &Command) -> Option<Slot> {
    Some(match command {
        Command::SetName(_) => Slot::Name,
        Command::SetCase(_) => Slot::Case,
        Command::SetMode(_) => Slot::Mode,
        Command::SetTalk(_) => Slot::Talk,
        Command::ReportCamera(_) => Slot::Camera,
        Command::ReportMic(_) => Slot::Mic,
        Command::ReportTorch { .. } => Slot::Torch,
        Command::ReportQuality(_) => Slot::Quality,
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
    pub fn flush(&mut self) -> Vec<(CommandId, Command)> {
        let mut going = Vec::new();
        for i in 0..self.entries.len() {
            let slot_of = slot(&self.entries[i].command);
            let under_way = |entry: &Entry| entry.sent && slot_of.is_some() && slot(&entry.command) == slot_of;
            if self.entries[i].sent || self.entries[..i].iter().any(under_way) {
                continue;
            }
            self.entries[i].sent = true;
            going.push((self.entries[i].id, self.entries[i].command.clone()));
        }
        going
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
    use super::{MOST, Outbox, OutboxFull};
    use crate::id::CommandId;
    use crate::quality::Quality;
    use crate::session::{Command, Mode};
    use crate::time::Time;

    fn push(outbox: &mut Outbox, id: u128, command: Command) -> Result<(), OutboxFull> {
        outbox.push(CommandId::from_u128(id), command, Time::default())
    }

    fn flushed(outbox: &mut Outbox) -> Vec<Command> {
        outbox.flush().into_iter().map(|(_, command)| command).collect()
    }

    #[test]
    fn a_command_is_sent_again_under_its_id_until_it_is_answered() {
        let mut outbox = Outbox::default();
        push(&mut outbox, 1, Command::Start).unwrap();
        assert_eq!(outbox.flush(), [(CommandId::from_u128(1), Command::Start)]);
        assert_eq!(outbox.flush(), []);
        outbox.lost();
        assert_eq!(outbox.flush(), [(CommandId::from_u128(1), Command::Start)]);
        assert!(outbox.settle(CommandId::from_u128(1)).is_some());
        outbox.lost();
        assert_eq!(outbox.flush(), []);
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
        outbox.flush();
        outbox.lost();
        push(&mut outbox, 2, Command::SetMode(Mode::Video)).unwrap();
        assert_eq!(flushed(&mut outbox), [Command::SetMode(Mode::Video)]);
    }

    #[test]
    fn after_a_lost_socket_only_the_latest_report_is_sent() {
        let mut outbox = Outbox::default();
        push(&mut outbox, 1, Command::ReportQuality(Quality::Weak)).unwrap();
        outbox.flush();
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
    fn a_full_outbox_says_so() {
        let mut outbox = Outbox::default();
        for id in 0..MOST as u128 {
            push(&mut outbox, id, Command::Start).unwrap();
        }
        assert_eq!(push(&mut outbox, 999, Command::Start), Err(OutboxFull));
    }
}
