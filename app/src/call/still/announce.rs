//! Says to readers who opened a picture and that it closed. Strokes are never announced.

use super::state::{self, Still};
use crate::text::{ink, still as words};
use crate::widgets::Announcer;
use farhand_shared::client::{Notice, View};
use farhand_shared::session::FileKind;
use leptos::prelude::*;

/// Watches as long as the call is shown.
pub fn watch(still: Still) {
    let Some(announcer) = use_context::<Announcer>() else {
        return;
    };
    Effect::new(move |before: Option<bool>| {
        let is_open = still.file.get().is_some();
        match (before, is_open) {
            (_, true) => {
                if let Some(line) = still.engine.peek(opened).flatten() {
                    announcer.say(line);
                }
            }
            (Some(true), false) => announcer.say(words::BACK_TO_LIVE),
            _ => {}
        }
        is_open
    });
}

fn opened(view: &View) -> Option<String> {
    let session = view.session.as_ref()?;
    let file = session.looking()?;
    let fresh = file.kind == FileKind::Still && !file.is_there();
    let by = session.person(file.by).filter(|by| fresh && Some(by.id) != view.you);
    match by {
        // The phone that took it says so itself.
        Some(_) if Some(file.from) == view.you => None,
        Some(by) => Some(words::taken(&ink::name(by))),
        // The notice that somebody else opened it is read out already.
        None if view
            .notices
            .iter()
            .any(|(_, notice)| matches!(notice, Notice::Opened(_, of) if *of == file.id)) =>
        {
            None
        }
        None => Some(words::opened(state::number(session, file.id))),
    }
}
