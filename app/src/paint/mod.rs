//! Ink as pixels: canvases that are painted through [`farhand_shared::ink::Fit`], and nothing that decides.
//!
//! Everything is painted in CSS pixels of the view; the canvas itself has the pixels of the screen. A stroke is drawn twice,
//! a dark casing and then its colour, so that it is visible on any picture.

mod brush;
mod canvas;
mod flatten;
mod hide;
mod people;
mod source;
mod theme;

pub use brush::{Brush, Look};
pub use canvas::Canvas;
pub use flatten::{Burnt, flatten};
pub use people::{Face, marks, own_pointer, people, strokes};
pub use source::Source;
pub use theme::{Lifetime, Theme};
