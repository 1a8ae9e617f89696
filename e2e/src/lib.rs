//! People in real browsers against a real Farhand server.
//!
//! A scenario is a function given to [`play`]. It has a [`stack::Stack`] (the server, a mailbox and a telephone company)
//! and as many [`person::Agent`]s and [`person::Customer`]s as it calls in, each in a browser process of their own. They
//! look for things by role and name as a person with or without a screen reader would ([`find`]), and wait for what
//! they look for, never for time to pass ([`see`]). When a scenario fails, what everybody saw is kept in
//! `target/evidence` ([`evidence`]).

pub mod browser;
pub mod bundle;
pub mod drawing;
pub mod evidence;
pub mod find;
pub mod network;
pub mod page;
pub mod person;
pub mod picture;
mod play;
pub mod process;
pub mod rate;
pub mod scene;
pub mod see;
pub mod sound;
pub mod stack;

pub use play::{Stage, play, play_alone, play_with};

use std::path::{Path, PathBuf};

/// The workspace's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_owned)
        .unwrap_or_default()
}

/// Folder `name` below `target`, made if missing: for what outlives a test run.
pub fn target_folder(name: &str) -> PathBuf {
    let folder = root().join("target").join(name);
    std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("cannot make {}: {error}", folder.display()));
    folder
}
