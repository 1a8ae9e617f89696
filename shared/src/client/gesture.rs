//! What a person presses, and what their page goes through.

use super::step::{Client, Turn, Wish};
use super::{Gesture, Output, PageInput};
use crate::ink::LiveScene;
use crate::limit;
use crate::role::Role;
use crate::session::{Ask, Camera, Command, DeviceKind, Seat, Status, Talk};
use crate::time::Time;
use crate::wire::SeatToken;

impl Client {
    pub(super) fn seated(&mut self, seat: SeatToken, turn: &mut Turn<'_>) {
        if self.link.seat().is_some_and(|old| *old != seat) {
            self.let_go(turn);
        }
        self.closed = None;
        turn.out.push(Output::KeepSeat(seat.clone()));
        self.link.seated(seat, turn.now, &mut turn.out);
    }

    /// Leaves the old session behind, for another.
    fn let_go(&mut self, turn: &mut Turn<'_>) {
        self.link.unseat(&mut turn.out);
        self.session = None;
        self.you = None;
        self.knocking = false;
        self.closed = None;
        self.pin = None;
        self.was_over = false;
        self.asking = None;
        self.refused_reports.clear();
        self.lost_at = None;
        self.notices.clear();
        self.ink = LiveScene::default();
        self.captured.clear();
        self.read_up_to = None;
    }

    pub(super) fn page(&mut self, what: PageInput, turn: &mut Turn<'_>) {
        match what {
            PageInput::Hidden => {
                self.hidden = true;
                self.devices.hidden(turn.now);
                self.link.set_hidden(true, turn.now, &mut turn.out);
                self.beacon(turn);
            }
            PageInput::Shown => {
                self.hidden = false;
                self.devices.shown(self.is_phone(), turn.now);
                if self.wish == Wish::WithCamera {
                    self.devices.try_again(turn.now);
                }
                self.link.set_hidden(false, turn.now, &mut turn.out);
                // The browser let the screen's lock go when the page was hidden.
                if self.awake {
                    turn.out.push(Output::WakeLock(true));
                }
            }
            PageInput::Online => self.set_offline(false, turn),
            PageInput::Offline => self.set_offline(true, turn),
            PageInput::Leaving => self.beacon(turn),
        }
    }

    fn set_offline(&mut self, offline: bool, turn: &mut Turn<'_>) {
        let news = self.link.set_offline(offline, turn.now, turn.dice, &mut turn.out);
        self.news(news, turn);
    }

    /// Agents look at other windows all the time: that is not away.
    fn beacon(&self, turn: &mut Turn<'_>) {
        let in_session = self.session.as_ref().is_some_and(|session| !session.status().is_over());
        if let Some(seat) = self.link.seat().filter(|_| in_session && self.role() != Role::Agent) {
            turn.out.push(Output::AwayBeacon(seat.clone()));
        }
    }

    /// Unknown devices are taken for phones: a fresh camera does no harm, a dead one does.
    fn is_phone(&self) -> bool {
        let kind = self.device.as_ref().map(|device| device.kind);
        kind != Some(DeviceKind::Desktop)
    }

    pub(super) fn gesture(&mut self, gesture: Gesture, turn: &mut Turn<'_>) {
        match gesture {
            Gesture::TurnOnCamera => self.turn_on_camera(turn),
            Gesture::TurnOffCamera => self.devices.turn_off(Camera::Off),
            Gesture::GoWithoutCamera => {
                self.leave_old_session(turn);
                self.wish = Wish::WithoutCamera;
            }
            Gesture::Flip => {
                self.devices.flip(turn.now);
            }
            Gesture::Light(on) => {
                self.devices.light(on);
            }
            Gesture::Zoom(factor) => {
                self.devices.zoom(factor);
            }
            Gesture::Microphone(true) if self.is_silenced() => {}
            Gesture::Microphone(on) => self.devices.set_microphone(on),
            Gesture::Pause(on) => {
                self.devices.pause(on);
                self.command(Command::Pause(on), turn);
            }
            Gesture::Start => self.press_start(turn),
            Gesture::DeclineCall => self.command(Command::DeclineCall, turn),
            Gesture::SetMode(mode) => self.command(Command::SetMode(mode), turn),
            Gesture::SetTalk(talk) => self.set_talk(talk, turn),
            Gesture::SetName(name) => self.command(Command::SetName(name), turn),
            Gesture::SetCase(case_id) => self.command(Command::SetCase(case_id), turn),
            Gesture::AskLight(on) => self.ask(Ask::Torch(on), turn),
            Gesture::AskFlip => self.ask(Ask::Flip, turn),
            Gesture::AskZoom(factor) => self.ask(Ask::Zoom(factor), turn),
            Gesture::Admit(person) => self.command(Command::Admit(person), turn),
            Gesture::Decline(person) => self.command(Command::Decline(person), turn),
            Gesture::AskPatience(person) => self.command(Command::AskPatience(person), turn),
            Gesture::Eject(person) => self.command(Command::Eject(person), turn),
            Gesture::Grant { person, grants } => self.command(Command::Grant { person, grants }, turn),
            Gesture::Hold { person, on } => self.command(Command::Hold { person, on }, turn),
            Gesture::End => self.command(Command::End, turn),
            Gesture::Stay => self.command(Command::Stay, turn),
            Gesture::Leave => self.command(Command::Leave, turn),
            Gesture::Rejoin => self.rejoin(turn),
            Gesture::RetryNow => self.link.hurry(turn.now, &mut turn.out),
            Gesture::SaveData(on) => self.network.save_data(on),
            Gesture::DismissNotice(number) => self.notices.dismiss(number),
            together => self.look_together(together, turn),
        }
    }

    fn turn_on_camera(&mut self, turn: &mut Turn<'_>) {
        self.leave_old_session(turn);
        if self.role() == Role::Agent {
            return self.devices.turn_on(false, turn.now);
        }
        // A guest takes part with or without one.
        if self.role() == Role::Customer {
            self.wish = Wish::WithCamera;
        }
        self.devices.turn_on(self.talk_now() == Talk::Page, turn.now);
    }

    /// A camera for a session that is over is a camera for the next one.
    fn leave_old_session(&mut self, turn: &mut Turn<'_>) {
        let rejoining = self.is_rejoining();
        let over = self.session.as_ref().is_some_and(|session| session.status().is_over());
        let gone = self.me().is_some_and(|me| me.seat.is_gone());
        if (over && !rejoining) || gone || self.closed.is_some() {
            self.let_go(turn);
        }
    }

    /// Whether Rejoin was pressed and the other side's answer is awaited, as long as it may still come.
    pub(super) fn is_rejoining(&self) -> bool {
        let Some(until) = self.rejoin_until() else {
            return false;
        };
        let pressed = self.link.outbox().iter().any(|entry| entry.command == Command::Rejoin);
        let ready = self.me().is_some_and(|me| me.seat == Seat::Ready);
        (pressed || ready) && self.relay_time(self.now) <= until
    }

    /// Until when the ended session can be rejoined, by the relay's clock.
    pub(super) fn rejoin_until(&self) -> Option<Time> {
        match self.session.as_ref()?.status() {
            Status::Done { at, .. } => Some(at.plus(limit::REJOIN)),
            _ => None,
        }
    }

    /// The settling step starts as soon as there is a seat and, if wished, a picture. Pressed again it rings again.
    fn press_start(&mut self, turn: &mut Turn<'_>) {
        if self.me().is_some_and(|me| me.seat == Seat::Ready) {
            return self.command(Command::Start, turn);
        }
        let with_camera = self.role() != Role::Agent && self.devices.is_wanted();
        self.wish = if with_camera {
            Wish::WithCamera
        } else {
            Wish::WithoutCamera
        };
    }

    fn set_talk(&mut self, talk: Talk, turn: &mut Turn<'_>) {
        self.talk = Some(talk);
        let Some(session) = self.session.as_ref().filter(|s| !s.status().is_over()) else {
            return;
        };
        if session.talk() != talk {
            self.command(Command::SetTalk(talk), turn);
        }
        match talk {
            Talk::Page if self.devices.is_wanted() => self.devices.set_microphone(true),
            Talk::Page => {}
            Talk::PhoneCall => self.devices.drop_microphone(),
        }
    }

    fn ask(&mut self, what: Ask, turn: &mut Turn<'_>) {
        let customer = self
            .session
            .as_ref()
            .and_then(|session| session.customer())
            .map(|p| p.id);
        if let Some(of) = customer {
            self.command(Command::Ask { of, what }, turn);
        }
    }

    /// Back into the ended session, with what was open in it: this is the tap that browsers want for a camera.
    fn rejoin(&mut self, turn: &mut Turn<'_>) {
        let done = matches!(self.session.as_ref().map(|s| s.status()), Some(Status::Done { .. }));
        if !done || self.is_rejoining() {
            return;
        }
        self.command(Command::Rejoin, turn);
        let together = self.role() != Role::Agent;
        if self.before.camera {
            self.devices.turn_on(together && self.before.microphone, turn.now);
        }
        if self.before.microphone && !(together && self.before.camera) {
            self.devices.set_microphone(true);
        }
    }
}
