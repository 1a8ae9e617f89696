//! One other person's path: found, kept, found again.
//!
//! Of two people the one with the smaller id *calls*: only the caller makes connections and restarts ICE, so both never
//! start over each other; the other side asks for it by `Again`. Either may renegotiate (see `negotiation`, where the
//! caller is the impolite one). Connections are numbered on both sides. Signals between other connections than the
//! current two are dropped, except an offer from a newer connection of the caller, which replaces ours.
//!
//! | Stage | connected | disconnected, stalled | failed | deadline | other side within reach again |
//! |---|---|---|---|---|---|
//! | Absent | - | - | - | caller: → Connecting; else ask | the same |
//! | Connecting | → Flowing | - | over | start over | say again |
//! | Flowing | - | → Restarting | → Restarting | - | say again what was not answered |
//! | Stranded: dead, and the relay does not reach them | → Flowing | - | - | - | → Restarting |
//! | Renewing: servers' credentials run out | → Flowing | - | - | → Restarting | - |
//! | Restarting | → Flowing | - | over | start over | restart again |
//!
//! Starting over means a new connection by the caller; the other side asks for one. Each time it waits longer.
//! While the relay is away nothing is given up: a path that works needs no relay.

use super::candidates::Candidate;
use super::encode::Encode;
use super::health::{Expect, Flow, Health};
use super::negotiation::{Negotiation, Step};
use super::stats::{PeerState, PeerStats};
use crate::client::{MediaFlow, PeerInput, PeerOutput, PeerView};
use crate::id::PersonId;
use crate::ink::Ink;
use crate::quality::Quality;
use crate::time::Time;
use crate::wire::{IceConfig, Signal, SignalKind};
use core::time::Duration;

/// How long the side that may not call waits for an offer at the start of a call.
const OFFER: Duration = Duration::from_secs(3);
/// An offer without answer is said again after this.
const ANSWER: Duration = Duration::from_secs(3);
/// A second call for a new connection within this time of making one is answered by saying it again.
const JUST_MADE: Duration = Duration::from_secs(1);
/// A path is found dead a second after the last packet; these are counted from then (quality words in seconds of
/// silence: 3 and 15).
const RECONNECTING: Duration = Duration::from_secs(2);
const LOST: Duration = Duration::from_secs(14);

/// What a peer wants, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Tell the other side; dropped when the relay is away.
    Tell(Signal),
    /// Do this with the connection of this number.
    Do(u32, PeerOutput),
    /// Ask the relay for fresh servers.
    RenewIce,
}

/// Numbers for connections: they grow, over reloads of the page too.
#[derive(Clone, Copy, Debug, Default)]
pub struct Numbers(u32);

impl Numbers {
    /// The next number: tenths of seconds since the start of 2025, or one more than the last.
    pub(super) fn next(&mut self, now: Time) -> u32 {
        let tenths = now.millis().saturating_sub(1_735_689_600_000) / 100;
        self.0 = (tenths as u32).max(self.0.saturating_add(1));
        self.0
    }
}

/// What a peer may look at and use.
pub struct Scene<'a> {
    /// This browser's clock.
    pub now: Time,
    /// The relay's clock.
    pub relay_now: Time,
    /// The servers, once the relay has named them.
    pub ice: Option<&'a IceConfig>,
    /// Numbers for connections.
    pub numbers: &'a mut Numbers,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Absent { ask: Time },
    Connecting { until: Time },
    Flowing,
    Stranded,
    Renewing { until: Time, restart: bool },
    Restarting { until: Time },
}

/// The media connection with one other person.
#[derive(Debug)]
pub struct Peer {
    pub(super) person: PersonId,
    pub(super) caller: bool,
    pub(super) reachable: bool,
    pub(super) mine: u32,
    pub(super) theirs: u32,
    pub(super) stage: Stage,
    pub(super) tries: usize,
    pub(super) made_at: Time,
    pub(super) offered_at: Time,
    /// The path was found dead then.
    pub(super) lost_since: Option<Time>,
    /// The browser's last word: the path answers.
    pub(super) path: bool,
    /// The data channel of the current connection is open.
    pub(super) channel: bool,
    pub(super) quality: Quality,
    pub(super) negotiation: Negotiation,
    pub(super) health: Health,
    pub(super) encode: Encode,
    pub(super) acts: Vec<Act>,
}

impl Peer {
    /// Nothing yet. `at_once`: this page is late (it was loaded again), so it asks without waiting for an offer.
    pub fn new(me: PersonId, person: PersonId, at_once: bool, now: Time) -> Self {
        let caller = me < person;
        let ask = if caller || at_once { now } else { now.plus(OFFER) };
        Self {
            person,
            caller,
            reachable: false,
            mine: 0,
            theirs: 0,
            stage: Stage::Absent { ask },
            tries: 0,
            made_at: now,
            offered_at: now,
            lost_since: None,
            path: false,
            channel: false,
            quality: Quality::Good,
            negotiation: Negotiation::new(!caller),
            health: Health::default(),
            encode: Encode::default(),
            acts: Vec::new(),
        }
    }

    /// Who is at the other end.
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// The number of the current connection; 0 when there is none.
    pub const fn connection(&self) -> u32 {
        self.mine
    }

    /// What is wanted since the last call, in order.
    pub fn take_acts(&mut self) -> Vec<Act> {
        core::mem::take(&mut self.acts)
    }

    /// Whether media flows, in words.
    pub fn view(&self) -> PeerView {
        PeerView {
            person: self.person,
            connection: self.mine,
            flow: match (self.stage, self.lost_since) {
                (Stage::Flowing, _) => MediaFlow::Flowing,
                (_, Some(since)) => MediaFlow::Recovering { since },
                (_, None) => MediaFlow::Connecting,
            },
            quality: self.health.words().0.max(self.quality),
            measured: self.health.measured(),
        }
    }

    /// Whether the path carries what it should.
    pub fn is_flowing(&self) -> bool {
        self.stage == Stage::Flowing
    }

    /// Quality of what goes to them.
    pub fn sending(&self) -> Quality {
        self.health.words().1.max(self.quality)
    }

    pub(super) fn tell(&mut self, connection: u32, to_connection: u32, round: u32, kind: SignalKind) {
        self.acts.push(Act::Tell(Signal {
            connection,
            to_connection,
            round,
            kind,
        }));
    }

    pub(super) fn act(&mut self, output: PeerOutput) {
        if self.mine != 0 {
            self.acts.push(Act::Do(self.mine, output));
        }
    }

    pub(super) fn run(&mut self, steps: impl IntoIterator<Item = Step>, now: Time) {
        for step in steps {
            match step {
                Step::Do(output) => self.act(output),
                Step::Say(round, kind) => {
                    if matches!(kind, SignalKind::Offer { .. }) {
                        self.offered_at = now;
                    }
                    self.tell(self.mine, self.theirs, round, kind);
                }
            }
        }
    }

    // What the other side says.

    /// A signal from the other side.
    pub fn signal(&mut self, signal: Signal, scene: &mut Scene<'_>) {
        if matches!(signal.kind, SignalKind::Again) {
            self.asked_again(&signal, scene);
            return;
        }
        if !self.belongs(&signal) && !self.adopts(&signal, scene) {
            return;
        }
        let round = signal.round;
        let steps = match signal.kind {
            SignalKind::Offer { sdp } => self.negotiation.heard_offer(round, sdp),
            SignalKind::Answer { sdp } => self.negotiation.heard_answer(round, sdp),
            SignalKind::Candidate { candidate, mid, line } => {
                let candidate = Candidate { candidate, mid, line };
                self.negotiation.heard_candidate(round, candidate).into_iter().collect()
            }
            SignalKind::Again => Vec::new(),
        };
        self.run(steps, scene.now);
    }

    /// Whether it is meant for this connection and comes from the one it is bound to. The first answer binds.
    fn belongs(&mut self, signal: &Signal) -> bool {
        let for_mine = self.mine != 0 && signal.to_connection == self.mine;
        if for_mine && self.theirs == 0 && self.caller {
            self.theirs = signal.connection;
        }
        // The caller's first words come before it knows our number.
        let unknowing = signal.to_connection == 0 && !self.caller && self.mine != 0;
        (for_mine || unknowing) && signal.connection == self.theirs
    }

    /// An offer from a newer connection of the caller replaces ours.
    fn adopts(&mut self, signal: &Signal, scene: &mut Scene<'_>) -> bool {
        let newer = self.theirs == 0 || (signal.connection.wrapping_sub(self.theirs) as i32) > 0;
        if self.caller || !newer || !matches!(signal.kind, SignalKind::Offer { .. }) {
            return false;
        }
        let Some(ice) = scene.ice else { return false };
        if self.stage == Stage::Flowing {
            self.lost_since = Some(scene.now);
        }
        self.open(signal.connection, ice, scene);
        true
    }

    /// The other side may not call and asks us to.
    fn asked_again(&mut self, signal: &Signal, scene: &mut Scene<'_>) {
        if !self.caller {
            return;
        }
        let bound = self.mine != 0 && self.theirs != 0;
        if bound && signal.to_connection == self.mine && signal.connection == self.theirs {
            self.hurried(scene);
            return;
        }
        let on_the_way = self.theirs == 0 || scene.now.since(self.made_at) < JUST_MADE;
        if matches!(self.stage, Stage::Connecting { .. }) && on_the_way {
            let steps = self.negotiation.say_again();
            self.run(steps, scene.now);
        } else if !matches!(self.stage, Stage::Renewing { .. }) {
            if self.stage == Stage::Flowing {
                self.lost_since = Some(scene.now);
            }
            self.connect(scene);
        }
    }

    /// They say that this connection does not work for them.
    fn hurried(&mut self, scene: &mut Scene<'_>) {
        match self.stage {
            // They found the path dead before us.
            Stage::Flowing => self.dead(scene),
            // We are at it, but they may not have heard of it.
            Stage::Restarting { .. } | Stage::Connecting { .. } if self.negotiation.is_unanswered() => {
                let steps = self.negotiation.say_again();
                self.run(steps, scene.now);
            }
            Stage::Restarting { .. } | Stage::Connecting { .. } if self.negotiation.is_stable() => self.restart(scene),
            _ => {}
        }
    }

    // What the browser says.

    /// News of the connection numbered `connection`; of an older one they are dropped.
    pub fn browser(&mut self, connection: u32, what: PeerInput, scene: &mut Scene<'_>) {
        if connection != self.mine || self.mine == 0 {
            return;
        }
        let steps = match what {
            // Before it is bound nobody could take a second offer.
            PeerInput::NegotiationNeeded if self.theirs == 0 => Vec::new(),
            PeerInput::NegotiationNeeded => self.negotiation.needed(),
            PeerInput::LocalDescription { offer, sdp } => self.negotiation.described(offer, sdp),
            PeerInput::RemoteApplied => self.negotiation.applied(),
            PeerInput::Candidate { candidate, mid, line } => {
                vec![self.negotiation.gathered(Candidate { candidate, mid, line })]
            }
            PeerInput::Failed(_) => return self.failed(scene.now),
            PeerInput::State(state) => return self.state(state, scene),
            PeerInput::Stats(stats) => return self.stats(stats, scene),
            PeerInput::Channel(open) => {
                self.channel = open;
                return;
            }
            // Ink is for the scene, not for the path that it came by.
            PeerInput::Ink(_) => return,
        };
        self.run(steps, scene.now);
    }

    /// A description could not be made or applied: start over soon, and not in a circle.
    fn failed(&mut self, now: Time) {
        if self.negotiation.is_broken_by_failure() {
            let until = now.plus(Duration::from_secs(1 << self.tries.min(4)));
            self.lost_since = self
                .lost_since
                .or_else(|| (self.stage == Stage::Flowing).then_some(now));
            self.stage = Stage::Restarting { until };
        }
    }

    fn state(&mut self, state: PeerState, scene: &mut Scene<'_>) {
        match state {
            PeerState::Connecting => {}
            PeerState::Connected if self.path && self.stage == Stage::Flowing => {}
            PeerState::Connected => {
                self.path = true;
                self.health.fresh();
                self.encode.fresh();
                self.flows();
            }
            PeerState::Disconnected => {
                self.path = false;
                if self.stage == Stage::Flowing {
                    self.quality = Quality::Reconnecting;
                    self.dead(scene);
                }
            }
            PeerState::Failed | PeerState::Closed => {
                self.path = false;
                match self.stage {
                    Stage::Flowing => self.dead(scene),
                    Stage::Connecting { .. } | Stage::Restarting { .. } => self.start_over(scene),
                    Stage::Absent { .. } | Stage::Stranded | Stage::Renewing { .. } => {}
                }
            }
        }
    }

    fn stats(&mut self, stats: PeerStats, scene: &mut Scene<'_>) {
        self.look_at_encoder(&stats, scene.now);
        match self.health.stats(stats, scene.now) {
            Flow::Stalled if self.stage == Stage::Flowing => self.dead(scene),
            Flow::Growing if self.path && self.is_recovering() => self.flows(),
            _ => {}
        }
    }

    const fn is_recovering(&self) -> bool {
        matches!(
            self.stage,
            Stage::Restarting { .. } | Stage::Renewing { restart: true, .. } | Stage::Stranded
        )
    }

    /// What ought to flow. Where nothing is expected any more, the browser's word about the path counts.
    pub fn expect(&mut self, expect: Expect) {
        self.health.expect(expect);
        if self.path && !self.health.expects_media() && self.is_recovering() {
            self.flows();
        }
    }

    /// Whether ink can go straight to them now.
    pub const fn has_channel(&self) -> bool {
        self.channel && self.path && matches!(self.stage, Stage::Flowing)
    }

    /// Sends ink straight to them.
    pub fn send_ink(&mut self, ink: &Ink) {
        self.act(PeerOutput::Ink(ink.clone()));
    }

    /// Other tracks are open than before.
    pub fn refresh_tracks(&mut self) {
        self.act(PeerOutput::RefreshTracks);
    }

    /// Closes the connection.
    pub fn close(&mut self) {
        self.act(PeerOutput::Close);
        self.mine = 0;
        self.channel = false;
    }

    // Time.

    /// When to call [`Peer::tick`].
    pub fn timeout(&self) -> Option<Time> {
        let stage = match self.stage {
            Stage::Absent { ask } => Some(ask).filter(|_| self.reachable && !self.caller),
            Stage::Connecting { until } | Stage::Restarting { until } | Stage::Renewing { until, .. } => Some(until),
            Stage::Flowing | Stage::Stranded => None,
        };
        stage.into_iter().chain(self.answer_due()).chain(self.worse_at()).min()
    }

    fn answer_due(&self) -> Option<Time> {
        (self.reachable && self.negotiation.is_unanswered()).then(|| self.offered_at.plus(ANSWER))
    }

    /// When the next worse word is due.
    fn worse_at(&self) -> Option<Time> {
        let since = match self.stage {
            Stage::Flowing => return None,
            _ => self.lost_since.unwrap_or(self.made_at),
        };
        match self.quality {
            Quality::Lost => None,
            Quality::Reconnecting => Some(since.plus(LOST)),
            Quality::Good | Quality::Weak | Quality::VeryWeak => Some(since.plus(RECONNECTING)),
        }
    }

    /// A deadline has come.
    pub fn tick(&mut self, scene: &mut Scene<'_>) {
        let now = scene.now;
        while let Some(_due) = self.worse_at().filter(|at| *at <= now) {
            self.quality = if self.quality == Quality::Reconnecting {
                Quality::Lost
            } else {
                Quality::Reconnecting
            };
        }
        match self.stage {
            Stage::Absent { ask } if ask <= now && self.reachable => self.connect(scene),
            Stage::Connecting { until } | Stage::Restarting { until } if until <= now => self.start_over(scene),
            Stage::Renewing { until, .. } if until <= now => self.renewed(scene),
            _ => {}
        }
        if self.answer_due().is_some_and(|at| at <= now) {
            let steps = self.negotiation.say_again();
            self.run(steps, now);
        }
    }
}
