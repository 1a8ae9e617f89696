//! The file store: pictures and documents people send over HTTP.
