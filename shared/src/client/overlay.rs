//! The session as it will be: own commands show their effect at once and are laid over the replica until the relay has
//! answered them. The same `apply` as everywhere does it, so the picture cannot differ from what comes.

use super::step::Client;
use crate::id::PersonId;
use crate::limit;
use crate::role::Act;
use crate::session::{self, Command, Context, Event, ModeWhy, Record, Seat, Session, Status};
use crate::time::Time;

impl Client {
    /// The replica with this browser's own devices and unanswered commands laid over it, and how many of its newest
    /// messages are such commands.
    pub(super) fn overlaid(&self) -> Option<(Session, usize)> {
        let mut shown = self.session.clone()?;
        let me = self.you?;
        let lay = |shown: &mut Session, event: Event, at: Time| {
            let seq = shown.seq();
            let record = Record {
                seq,
                at,
                by: Some(me),
                cause: None,
                event,
            };
            session::apply(shown, &record);
        };
        let mut sending = 0;
        for entry in self.link.outbox().iter() {
            let at = self.relay_time(entry.at);
            for event in self.effects(&shown, me, &entry.command, at) {
                sending += usize::from(matches!(event, Event::Said { .. }));
                lay(&mut shown, event, at);
            }
        }
        let now = self.relay_time(self.now);
        for event in self.own_devices(&shown) {
            lay(&mut shown, event, now);
        }
        Some((shown, sending))
    }

    fn own_devices(&self, shown: &Session) -> Vec<Event> {
        let Some(person) = self.you.and_then(|me| shown.person(me)) else {
            return Vec::new();
        };
        if !self.reports_devices(shown) {
            return Vec::new();
        }
        let (camera, mic, torch) = (self.devices.camera(), self.devices.mic(), self.devices.torch());
        let person_id = person.id;
        let mut events = Vec::new();
        if person.camera != camera {
            events.push(Event::CameraChanged {
                person: person_id,
                camera,
            });
        }
        if person.mic != mic {
            events.push(Event::MicChanged { person: person_id, mic });
        }
        events.push(Event::TorchChanged {
            person: person_id,
            torch,
            asked_by: None,
        });
        events
    }

    /// What this command will do to the session, as far as that can be foreseen. For pictures, marks and messages the
    /// relay's own rules say so.
    fn effects(&self, shown: &Session, me: PersonId, command: &Command, at: Time) -> Vec<Event> {
        let acts = [Act::TakePicture, Act::Share, Act::Draw, Act::ClearMarks, Act::Say];
        if acts.contains(&command.act()) {
            return session::by_person(shown, me, command, &Context::at(at)).unwrap_or_default();
        }
        self.effect(shown, command, at).into_iter().collect()
    }

    /// What this command will do to the session, where that can be foreseen.
    fn effect(&self, shown: &Session, command: &Command, at: Time) -> Option<Event> {
        let person = self.you?;
        let me = shown.person(person)?;
        Some(match command {
            Command::SetName(name) => Event::Renamed {
                person,
                name: limit::clean(name, limit::NAME_CHARS).ok()?,
            },
            Command::SetCase(case_id) => Event::CaseSet {
                case_id: limit::clean(case_id, limit::CASE_ID_CHARS).ok(),
            },
            Command::SetMode(mode) => Event::ModeChanged {
                mode: *mode,
                why: ModeWhy::Chosen,
            },
            Command::AdaptMode(mode) => Event::ModeChanged {
                mode: *mode,
                why: ModeWhy::Network,
            },
            Command::SetTalk(talk) => Event::TalkChanged { talk: *talk },
            Command::Pause(on) => Event::Paused { person, on: *on },
            Command::Start if me.seat == Seat::Lobby && !shown.status().is_over() => Event::Readied { person },
            Command::Rejoin if matches!(shown.status(), Status::Done { .. }) => Event::Readied { person },
            Command::DeclineCall => Event::RingStopped { by: Some(person) },
            Command::Admit(knocker) => Event::Admitted { person: *knocker },
            Command::Decline(knocker) => Event::Declined { person: *knocker },
            Command::AskPatience(knocker) => Event::PatienceAsked { person: *knocker },
            Command::Eject(visitor) => Event::Ejected { person: *visitor },
            Command::Leave => Event::Left { person },
            Command::End if shown.ending().is_none() => Event::EndAsked {
                by: person,
                due: at.plus(limit::END_UNDO),
            },
            Command::Stay => Event::EndUndone { by: person },
            _ => return None,
        })
    }
}
