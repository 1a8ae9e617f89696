//! What is drawn on.

use crate::id::{FileId, PersonId};
use serde::{Deserialize, Serialize};

/// The picture under the ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// The live video of this person's camera.
    Live(PersonId),
    /// A still picture of the session.
    Still(FileId),
}
