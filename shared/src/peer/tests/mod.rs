//! Walks the tables of `machine` and `negotiation`, one side at a time.

mod encoding;
mod negotiating;
mod paths;

use super::{Act, Expect, Numbers, Peer, PeerState, PeerStats, Scene};
use crate::client::{Failure, MediaFlow, PeerInput, PeerOutput};
use crate::id::PersonId;
use crate::quality::Quality;
use crate::time::Time;
use crate::wire::{IceConfig, Signal, SignalKind};

/// One side with its clock. 1 calls 2.
struct Side {
    peer: Peer,
    numbers: Numbers,
    ice: IceConfig,
    now: Time,
}

const ZERO: u64 = 1_800_000_000_000;

impl Side {
    fn new(me: u128, other: u128) -> Self {
        let now = Time::from_millis(ZERO);
        let mut side = Self {
            peer: Peer::new(PersonId::from_u128(me), PersonId::from_u128(other), false, now),
            numbers: Numbers::default(),
            ice: IceConfig {
                servers: Vec::new(),
                relay_only: false,
                expires_at: Time::from_millis(u64::MAX / 2),
            },
            now,
        };
        side.with(|peer, scene| peer.set_reachable(true, scene));
        side
    }

    fn caller() -> Self {
        Self::new(1, 2)
    }

    fn callee() -> Self {
        Self::new(2, 1)
    }

    fn with(&mut self, run: impl FnOnce(&mut Peer, &mut Scene<'_>)) {
        let mut scene = Scene {
            now: self.now,
            relay_now: self.now,
            ice: Some(&self.ice),
            numbers: &mut self.numbers,
        };
        run(&mut self.peer, &mut scene);
    }

    fn acts(&mut self) -> Vec<Act> {
        self.peer.take_acts()
    }

    /// What the browser was told since last looked at, without the numbers.
    fn told(&mut self) -> Vec<PeerOutput> {
        let told = self.acts().into_iter().filter_map(|act| match act {
            Act::Do(_, output) => Some(output),
            Act::Tell(_) | Act::RenewIce => None,
        });
        told.collect()
    }

    /// What the other side was told.
    fn said(&mut self) -> Vec<Signal> {
        let said = self.acts().into_iter().filter_map(|act| match act {
            Act::Tell(signal) => Some(signal),
            Act::Do(..) | Act::RenewIce => None,
        });
        said.collect()
    }

    fn at(&mut self, millis: u64) -> &mut Self {
        self.now = Time::from_millis(ZERO + millis);
        self.with(Peer::tick);
        self
    }

    fn browser(&mut self, what: PeerInput) {
        let connection = self.peer.connection();
        self.with(|peer, scene| peer.browser(connection, what, scene));
    }

    fn hear(&mut self, connection: u32, to_connection: u32, round: u32, kind: SignalKind) {
        let signal = Signal {
            connection,
            to_connection,
            round,
            kind,
        };
        self.with(|peer, scene| peer.signal(signal, scene));
    }

    /// The caller, connected to number 7.
    fn connected_caller() -> Self {
        let mut side = Self::caller();
        side.browser(described(true));
        let mine = side.peer.connection();
        side.hear(7, mine, 1, answer());
        side.browser(PeerInput::RemoteApplied);
        side.browser(PeerInput::State(PeerState::Connected));
        side.acts();
        side
    }

    /// The callee, connected to number 7.
    fn connected_callee() -> Self {
        let mut side = Self::callee();
        side.hear(7, 0, 1, offer("first"));
        side.browser(PeerInput::RemoteApplied);
        side.browser(described(false));
        side.browser(PeerInput::State(PeerState::Connected));
        side.acts();
        side
    }

    fn flow(&self) -> MediaFlow {
        self.peer.view().flow
    }
}

fn described(offer: bool) -> PeerInput {
    PeerInput::LocalDescription {
        offer,
        sdp: "mine".into(),
    }
}

fn offer(sdp: &str) -> SignalKind {
    SignalKind::Offer { sdp: sdp.into() }
}

fn answer() -> SignalKind {
    SignalKind::Answer { sdp: "theirs".into() }
}

fn candidate(line: &str) -> SignalKind {
    SignalKind::Candidate {
        candidate: line.into(),
        mid: None,
        line: None,
    }
}

fn kinds(signals: &[Signal]) -> Vec<(&'static str, u32)> {
    let kind = |signal: &Signal| match signal.kind {
        SignalKind::Offer { .. } => "offer",
        SignalKind::Answer { .. } => "answer",
        SignalKind::Candidate { .. } => "candidate",
        SignalKind::Again => "again",
    };
    signals.iter().map(|signal| (kind(signal), signal.round)).collect()
}

fn received(bytes: u64) -> PeerInput {
    PeerInput::Stats(PeerStats {
        bytes_received: bytes,
        ..PeerStats::default()
    })
}
