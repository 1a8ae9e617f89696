//! Notes that save themselves.
//!
//! | State | Becomes |
//! |---|---|
//! | clean | waiting, when somebody types |
//! | waiting | saving, after a moment without a key, or when the field goes away |
//! | saving | clean; waiting again, when somebody typed meanwhile or the request failed; conflict, when a colleague was first |
//! | conflict | saving, when the person keeps their own text; clean, when they take the colleague's |

use crate::pages::agent::api;
use crate::platform::http::HttpFault;
use crate::platform::spawn;
use crate::platform::timer::Timeout;
use crate::text::record as words;
use crate::widgets::{Button, Kind};
use core::time::Duration;
use farhand_shared::id::SessionId;
use farhand_shared::limit;
use farhand_shared::wire::http::records::{Notes, WriteNotes};
use leptos::prelude::*;

/// How long nobody types before the text is saved.
const QUIET: Duration = Duration::from_millis(800);
/// How long until a failed saving is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// The notes of one session, for as long as its page is open. Copied freely.
#[derive(Clone, Copy)]
pub struct NotesState {
    session: SessionId,
    text: RwSignal<String>,
    /// What the server has; none until it has answered.
    kept: RwSignal<Option<Notes>>,
    saving: RwSignal<bool>,
    failed: RwSignal<bool>,
    theirs: RwSignal<Option<Notes>>,
    timer: StoredValue<Option<Timeout>, LocalStorage>,
}

impl NotesState {
    /// Nothing is asked of the server before the field is shown.
    pub fn new(session: SessionId) -> Self {
        let state = Self {
            session,
            text: RwSignal::new(String::new()),
            kept: RwSignal::new(None),
            saving: RwSignal::new(false),
            failed: RwSignal::new(false),
            theirs: RwSignal::new(None),
            timer: StoredValue::new_local(None),
        };
        on_cleanup(move || state.save());
        state
    }

    fn dirty(self) -> bool {
        let kept = self.kept.try_get_untracked().flatten();
        kept.is_some_and(|kept| self.text.try_with_untracked(|text| *text != kept.text) == Some(true))
    }

    fn load(self) {
        if self.kept.with_untracked(Option::is_some) {
            return;
        }
        spawn(async move {
            match api::notes(self.session).await {
                Ok(notes) => self.take(notes),
                Err(_) => self.later(AGAIN, Self::load),
            }
        });
    }

    fn take(self, notes: Notes) {
        self.failed.try_set(false);
        self.text.try_set(notes.text.clone());
        self.kept.try_set(Some(notes));
    }

    fn later(self, wait: Duration, then: impl Fn(Self) + 'static) {
        self.failed.try_set(wait == AGAIN);
        self.timer.try_set_value(Some(Timeout::after(wait, move || then(self))));
    }

    fn typed(self, text: String) {
        self.text.set(text);
        if self.theirs.with_untracked(Option::is_none) {
            self.later(QUIET, Self::save);
        }
    }

    /// Saves what is not saved, unless that is being done or a colleague's text waits to be looked at.
    fn save(self) {
        let busy = self.saving.try_get_untracked() != Some(false);
        let asked = self.theirs.try_with_untracked(Option::is_some) != Some(false);
        if busy || asked || !self.dirty() {
            return;
        }
        let version = self.kept.get_untracked().map(|kept| kept.version).unwrap_or_default();
        let text = self.text.get_untracked();
        self.saving.set(true);
        spawn(async move {
            let answer = api::write_notes(self.session, WriteNotes { text, version }).await;
            self.saving.try_set(false);
            match answer {
                Ok(notes) => {
                    self.failed.try_set(false);
                    self.kept.try_set(Some(notes));
                    // Somebody may have typed on.
                    self.later(QUIET, Self::save);
                }
                Err(HttpFault::Refused(problem)) if problem.error == "notes_changed" => {
                    match api::notes(self.session).await {
                        Ok(theirs) => {
                            self.theirs.try_set(Some(theirs));
                        }
                        Err(_) => self.later(AGAIN, Self::save),
                    }
                }
                Err(_) => self.later(AGAIN, Self::save),
            }
        });
    }

    fn settle(self, mine: bool) {
        let Some(theirs) = self.theirs.get_untracked() else {
            return;
        };
        self.theirs.set(None);
        if mine {
            self.kept.set(Some(theirs));
            self.save();
        } else {
            self.take(theirs);
        }
    }
}

/// The field.
#[component]
pub fn NotesField(notes: NotesState) -> impl IntoView {
    notes.load();
    let state = move || {
        let clean = notes.kept.with(|kept| {
            kept.as_ref()
                .is_some_and(|kept| notes.text.with(|text| *text == kept.text))
        });
        match (notes.kept.with(Option::is_some), notes.failed.get(), clean) {
            (_, true, _) => words::UNSAVED,
            (false, false, _) => words::LOADING,
            (true, false, true) => words::SAVED,
            (true, false, false) => words::SAVING,
        }
    };
    view! {
        <div class="notes">
            <label for="notes">{words::NOTES}</label>
            <p id="notes-hint" class="hint">{words::NOTES_LEAD}</p>
            <textarea
                id="notes"
                class="input"
                rows="8"
                maxlength=limit::NOTES_CHARS
                aria-describedby="notes-hint"
                readonly=move || notes.kept.with(Option::is_none)
                prop:value=notes.text
                on:input=move |event| notes.typed(event_target_value(&event))
            ></textarea>
            <p class="muted" role="status">{state}</p>
            <div role="alert">
                {move || notes.theirs.get().map(|theirs| view! {
                    <div class="banner">
                        <div>
                            <p>{words::conflict(theirs.by.as_deref().unwrap_or_default())}</p>
                            <p class="written">{theirs.text}</p>
                            <Button label=words::MINE kind=Kind::Plain on_press=move |()| notes.settle(true) />
                            <Button label=words::THEIRS kind=Kind::Plain on_press=move |()| notes.settle(false) />
                        </div>
                    </div>
                })}
            </div>
        </div>
    }
}
