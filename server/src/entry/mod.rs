//! The ways into a session: an agent starts one, a customer opens a link, types a PIN or starts one of their own, an
//! agent joins. Each ends with a seat: a secret that its holder's browser shows when it opens a socket.
//!
//! | Way in | Right to it | Gives |
//! |---|---|---|
//! | start | signed in | an agent's seat, ready; a link; a PIN |
//! | link | the link's secret | the customer's seat, always the same person |
//! | PIN | none: it is a knock | a place at the door |
//! | walk-in | none | a session of one's own, for an agent to join |
//! | join | signed in, and the PIN or the session's id | an agent's seat |
//! | guests' link | the link's secret | a place at the door, for an agent to admit |
//! | viewers' link | the link's secret | a seat that sees and can do nothing |
//! | website | signed in on the organisation's website | being asked by an agent, by a link |
//!
//! Security argument. Secrets of links and seats hold 256 random bits, are compared by hash and kept as hash; guessing
//! one is hopeless. A PIN holds 20 bits and opens nothing; `guesses` bounds how many may be tried.

pub(crate) mod arrival;
mod doors;
pub(crate) mod guesses;
pub(crate) mod handover;
pub(crate) mod invitation;
pub(crate) mod join;
pub(crate) mod knock;
pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod photos;
pub(crate) mod rating;
pub(crate) mod record;
mod refusal;
pub(crate) mod seat;
pub(crate) mod site;
pub(crate) mod start;
pub(crate) mod turns;
pub(crate) mod visit;

pub use doors::Doors;
pub use invitation::InvitationNews;
pub(crate) use refusal::{NotIn, refused};

use axum::http::StatusCode;
use farhand_shared::limit::{self, TextFault};

use crate::error::ApiError;

/// A name as somebody gave it; none when nothing is left of it.
fn optional_name(typed: Option<&str>) -> Result<Option<String>, ApiError> {
    match limit::clean(typed.unwrap_or_default(), limit::NAME_CHARS) {
        Ok(name) => Ok(Some(name)),
        Err(TextFault::Empty) => Ok(None),
        Err(TextFault::TooLong) => Err(ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "name_not_valid",
            "The name is too long.",
            format!("Enter at most {} characters.", limit::NAME_CHARS),
        )),
    }
}
