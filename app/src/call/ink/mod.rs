//! Ink over a picture: a board knows the picture, the way of looking and the hand; the layer shows it.

mod attention;
mod board;
mod layer;
mod pen;

pub use board::{Board, BoardSetup};
pub use layer::InkLayer;
pub use pen::Finished;
