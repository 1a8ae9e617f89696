//! The heart: a session is a log of events.
//!
//! [`decide`] turns a command into events or refuses it; [`apply`] turns events into the next [`Session`] and cannot
//! fail; [`due`] says what time alone makes happen, and when to look again.

mod apply;
mod command;
mod decide;
mod due;
mod event;
mod reject;
mod state;

pub use apply::{apply, begin, replay};
pub use command::{Command, Intake};
pub use decide::{Context, Seats, by_person, by_server, create};
pub use due::{due, next_due};
pub use event::{Event, Record, stamp};
pub use reject::Rejection;
pub use state::{
    Answer, Ask, Away, Blocked, Camera, Channel, Creator, Delivery, Device, DeviceKind, EndReason, Ending, Facing,
    File, FileKind, FilePart, FileStage, FileStep, Grants, Interruption, Invitation, Lens, Mark, MarkStep, Message,
    Mic, Mode, ModeWhy, Person, PhotoAsk, Seat, Session, Status, Talk, Torch, ZoomRange, spoken_code,
};
