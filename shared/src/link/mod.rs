//! Browser to relay: survive anything.
//!
//! [`Link`] opens sockets, says hello, listens to the heart, comes back after anything and tells its owner the [`News`]
//! in order, none missing and none twice. [`Outbox`] keeps what has not been answered.

mod backoff;
mod heart;
mod machine;
mod outbox;
mod receive;

#[cfg(test)]
mod tests;

pub use machine::{Link, News};
pub use outbox::{Entry, MOST, Outbox, OutboxFull};
