//! What is written down of a session: notes, what happened, problems. In the panel of a session, and on a page of its own.

mod notes;
mod problem;
mod timeline;

pub use notes::{NotesField, NotesState};
pub use problem::ReportProblem;
pub use timeline::Timeline;

use super::shell::Shell;
use crate::text::record as words;
use farhand_shared::id::SessionId;
use leptos::prelude::*;

/// The page.
#[component]
pub fn RecordPage(session: SessionId) -> impl IntoView {
    let notes = NotesState::new(session);
    view! {
        <Shell heading=words::PAGE_TITLE>
            <div class="home-cards">
                <section class="card"><Timeline session /></section>
                <div class="home-side">
                    <section class="card"><NotesField notes /></section>
                    <ReportProblem session class="card notes" />
                </div>
            </div>
        </Shell>
    }
}
