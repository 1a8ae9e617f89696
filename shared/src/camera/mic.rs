//! The microphone: its own question, or the second half of the camera's.
//!
//! | State | opened | failed | ended | on / off |
//! |---|---|---|---|---|
//! | Closed (none, blocked) | - | - | - | on: → Opening |
//! | Opening | → Open | → Closed(blocked) | - | remembered |
//! | Open (heard or muted) | - | - | → Opening, once | `enabled` |

use crate::session::Mic;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Closed(Mic),
    /// `again`: it was open before and is being fetched back, so others need not hear of it.
    Opening {
        attempt: u32,
        again: bool,
    },
    Open {
        attempt: u32,
    },
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Microphone {
    state: State,
    muted: bool,
}

impl Default for Microphone {
    fn default() -> Self {
        Self {
            state: State::Closed(Mic::None),
            muted: false,
        }
    }
}

impl Microphone {
    pub(super) const fn view(&self) -> Mic {
        match self.state {
            State::Closed(mic) => mic,
            State::Opening { again: false, .. } => Mic::None,
            State::Opening { .. } | State::Open { .. } if self.muted => Mic::Muted,
            State::Opening { .. } | State::Open { .. } => Mic::On,
        }
    }

    pub(super) const fn is_closed(&self) -> bool {
        matches!(self.state, State::Closed(_))
    }

    pub(super) const fn is_open(&self) -> bool {
        matches!(self.state, State::Open { .. })
    }

    pub(super) const fn muted(&self) -> bool {
        self.muted
    }

    pub(super) const fn mute(&mut self, muted: bool) {
        self.muted = muted;
    }

    /// A question was asked.
    pub(super) const fn opening(&mut self, attempt: u32) {
        let again = matches!(self.state, State::Open { .. } | State::Opening { again: true, .. });
        self.state = State::Opening { attempt, again };
    }

    /// Whether `attempt` is the one that is waited for.
    pub(super) const fn waits_for(&self, attempt: u32) -> bool {
        matches!(self.state, State::Opening { attempt: mine, .. } if mine == attempt)
    }

    pub(super) const fn opened(&mut self, attempt: u32) {
        self.state = State::Open { attempt };
    }

    pub(super) const fn closed(&mut self, mic: Mic) {
        self.state = State::Closed(mic);
    }

    /// Whether the open track is that of `attempt`.
    pub(super) const fn is(&self, attempt: u32) -> bool {
        matches!(self.state, State::Open { attempt: mine } if mine == attempt)
    }
}
