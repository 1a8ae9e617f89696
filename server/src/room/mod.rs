//! One owner per session: decide, record, apply, send, react.
