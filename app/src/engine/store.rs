//! The windows onto the engine. Only the engine writes them.

use crate::platform::peer::Remote;
use crate::platform::stream::Stream;
use farhand_shared::client::View;
use farhand_shared::id::PersonId;
use farhand_shared::time::Time;
use farhand_shared::upload::Upload;
use leptos::prelude::*;

/// What comes from whom, over which of my connections.
pub(super) type Remotes = Vec<(PersonId, u32, Remote)>;

/// Signals. Streams are objects of the browser and stay on its one thread.
#[derive(Clone, Copy)]
pub(super) struct Store {
    pub(super) view: RwSignal<View>,
    pub(super) now: RwSignal<Time>,
    /// Counts changes of the ink, which is too quick to be copied into a view.
    pub(super) ink: RwSignal<u32>,
    /// What this device has to send.
    pub(super) uploads: RwSignal<Vec<Upload>>,
    pub(super) preview: RwSignal<Option<Stream>, LocalStorage>,
    pub(super) remotes: RwSignal<Remotes, LocalStorage>,
}

impl Store {
    pub(super) fn new(view: View) -> Self {
        Self {
            view: RwSignal::new(view),
            now: RwSignal::new(Time::default()),
            ink: RwSignal::new(0),
            uploads: RwSignal::new(Vec::new()),
            preview: RwSignal::new_local(None),
            remotes: RwSignal::new_local(Vec::new()),
        }
    }

    /// Shows what has changed; what has not wakes nobody.
    pub(super) fn show(&self, view: View, preview: Option<Stream>, remotes: Remotes) {
        if self.preview.try_with_untracked(|shown| *shown != preview) == Some(true) {
            self.preview.try_set(preview);
        }
        if self.remotes.try_with_untracked(|shown| *shown != remotes) == Some(true) {
            self.remotes.try_set(remotes);
        }
        if self.view.try_with_untracked(|shown| *shown != view) == Some(true) {
            self.view.try_set(view);
        }
    }

    /// The ink may look different.
    pub(super) fn ink_moved(&self) {
        self.ink.try_update(|count| *count = count.wrapping_add(1));
    }

    pub(super) fn show_uploads(&self, uploads: Vec<Upload>) {
        if self.uploads.try_with_untracked(|shown| *shown != uploads) == Some(true) {
            self.uploads.try_set(uploads);
        }
    }

    pub(super) fn show_now(&self, now: Time) {
        self.now.try_set(now);
    }
}
