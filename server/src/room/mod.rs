//! One room per live session: the only owner of its [`farhand_shared::session::Session`], fed by a bounded mailbox.
//!
//! | State | Holds | Goes to |
//! |---|---|---|
//! | waking | mail waits while the log is read | awake; gone when there is no log and no order to start one |
//! | awake | the session, the sockets, the deadlines | asleep when nobody is connected and nothing is due soon; gone on shutdown or when another process wrote to the log |
//! | asleep | only a deadline in the alarm clock | waking, by mail or by the deadline |
//! | gone | nothing; whoever is connected is told to come back | waking, by the next mail |
//!
//! Everything that changes a session walks through one function, [`actor::Room::settle`]: decide, record, apply, send,
//! react. What is not stored is neither applied nor sent.
//!
//! A person has at most one socket. A newer one always replaces the older, which is told so: if it belongs to the same
//! page, that page has given it up and drops the news by its generation; if it belongs to another tab or browser, that
//! one shows "continued elsewhere" and does not come back by itself. So two tabs can never chase each other away.

mod actor;
mod alarm;
mod commands;
mod counters;
mod fanout;
mod history;
mod link;
mod log;
mod mail;
mod outbound;
mod pin_desk;
mod presence;
mod react;
mod registry;
mod signals;
mod surroundings;

use std::time::Duration;

use farhand_shared::limit;
use farhand_shared::session::Seats;

pub use mail::{NewSession, RoomError};
pub use registry::Rooms;
pub use surroundings::Surroundings;

pub(crate) use link::Link;
pub(crate) use log::{from_rows, time};
pub(crate) use mail::{Arrival, FileLook, Who};
pub(crate) use outbound::{Parcel, Stop, encode, outbound};
pub(crate) use signals::fits;

/// Times and sizes of every room.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// A socket that is gone for less than this was a reload: nobody hears of it.
    pub reload_grace: Duration,
    /// After a restart of the relay everybody gets this long to come back before they count as gone.
    pub restart_grace: Duration,
    /// How long a PIN lives before the session gets another.
    pub pin_life: Duration,
    /// Letters a room's mailbox holds; a full one makes its own sockets wait.
    pub mailbox: usize,
    /// Frames one socket's queue holds.
    pub queue: usize,
    /// A room with nobody in it goes to sleep unless something is due within this time.
    pub stay_awake: Duration,
    /// How many people may be in a session.
    pub seats: Seats,
    /// Whether agents may show a camera of their own.
    pub agent_cameras: bool,
    /// What every page is told at its welcome.
    pub pages: farhand_shared::wire::Settings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            reload_grace: Duration::from_secs(2),
            restart_grace: Duration::from_secs(15),
            pin_life: limit::PIN_LIFE,
            mailbox: 256,
            queue: 256,
            stay_awake: Duration::from_secs(60),
            seats: Seats::default(),
            agent_cameras: true,
            pages: farhand_shared::wire::Settings::default(),
        }
    }
}
