//! What the file store counts. Names are stable: dashboards depend on them.

use std::time::Duration;

use metrics::{counter, histogram};

use super::Refusal;

/// Bytes of an upload arrived.
pub(super) fn received(bytes: usize) {
    counter!("farhand_file_bytes_received_total").increment(bytes as u64);
}

/// An upload was checked and kept.
pub(super) fn stored() {
    counter!("farhand_files_stored_total").increment(1);
}

/// An upload was not what may be sent.
pub(super) fn refused(why: Refusal) {
    counter!("farhand_files_refused_total", "why" => why.code()).increment(1);
}

/// All bytes of a file are gone.
pub(super) fn removed() {
    counter!("farhand_files_removed_total").increment(1);
}

/// A picture was decoded and made anew.
pub(super) fn picture(took: Duration) {
    histogram!("farhand_picture_seconds").record(took);
}
