//! Ink on its way while it is still moving.

use super::point::{Path, Point};
use super::shape::StrokeTool;
use super::surface::Surface;
use crate::id::MarkId;
use serde::{Deserialize, Serialize};

/// What moves under somebody's finger right now: volatile, at most one per frame, lost without harm and applied twice
/// without harm. The finished mark follows as a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ink {
    /// Where somebody points.
    Pointer {
        /// On which picture.
        on: Surface,
        /// Where; nothing when they have stopped pointing.
        at: Option<Point>,
    },
    /// A stroke in progress.
    Stroke {
        /// On which picture.
        on: Surface,
        /// The mark it will become.
        mark: MarkId,
        /// With which tool.
        tool: StrokeTool,
        /// Index of the first of `points` in the whole path: the receiver forgets what it has from there on. A gap
        /// before it means that a message was lost; then this one is worth nothing, the finished mark brings it all.
        from: u16,
        /// A piece of the path; tools between two points always send both, from index 0.
        points: Path,
    },
    /// The stroke in progress will not become a mark.
    Cancel {
        /// Which.
        mark: MarkId,
    },
}
