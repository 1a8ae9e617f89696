//! What of the pages needs no browser and is no sentence: with `text` and `json` all that the native side compiles, for the
//! tests.

pub mod arrivals;
mod fingers;
mod http_fault;
pub mod linkify;
mod look;
mod paged;
mod route;

pub use fingers::{Fingers, Pinch};
pub use http_fault::HttpFault;
pub use look::Look;
pub use paged::paged;
pub use route::Route;
