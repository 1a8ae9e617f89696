//! Browser to server: survive anything.
