//! The heartbeat of one socket. Phones bring sockets back from sleep that look open and carry nothing, and browsers do
//! not notice for minutes, so the link asks for itself.
//!
//! | Situation | Ping | Given up |
//! |---|---|---|
//! | page shown | every 5 s | nothing heard for 10 s after an unanswered ping |
//! | page hidden | every 20 s | the same after 40 s |
//! | just back (shown, online, or our own clock stood still) | at once | no pong within 2.5 s |

use crate::time::Time;
use core::time::Duration;

const SHOWN: Duration = Duration::from_secs(5);
const HIDDEN: Duration = Duration::from_secs(20);
const PROBE: Duration = Duration::from_millis(2500);
/// Being called this much later than wanted means that the whole page stood still, so silence proves nothing.
const STOOD_STILL: Duration = Duration::from_secs(3);

/// What the heart wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beat {
    /// Nothing now.
    Quiet,
    /// Send a ping with this number.
    Ping(u32),
    /// The socket is dead.
    Dead,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Heart {
    hidden: bool,
    number: u32,
    next_ping: Time,
    heard: Time,
    /// When the oldest unanswered ping was sent.
    unanswered: Option<Time>,
    /// A pong of at least this number must come until then.
    probe: Option<(u32, Time)>,
}

impl Heart {
    pub(super) const fn new(now: Time, hidden: bool) -> Self {
        Self {
            hidden,
            number: 0,
            next_ping: now.plus(if hidden { HIDDEN } else { SHOWN }),
            heard: now,
            unanswered: None,
            probe: None,
        }
    }

    const fn interval(&self) -> Duration {
        if self.hidden { HIDDEN } else { SHOWN }
    }

    pub(super) fn set_hidden(&mut self, hidden: bool, now: Time) {
        self.hidden = hidden;
        self.next_ping = now.plus(self.interval());
    }

    /// Anything came.
    pub(super) const fn heard(&mut self, now: Time) {
        self.heard = now;
    }

    /// The answer to a ping came.
    pub(super) fn pong(&mut self, number: u32) {
        self.unanswered = None;
        self.probe = self.probe.filter(|(wanted, _)| number < *wanted);
    }

    /// We are just back: ask at once. A question that is already open is not pushed away by a second reason to ask.
    pub(super) fn probe(&mut self, now: Time) -> Beat {
        if self.probe.is_some_and(|(_, until)| now < until) {
            return Beat::Quiet;
        }
        self.unanswered = None;
        let ping = self.ping(now);
        self.probe = Some((self.number, now.plus(PROBE)));
        ping
    }

    fn ping(&mut self, now: Time) -> Beat {
        self.number = self.number.wrapping_add(1);
        self.next_ping = now.plus(self.interval());
        self.unanswered = self.unanswered.or(Some(now));
        Beat::Ping(self.number)
    }

    fn silent_until(&self) -> Option<Time> {
        let since = self.unanswered?.max(self.heard);
        Some(since.plus(self.interval() * 2))
    }

    pub(super) fn timeout(&self) -> Time {
        let probe = self.probe.map(|(_, until)| until);
        let deaths = probe.into_iter().chain(self.silent_until());
        deaths.fold(self.next_ping, Time::min)
    }

    pub(super) fn tick(&mut self, now: Time) -> Beat {
        if now >= self.timeout().plus(STOOD_STILL) {
            self.probe = None;
            return self.probe(now);
        }
        let over = |at: Time| at <= now;
        if self.probe.is_some_and(|(_, until)| over(until)) || self.silent_until().is_some_and(over) {
            return Beat::Dead;
        }
        if over(self.next_ping) {
            self.ping(now)
        } else {
            Beat::Quiet
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Beat, Heart};
    use crate::time::Time;

    fn at(millis: u64) -> Time {
        Time::from_millis(millis)
    }

    #[test]
    fn two_missed_pings_are_ten_seconds_and_death() {
        let mut heart = Heart::new(at(0), false);
        assert_eq!(heart.tick(at(4_999)), Beat::Quiet);
        assert_eq!(heart.tick(at(5_000)), Beat::Ping(1));
        assert_eq!(heart.tick(at(10_000)), Beat::Ping(2));
        assert_eq!(heart.tick(at(14_999)), Beat::Quiet);
        assert_eq!(heart.tick(at(15_000)), Beat::Dead);
    }

    #[test]
    fn anything_heard_keeps_a_slow_socket_alive() {
        let mut heart = Heart::new(at(0), false);
        heart.tick(at(5_000));
        heart.heard(at(9_000));
        heart.tick(at(10_000));
        assert_eq!(heart.tick(at(15_000)), Beat::Ping(3));
        assert_eq!(heart.tick(at(19_000)), Beat::Dead);
    }

    #[test]
    fn back_from_sleep_the_pong_must_come_within_two_and_a_half_seconds() {
        let mut heart = Heart::new(at(0), false);
        assert_eq!(heart.probe(at(60_000)), Beat::Ping(1));
        assert_eq!(heart.probe(at(60_100)), Beat::Quiet, "shown and online come together");
        heart.heard(at(60_200));
        assert_eq!(heart.tick(at(62_499)), Beat::Quiet);
        assert_eq!(
            heart.tick(at(62_500)),
            Beat::Dead,
            "old frames from before the sleep prove nothing"
        );
    }

    #[test]
    fn an_answered_probe_is_over() {
        let mut heart = Heart::new(at(0), false);
        heart.probe(at(1_000));
        heart.pong(1);
        assert_eq!(heart.tick(at(5_999)), Beat::Quiet);
        assert_eq!(heart.tick(at(6_000)), Beat::Ping(2));
    }

    #[test]
    fn a_page_that_stood_still_asks_instead_of_judging() {
        let mut heart = Heart::new(at(0), false);
        assert_eq!(heart.tick(at(5_000)), Beat::Ping(1));
        assert_eq!(heart.tick(at(90_000)), Beat::Ping(2));
        assert_eq!(heart.tick(at(92_500)), Beat::Dead);
    }

    #[test]
    fn a_hidden_page_asks_less_often() {
        let mut heart = Heart::new(at(0), false);
        heart.set_hidden(true, at(0));
        assert_eq!(heart.tick(at(19_999)), Beat::Quiet);
        assert_eq!(heart.tick(at(20_000)), Beat::Ping(1));
        heart.tick(at(40_000));
        assert_eq!(heart.tick(at(60_000)), Beat::Dead);
    }
}
