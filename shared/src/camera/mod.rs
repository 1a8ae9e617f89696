//! Every permission and every error of camera and microphone as a state.
//!
//! [`Devices`] is both of one browser; [`fault`] reads the names that browsers give to failures; lenses remember what
//! the person wished of their light and zoom.

mod faults;
mod lens;
mod machine;
mod mic;
mod mishaps;
mod opening;

#[cfg(test)]
mod tests;

pub use faults::{Fault, fault};
pub use machine::{Act, Devices, Told};
