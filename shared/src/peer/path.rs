//! The ways to a path: a new connection, a restart of ICE, and waiting for what they need.

use super::machine::{Act, Peer, Scene, Stage};
use super::negotiation::Negotiation;
use crate::client::PeerOutput;
use crate::quality::Quality;
use crate::time::Time;
use crate::wire::{IceConfig, SignalKind};
use core::time::Duration;

/// How long a path may take before it is started over, by how often it was.
const PATIENCE: [u64; 3] = [6, 8, 12];
/// How long fresh servers are waited for before the old ones are used.
const RENEW: Duration = Duration::from_secs(1);
/// Credentials with less life than this are renewed before a restart.
const ICE_LEFT: Duration = Duration::from_secs(60);

impl Peer {
    fn patience(&self, now: Time) -> Time {
        let seconds = PATIENCE[self.tries.min(PATIENCE.len() - 1)];
        now.plus(Duration::from_secs(seconds))
    }

    /// A connection of a new number, talking to theirs (0: not known yet).
    pub(super) fn open(&mut self, theirs: u32, ice: &IceConfig, scene: &mut Scene<'_>) {
        self.act(PeerOutput::Close);
        self.mine = scene.numbers.next(scene.now);
        self.theirs = theirs;
        self.made_at = scene.now;
        self.path = false;
        self.negotiation = Negotiation::new(!self.caller);
        self.health.fresh();
        self.act(PeerOutput::Open(ice.clone()));
        self.encoder_is_new();
        self.stage = Stage::Connecting {
            until: self.patience(scene.now),
        };
    }

    /// A new connection, made by the caller or asked for by the other side.
    pub(super) fn connect(&mut self, scene: &mut Scene<'_>) {
        if !self.caller {
            self.tell(0, 0, 0, SignalKind::Again);
            let until = self.patience(scene.now);
            self.tries += 1;
            self.stage = match self.mine {
                0 => Stage::Absent { ask: until },
                _ => Stage::Restarting { until },
            };
            return;
        }
        match scene.ice {
            // Asked for when the relay names the servers.
            None => self.stage = Stage::Absent { ask: scene.now },
            Some(ice) if !self.renews(ice, false, scene) => {
                self.open(0, ice, scene);
                let steps = self.negotiation.offer(false);
                self.run(steps, scene.now);
            }
            Some(_) => {}
        }
    }

    /// Asks for fresh servers if these are about to expire. Never twice in a row: the old ones may still do.
    fn renews(&mut self, ice: &IceConfig, restart: bool, scene: &Scene<'_>) -> bool {
        let fresh = ice.expires_at > scene.relay_now.plus(ICE_LEFT);
        if fresh || matches!(self.stage, Stage::Renewing { .. }) {
            return false;
        }
        self.acts.push(Act::RenewIce);
        let until = scene.now.plus(RENEW);
        self.stage = Stage::Renewing { until, restart };
        true
    }

    /// New paths for the same connection.
    pub(super) fn restart(&mut self, scene: &mut Scene<'_>) {
        if !self.caller {
            self.tell(self.mine, self.theirs, 0, SignalKind::Again);
        } else {
            if scene.ice.is_some_and(|ice| self.renews(ice, true, scene)) {
                return;
            }
            let steps = self.negotiation.offer(true);
            self.run(steps, scene.now);
        }
        self.stage = Stage::Restarting {
            until: self.patience(scene.now),
        };
    }

    /// The path is dead.
    pub(super) fn dead(&mut self, scene: &mut Scene<'_>) {
        self.lost_since = self.lost_since.or(Some(scene.now));
        if self.reachable {
            self.restart(scene);
        } else {
            self.stage = Stage::Stranded;
        }
    }

    /// The last attempt came to nothing.
    pub(super) fn start_over(&mut self, scene: &mut Scene<'_>) {
        if !self.reachable {
            self.stage = Stage::Stranded;
            return;
        }
        if self.caller {
            self.tries += 1;
        }
        self.connect(scene);
    }

    pub(super) fn flows(&mut self) {
        self.stage = Stage::Flowing;
        self.tries = 0;
        self.lost_since = None;
        self.quality = Quality::Good;
    }

    /// Their browser has a new socket: what was said to the old one may be lost.
    pub fn came_back(&mut self) {
        self.reachable = false;
    }

    /// Whether the relay carries signals to them now.
    pub fn set_reachable(&mut self, reachable: bool, scene: &mut Scene<'_>) {
        if core::mem::replace(&mut self.reachable, reachable) || !reachable {
            return;
        }
        match self.stage {
            Stage::Absent { ask } if ask > scene.now && self.tries == 0 => {}
            Stage::Absent { .. } => self.connect(scene),
            Stage::Connecting { .. } => {
                let steps = self.negotiation.say_again();
                self.run(steps, scene.now);
                let until = self.patience(scene.now);
                self.stage = Stage::Connecting { until };
            }
            Stage::Flowing if self.negotiation.is_unanswered() => {
                let steps = self.negotiation.say_again();
                self.run(steps, scene.now);
            }
            Stage::Flowing | Stage::Renewing { .. } => {}
            Stage::Stranded if self.mine == 0 => self.connect(scene),
            Stage::Stranded | Stage::Restarting { .. } => self.restart(scene),
        }
    }

    /// Fresh servers.
    pub fn ice_came(&mut self, scene: &mut Scene<'_>) {
        if let Some(ice) = scene.ice {
            self.act(PeerOutput::SetServers(ice.clone()));
        }
        match self.stage {
            Stage::Renewing { .. } => self.renewed(scene),
            Stage::Absent { .. } if self.reachable && self.caller => self.connect(scene),
            _ => {}
        }
    }

    pub(super) fn renewed(&mut self, scene: &mut Scene<'_>) {
        match self.stage {
            Stage::Renewing { restart: true, .. } => self.restart(scene),
            Stage::Renewing { restart: false, .. } => self.connect(scene),
            _ => {}
        }
    }
}
