//! Makes somebody look who cannot see that another points: a short buzz, and a sentence for readers. Strokes themselves are
//! never announced.

use super::board::Board;
use crate::platform::pointer;
use crate::text::ink as words;
use crate::widgets::Announcer;
use core::time::Duration;
use farhand_shared::id::PersonId;
use farhand_shared::time::Time;
use leptos::prelude::*;

/// One buzz and one sentence at most in this time.
const CALM: Duration = Duration::from_secs(10);

/// Watches as long as the layer is shown.
pub fn watch(board: Board) {
    let announcer = use_context::<Announcer>();
    let last = StoredValue::new(None::<Time>);
    Effect::new(move || {
        board.engine.ink_moved();
        let Some(by) = pointing(board) else { return };
        let now = board.engine.clock();
        let recently = |last: Time| now.since(last) < CALM;
        if last.get_value().is_some_and(recently) {
            return;
        }
        last.set_value(Some(now));
        pointer::buzz();
        let name = board.faces.with_untracked(|faces| {
            let face = faces.iter().find(|face| face.person == by);
            face.and_then(|face| face.name.clone())
        });
        if let (Some(announcer), Some(name)) = (announcer, name) {
            announcer.say([&name, words::POINTS].concat());
        }
    });
}

/// Somebody else whose ink is on this picture.
fn pointing(board: Board) -> Option<PersonId> {
    let on = board.setup.on.get_untracked()?;
    let me = board.engine.peek(|view| view.you).flatten();
    board.engine.with_ink(|scene| {
        let strokes = scene.strokes().iter().map(|stroke| (stroke.on, stroke.by));
        let pointers = scene.pointers().iter().map(|pointer| (pointer.on, pointer.by));
        let mut all = strokes.chain(pointers);
        all.find(|(where_, by)| *where_ == on && Some(*by) != me)
            .map(|(_, by)| by)
    })?
}
