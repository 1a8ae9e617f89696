//! The rules of a session, told as given, when, then.

mod call;
mod story;
