//! The rules of a session, told as given, when, then.

mod absence;
mod call;
mod chat;
mod device;
mod door;
mod files;
mod grants;
mod leaving;
mod marks;
mod property;
mod record;
mod story;
mod table;
mod texts;
