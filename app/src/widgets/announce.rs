//! Sentences for screen readers.

use leptos::prelude::*;

/// Says things to people who do not see the screen. The regions are there from the start, or readers would miss them.
#[derive(Clone, Copy)]
pub struct Announcer {
    polite: RwSignal<String>,
    urgent: RwSignal<String>,
}

impl Default for Announcer {
    fn default() -> Self {
        Self {
            polite: RwSignal::new(String::new()),
            urgent: RwSignal::new(String::new()),
        }
    }
}

impl Announcer {
    /// When the reader has finished what it says now.
    pub fn say(&self, text: impl Into<String>) {
        let mut text = text.into();
        // Readers say only what changes; the same again must look different.
        if self.polite.try_with_untracked(|last| *last == text) == Some(true) {
            text.push('\u{a0}');
        }
        self.polite.try_set(text);
    }

    /// At once: something broke or is about to end.
    pub fn alert(&self, text: impl Into<String>) {
        self.urgent.try_set(text.into());
    }
}

/// The two regions.
#[component]
pub fn LiveRegions(announcer: Announcer) -> impl IntoView {
    view! {
        <div role="status" class="visually-hidden">{move || announcer.polite.get()}</div>
        <div role="alert" class="visually-hidden">{move || announcer.urgent.get()}</div>
    }
}
