//! The rules of a session, told as given, when, then.

mod absence;
mod call;
mod device;
mod door;
mod leaving;
mod property;
mod record;
mod story;
mod table;
mod texts;
