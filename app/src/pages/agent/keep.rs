//! What one tab remembers of a session over a reload.

use crate::platform::storage::{self, Keep};
use farhand_shared::id::SessionId;

fn link_key(session: SessionId) -> String {
    ["farhand.link.", &session.to_string()].concat()
}

/// Remembers an invite link.
pub fn write_link(session: SessionId, link: &str) {
    storage::write(Keep::Tab, &link_key(session), link);
}

/// The invite link of this session, if this tab made it.
pub fn link(session: SessionId) -> Option<String> {
    storage::read(Keep::Tab, &link_key(session))
}
