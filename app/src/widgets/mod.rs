//! Parts that know nothing of sessions.

mod announce;
mod button;
mod dialog;
mod field;
mod icon;
pub mod menu;
mod pin_field;
mod segmented;
mod split_tool;
mod steps;
mod toast;
mod toolbar;

pub use announce::{Announcer, LiveRegions};
pub use button::{Button, Kind};
pub use dialog::Dialog;
pub use field::TextField;
pub use icon::Icon;
pub use menu::Menu;
pub use pin_field::{PinField, grouped};
pub use segmented::Segmented;
pub use split_tool::SplitTool;
pub use steps::Steps;
pub use toast::Toasts;
pub use toolbar::{Tool, Toolbar};
