//! How often one caller may use each way in. These bound load; guessing PINs is bounded by `guesses` as well.

use std::time::Duration;

use uuid::Uuid;

use super::guesses::Guesses;
use super::photos::Forms;
use super::turns::Turns;
use crate::clock::Clock;
use crate::http::caller::CallerKey;
use crate::limits::{Limit, Limiter};

const MINUTE: Duration = Duration::from_secs(60);

const LOOK: Limit = Limit::new(60, MINUTE, "This link was looked at too often.");
const OPEN: Limit = Limit::new(30, MINUTE, "This link was opened too often.");
const WALK_IN: Limit = Limit::new(
    10,
    Duration::from_secs(600),
    "Too many sessions were started from here.",
);
const KNOCK: Limit = Limit::new(20, MINUTE, "Too many PINs were tried.");
const START: Limit = Limit::new(30, MINUTE, "You have started too many sessions.");
const INVITE: Limit = Limit::new(30, MINUTE, "You have made too many invitations.");
const JOIN: Limit = Limit::new(60, MINUTE, "You have joined too many sessions.");
const PROBE: Limit = Limit::new(30, MINUTE, "Your connection was measured too often.");
const RATE: Limit = Limit::new(20, MINUTE, "Too many ratings came from here.");
const FIND: Limit = Limit::new(120, MINUTE, "You have looked sessions up too often.");
const REPORT: Limit = Limit::new(10, MINUTE, "You have reported too many problems.");
const SITE: Limit = Limit::new(600, MINUTE, "Too many pages of the website are open here.");
const PHOTOS: Limit = Limit::new(30, MINUTE, "Too many photos came from here.");
const BEACON: Limit = Limit::new(120, MINUTE, "Too many pages were hidden.");

/// One bucket for each way in and caller.
pub struct Doors {
    pub(crate) look: Limiter<CallerKey>,
    pub(crate) open: Limiter<CallerKey>,
    pub(crate) walk_in: Limiter<CallerKey>,
    pub(crate) knock: Limiter<CallerKey>,
    pub(crate) start: Limiter<Uuid>,
    pub(crate) invite: Limiter<Uuid>,
    pub(crate) join: Limiter<Uuid>,
    pub(crate) beacon: Limiter<CallerKey>,
    pub(crate) rate: Limiter<CallerKey>,
    pub(crate) find: Limiter<Uuid>,
    pub(crate) report: Limiter<Uuid>,
    pub(crate) probe: Limiter<Uuid>,
    pub(crate) site: Limiter<CallerKey>,
    pub(crate) photos: Limiter<CallerKey>,
    pub(crate) photo_forms: Forms,
    pub(crate) guesses: Guesses,
    /// Of browsers that open links of one session at the same moment, one takes the seat first.
    pub(super) opening: Turns,
}

impl Doors {
    /// Doors that nobody has used.
    pub fn new(clock: &Clock) -> Self {
        Self {
            look: Limiter::new(LOOK, clock),
            open: Limiter::new(OPEN, clock),
            walk_in: Limiter::new(WALK_IN, clock),
            knock: Limiter::new(KNOCK, clock),
            start: Limiter::new(START, clock),
            invite: Limiter::new(INVITE, clock),
            join: Limiter::new(JOIN, clock),
            beacon: Limiter::new(BEACON, clock),
            rate: Limiter::new(RATE, clock),
            find: Limiter::new(FIND, clock),
            report: Limiter::new(REPORT, clock),
            probe: Limiter::new(PROBE, clock),
            site: Limiter::new(SITE, clock),
            photos: Limiter::new(PHOTOS, clock),
            photo_forms: Forms::default(),
            guesses: Guesses::default(),
            opening: Turns::default(),
        }
    }
}
