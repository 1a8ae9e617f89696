//! One browser's whole brain as a sans-IO machine: link, peers, camera and the session's replica, wired once.
//!
//! The shell (`app/src/engine`) feeds [`Input`]s with the time and fresh randomness, performs the [`Output`]s, asks
//! [`Client::timeout`] when to look again, and shows [`View`]. Nothing else knows what a call is.

mod ask;
mod gesture;
mod input;
mod network;
mod news;
mod notices;
mod output;
mod overlay;
mod phase;
mod report;
mod settle;
mod step;
#[cfg(test)]
mod tests;
mod together;
mod view;

pub use input::{Dice, Failure, Gesture, Input, MediaInput, PageInput, PeerInput, SocketInput, Track, Unsent};
pub use output::{MediaOutput, MediaWish, Output, PeerOutput};
pub use step::{Client, Options};
pub use view::{CameraView, LinkView, Measured, MediaFlow, Notice, PeerView, Phase, View};
