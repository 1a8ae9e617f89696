//! Ink: what people point at and draw, on live video and on stills. Places belong to the picture, never to anybody's screen.

mod message;
mod point;
mod shape;
mod surface;

pub use message::Ink;
pub use point::{Path, Point};
pub use shape::{Shape, ShapeFault, StrokeTool};
pub use surface::Surface;
