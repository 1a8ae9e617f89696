//! What follows from the network and from what the camera sees: what our picture is for, when video gives way to photos
//! and when it is offered again, and the hints for whoever holds the camera.
//!
//! | Mode | Customer and guest send | Agents send |
//! |---|---|---|
//! | Video | video | video |
//! | Photo, chosen by somebody | a small picture a second while the line is good | video |
//! | Photo, because of the network | nothing | nothing |

use super::Output;
use super::step::{Client, Turn};
use crate::coach::Hint;
use crate::peer::Peer;
use crate::quality::{Aim, Photo, Quality, Situation};
use crate::role::Role;
use crate::session::{Camera, Command, Mode, Session};
use crate::time::Time;
use core::time::Duration;

/// This browser's line and camera.
#[derive(Debug, Default)]
pub(super) struct Network {
    photo: Photo,
    /// The person wants to save data.
    saving: bool,
    /// What the coach said of the camera.
    hint: Option<Hint>,
}

impl Network {
    pub(super) fn timeout(&self) -> Option<Time> {
        self.photo.timeout()
    }

    pub(super) const fn save_data(&mut self, on: bool) {
        self.saving = on;
    }

    pub(super) const fn saves_data(&self) -> bool {
        self.saving
    }

    pub(super) fn measured(&mut self, took: Option<Duration>, now: Time) {
        self.photo.measured(took, now);
    }

    pub(super) const fn hinted(&mut self, hint: Option<Hint>) {
        self.hint = hint;
    }

    pub(super) const fn hint(&self) -> Option<Hint> {
        self.hint
    }
}

impl Client {
    pub(super) fn settle_network(&mut self, turn: &mut Turn<'_>) {
        let aim = self.aim();
        let saving = self.network.saving;
        // The phone sends to everybody by itself: who helps comes first, who only takes part gets a smaller picture.
        let session = self.session.take();
        let is_extra = |person| {
            let person = session.as_ref().and_then(|session| session.person(person));
            person.is_some_and(|person| matches!(person.role, Role::Guest | Role::Viewer))
        };
        self.with_peers(|peer, _| peer.aim(aim, saving || is_extra(peer.person())));
        self.session = session;
        self.settle_photo(turn);
    }

    fn is_fallen_back(&self) -> bool {
        self.session.as_ref().is_some_and(Session::is_fallen_back)
    }

    fn aim(&self) -> Aim {
        let photo = self
            .session
            .as_ref()
            .is_some_and(|session| session.mode() == Mode::Photo);
        if !photo {
            Aim::Video
        } else if self.is_fallen_back() {
            Aim::Nothing
        } else if self.role() == Role::Agent {
            Aim::Video
        } else if self.own_quality() == Quality::Good && !self.network.saving {
            Aim::Preview
        } else {
            Aim::Nothing
        }
    }

    /// Only the customer's page decides; see [`Photo`].
    fn settle_photo(&mut self, turn: &mut Turn<'_>) {
        let (mut shown, mut judged, mut weak) = (false, false, true);
        for peer in &self.peers {
            let is_weak = peer.is_weak(self.settings.photo_floor_kbit);
            shown |= is_weak.is_some();
            // A path that is dead says nothing about what a living one carries.
            if let Some(is_weak) = is_weak.filter(|_| peer.is_flowing()) {
                judged = true;
                // What is bad with everybody is our side.
                weak &= is_weak;
            }
        }
        let in_call = self.role() == Role::Customer && !self.peers.is_empty();
        let situation = match (in_call, self.is_fallen_back()) {
            (true, true) => Situation::Photos,
            (true, false) if shown => Situation::Video,
            _ => Situation::Idle,
        };
        let wait = Duration::from_secs(u64::from(self.settings.photo_after_s));
        self.network.photo.settle(situation, wait, turn.now);
        if judged && self.network.photo.look(weak, turn.now) {
            self.command(Command::AdaptMode(Mode::Photo), turn);
        }
        let may = self.link.is_live() && !self.hidden;
        if let (Some(bytes), Some(seat)) = (self.network.photo.tick(may, turn.now), self.link.seat()) {
            let seat = seat.clone();
            turn.out.push(Output::Measure { seat, bytes });
        }
    }

    /// Our own connection: that of the best peer, since what is bad with all of them is our side. In photo mode nothing
    /// flows that could be judged, but the way up is measured.
    pub(super) fn own_quality(&self) -> Quality {
        let words = self.peers.iter().map(Peer::sending).min().unwrap_or_default();
        if self.network.photo.is_thin() {
            words.max(Quality::VeryWeak)
        } else {
            words
        }
    }

    /// Whether video would hold again after photo mode had to begin. The customer's page knows by its own measurements,
    /// the others by the word that it reports.
    pub(super) fn offers_video(&self) -> bool {
        if !self.is_fallen_back() {
            return false;
        }
        match self.role() {
            Role::Customer => self.network.photo.offers_video(),
            _ => {
                let customer = self.session.as_ref().and_then(Session::customer);
                customer.is_some_and(|customer| customer.connected && customer.quality == Quality::Good)
            }
        }
    }

    /// What could be better about the customer's picture.
    pub(super) fn customers_hint(&self) -> Option<Hint> {
        match self.role() {
            Role::Customer => self.network.hint(),
            _ => {
                let customer = self.session.as_ref()?.customer()?;
                let seen = matches!(customer.camera, Camera::Live(_)) && !customer.hides() && customer.away.is_none();
                customer.hint.filter(|_| seen)
            }
        }
    }
}
