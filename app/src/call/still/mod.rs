//! Looking at a picture together: it fills the stage on all screens, everybody draws on it, and what is drawn stays.

mod announce;
mod gallery;
mod state;
mod take_back;
mod tools;
mod view;
mod words;

pub use gallery::Gallery;
pub use state::{Keys, Still};
pub use take_back::TakeBack;
pub use tools::{CloseTool, DeleteTool, HeldTools, PhoneTools, RedoTool, UndoAllTool, UndoTool};
pub use view::StillView;
