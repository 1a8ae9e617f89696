//! Ink: what people point at and draw, on live video and on stills. Places belong to the picture, never to anybody's screen.

mod fit;
mod hand;
mod hash;
mod message;
mod point;
mod recognise;
mod scene;
mod shape;
mod surface;
#[cfg(test)]
mod tests;

pub use fit::{Edge, Fit};
pub use hand::{Drawn, Hand, Tool};
pub use hash::hash;
pub use message::Ink;
pub use point::{Path, Point};
pub use recognise::recognise;
pub use scene::{LiveScene, Pointer, Stroke};
pub use shape::{Shape, ShapeFault, StrokeTool};
pub use surface::Surface;
