//! What people thought of a session: one to five stars and words, from both sides.

use crate::id::SessionId;
use crate::role::Role;
use crate::time::Time;
use crate::wire::SeatToken;
use serde::{Deserialize, Serialize};

/// The best there is; one is the worst.
pub const MOST_STARS: u8 = 5;

/// How somebody liked it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// 1 to [`MOST_STARS`].
    pub stars: u8,
    /// What went wrong, what could be better, what was good; may be empty.
    #[serde(default)]
    pub text: String,
}

/// `POST /api/ratings` by whoever holds a seat. Said again it replaces what was said before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RateVisit {
    /// Proof of having been there.
    pub seat: SeatToken,
    /// How it was.
    pub rating: Rating,
}

/// `POST /api/sessions/{id}/rating` takes a [`Rating`] from an agent who took part. `GET /api/admin/ratings` answers with a
/// list of these, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingRow {
    /// Of which session.
    pub session: SessionId,
    /// From which side.
    pub role: Role,
    /// How it was.
    pub rating: Rating,
    /// When it was last said.
    pub at: Time,
}
