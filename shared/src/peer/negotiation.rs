//! Offers and answers of one connection: perfect negotiation with numbered rounds.
//!
//! Both sides may offer at any time. Every offer opens a round; its answer and candidates carry the round's number. When
//! both offer in the same round the polite side takes its own back. The relay may lose messages while somebody is away,
//! so what was said last can be said again at any time: a repeated offer is answered by the same answer, and whatever
//! belongs to an older round is dropped.
//!
//! | State | own offer wanted | described | offer heard: newer round | offer heard: same round | answer of this round | applied |
//! |---|---|---|---|---|---|---|
//! | Stable | → Offering | - | → TakingOffer | answer again | - | - |
//! | Offering | if for a restart: describe anew | say it → Offered | polite: → TakingOffer; else kept | polite: → TakingOffer | - | - |
//! | Offered | if for a restart: → Offering, next round | - | the same; else say ours again | the same | → TakingAnswer | - |
//! | TakingOffer | later | - | kept | - | - | → Answering |
//! | Answering | later | say it → Stable | kept | - | - | - |
//! | TakingAnswer | later | - | kept | - | - | → Stable |

use super::candidates::{Candidate, Candidates};
use crate::client::PeerOutput;
use crate::wire::SignalKind;

/// What the negotiation wants, in order.
#[derive(Debug)]
pub(super) enum Step {
    Do(PeerOutput),
    /// Tell the other side, in this round.
    Say(u32, SignalKind),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Stable,
    /// Descriptions asked for and not made yet; only the last one counts.
    Offering {
        pending: u32,
    },
    Offered,
    TakingOffer,
    Answering,
    TakingAnswer,
}

#[derive(Debug)]
pub(super) struct Negotiation {
    polite: bool,
    state: State,
    round: u32,
    /// The newest round whose remote description is applied.
    remote_round: u32,
    offer: Option<String>,
    answer: Option<(u32, String)>,
    /// An offer that came while another was being taken.
    kept_offer: Option<(u32, String)>,
    /// An own offer that waits for a stable moment; true when it must restart ICE.
    wanted: Option<bool>,
    held: Candidates,
    said: Candidates,
}

impl Negotiation {
    pub(super) fn new(polite: bool) -> Self {
        Self {
            polite,
            state: State::Stable,
            round: 0,
            remote_round: 0,
            offer: None,
            answer: None,
            kept_offer: None,
            wanted: None,
            held: Candidates::default(),
            said: Candidates::default(),
        }
    }

    /// Whether an own offer is out and unanswered.
    pub(super) fn is_unanswered(&self) -> bool {
        self.state == State::Offered
    }

    /// Whether nothing is under way.
    pub(super) fn is_stable(&self) -> bool {
        self.state == State::Stable
    }

    /// Offers, now or when the moment comes.
    pub(super) fn offer(&mut self, restart: bool) -> Vec<Step> {
        let mut steps = Vec::new();
        if restart {
            steps.push(Step::Do(PeerOutput::RestartIce));
        }
        match self.state {
            State::Stable => {}
            State::Offering { pending } if restart => {
                self.state = State::Offering { pending: pending + 1 };
                steps.push(Step::Do(PeerOutput::Describe));
                return steps;
            }
            State::Offered if restart => {}
            State::Offering { .. } | State::Offered => return Vec::new(),
            State::TakingOffer | State::Answering | State::TakingAnswer => {
                self.wanted = Some(restart || self.wanted == Some(true));
                return Vec::new();
            }
        }
        self.round += 1;
        self.offer = None;
        self.said.clear();
        self.state = State::Offering { pending: 1 };
        steps.push(Step::Do(PeerOutput::Describe));
        steps
    }

    /// The browser wants to offer because tracks changed. It asks again by itself when the moment is wrong.
    pub(super) fn needed(&mut self) -> Vec<Step> {
        match self.state {
            State::Stable => self.offer(false),
            _ => Vec::new(),
        }
    }

    /// The browser made a description. One for a state that has passed is dropped.
    pub(super) fn described(&mut self, offer: bool, sdp: String) -> Vec<Step> {
        match (self.state, offer) {
            (State::Offering { pending: 1 }, true) => {
                self.state = State::Offered;
                self.offer = Some(sdp.clone());
                vec![Step::Say(self.round, SignalKind::Offer { sdp })]
            }
            (State::Offering { pending }, true) => {
                self.state = State::Offering { pending: pending - 1 };
                Vec::new()
            }
            (State::Answering, false) => {
                self.state = State::Stable;
                self.answer = Some((self.round, sdp.clone()));
                let mut steps = vec![Step::Say(self.round, SignalKind::Answer { sdp })];
                steps.extend(self.settled());
                steps
            }
            _ => Vec::new(),
        }
    }

    /// The browser applied the other side's description.
    pub(super) fn applied(&mut self) -> Vec<Step> {
        let taken = self.state;
        if !matches!(taken, State::TakingOffer | State::TakingAnswer) {
            return Vec::new();
        }
        self.remote_round = self.round;
        let released = self.held.release(self.round).into_iter();
        let mut steps: Vec<Step> = released.map(|candidate| Step::Do(add(candidate))).collect();
        if taken == State::TakingOffer {
            self.state = State::Answering;
            steps.insert(0, Step::Do(PeerOutput::Describe));
        } else {
            self.state = State::Stable;
            self.offer = None;
            steps.extend(self.settled());
        }
        steps
    }

    /// A stable moment: what waited for one goes on.
    fn settled(&mut self) -> Vec<Step> {
        match self.kept_offer.take() {
            Some((round, sdp)) if round > self.round => self.take(round, sdp),
            _ => match self.wanted.take() {
                Some(restart) => self.offer(restart),
                None => Vec::new(),
            },
        }
    }

    fn take(&mut self, round: u32, sdp: String) -> Vec<Step> {
        self.round = round;
        self.offer = None;
        self.said.clear();
        self.state = State::TakingOffer;
        vec![Step::Do(PeerOutput::Apply { offer: true, sdp })]
    }

    /// The other side offers.
    pub(super) fn heard_offer(&mut self, round: u32, sdp: String) -> Vec<Step> {
        if self.answer.as_ref().is_some_and(|(answered, _)| *answered == round) {
            return self.answer_again();
        }
        if round < self.round {
            return Vec::new();
        }
        match self.state {
            State::Stable if round > self.round => self.take(round, sdp),
            State::Offering { .. } | State::Offered if self.polite => self.take(round, sdp),
            // Ours counts. If theirs is of a later round, they have seen ours and their answer was lost.
            State::Offering { .. } | State::Offered if round > self.round => {
                self.kept_offer = Some((round, sdp));
                self.say_again()
            }
            State::TakingOffer | State::Answering | State::TakingAnswer if round > self.round => {
                self.kept_offer = Some((round, sdp));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// The other side answers.
    pub(super) fn heard_answer(&mut self, round: u32, sdp: String) -> Vec<Step> {
        if self.state != State::Offered || round != self.round {
            return Vec::new();
        }
        self.state = State::TakingAnswer;
        vec![Step::Do(PeerOutput::Apply { offer: false, sdp })]
    }

    /// A candidate of the other side. One of an older round is in a description by now, or worth nothing.
    pub(super) fn heard_candidate(&mut self, round: u32, candidate: Candidate) -> Option<Step> {
        if round == self.remote_round && round > 0 {
            return Some(Step::Do(add(candidate)));
        }
        if round > self.remote_round {
            self.held.keep(round, candidate);
        }
        None
    }

    /// An own candidate.
    pub(super) fn gathered(&mut self, candidate: Candidate) -> Step {
        self.said.keep(self.round, candidate.clone());
        say(self.round, candidate)
    }

    /// Says again what was said last: some of it may have been lost.
    pub(super) fn say_again(&self) -> Vec<Step> {
        match (&self.offer, self.state) {
            (Some(sdp), State::Offered) => {
                let offer = SignalKind::Offer { sdp: sdp.clone() };
                self.with_candidates(Some(offer))
            }
            (_, State::Stable) => self.answer_again(),
            _ => Vec::new(),
        }
    }

    fn answer_again(&self) -> Vec<Step> {
        let answer = self.answer.as_ref();
        match answer {
            Some((round, sdp)) if *round == self.round && self.state == State::Stable => {
                self.with_candidates(Some(SignalKind::Answer { sdp: sdp.clone() }))
            }
            // A newer offer of ours is out, but the answer to theirs has not arrived.
            Some((round, sdp)) if *round < self.round => {
                vec![Step::Say(*round, SignalKind::Answer { sdp: sdp.clone() })]
            }
            _ if self.state == State::Stable => self.with_candidates(None),
            _ => Vec::new(),
        }
    }

    fn with_candidates(&self, description: Option<SignalKind>) -> Vec<Step> {
        let description = description.map(|kind| Step::Say(self.round, kind));
        let candidates = self.said.of(self.round).into_iter().map(|c| say(self.round, c));
        description.into_iter().chain(candidates).collect()
    }

    /// A description could not be made or applied; whether the connection is beyond repair.
    pub(super) const fn is_broken_by_failure(&self) -> bool {
        !matches!(self.state, State::Stable | State::Offered)
    }
}

fn add(candidate: Candidate) -> PeerOutput {
    let Candidate { candidate, mid, line } = candidate;
    PeerOutput::AddCandidate { candidate, mid, line }
}

fn say(round: u32, candidate: Candidate) -> Step {
    let Candidate { candidate, mid, line } = candidate;
    Step::Say(round, SignalKind::Candidate { candidate, mid, line })
}
