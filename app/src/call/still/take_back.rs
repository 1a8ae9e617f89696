//! Six seconds to take a deletion or a clearing back, instead of a question.

use crate::engine::use_engine;
use crate::text::still as words;
use core::time::Duration;
use farhand_shared::client::{Gesture, View};
use farhand_shared::id::FileId;
use farhand_shared::role::{Act, may};
use farhand_shared::session::{FileStage, FileStep};
use farhand_shared::time::Time;
use leptos::prelude::*;

/// How long it is offered: the relay gives a little more, for the way there.
const OFFERED: Duration = Duration::from_secs(6);

/// What can be taken back.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Gone {
    Picture(FileId),
    Marks(FileId),
}

impl Gone {
    /// What happened, and the way back.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Picture(_) => (words::DELETED, words::UNDO_DELETE),
            Self::Marks(_) => (words::CLEARED, words::UNDO_CLEAR),
        }
    }
}

/// The offer, for everybody who may take it back.
#[component]
pub fn TakeBack() -> impl IntoView {
    let engine = use_engine();
    let newest = engine.read(newest);
    let offered = Memo::new(move |_| {
        let (gone, at) = newest.get()?;
        (engine.relay_now().since(at) < OFFERED).then_some(gone)
    });
    let take_back = move |gone| {
        engine.dispatch(match gone {
            Gone::Picture(file) => Gesture::File {
                file,
                step: FileStep::Restore,
            },
            Gone::Marks(file) => Gesture::RestoreMarks(file),
        });
    };
    view! {
        <div class="toasts take-back" role="status">
            {move || offered.get().map(|gone| view! {
                <p class="toast">
                    <span>{gone.words().0}</span>
                    <button type="button" class="button" on:click=move |_| take_back(gone)>{gone.words().1}</button>
                </p>
            })}
        </div>
    }
}

/// What went last, and when.
fn newest(view: &View) -> Option<(Gone, Time)> {
    let session = view.session.as_ref()?;
    let role = session.person(view.you?)?.role;
    let deleted = session.files().iter().filter_map(|file| match file.stage {
        FileStage::Deleted { at, .. } => Some((Gone::Picture(file.id), at)),
        _ => None,
    });
    let cleared = session.looking().and_then(|file| {
        let at = file.marks.iter().filter_map(|mark| mark.cleared).max()?;
        Some((Gone::Marks(file.id), at))
    });
    let cleared = cleared.filter(|_| may(role, Act::ClearMarks));
    deleted
        .filter(|_| may(role, Act::TakePicture))
        .chain(cleared)
        .max_by_key(|(_, at)| *at)
}
