//! Pictures and documents of a session, and what people have drawn on them.
//!
//! The session knows a file from the moment somebody wants it; its bytes live in the relay's file store.
//!
//! | Stage | Means | Goes to |
//! |---|---|---|
//! | Expected | wanted; no byte of it has arrived | Preview, Stored, Failed, Deleted |
//! | Preview | a small picture can be seen, the sharp one is on its way | Stored, Failed, Deleted |
//! | Stored | whole | Deleted |
//! | Failed | its device could not make or send it | - |
//! | Deleted | gone from every screen; for a moment it can be taken back | what it was before |

use crate::id::{FileId, MarkId, PersonId, Seq};
use crate::ink::Shape;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A frame of the customer's live camera, frozen to be looked at together.
    Still,
    /// A full-resolution photo by the customer's camera.
    Photo,
    /// A picture from somebody's gallery.
    Picture,
    /// A still or photo with what was drawn on it, flattened.
    Annotated,
    /// Anything else that the relay's list of types allows.
    Document,
}

/// How far a file has come; see the table at the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileStage {
    /// Wanted.
    Expected,
    /// A small first picture is there.
    Preview,
    /// Whole.
    Stored,
    /// It could not be made or sent.
    Failed,
    /// Taken away.
    Deleted {
        /// When.
        at: Time,
        /// It was whole; else only its preview was there.
        whole: bool,
        /// It was on all screens.
        was_open: bool,
    },
}

/// Which part of a file has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilePart {
    /// The small first picture.
    Preview,
    /// All of it.
    Whole,
}

/// What a person does with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileStep {
    /// Look at it together: it opens on all screens.
    Open,
    /// Back to live, on all screens; the file stays.
    Close,
    /// Take it away, at once.
    Delete,
    /// Take a deletion back.
    Restore,
}

/// What a person does with what they have drawn on a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkStep {
    /// My last mark goes.
    Undo,
    /// All my marks go.
    UndoAll,
    /// What my last undo took comes back.
    Redo,
}

/// Something drawn on a still.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Made by who drew it.
    pub id: MarkId,
    /// Who drew it.
    pub by: PersonId,
    /// What it is.
    pub shape: Shape,
    /// Undone by the event of this number; marks of the same undo come back together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone: Option<Seq>,
    /// Cleared away by an agent then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cleared: Option<Time>,
}

impl Mark {
    /// Whether it is to be seen.
    pub const fn is_visible(&self) -> bool {
        self.undone.is_none() && self.cleared.is_none()
    }
}

/// One picture or document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct File {
    /// Made by the browser of who wanted it.
    pub id: FileId,
    /// What it is.
    pub kind: FileKind,
    /// Who wanted it.
    pub by: PersonId,
    /// Whose device makes and sends it; only that person may.
    pub from: PersonId,
    /// When it was wanted.
    pub at: Time,
    /// How far it is.
    pub stage: FileStage,
    /// A document's name, as a label; empty for pictures.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Bytes of the whole; what was announced until it is stored.
    pub bytes: u64,
    /// Pixels across, of the whole picture once it is stored; 0 for documents.
    #[serde(default)]
    pub width: u32,
    /// Pixels down.
    #[serde(default)]
    pub height: u32,
    /// The picture that an annotated one was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<FileId>,
    /// What is drawn on it, oldest first, with what was undone and may come back. For an annotated picture: its layers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

impl File {
    /// Whether there is something to see or to load.
    pub const fn is_there(&self) -> bool {
        matches!(self.stage, FileStage::Preview | FileStage::Stored)
    }

    /// Whether it is a picture that can be drawn on.
    pub const fn is_canvas(&self) -> bool {
        matches!(self.kind, FileKind::Still | FileKind::Photo | FileKind::Picture)
    }

    /// A number that is the same wherever the same marks are to be seen.
    pub fn scene(&self) -> u64 {
        crate::ink::hash(self.visible_marks().map(|mark| (mark.id, mark.by, &mark.shape)))
    }

    /// The marks to be seen, oldest first.
    pub fn visible_marks(&self) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(|mark| mark.is_visible())
    }
}
