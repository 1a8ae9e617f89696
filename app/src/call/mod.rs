//! The live screen in parts. Each part reads what it shows from the engine and wants things by gestures.

mod banner;
mod bubble;
pub mod chat;
mod coach;
mod controls;
mod ink;
mod notices;
mod picture;
mod quality;
mod rating;
mod saving;
mod still;
mod voices;

pub use banner::{Banner, BannerLine, WayOut};
pub use bubble::Bubble;
pub use coach::{CameraWatch, CoachHint};
pub use controls::{CallBar, LightButton, ModeSwitch};
pub use ink::{Board, BoardSetup, Finished, InkLayer};
pub use notices::Notices;
pub use picture::Picture;
pub use quality::QualityPill;
pub use rating::{RateForm, Rater};
pub use saving::{SaveData, SavedWish};
pub use still::{
    CloseTool, DeleteTool, Gallery, HeldTools, Keys, PhoneTools, RedoTool, Still, StillView, TakeBack, UndoAllTool,
    UndoTool,
};
pub use voices::Voices;
