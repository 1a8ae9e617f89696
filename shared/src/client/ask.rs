//! What agents ask of this phone: it does it at once and says who asked.
//!
//! | State | asked | done | failed | 10 s |
//! |---|---|---|---|---|
//! | nothing asked | do it → Doing; cannot → answer Failed | - | - | - |
//! | Doing | the newer one counts | answer, tell the person who asked | answer Failed | answer Failed |
//! | Answered | only if asked anew | - | - | - |

use super::Notice;
use super::step::{Client, Turn};
use crate::camera::Told;
use crate::id::PersonId;
use crate::session::{Answer, Ask, Command, Event, Session, Torch};
use crate::time::Time;
use core::time::Duration;

const LONGEST: Duration = Duration::from_secs(10);

/// One asking and how far it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Asking {
    what: Ask,
    by: PersonId,
    /// None once it is answered.
    pub(super) until: Option<Time>,
}

impl Client {
    /// Looks what is asked of this phone.
    pub(super) fn serve_asks(&mut self, turn: &mut Turn<'_>) {
        let asked = self.me().and_then(|me| me.asked);
        let Some((what, by)) = asked else {
            self.asking = None;
            return;
        };
        match self.asking {
            Some(asking) if (asking.what, asking.by) == (what, by) => {
                if asking.until.is_some_and(|until| until <= self.now) {
                    self.answer(what, Answer::Failed, turn);
                }
            }
            _ => self.start_asked(what, by, turn),
        }
    }

    fn start_asked(&mut self, what: Ask, by: PersonId, turn: &mut Turn<'_>) {
        let until = Some(self.now.plus(LONGEST));
        self.asking = Some(Asking { what, by, until });
        let started = match what {
            Ask::Torch(on) => self.devices.light(on),
            Ask::Flip => self.devices.flip(self.now),
            Ask::Zoom(factor) => self.devices.zoom(factor),
        };
        if !started {
            self.answer(what, Answer::Failed, turn);
        }
    }

    fn answer(&mut self, what: Ask, answer: Answer, turn: &mut Turn<'_>) {
        if let Some(asking) = &mut self.asking {
            asking.until = None;
        }
        self.command(Command::AnswerAsk { what, answer }, turn);
    }

    /// The devices say what became of a wish, asked for or not.
    pub(super) fn told(&mut self, told: Told, turn: &mut Turn<'_>) {
        match told {
            Told::FlipFailed => self.notices.add(Notice::FlipFailed),
            Told::LightFailed => self.notices.add(Notice::LightFailed),
            Told::Flipped | Told::LightIs(_) | Told::ZoomIs(_) => {}
        }
        let Some(asking) = self.asking.filter(|asking| asking.until.is_some()) else {
            return;
        };
        let answer = match (asking.what, told) {
            (Ask::Torch(wanted), Told::LightIs(on)) if wanted == on => return self.light_obeyed(asking, turn),
            (Ask::Flip, Told::Flipped) => Answer::Done,
            (Ask::Zoom(wanted), Told::ZoomIs(now)) if (wanted - now).abs() < 0.1 => Answer::Done,
            (Ask::Torch(_), Told::LightFailed) | (Ask::Flip, Told::FlipFailed) | (Ask::Zoom(_), Told::ZoomIs(_)) => {
                Answer::Failed
            }
            _ => return,
        };
        if answer == Answer::Done && asking.what == Ask::Flip {
            self.notices.add(Notice::AgentDid(asking.what, asking.by));
        }
        self.answer(asking.what, answer, turn);
    }

    /// The report of the light is the answer.
    fn light_obeyed(&mut self, asking: Asking, turn: &mut Turn<'_>) {
        self.asking = Some(Asking { until: None, ..asking });
        self.notices.add(Notice::AgentDid(asking.what, asking.by));
        let torch = self.devices.torch();
        if torch != Torch::None {
            let asked_by = Some(asking.by);
            self.command(Command::ReportTorch { torch, asked_by }, turn);
        }
    }

    /// Notices that an event gives to this browser's person, looked at before it is applied.
    pub(super) fn notice_answers(&mut self, before: &Session, event: &Event) {
        match event {
            Event::Asked { of, .. } if Some(*of) == self.you => self.asking = None,
            Event::AskAnswered { person, what, answer } => {
                let asker = before.person(*person).and_then(|p| p.asked).map(|(_, by)| by);
                if asker.is_some() && asker == self.you {
                    self.notices.add(Notice::AskAnswered(*what, *answer));
                }
            }
            Event::TorchChanged {
                torch,
                asked_by: Some(by),
                ..
            } if Some(*by) == self.you => {
                let on = *torch == Torch::On;
                self.notices.add(Notice::AskAnswered(Ask::Torch(on), Answer::Done));
            }
            _ => {}
        }
    }
}
