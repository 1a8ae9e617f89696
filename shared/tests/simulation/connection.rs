//! A make-believe `RTCPeerConnection`. It keeps the rules of a real one (operations in order, rollback, ICE credentials
//! that belong to one round) and screams where a real one would fail.

use farhand_shared::client::{Failure, PeerInput, PeerOutput};
use farhand_shared::peer::{PeerState, PeerStats};
use farhand_shared::quality::Encoding;
use std::collections::{BTreeSet, VecDeque};

/// What it takes for media: who, with which credentials, in which network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreed {
    pub peer: u64,
    pub mine: u64,
    pub theirs: u64,
    pub network: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Signaling {
    Stable,
    HaveLocalOffer { id: u64, credentials: u64 },
    HaveRemoteOffer { id: u64, peer: u64, credentials: u64 },
}

/// A fake connection. Its operations take time: [`Connection::finish`] ends the first one in line.
#[derive(Debug)]
pub struct Connection {
    pub id: u64,
    /// Fresh numbers for descriptions and credentials.
    next: u64,
    signaling: Signaling,
    restart: bool,
    /// Tracks changed and no description of ours says so yet.
    pub need: bool,
    line: VecDeque<PeerOutput>,
    pub agreed: Option<Agreed>,
    credentials: u64,
    /// Candidates of the other side that were added, by their credentials.
    added: BTreeSet<u64>,
    remote_peer: Option<u64>,
    remote_credentials: Option<u64>,
    network: u32,
    pub state: Option<PeerState>,
    pub since: u64,
    pub stats: PeerStats,
    /// What the picture's encoder was asked for last.
    pub encoding: Option<Encoding>,
}

impl Connection {
    pub fn new(id: u64, now: u64) -> Self {
        Self {
            id,
            next: id * 1_000_000 + 1,
            signaling: Signaling::Stable,
            restart: false,
            need: false,
            line: VecDeque::new(),
            agreed: None,
            credentials: 0,
            added: BTreeSet::new(),
            remote_peer: None,
            remote_credentials: None,
            network: 0,
            state: None,
            since: now,
            stats: PeerStats::default(),
            encoding: Some(Encoding::default()),
        }
    }

    fn fresh(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// Takes an order; whether it must be worked on (the line was empty before).
    pub fn order(&mut self, output: PeerOutput) -> bool {
        match output {
            PeerOutput::RestartIce => {
                self.restart = true;
                self.need = true;
                false
            }
            PeerOutput::Describe | PeerOutput::Apply { .. } | PeerOutput::AddCandidate { .. } => {
                self.line.push_back(output);
                self.line.len() == 1
            }
            PeerOutput::Encode(encoding) => {
                self.encoding = encoding;
                false
            }
            PeerOutput::Open(_)
            | PeerOutput::SetServers(_)
            | PeerOutput::RefreshTracks
            | PeerOutput::Ink(_)
            | PeerOutput::Close => false,
        }
    }

    /// Whether the browser would fire `negotiationneeded` now.
    pub fn wants_negotiation(&self) -> bool {
        self.need && self.line.is_empty() && self.signaling == Signaling::Stable && self.credentials != 0
    }

    /// Ends the first operation in line: its news, and whether another one follows.
    pub fn finish(&mut self, network: u32) -> (Vec<PeerInput>, bool) {
        let Some(output) = self.line.pop_front() else {
            return (Vec::new(), false);
        };
        let news = match output {
            PeerOutput::Describe => self.describe(network),
            PeerOutput::Apply { offer, sdp } => vec![self.apply(offer, &sdp)],
            PeerOutput::AddCandidate { candidate, .. } => self.add(&candidate),
            _ => Vec::new(),
        };
        (news, !self.line.is_empty())
    }

    fn describe(&mut self, network: u32) -> Vec<PeerInput> {
        let id = self.fresh();
        let offers = !matches!(self.signaling, Signaling::HaveRemoteOffer { .. });
        let renewed = match self.signaling {
            Signaling::HaveRemoteOffer { credentials, .. } => self.agreed.is_none_or(|a| a.theirs != credentials),
            _ => self.restart || self.credentials == 0,
        };
        if renewed {
            self.credentials = self.fresh();
            self.network = network;
        }
        let mine = self.credentials;
        let sdp = match self.signaling {
            Signaling::HaveRemoteOffer { id, peer, credentials } => {
                self.agree(peer, mine, credentials);
                format!("answer {} {mine} {id}", self.id)
            }
            _ => {
                self.restart = false;
                self.signaling = Signaling::HaveLocalOffer { id, credentials: mine };
                format!("offer {} {mine} {id}", self.id)
            }
        };
        self.need = self.need && !offers;
        let mut news = vec![PeerInput::LocalDescription { offer: offers, sdp }];
        if renewed {
            for address in ["host", "relay", ""] {
                news.push(PeerInput::Candidate {
                    candidate: format!("{mine} {address}"),
                    mid: Some("0".into()),
                    line: Some(0),
                });
            }
        }
        news
    }

    fn agree(&mut self, peer: u64, mine: u64, theirs: u64) {
        let network = self.network;
        self.agreed = Some(Agreed {
            peer,
            mine,
            theirs,
            network,
        });
        self.signaling = Signaling::Stable;
    }

    fn apply(&mut self, offer: bool, sdp: &str) -> PeerInput {
        let mut words = sdp.split(' ');
        let kind = words.next();
        let mut number = || words.next().and_then(|word| word.parse::<u64>().ok()).unwrap();
        let (peer, credentials, id) = (number(), number(), number());
        assert_eq!(kind, Some(if offer { "offer" } else { "answer" }));
        assert!(
            self.remote_peer.is_none_or(|known| known == peer),
            "a description of another connection: a real one would fail on its fingerprint"
        );
        self.remote_peer = Some(peer);
        self.remote_credentials = Some(credentials);
        match (offer, self.signaling) {
            (true, before) => {
                // An own offer is rolled back: what it said must be said again.
                if matches!(before, Signaling::HaveLocalOffer { .. }) {
                    self.need = true;
                }
                self.signaling = Signaling::HaveRemoteOffer { id, peer, credentials };
            }
            (
                false,
                Signaling::HaveLocalOffer {
                    id: mine,
                    credentials: own,
                },
            ) => {
                assert_eq!(mine, id, "an answer to another offer");
                self.agree(peer, own, credentials);
            }
            (false, state) => {
                let message = format!("answer in {state:?}");
                let name = "InvalidStateError".into();
                return PeerInput::Failed(Failure { name, message });
            }
        }
        PeerInput::RemoteApplied
    }

    fn add(&mut self, candidate: &str) -> Vec<PeerInput> {
        assert!(self.remote_peer.is_some(), "a candidate before any description");
        let credentials = candidate.split(' ').next().and_then(|word| word.parse().ok()).unwrap();
        // One of other credentials fails in real browsers; nobody is told.
        if self.remote_credentials == Some(credentials) {
            self.added.insert(credentials);
        }
        Vec::new()
    }

    /// Whether this side knows an address of the other for what is agreed.
    pub fn knows_a_way(&self) -> bool {
        self.agreed.is_some_and(|agreed| self.added.contains(&agreed.theirs))
    }
}
