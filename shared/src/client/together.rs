//! Looking together: pictures, ink and chat, as far as this browser takes part in them.
//!
//! A picture that the phone must make is asked for by an event. The machine asks the shell for it once, when the event
//! happens here; what was asked for before a reload is settled by the shell, which alone knows whether the picture was
//! already taken (it keeps pictures until the relay has them).

use super::input::Unsent;
use super::step::{Client, Turn};
use super::{Gesture, Output};
use crate::id::{FileId, PersonId};
use crate::ink::{Ink, Surface};
use crate::peer::Peer;
use crate::role::{Act, Role};
use crate::session::{Command, Event, FileKind};
use crate::wire::FromClient;
use core::time::Duration;

impl Client {
    /// What a person does with pictures, ink and chat.
    pub(super) fn look_together(&mut self, gesture: Gesture, turn: &mut Turn<'_>) {
        let command = match gesture {
            Gesture::TakeStill => return self.take(FileKind::Still, turn),
            Gesture::TakePhoto => return self.take(FileKind::Photo, turn),
            Gesture::AskPhoto(wish) => Command::AskPhoto(wish),
            Gesture::Share {
                file,
                kind,
                name,
                bytes,
                of,
            } => Command::Share {
                file,
                kind,
                name,
                bytes,
                of,
            },
            Gesture::File { file, step } => Command::File { file, step },
            Gesture::Mark { file, mark, shape } => Command::Mark { file, mark, shape },
            Gesture::Marks { file, step } => Command::Marks { file, step },
            Gesture::FailFile(file) => Command::FailFile { file },
            Gesture::ClearMarks(file) => Command::ClearMarks { file },
            Gesture::RestoreMarks(file) => Command::RestoreMarks { file },
            Gesture::Draw { on, mark, shape } => {
                if let Some(me) = self.you {
                    let none = Duration::ZERO;
                    self.ink
                        .drew(me, Surface::Live(on), mark, shape.clone(), none, self.now);
                }
                Command::Draw { on, mark, shape }
            }
            Gesture::Say { text, file } => Command::Say { text, file },
            Gesture::ReadChat => {
                self.read_chat();
                return;
            }
            Gesture::Ink(ink) => return self.own_ink(ink, turn),
            _ => return,
        };
        self.command(command, turn);
    }

    /// On the phone itself the camera does not wait for the relay: what is seen now is meant.
    fn take(&mut self, kind: FileKind, turn: &mut Turn<'_>) {
        let file = new_file(turn);
        let command = match kind {
            FileKind::Still => Command::TakeStill { file },
            _ => Command::TakePhoto { file },
        };
        self.command(command, turn);
        let mine = self.me().is_some_and(|me| me.role == Role::Customer);
        if mine {
            self.capture(file, kind, turn);
        }
    }

    fn capture(&mut self, file: FileId, kind: FileKind, turn: &mut Turn<'_>) {
        if !self.captured.contains(&file) {
            self.captured.push(file);
            turn.out.push(Output::Capture { file, kind });
        }
    }

    fn read_chat(&mut self) {
        let newest = self.session.as_ref().and_then(|session| session.messages().last());
        self.read_up_to = newest.map(|message| message.seq).max(self.read_up_to);
    }

    /// What an event asks of this browser, or shows on it.
    pub(super) fn together(&mut self, event: &Event, age: Duration, turn: &mut Turn<'_>) {
        match event {
            Event::FileExpected { file, kind, from, .. } if Some(*from) == self.you => {
                if matches!(kind, FileKind::Still | FileKind::Photo) {
                    self.capture(*file, *kind, turn);
                }
            }
            Event::Drew {
                person,
                on,
                mark,
                shape,
            } => self
                .ink
                .drew(*person, Surface::Live(*on), *mark, shape.clone(), age, self.now),
            Event::Marked { mark, .. } => self.ink.settled(*mark),
            Event::Left { person } | Event::Disconnected { person } => self.ink.gone(*person),
            _ => {}
        }
    }

    // Ink under way.

    /// What moves under this person's own finger: shown here at once, and on its way to the others.
    fn own_ink(&mut self, ink: Ink, turn: &mut Turn<'_>) {
        let Some(me) = self.you else { return };
        let shown = !matches!(ink, Ink::Pointer { .. });
        if shown {
            self.ink.heard(me, ink.clone(), self.now);
        }
        if self.everybody_has_a_channel() {
            self.with_peers(|peer, _| peer.send_ink(&ink));
        } else {
            self.link.send(FromClient::Ink(ink), &mut turn.out);
        }
    }

    /// Ink takes one road for everybody: it must not come twice, nor leave somebody out.
    fn everybody_has_a_channel(&self) -> bool {
        let Some((session, me)) = self.session.as_ref().zip(self.you) else {
            return false;
        };
        let mut others = session.people().iter().filter(|p| p.id != me && p.connected);
        let open = |person: PersonId| {
            self.peers
                .iter()
                .any(|peer| peer.person() == person && peer.has_channel())
        };
        others.all(|person| open(person.id)) && self.peers.iter().any(Peer::has_channel)
    }

    /// Ink may come from browser to browser, past the server: so who may not draw is refused here too.
    pub(super) fn heard_ink(&mut self, from: PersonId, ink: Ink) {
        let session = self.session.as_ref();
        let author = session.and_then(|session| session.person(from));
        if Some(from) != self.you && author.is_some_and(|author| author.may(Act::Draw)) {
            self.ink.heard(from, ink, self.now);
        }
    }

    // What must survive this page.

    /// Messages on their way, for the shell to keep: a reload must not lose what was written without a signal.
    pub(super) fn keep_unsent(&mut self, turn: &mut Turn<'_>) {
        let unsent: Vec<Unsent> = self.link.outbox().iter().filter_map(Unsent::of).collect();
        if unsent != self.unsent {
            self.unsent.clone_from(&unsent);
            turn.out.push(Output::KeepUnsent(unsent));
        }
    }

    /// What an earlier page of this seat could not send. The ids are the same: what did arrive is not done twice.
    pub(super) fn restore_unsent(&mut self, unsent: Vec<Unsent>, turn: &mut Turn<'_>) {
        for Unsent { id, command } in unsent {
            let known = self.link.outbox().iter().any(|entry| entry.id == id);
            if !known {
                // When the outbox is full, so many newer things are under way that this one is lost among them anyway.
                let _full = self.link.enqueue(id, command, turn.now);
            }
        }
    }
}

impl Unsent {
    fn of(entry: &crate::link::Entry) -> Option<Self> {
        let kept = matches!(
            entry.command,
            Command::Say { .. } | Command::TakePhoto { .. } | Command::Share { .. }
        );
        kept.then(|| Self {
            id: entry.id,
            command: entry.command.clone(),
        })
    }
}

fn new_file(turn: &mut Turn<'_>) -> FileId {
    FileId::from_u128(turn.dice.bits())
}
