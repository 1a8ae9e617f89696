//! What agents ask of this phone: it does it at once and says who asked.
//!
//! | State | asked | done | failed | 10 s |
//! |---|---|---|---|---|
//! | nothing asked | do it → Doing; cannot → answer Failed | - | - | - |
//! | Doing | the newer one counts | tell who asked; light: → Obeyed, else answer | answer Failed | answer Failed |
//! | Obeyed (light) | the newer one counts | report the light once the session knows the lens: that answers | - | answer Failed |
//! | Answered | only if asked anew | - | - | - |

use super::Notice;
use super::step::{Client, Turn};
use crate::camera::Told;
use crate::id::PersonId;
use crate::session::{Answer, Ask, Command, Event, Session, Torch};
use crate::time::Time;
use core::time::Duration;

const LONGEST: Duration = Duration::from_secs(10);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    Doing { until: Time },
    Obeyed { until: Time },
    Answered,
}

/// One asking and how far it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Asking {
    what: Ask,
    by: PersonId,
    stage: Stage,
}

impl Asking {
    /// When it is given up.
    pub(super) const fn until(&self) -> Option<Time> {
        match self.stage {
            Stage::Doing { until } | Stage::Obeyed { until } => Some(until),
            Stage::Answered => None,
        }
    }
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
                if asking.until().is_some_and(|until| until <= self.now) {
                    self.answer(what, Answer::Failed, turn);
                } else if matches!(asking.stage, Stage::Obeyed { .. }) && self.session_knows_lens() {
                    self.report_obeyed(by, turn);
                }
            }
            _ => self.start_asked(what, by, turn),
        }
    }

    fn start_asked(&mut self, what: Ask, by: PersonId, turn: &mut Turn<'_>) {
        let until = self.now.plus(LONGEST);
        let stage = Stage::Doing { until };
        self.asking = Some(Asking { what, by, stage });
        let started = match what {
            Ask::Torch(on) => self.devices.light(on),
            Ask::Flip => self.devices.flip(self.now),
            Ask::Zoom(factor) => self.devices.zoom(factor),
        };
        if !started {
            self.answer(what, Answer::Failed, turn);
        }
    }

    fn enter(&mut self, stage: Stage) {
        if let Some(asking) = &mut self.asking {
            asking.stage = stage;
        }
    }

    fn answer(&mut self, what: Ask, answer: Answer, turn: &mut Turn<'_>) {
        self.enter(Stage::Answered);
        self.command(Command::AnswerAsk { what, answer }, turn);
    }

    /// The report of the light is the answer.
    fn report_obeyed(&mut self, by: PersonId, turn: &mut Turn<'_>) {
        self.enter(Stage::Answered);
        let torch = self.devices.torch();
        let asked_by = Some(by);
        self.command(Command::ReportTorch { torch, asked_by }, turn);
    }

    /// The devices say what became of a wish, asked for or not.
    pub(super) fn told(&mut self, told: Told, turn: &mut Turn<'_>) {
        match told {
            Told::FlipFailed => self.notices.add(Notice::FlipFailed),
            Told::LightFailed => self.notices.add(Notice::LightFailed),
            Told::Flipped | Told::LightIs(_) | Told::ZoomIs(_) => {}
        }
        let Some(Asking { what, by, stage }) = self.asking else {
            return;
        };
        let Stage::Doing { until } = stage else { return };
        match (what, told) {
            (Ask::Torch(wanted), Told::LightIs(on)) if wanted == on => {
                self.notices.add(Notice::AgentDid(what, by));
                self.enter(Stage::Obeyed { until });
                // Before the light is reported as if nobody had asked.
                self.serve_asks(turn);
            }
            (Ask::Flip, Told::Flipped) => {
                self.notices.add(Notice::AgentDid(what, by));
                self.answer(what, Answer::Done, turn);
            }
            // A slider would fill the screen with notices.
            (Ask::Zoom(wanted), Told::ZoomIs(now)) if (wanted - now).abs() < 0.1 => {
                self.answer(what, Answer::Done, turn);
            }
            (Ask::Torch(_), Told::LightFailed) | (Ask::Flip, Told::FlipFailed) | (Ask::Zoom(_), Told::ZoomIs(_)) => {
                self.answer(what, Answer::Failed, turn);
            }
            _ => {}
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
